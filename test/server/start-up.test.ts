import { type ChildProcess, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { message, post } from './service';

interface Started {
  process: ChildProcess;
  said: () => { out: string; err: string };
  ended: Promise<number | null>;
}

function start(env: NodeJS.ProcessEnv): Started {
  const child = spawn(process.execPath, ['dist/index.js'], { env: { ...process.env, ...env } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => {
    said.out += part;
  });
  child.stderr.on('data', (part) => {
    said.err += part;
  });
  return { process: child, said: () => said, ended: new Promise((resolve) => child.on('close', resolve)) };
}

async function listening(started: Started): Promise<string> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const url = /http:\/\/localhost:\d+/.exec(started.said().out)?.[0];
    if (url) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not listening: ${started.said().err}`);
}

describe('start-up', () => {
  it('prints every problem of the settings in Chinese, without a stack, and ends with 1', async () => {
    const started = start({ PORT: 'abc', PUBLIC_URL: 'here', MicrosoftAppPassword: 'geheim' });
    expect(await started.ended).to.equal(1);
    const { out, err } = started.said();
    expect(out).to.equal('');
    for (const key of ['PORT', 'PUBLIC_URL', 'MicrosoftAppId']) expect(err).to.include(`环境变量：${key}：应为`);
    expect(err).not.to.match(/\n\s+at |geheim/);
  });

  it('says which port another program holds', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as AddressInfo;
    const started = start({ PORT: String(port) });
    expect(await started.ended).to.equal(1);
    expect(started.said().err)
      .to.include(`端口 ${port} 已被别的程序占用`)
      .and.not.match(/\n\s+at /);
    other.close();
  });

  it('serves, says what is on and how long it took, and ends with 0 on SIGTERM', async () => {
    const started = start({ PORT: '0' });
    const url = (await listening(started)).replace('localhost', '127.0.0.1');
    expect((await fetch(`${url}/readyz`)).status).to.equal(200);
    const response = await post(url, message('你好'));
    expect(response.status).to.equal(200);
    expect(await response.json()).to.have.nested.property('activities[0].channelData.answer.kind');
    started.process.kill('SIGTERM');
    expect(await started.ended).to.equal(0);
    expect(started.said().out)
      .to.match(/用时 \d+ 毫秒/)
      .and.include('/api/messages')
      .and.include('已停止');
  });
});
