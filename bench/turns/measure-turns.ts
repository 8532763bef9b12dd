/**
 * What a turn costs, beside a plain echo bot in the same run: over /api/messages and over Direct Line; and what an idle
 * WebSocket costs. Processor time counts, of the serving process alone: the wall clock also measures whoever else is at work.
 */
import { setTimeout as later } from 'node:timers/promises';
import { firstQuestions } from '../first-questions';
import { askOverMessages } from './bot-framework-load';
import { askOverDirectLine, openChat } from './direct-line-load';
import { cpuMs, type Running, residentMb, run } from './processes';

export interface TurnCost {
  turnsPerSecond: number;
  cpuMsPerTurn: number;
  /** Of the stand-in connector, which an answer over /api/messages takes as well. */
  connectorMsPerTurn: number;
}

export interface MeasuredTurns {
  echo: TurnCost;
  messages: TurnCost;
  /** From Teams: the reply is a card. */
  teams: TurnCost;
  /** As above, but every question is one that was never asked before. */
  messagesUnheard: TurnCost;
  directLine: TurnCost;
  /** Of the echo bot's, in percent: turns for the same processor time; processor time for a turn, its connector's included. */
  messagesThroughputPercent: number;
  teamsThroughputPercent: number;
  unheardThroughputPercent: number;
  directLineCostPercent: number;
  sockets: { held: number; kbEach: number; per100Mb: number };
}

const PEOPLE = 16;
const AT_ONCE = 15;
const SERVICE = ['dist/index.js'];

export async function measureTurns({
  rounds,
  ms,
  sockets,
}: {
  rounds: number;
  ms: number;
  sockets: number;
}): Promise<MeasuredTurns> {
  const connector = await run(['--import=tsx', 'bench/turns/connector.ts']);
  const echo = await run(['--import=tsx', 'bench/turns/echo-bot.ts']);
  const service = await run(SERVICE, { PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'info' });
  const questions = firstQuestions();
  let asked = 0;
  // Spaces and question marks change nothing of a question, but nobody has typed it with so many.
  const unheard = () => {
    asked += 1;
    return questions.map((question) => question + ' '.repeat(asked % 40) + '？'.repeat(Math.floor(asked / 40)));
  };
  const kinds: Record<'echo' | 'messages' | 'teams' | 'messagesUnheard' | 'directLine', () => Promise<TurnCost>> = {
    echo: () =>
      cost(echo, connector, () => askOverMessages(echo.url, connector.url, questions, { people: PEOPLE, ms })),
    messages: () =>
      cost(service, connector, () => askOverMessages(service.url, connector.url, questions, { people: PEOPLE, ms })),
    teams: () =>
      cost(service, connector, () =>
        askOverMessages(service.url, connector.url, questions, { people: PEOPLE, ms, channelId: 'msteams' }),
      ),
    messagesUnheard: () => cost(service, connector, () => unheardTurns(service, connector.url, unheard, ms)),
    directLine: () => cost(service, connector, () => askOverDirectLine(service.url, questions, { people: PEOPLE, ms })),
  };
  const found = { echo: [], messages: [], teams: [], messagesUnheard: [], directLine: [] } as Record<
    keyof typeof kinds,
    TurnCost[]
  >;
  for (let round = -1; round < rounds; round += 1) {
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
      const measured = await kinds[kind]();
      if (round >= 0) found[kind].push(measured); // the first one warms up
    }
  }
  await Promise.all([echo.end(), service.end(), connector.end()]);
  const cpuOf = (kind: keyof typeof kinds) => median(found[kind].map(({ cpuMsPerTurn }) => cpuMsPerTurn));
  const overall = (kind: keyof typeof kinds): TurnCost => ({
    turnsPerSecond: median(found[kind].map(({ turnsPerSecond }) => turnsPerSecond)),
    cpuMsPerTurn: cpuOf(kind),
    connectorMsPerTurn: median(found[kind].map(({ connectorMsPerTurn }) => connectorMsPerTurn)),
  });
  return {
    echo: overall('echo'),
    messages: overall('messages'),
    teams: overall('teams'),
    messagesUnheard: overall('messagesUnheard'),
    directLine: overall('directLine'),
    messagesThroughputPercent: (100 * cpuOf('echo')) / cpuOf('messages'),
    teamsThroughputPercent: (100 * cpuOf('echo')) / cpuOf('teams'),
    unheardThroughputPercent: (100 * cpuOf('echo')) / cpuOf('messagesUnheard'),
    directLineCostPercent: (100 * cpuOf('directLine')) / (cpuOf('echo') + overall('echo').connectorMsPerTurn),
    sockets: await idleSockets(sockets),
  };
}

async function unheardTurns(
  service: Running,
  connectorUrl: string,
  unheard: () => string[],
  ms: number,
): Promise<number> {
  const questions = Array.from({ length: 20 }, unheard).flat();
  return askOverMessages(service.url, connectorUrl, questions, { people: PEOPLE, ms });
}

async function cost(process: Running, connector: Running, work: () => Promise<number>): Promise<TurnCost> {
  const [cpu, connectorCpu, time] = [cpuMs(process.pid), cpuMs(connector.pid), performance.now()];
  const turns = await work();
  const seconds = (performance.now() - time) / 1000;
  return {
    turnsPerSecond: turns / seconds,
    cpuMsPerTurn: (cpuMs(process.pid) - cpu) / turns,
    connectorMsPerTurn: (cpuMs(connector.pid) - connectorCpu) / turns,
  };
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
