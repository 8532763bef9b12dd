/**
 * Does the service grow with what it has been asked? 200 000 messages through Direct Line to a process of its own, each
 * answered before the next, by people of whom some leave and others come; the heap after a collection, all along.
 *
 *     npm run --silent build && npx tsx bench/soak.ts [messages] [redis://…]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { freePort } from '../test/free-port';

const [messages, redisUrl] = [Number(process.argv[2] ?? 200_000), process.argv[3]];
const AT_ONCE = 16;
const MESSAGES_EACH = 50;
const MEASURED = 10;
const MOST_GROWTH_MB = 20;
const QUESTIONS = [
  '诉求总量是多少',
  '其中企业呢',
  '占比多少',
  '那群众呢',
  '满意率是多少',
  '第二个',
  '概括一下政风热线',
];

async function soak(): Promise<void> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' };
  const service = fork('dist/index.js', {
    execArgv: ['--expose-gc', '--require', './bench/tell-heap.cjs'],
    env: redisUrl === undefined ? env : { ...env, STATE_URL: redisUrl },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const heap = async () => {
    service.send('heap');
    const [{ heapUsed, rss, external }] = (await once(service, 'message')) as [NodeJS.MemoryUsage];
    return { heapMb: heapUsed / 2 ** 20, externalMb: external / 2 ** 20, residentMb: rss / 2 ** 20 };
  };
  while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) await new Promise((done) => setTimeout(done, 100));

  let asked = 0;
  const began = performance.now();
  const until = async (count: number) => {
    const person = async () => {
      while (asked < count) await oneConversation(url, () => asked++ < count);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, person));
  };
  // Whatever is compiled, cached and pooled once is no growth.
  await until(messages / 20);
  const first = await heap();
  console.log('messages   heap MB   outside MB   resident MB   messages/s');
  let last = first;
  for (let part = 1; part <= MEASURED; part += 1) {
    await until(messages / 20 + (part * messages) / MEASURED);
    last = await heap();
    const rate = asked / ((performance.now() - began) / 1000);
    const cells = [last.heapMb.toFixed(1), last.externalMb.toFixed(1), last.residentMb.toFixed(0), rate.toFixed(0)];
    console.log(String(asked).padEnd(11) + cells.map((cell) => cell.padEnd(12)).join(' '));
  }
  const growth = last.heapMb - first.heapMb;
  console.log(`heap after ${messages / 20} messages ${first.heapMb.toFixed(1)} MB; growth ${growth.toFixed(1)} MB`);
  console.log(`${growth < MOST_GROWTH_MB ? 'met    ' : 'NOT met'} growth under ${MOST_GROWTH_MB} MB`);
  service.kill();
}

/** Opens one, asks and hears each answer, and goes without a word. */
async function oneConversation(url: string, mayAsk: () => boolean): Promise<void> {
  const post = async (path: string, token?: string, body?: unknown) => {
    for (;;) {
      const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
      const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body ?? {}) }).catch(
        () => undefined, // a connection that was kept and closed at the same moment
      );
      if (response?.ok) return (await response.json()) as { token: string; conversationId: string; streamUrl: string };
      await response?.text();
    }
  };
  const { token } = await post('/webchat/token');
  const { conversationId, streamUrl } = await post('/v3/directline/conversations', token);
  const socket = new WebSocket(streamUrl);
  let answers = 0;
  let heard = () => {};
  socket.on('message', (data) => {
    answers += String(data).split('"role":"bot"').length - 1;
    heard();
  });
  await once(socket, 'open');
  for (let said = 0; said < MESSAGES_EACH && mayAsk(); said += 1) {
    const before = Math.max(answers, 1 + said);
    await post(`/v3/directline/conversations/${conversationId}/activities`, token, {
      type: 'message',
      text: QUESTIONS[said % QUESTIONS.length],
      from: { id: 'me' },
    });
    while (answers <= before) await new Promise<void>((resolve) => (heard = resolve));
  }
  socket.terminate();
}

void soak();
