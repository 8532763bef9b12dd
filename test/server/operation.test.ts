import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import { readKept } from '../../src/bot/kept/kept-files';
import { postOf, rawRequest } from './raw-request';
import { type RunningService, runService, until } from './running-service';
import { message, post } from './service';

const QUESTION = '诉求总量是多少';
/** What gets its response in the response itself, as invokes do. */
const SENT_HERE = { deliveryMode: undefined, serviceUrl: 'http://127.0.0.1:1' };

async function ask(service: RunningService, text: string, conversation: string) {
  const response = await post(service.url, message(text, { conversation: { id: conversation } }));
  const { activities = [] } = (await response.json()) as {
    activities?: { text: string; channelData?: { answer?: unknown } }[];
  };
  return { status: response.status, reply: activities[0] };
}

describe('the running service', function () {
  this.timeout(120_000); // starting takes seconds on a busy machine
  let service: RunningService;
  const secret = 'a secret of tests, forty characters long';
  before(async () => {
    service = await runService({ DIRECTLINE_SECRET: secret });
  });
  after(() => service.stop());

  for (const path of [
    '/assets/..%2f..%2fpackage.json',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/report/..%2f..%2f..%2fetc%2fpasswd',
    '/report/lianyungang-2024/..%2f..%2fconfig.ts',
    '/report/lianyungang-2024/tables/..%2f..%2freport.csv',
    '/report/__proto__',
    '/report/constructor',
    '/baike/__proto__',
    '/baike/..%5c..%5cpackage.json',
    '/widget.js/../../package.json',
    '/webchat/../.env',
    '/.env',
    '/dist/index.js',
    '//etc/passwd',
  ]) {
    it(`gives nothing away at ${path}`, async () => {
      const response = await rawRequest(
        service.port,
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      expect(response.status).to.be.oneOf([400, 404]);
      expect(response.body).not.to.match(/root:|"dependencies"|DIRECTLINE_SECRET|readConfig/);
    });
  }

  it('says in a page that there is none, to a person, and in JSON to a program', async () => {
    const at = (accept: string) => fetch(`${service.url}/nowhere`, { headers: { Accept: accept } });
    const page = await at('text/html,application/xhtml+xml');
    expect([page.status, page.headers.get('content-type')]).to.deep.equal([404, 'text/html; charset=utf-8']);
    expect(await page.text()).to.include('没有这个网页');
    const refusal = await at('*/*');
    expect(refusal.status).to.equal(404);
    expect(await refusal.json()).to.have.nested.property('error.code', 'NotFound');
  });

  it('takes no key of every object from a query or a body', async () => {
    expect(
      (await fetch(`${service.url}/baike?__proto__[polluted]=1&constructor[prototype][polluted]=1&q=甲`)).status,
    ).to.equal(200);
    const { token, conversationId } = (await (
      await fetch(`${service.url}/webchat/token`, { method: 'POST' })
    ).json()) as {
      token: string;
      conversationId: string;
    };
    const body =
      '{"type":"message","text":"你好","from":{"id":"me"},"__proto__":{"polluted":1},"channelData":{"__proto__":{"polluted":1}}}';
    const path = `/v3/directline/conversations/${conversationId}/activities`;
    const said = await rawRequest(service.port, postOf(path, body, { Authorization: `Bearer ${token}` }));
    expect(said.status).to.equal(200);
    expect((await ask(service, QUESTION, 'after pollution')).reply?.channelData?.answer).to.have.property(
      'kind',
      'answer',
    );
  });

  it('writes a line for each turn that tells how it went, and neither what was said nor by whom', async () => {
    await ask(service, '我叫张三，电话13912345678，满意率是多少', 'a-private-conversation');
    await until(() => /"msg":"turn"/.test(service.said().err), 'a line of the log');
    await until(() => service.said().err.endsWith('\n'), 'a whole line');
    const lines = service
      .said()
      .err.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const line of lines.filter(({ msg }) => msg === 'turn')) {
      expect(line).to.include.keys('turn', 'channel', 'talk', 'kind', 'grade', 'rules', 'ms', 'engineMs');
    }
    const whole = service.said().err + service.said().out;
    for (const never of ['张三', '13912345678', '满意率是多少', 'a-private-conversation', secret]) {
      expect(whole).not.to.include(never);
    }
  });

  it('keeps votes from the web chat and from Teams in one place, each with its question', async () => {
    const { token, conversationId } = (await (
      await fetch(`${service.url}/webchat/token`, { method: 'POST' })
    ).json()) as { token: string; conversationId: string };
    const address = `${service.url}/v3/directline/conversations/${conversationId}/activities`;
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const say = (activity: object) =>
      fetch(address, { method: 'POST', headers, body: JSON.stringify({ from: { id: 'me' }, ...activity }) });
    const asked = (await (await say({ type: 'message', text: QUESTION })).json()) as { id: string };
    let replyId: string | undefined;
    await until(async () => {
      const { activities } = (await (await fetch(address, { headers })).json()) as {
        activities: { id: string; replyToId?: string }[];
      };
      replyId = activities.find(({ replyToId }) => replyToId === asked.id)?.id;
      return replyId !== undefined;
    }, 'an answer');
    await say({ type: 'event', name: 'feedback', value: { activity: replyId, feedback: 'down' } });

    const value = { actionName: 'feedback', actionValue: { reaction: 'like', feedback: '{"feedbackText":"好"}' } };
    const invoke = { type: 'invoke', name: 'message/submitAction', value, replyToId: 'a reply', channelId: 'msteams' };
    const voted = await post(service.url, message('', { ...invoke, recipient: { id: 'bot' }, ...SENT_HERE }));
    expect(voted.status).to.equal(200);

    const votes = async () =>
      existsSync(service.kept) ? (await readKept(service.kept)).filter(({ what }) => what === 'vote') : [];
    await until(async () => (await votes()).length === 2, 'both votes');
    const [web, teams] = await votes();
    expect(web).to.include({ channel: 'directline', vote: 'down', replyId, question: QUESTION });
    expect(teams).to.include({ channel: 'msteams', vote: 'up', replyId: 'a reply', comment: '好' });
  });

  it('tells its figures', async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    expect(text).to.match(/hotline_bot_turns_total\{channel="test",kind="answer",grade="原文"\} \d/);
    expect(text).to.include('hotline_bot_reports 1');
  });

  it('on SIGHUP takes over changed texts and reports, while turns go on', async () => {
    const wordingPath = join(service.folders.dialogs, 'bot.yaml');
    const wording = readFileSync(wordingPath, 'utf8');
    writeFileSync(wordingPath, wording.replace('我只能看懂文字', '新的说法：我只能看懂文字'));
    const teamsPath = join(service.folders.dialogs, 'teams.yaml');
    writeFileSync(teamsPath, readFileSync(teamsPath, 'utf8').replace(/^( +seeTable: ).*$/m, '$1新的按钮'));
    const search = { commandId: 'searchFigures', parameters: [{ name: 'q', value: '诉求总量' }] };
    const invoke = { type: 'invoke', name: 'composeExtension/query', value: search, channelId: 'msteams' };
    const inTeams = async (activity: object) =>
      (
        await post(service.url, message(QUESTION, { channelId: 'msteams', recipient: { id: 'bot' }, ...activity }))
      ).text();
    // Kept by the search from now on.
    expect(await inTeams({ ...invoke, ...SENT_HERE })).to.include('诉求总量');
    const reportPath = join(service.folders.data, 'reports', 'lianyungang-2024.json');
    const report = readFileSync(reportPath, 'utf8');
    const { title } = JSON.parse(report) as { title: string };
    writeFileSync(reportPath, report.replace(title, `${title}（修订）`));

    let isReloaded = false;
    const asked: Promise<{ status: number }>[] = [];
    service.signal('SIGHUP');
    const asking = (async () => {
      // Not so many that they are a crowd, however long a busy machine takes for it.
      for (let n = 0; !isReloaded && n < 15; n += 1) {
        asked.push(ask(service, QUESTION, `reload-${n}`));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    await until(() => service.said().out.includes('已重新载入'), 'reloaded');
    isReloaded = true;
    await asking;
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(new Set(statuses), statuses.join(' ')).to.deep.equal(new Set([200]));
    expect(asked.length).to.be.greaterThan(1);

    const picture = { attachments: [{ contentType: 'image/png' }], conversation: { id: 'picture' } };
    const { activities } = (await (await post(service.url, message('', picture))).json()) as {
      activities: { text: string }[];
    };
    expect(activities[0]?.text).to.include('新的说法');
    for (const seen of [await inTeams({ conversation: { id: 'teams' } }), await inTeams({ ...invoke, ...SENT_HERE })])
      expect(seen).to.include('新的按钮').and.include(`${title}（修订）`);
    expect(await (await fetch(`${service.url}/report/lianyungang-2024`)).text()).to.include(`${title}（修订）`);
  });

  it('on SIGHUP keeps the set it has when the new one is faulty, and says every fault', async () => {
    const wordingPath = join(service.folders.dialogs, 'bot.yaml');
    const entriesPath = join(service.folders.data, 'baike', 'lianyungang.json');
    const kept = [wordingPath, entriesPath].map((path) => [path, readFileSync(path, 'utf8')] as const);
    writeFileSync(wordingPath, 'welcome: 只有这一句\n');
    writeFileSync(entriesPath, '[{"id": 5}]');
    service.signal('SIGHUP');
    await until(() => service.said().out.includes('没有重新载入，继续用原来的'), 'refused');
    expect(service.said().out)
      .to.match(/bot\.yaml：apology：应为/)
      .and.include('lianyungang.json');
    const answered = await ask(service, QUESTION, 'kept');
    expect(answered.reply?.channelData?.answer).to.have.property('kind', 'answer');
    expect((await fetch(`${service.url}/baike`)).status).to.equal(200);
    expect(await (await fetch(`${service.url}/metrics`)).text()).to.include('reloads_total{outcome="refused"} 1');
    for (const [path, text] of kept) writeFileSync(path, text);
  });

  it('on SIGTERM under load answers every turn it has taken, tells sockets to come back, and ends', async () => {
    const { token, conversationId } = (await (
      await fetch(`${service.url}/webchat/token`, { method: 'POST' })
    ).json()) as {
      token: string;
      conversationId: string;
    };
    const opened = await fetch(`${service.url}/v3/directline/conversations`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    });
    const { streamUrl } = (await opened.json()) as { streamUrl: string };
    const socket = new WebSocket(streamUrl.replace(/^ws:\/\/[^/]+/, `ws://127.0.0.1:${service.port}`));
    const heard: { id: string; replyToId?: string }[] = [];
    socket.on('message', (data) => {
      if (String(data)) heard.push(...(JSON.parse(String(data)) as { activities: typeof heard }).activities);
    });
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.on('open', resolve));

    const taken: string[] = [];
    const outcomes = { answered: 0, notTaken: 0, broken: 0 };
    const messages = async (n: number) => {
      const outcome = await post(service.url, message(QUESTION, { conversation: { id: `end-${n}` } })).then(
        async (response) =>
          response.status === 200 && (await response.text()).includes('"answer"') ? 'answered' : 'broken',
        () => 'notTaken' as const, // refused before it was taken, as a balancer would hear and go elsewhere
      );
      outcomes[outcome as keyof typeof outcomes] += 1;
    };
    const says = async () => {
      const said = await fetch(`${service.url}/v3/directline/conversations/${conversationId}/activities`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ type: 'message', text: QUESTION, from: { id: 'me' } }),
      }).catch(() => undefined);
      if (said?.status === 200) taken.push(((await said.json()) as { id: string }).id);
    };
    const load = Array.from({ length: 60 }, async (_, n) => {
      await new Promise((resolve) => setTimeout(resolve, n * 5));
      await Promise.all([messages(n), n % 4 === 0 ? says() : undefined]);
    });
    await new Promise((resolve) => setTimeout(resolve, 120));
    service.signal('SIGTERM');
    await Promise.all(load);
    expect(await service.ended).to.equal(0);
    expect(await closed).to.be.oneOf([1001, 1012]);
    expect(outcomes.broken, JSON.stringify(outcomes)).to.equal(0);
    expect(outcomes.answered).to.be.greaterThan(0);
    expect(outcomes.notTaken).to.be.greaterThan(0);
    expect(taken.length).to.be.greaterThan(0);
    for (const id of taken)
      expect(
        heard.some(({ replyToId }) => replyToId === id),
        `answer to ${id}`,
      ).to.equal(true);
    expect(service.said().out).to.include('已停止。');
  });
});
