/**
 * The benchmark: `npm run bench`, or `npm run bench -- --quick` as a smoke run. Prints a table, says which of the aims are
 * met, and writes everything to out/bench.json. bench/README.md explains each row.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { dataFolder } from './many-reports';
import type { Measured } from './measure';
import type { Spread } from './timing';
import { measureTurns } from './turns/measure-turns';
import { printTurns } from './turns/print-turns';
import { run } from './turns/processes';

/** The real size of 热线百科. */
const ENTRIES = 1517 + 11154;

const isQuick = process.argv.includes('--quick');

/** Built as the service is: tsx would keep the names of functions, which takes a tenth of the time. */
const MEASURE = 'out/bench/measure.js';
buildSync({
  entryPoints: ['bench/measure.ts'],
  outfile: MEASURE,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
});

function measured(data: string, fuzzed: number): Measured {
  const child = spawnSync(process.execPath, ['--expose-gc', MEASURE, data, String(fuzzed)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 2 ** 20,
  });
  if (child.status !== 0) throw new Error(`measuring ${data} ended with ${child.status ?? child.signal}`);
  return JSON.parse(child.stdout) as Measured;
}

function made(reports: number): Measured {
  const folder = dataFolder({ reports, entries: ENTRIES });
  try {
    return measured(folder, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function searchedInTeams(): Spread {
  const args = ['--import=tsx', 'bench/teams-search.ts'];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) throw new Error(`the search of Teams ended with ${child.status ?? child.signal}`);
  return JSON.parse(child.stdout) as Spread;
}

const served = measured('data', isQuick ? 5_000 : 100_000);
const withEntries = isQuick ? undefined : made(1);
const hundred = made(100);
const thousand = isQuick ? undefined : made(1_000);
const sizes = [served, ...(withEntries ? [withEntries] : []), hundred, ...(thousand ? [thousand] : [])];

const ms = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const rows: [string, (size: Measured) => string][] = [
  ['reports', ({ reports }) => String(reports)],
  ['cells', ({ cells }) => String(cells)],
  ['entries', ({ entries }) => String(entries)],
  ['dictionary, ms', ({ dictionaryMs }) => ms(dictionaryMs)],
  ['load, ms', ({ loadMs }) => ms(loadMs)],
  ['heap, MB', ({ heapMb }) => heapMb.toFixed(0)],
  ['resident, MB', ({ residentMb }) => residentMb.toFixed(0)],
  ['nodejieba cut, median ms', ({ cut }) => cut.median.toFixed(3)],
  ['one fuzzy search, median ms', ({ search }) => ms(search.median)],
  ['one fuzzy search, p99 ms', ({ search }) => ms(search.p99)],
  ['entry search, median ms', ({ entrySearch }) => ms(entrySearch.median)],
  ['answer, median ms', ({ answer }) => ms(answer.median)],
  ['answer, p99 ms', ({ answer }) => ms(answer.p99)],
  ['answer, slowest ms', ({ answer }) => ms(answer.slowest)],
];
for (const [label, cell] of rows) console.log(label.padEnd(30) + sizes.map((size) => cell(size).padStart(12)).join(''));
for (const size of sizes) {
  const { question, ms: slowest } = size.slowestQuestions[0] ?? { question: '', ms: 0 };
  console.log(`slowest of ${size.reports} report(s): 「${question}」 ${ms(slowest)} ms`);
}

const teamsSearch = searchedInTeams();
console.log(
  `a search in Teams, over HTTP: median ${ms(teamsSearch.median)} ms, p99 ${ms(teamsSearch.p99)} ms, slowest ${ms(teamsSearch.slowest)} ms`,
);

const { fuzz } = served;
if (fuzz) {
  console.log(
    `${fuzz.messages} fuzzed messages in ${fuzz.seconds.toFixed(0)} s: median ${ms(fuzz.times.median)} ms, slowest ${ms(fuzz.times.slowest)} ms`,
  );
  const faults: [string, unknown[]][] = [
    ['exceptions', fuzz.exceptions],
    ['withheld by the outgoing check', fuzz.withheld],
    ['over 50 ms', fuzz.over50Ms],
  ];
  for (const [what, some] of faults) {
    console.log(`  ${what}: ${some.length}`);
    for (const one of some.slice(0, 5)) console.log(`    ${typeof one === 'string' ? one : JSON.stringify(one)}`);
  }
}

const aims: [string, boolean][] = [
  ['answer: median ≤ 1 ms', served.answer.median <= 1],
  ['answer: median ≤ 3 × one fuzzy search', served.answer.median <= 3 * served.search.median],
  ['answer: p99 ≤ 5 ms', served.answer.p99 <= 5],
  ['a search in Teams: median ≤ 10 ms', teamsSearch.median <= 10],
  ['entry search over 12 671 entries: median ≤ 3 ms', hundred.entrySearch.median <= 3],
  ['100 reports: median ≤ 2 ms', hundred.answer.median <= 2],
  ['100 reports: p99 ≤ 15 ms', hundred.answer.p99 <= 15],
  ...(thousand
    ? [
        ['1 000 reports: median < 3 × that of 100', thousand.answer.median < 3 * hundred.answer.median] as [
          string,
          boolean,
        ],
      ]
    : []),
  [
    'fuzz: no exception, none over 50 ms, nothing withheld',
    !fuzz || fuzz.exceptions.length + fuzz.over50Ms.length + fuzz.withheld.length === 0,
  ],
];
/** From nothing to listening, the best of three: with what is shipped. */
async function startUpMs(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const began = performance.now();
    const service = await run(['dist/index.js'], { PORT: '0' });
    times.push(performance.now() - began);
    await service.end();
  }
  return Math.min(...times);
}

async function finish(): Promise<void> {
  const startUp = await startUpMs();
  console.log(`start-up to listening: ${ms(startUp)} ms`);
  aims.push(['start-up: under 2 s', startUp < 2000]);
  const turns = await measureTurns(
    isQuick ? { rounds: 1, ms: 1000, sockets: 200 } : { rounds: 7, ms: 4000, sockets: 2000 },
  );
  aims.push(...printTurns(turns));
  console.log('');
  for (const [aim, isMet] of aims) console.log(`${isMet ? 'met    ' : 'NOT met'} ${aim}`);

  mkdirSync('out', { recursive: true });
  writeFileSync(
    'out/bench.json',
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, sizes, startUp, teamsSearch, turns, aims }, null, 2)}\n`,
  );
  console.log('\nout/bench.json');
}

finish().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
