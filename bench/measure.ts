/**
 * One size, measured in a process of its own, so that memory is this size's alone: loading, the yardsticks, all sample
 * questions, and on request fuzzed messages. Prints one line of JSON.
 *
 * The yardsticks are what a bot of a few lines would do for each question: cut it into words; search all cells once.
 */
import { readdirSync, readFileSync } from 'node:fs';
import MiniSearch from 'minisearch';
import { answer, type Focus } from '../src/engine/answer';
import { type Knowledge, loadKnowledge } from '../src/engine/knowledge';
import { cut, cutForSearch, loadDictionary } from '../src/engine/segment';
import { generatedQueries } from '../test/baike/generated-entries';
import { strangeMessages } from '../test/engine/strange-messages';
import { millisecondsOf, type Spread, spread, timesOf } from './timing';

export interface Measured {
  reports: number;
  cells: number;
  entries: number;
  dictionaryMs: number;
  loadMs: number;
  heapMb: number;
  residentMb: number;
  cut: Spread;
  search: Spread;
  /** Of the encyclopedia, by its own index. */
  entrySearch: Spread;
  answer: Spread;
  slowestQuestions: { question: string; ms: number }[];
  fuzz?: Fuzzed;
}

export interface Fuzzed {
  messages: number;
  seconds: number;
  exceptions: string[];
  withheld: string[];
  over50Ms: { message: string; ms: number }[];
  times: Spread;
}

interface Asked {
  question: string;
  focus: Focus | undefined;
}

const TODAY = '2026-11-23';
const SLOW_MS = 50;

function measure(data: string, fuzzed: number): Measured {
  const dictionaryMs = millisecondsOf(loadDictionary);
  let knowledge: Knowledge | undefined;
  const loadMs = millisecondsOf(() => {
    knowledge = loadKnowledge({ data, dialogs: 'dialogs' }, { publicUrl: 'http://localhost:3978' });
  });
  if (!knowledge) throw new Error('nothing loaded');
  const known = knowledge;
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const questions = sampleQuestions(known);
  const search = searchOver(known);
  const answers = timesOf(questions, ({ question, focus }) => answer(question, focus, known, TODAY));
  const slowest = questions.map(({ question }, i) => ({ question, ms: answers[i] ?? Number.NaN }));
  const { reports } = known.library;
  return {
    reports: reports.length,
    cells: reports.reduce((sum, { cells }) => sum + cells.length, 0),
    entries: known.entries.entries.length,
    dictionaryMs,
    loadMs,
    heapMb: heapUsed / 2 ** 20,
    residentMb: rss / 2 ** 20,
    cut: spread(timesOf(questions, ({ question }) => cut(question))),
    search: spread(timesOf(questions, ({ question }) => search(question))),
    entrySearch: spread(timesOf(generatedQueries(200), (query) => known.entries.search(query, 5, TODAY))),
    answer: spread(answers),
    slowestQuestions: slowest.sort((a, b) => b.ms - a.ms).slice(0, 5),
    ...(fuzzed > 0 ? { fuzz: fuzz(known, fuzzed) } : {}),
  };
}

/** Every turn of every sample conversation, with what was remembered before it. */
function sampleQuestions(knowledge: Knowledge): Asked[] {
  return readdirSync('test/cases')
    .filter((name) => name.endsWith('.json'))
    .flatMap((name): { turns: { say: string }[] }[] => JSON.parse(readFileSync(`test/cases/${name}`, 'utf8')))
    .flatMap(({ turns }) => {
      let focus: Focus | undefined;
      return turns.map(({ say }) => {
        const asked = { question: say, focus };
        focus = answer(say, focus, knowledge, TODAY).focus;
        return asked;
      });
    });
}

/** One fuzzy MiniSearch search over all cells by the words of their paths. */
function searchOver({ library }: Knowledge): (question: string) => unknown {
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'], tokenize: cutForSearch });
  index.addAll(
    library.reports.flatMap(({ cells, region, year }) =>
      cells.map(({ id, table, row, column }) => {
        const path = [
          region.name,
          year,
          table.part.title,
          table.title,
          row.label,
          ...column.path.map(({ label }) => label),
        ];
        return { id, text: path.join(' ') };
      }),
    ),
  );
  return (question) => index.search(question, { fuzzy: 0.2, prefix: true });
}

function fuzz(knowledge: Knowledge, count: number): Fuzzed {
  const next = strangeMessages(knowledge.library, 2024);
  const exceptions: string[] = [];
  const withheld: string[] = [];
  const over50Ms: Fuzzed['over50Ms'] = [];
  const times: number[] = [];
  let focus: Focus | undefined;
  const start = performance.now();
  for (let i = 0; i < count; i += 1) {
    const message = next();
    const before = i % 3 === 0 ? focus : undefined;
    const ms = millisecondsOf(() => {
      try {
        const turn = answer(message, before, knowledge, TODAY);
        focus = turn.focus;
        if (turn.fault) withheld.push(`${message.slice(0, 80)} → ${turn.fault.message}`);
      } catch (error) {
        exceptions.push(`${message.slice(0, 80)} → ${String(error)}`);
      }
    });
    times.push(ms);
    // Once more: a slow moment of the machine isn't a slow message.
    if (ms > SLOW_MS) {
      const again = best(() => answer(message, before, knowledge, TODAY));
      if (again > SLOW_MS) over50Ms.push({ message: message.slice(0, 80), ms: again });
    }
  }
  return {
    messages: count,
    seconds: (performance.now() - start) / 1000,
    exceptions,
    withheld,
    over50Ms,
    times: spread(times),
  };
}

function best(work: () => unknown): number {
  return Math.min(millisecondsOf(work), millisecondsOf(work), millisecondsOf(work));
}

const [data = 'data', fuzzed = '0'] = process.argv.slice(2);
console.log(JSON.stringify(measure(data, Number(fuzzed))));
