/**
 * How long the search of Teams' compose box takes, through the whole HTTP stack: one request after another on one
 * connection, as while somebody types. The words are the beginnings of every name that a figure of the report bears, so
 * short and long, rare and frequent ones.
 *
 * By itself: `npx tsx bench/teams-search.ts`, which prints the times as JSON.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { type Spread, spread } from './timing';

const SEARCHES = 2_000;
const WARM_UP = 300;

export async function measureTeamsSearch(): Promise<Spread> {
  const service = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const typed = beginnings();
    const times: number[] = [];
    for (let n = 0; n < WARM_UP + SEARCHES; n += 1) {
      const begin = performance.now();
      await search(service.url, agent, typed[(n * 7919) % typed.length] ?? '');
      if (n >= WARM_UP) times.push(performance.now() - begin);
    }
    return spread(times);
  } finally {
    agent.destroy();
    service.child.kill('SIGTERM');
  }
}

/** 「政」「政风」「政风 满」…: what stands in the box after each key, for labels of the served report. */
function beginnings(): string[] {
  const labels = new Set<string>();
  for (const name of readdirSync('data/reports')) {
    const written = readFileSync(`data/reports/${name}`, 'utf8');
    for (const [, label] of written.matchAll(/"(?:title|label)":\s*"([^"]+)"/g)) if (label) labels.add(label);
  }
  const words = [...labels];
  return words.flatMap((label, n) => {
    const whole = `${label.slice(0, 2)} ${words[(n * 31) % words.length]?.slice(-3) ?? ''}`;
    return Array.from(whole, (_, end) => whole.slice(0, end + 1));
  });
}

function search(url: string, agent: Agent, words: string): Promise<void> {
  const body = JSON.stringify({
    type: 'invoke',
    name: 'composeExtension/query',
    channelId: 'msteams',
    serviceUrl: 'http://127.0.0.1:9/',
    from: { id: 'me' },
    conversation: { id: 'c' },
    value: { commandId: 'searchFigures', parameters: [{ name: 'words', value: words }] },
  });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const req = request(`${url}/api/messages`, { method: 'POST', agent, headers }, (res) => {
      res.resume();
      res.on('end', () => (res.statusCode === 200 ? resolve() : reject(new Error(`「${words}」: ${res.statusCode}`))));
    });
    req.on('error', reject);
    req.end(body);
  });
}

function start(): Promise<{ child: ChildProcess; url: string }> {
  const env = { ...process.env, PORT: '0', RATE_LIMIT_PER_MINUTE: '0' };
  const child = spawn(process.execPath, ['dist/index.js'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
      const port = /http:\/\/localhost:(\d+)/.exec(said)?.[1];
      if (port) resolve({ child, url: `http://127.0.0.1:${port}` });
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
}

if (require.main === module) {
  measureTeamsSearch().then(
    (times) => console.log(JSON.stringify(times)),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
