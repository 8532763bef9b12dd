import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

function doctor(env: NodeJS.ProcessEnv): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/doctor.js'], {
      env: { ...process.env, PORT: '0', ...env },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => {
        said += part;
      });
    child.on('close', (code) => resolve({ code, said }));
  });
}

describe('npm run doctor', function () {
  this.timeout(60_000);

  it('says of each channel what is on, off or missing, and that the service would start', async () => {
    const secrets = {
      DIRECTLINE_SECRET: 'kurz-geheim',
      WECOM_TOKEN: 'geheim-t',
      WECOM_ENCODING_AES_KEY: 'g'.repeat(43),
    };
    const { code, said } = await doctor({
      ...secrets,
      PUBLIC_URL: 'http://bot.example.gov.cn',
      RATE_LIMIT_PER_MINUTE: '0',
    });
    expect(said).to.match(/^✓ 数据和用语：报告 1 份，百科条目 \d+ 条/m);
    expect(said).to.match(/^! 公众网址：.*没有加密/m);
    expect(said).to.match(/^! 访问限制：关着/m);
    expect(said).to.match(/^– Teams、Bot Framework：只答本机/m);
    expect(said).to.match(/^! 企业微信应用：开，只在回调里答复/m);
    expect(said).to.match(/^– 企业微信智能机器人：没有开/m);
    expect(said).to.match(/^! 网页对话：开，但 DIRECTLINE_SECRET 不到 32 个字符/m);
    expect(said)
      .to.match(/^– 共用状态：/m)
      .and.include('可以启动。');
    expect(said).not.to.match(/geheim|g{43}/);
    expect(code).to.equal(0);
  });

  it('tells every wrong setting at once, and ends with 1', async () => {
    const { code, said } = await doctor({
      PUBLIC_URL: 'here',
      MicrosoftAppPassword: 'geheim',
      RATE_LIMIT_PER_MINUTE: 'x',
    });
    for (const key of ['PUBLIC_URL', 'MicrosoftAppId', 'RATE_LIMIT_PER_MINUTE'])
      expect(said).to.match(new RegExp(`^✗ 设置：环境变量：${key}：应为`, 'm'));
    expect(said)
      .to.include('有 3 处要改')
      .and.not.match(/geheim|\n\s+at /);
    expect(code).to.equal(1);
  });

  it('finds broken texts and a store that nobody serves', async () => {
    const dialogs = mkdtempSync(join(tmpdir(), 'dialogs-'));
    writeFileSync(join(dialogs, 'bot.yaml'), 'welcome: 您好\n');
    writeFileSync(join(dialogs, 'teams.yaml'), 'card: {}\n');
    const { code, said } = await doctor({ DIALOGS_DIR: dialogs, STATE_URL: 'redis://bot:geheim@127.0.0.1:1' });
    expect(said).to.match(/^✗ 数据和用语：.*bot\.yaml：apology/m);
    expect(said).to.match(/^✗ 数据和用语：.*teams\.yaml：card \/ seeTable/m);
    expect(said)
      .to.match(/^✗ 共用状态：STATE_URL 指的 Redis 连不上/m)
      .and.not.include('geheim');
    expect(code).to.equal(1);
  });
});
