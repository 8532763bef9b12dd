/**
 * Twice as many people as the service can serve, for a minute: `npm run bench:overload [-- seconds]`. By hand, on a machine that
 * does nothing else: who asks and who answers share it. Prints what became of the requests, how long a health check took
 * meanwhile, what the memory did, and whether all is as before afterwards.
 */
import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';
import { setTimeout as later } from 'node:timers/promises';
import { firstQuestions } from './first-questions';
import { residentMb, run } from './turns/processes';

const SECONDS = Number(process.argv[2] ?? 60);
const CALM_SECONDS = 8;
const PEOPLE = 8;
const TICK_MS = 10;
const ASKING_PRIORITY = 10;
const questions = firstQuestions();
let agent = new Agent({ keepAlive: true });
let asked = 0;

/** The status, or 0 for a connection that broke. A question is never the same twice, so that each costs the engine its work. */
function ask(url: string): Promise<number> {
  asked += 1;
  const text = (questions[asked % questions.length] ?? '') + ' '.repeat(asked % 37) + '？'.repeat(asked % 31);
  const activity = {
    type: 'message',
    text,
    deliveryMode: 'expectReplies',
    channelId: 'test',
    from: { id: 'me' },
    conversation: { id: `c${asked % 5000}` },
  };
  return status(`${url}/api/messages`, JSON.stringify(activity));
}

function status(url: string, body?: string): Promise<number> {
  return new Promise((resolve) => {
    const headers =
      body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    // A health check comes over a connection of its own, as a balancer's may.
    const options = { method: body === undefined ? 'GET' : 'POST', headers, agent: body === undefined ? false : agent };
    const req = request(url, { ...options, timeout: 20_000 }, (res) => {
      res.resume();
      res.on('end', () => resolve(res.statusCode ?? 0));
      res.on('error', () => resolve(0));
    });
    req.on('timeout', () => req.destroy());
    req.on('error', () => resolve(0));
    req.end(body);
  });
}

/** Answers a second when everybody waits for the answer. */
async function calmly(url: string): Promise<{ perSecond: number; isAllAnswered: boolean }> {
  const end = performance.now() + CALM_SECONDS * 1000;
  const statuses: number[] = [];
  const person = async () => {
    while (performance.now() < end) statuses.push(await ask(url));
  };
  await Promise.all(Array.from({ length: PEOPLE }, person));
  return { perSecond: statuses.length / CALM_SECONDS, isAllAnswered: statuses.every((one) => one === 200) };
}

async function main(): Promise<void> {
  const service = await run(['dist/index.js'], {
    PORT: '0',
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'warn',
  });
  // A crowd comes from elsewhere: here, who asks steps back for who answers, where both want the processor.
  setPriority(ASKING_PRIORITY);
  // Warms up until nothing gets faster: twice of what a cold service can do would be no crowd.
  let before = await calmly(service.url);
  for (let round = 0; round < 4; round += 1) {
    const next = await calmly(service.url);
    if (next.perSecond > before.perSecond) before = next;
  }
  const rate = 2 * before.perSecond;
  console.log(`capacity: ${before.perSecond.toFixed(0)} turns/s; now ${rate.toFixed(0)}/s for ${SECONDS} s`);

  const outcomes = new Map<number, number>();
  const health: number[] = [];
  const memory: number[] = [residentMb(service.pid)];
  const began = performance.now();
  let sent = 0;
  let isOver = false;
  const watching = (async () => {
    for (; !isOver; await later(100)) {
      const at = performance.now();
      const answered = await status(`${service.url}/healthz`);
      health.push(answered === 200 ? performance.now() - at : Number.POSITIVE_INFINITY);
      if (health.length % 10 === 0) memory.push(residentMb(service.pid));
    }
  })();
  const underWay = new Set<Promise<void>>();
  while (performance.now() - began < SECONDS * 1000) {
    const due = ((performance.now() - began) / 1000) * rate;
    for (; sent < due; sent += 1) {
      const one = ask(service.url)
        .then((outcome) => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1))
        .finally(() => underWay.delete(one));
      underWay.add(one);
    }
    await later(TICK_MS);
  }
  await Promise.all(underWay);
  isOver = true;
  await watching;
  // Thousands of connections kept open would slow down who asks, and not who answers.
  agent.destroy();
  agent = new Agent({ keepAlive: true });
  await later(1000);
  const after = await calmly(service.url);
  const sorted = health.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN).toFixed(0);
  const sixth = Math.ceil(memory.length / 6);
  const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
  console.log(
    `sent ${sent}: ${[...outcomes].map(([outcome, count]) => `${count} × ${outcome || 'broken'}`).join(', ')}`,
  );
  console.log(`health: median ${at(0.5)} ms, 99% ${at(0.99)} ms, slowest ${at(1)} ms of ${health.length}`);
  console.log(
    `memory, MB: ${memory[0]?.toFixed(0)} before; in sixths of the time ` +
      `${[0, 1, 2, 3, 4, 5].map((part) => mean(memory.slice(part * sixth, (part + 1) * sixth)).toFixed(0)).join(', ')}; ` +
      `${residentMb(service.pid).toFixed(0)} afterwards`,
  );
  console.log(
    `afterwards: ${after.perSecond.toFixed(0)} turns/s (${((100 * after.perSecond) / before.perSecond).toFixed(0)}%), ` +
      `${after.isAllAnswered ? 'all answered' : 'NOT all answered'}`,
  );
  await service.end();
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
