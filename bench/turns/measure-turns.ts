/**
 * What a turn costs, beside a plain echo bot in the same run: over /api/messages and over Direct Line; and what an idle
 * WebSocket costs. Processor time counts, of the serving process alone: the wall clock also measures whoever else is at work.
 */
import { setTimeout as later } from 'node:timers/promises';
import { firstQuestions } from '../first-questions';
import { askOverMessages, type Connector, standInConnector } from './bot-framework-load';
import { askOverDirectLine, openChat } from './direct-line-load';
import { cpuMs, type Running, residentMb, run } from './processes';

export interface TurnCost {
  turnsPerSecond: number;
  cpuMsPerTurn: number;
}

export interface MeasuredTurns {
  echo: TurnCost;
  messages: TurnCost;
  /** As above, but every question is one that was never asked before. */
  messagesUnheard: TurnCost;
  directLine: TurnCost;
  /** Of each round's echo bot, in percent: turns for the same processor time; processor time for a turn. */
  messagesThroughputPercent: number;
  unheardThroughputPercent: number;
  directLineCostPercent: number;
  sockets: { held: number; kbEach: number; per100Mb: number };
}

const PEOPLE = 16;
const AT_ONCE = 15;
const SERVICE = ['--import=tsx', 'src/index.ts'];

export async function measureTurns({
  rounds,
  ms,
  sockets,
}: {
  rounds: number;
  ms: number;
  sockets: number;
}): Promise<MeasuredTurns> {
  const connector = await standInConnector();
  const echo = await run(['--import=tsx', 'bench/turns/echo-bot.ts']);
  const service = await run(SERVICE, { PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'info' });
  const questions = firstQuestions();
  let asked = 0;
  // Spaces and question marks change nothing of a question, but nobody has typed it with so many.
  const unheard = () => {
    asked += 1;
    return questions.map((question) => question + ' '.repeat(asked % 40) + '？'.repeat(Math.floor(asked / 40)));
  };
  const kinds: Record<'echo' | 'messages' | 'messagesUnheard' | 'directLine', () => Promise<TurnCost>> = {
    echo: () => cost(echo, () => askOverMessages(echo.url, connector, questions, { people: PEOPLE, ms })),
    messages: () => cost(service, () => askOverMessages(service.url, connector, questions, { people: PEOPLE, ms })),
    messagesUnheard: () => cost(service, () => unheardTurns(service, connector, unheard, ms)),
    directLine: () => cost(service, () => askOverDirectLine(service.url, questions, { people: PEOPLE, ms })),
  };
  const found = { echo: [], messages: [], messagesUnheard: [], directLine: [] } as Record<
    keyof typeof kinds,
    TurnCost[]
  >;
  for (let round = -1; round < rounds; round += 1) {
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
      const measured = await kinds[kind]();
      if (round >= 0) found[kind].push(measured); // the first one warms up
    }
  }
  await Promise.all([echo.end(), service.end()]);
  connector.end();
  const cpuOf = (kind: keyof typeof kinds) => median(found[kind].map(({ cpuMsPerTurn }) => cpuMsPerTurn));
  const overall = (kind: keyof typeof kinds): TurnCost => ({
    turnsPerSecond: median(found[kind].map(({ turnsPerSecond }) => turnsPerSecond)),
    cpuMsPerTurn: cpuOf(kind),
  });
  return {
    echo: overall('echo'),
    messages: overall('messages'),
    messagesUnheard: overall('messagesUnheard'),
    directLine: overall('directLine'),
    messagesThroughputPercent: (100 * cpuOf('echo')) / cpuOf('messages'),
    unheardThroughputPercent: (100 * cpuOf('echo')) / cpuOf('messagesUnheard'),
    directLineCostPercent: (100 * cpuOf('directLine')) / cpuOf('echo'),
    sockets: await idleSockets(sockets),
  };
}

async function unheardTurns(
  service: Running,
  connector: Connector,
  unheard: () => string[],
  ms: number,
): Promise<number> {
  const questions = Array.from({ length: 20 }, unheard).flat();
  return askOverMessages(service.url, connector, questions, { people: PEOPLE, ms });
}

async function cost(process: Running, work: () => Promise<number>): Promise<TurnCost> {
  const [cpu, time] = [cpuMs(process.pid), performance.now()];
  const turns = await work();
  const seconds = (performance.now() - time) / 1000;
  return { turnsPerSecond: turns / seconds, cpuMsPerTurn: (cpuMs(process.pid) - cpu) / turns };
}

/** Each socket with its conversation, greeted and then silent. */
async function idleSockets(count: number): Promise<MeasuredTurns['sockets']> {
  const service = await run(['--expose-gc', ...SERVICE], { PORT: '0', RATE_LIMIT_PER_MINUTE: '0' });
  const open = (many: number) => Promise.all(Array.from({ length: many }, () => openChat(service.url)));
  const few = await open(AT_ONCE); // what the first ones make the process allocate is no cost of a socket
  await later(2000);
  const before = residentMb(service.pid);
  const chats = [...few];
  while (chats.length < count + few.length) chats.push(...(await open(AT_ONCE)));
  await later(2000);
  const kbEach = ((residentMb(service.pid) - before) * 1024) / (chats.length - few.length);
  for (const chat of chats) chat.end();
  await service.end();
  return { held: chats.length, kbEach, per100Mb: Math.round((100 * 1024) / kbEach) };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
