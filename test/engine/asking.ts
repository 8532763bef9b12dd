/**
 * The engine as the tests of this folder ask it: with the knowledge that is served, with the report of another city beside
 * it, or with that one alone; always on the same day.
 *
 * Knowledge is loaded once for all test files: the dictionary alone takes a second.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { answer, type Focus, type Turn } from '../../src/engine/answer';
import { type Knowledge, loadKnowledge } from '../../src/engine/knowledge';
import type { Report } from '../../src/report/report';

export const TODAY = '2026-11-23';
export const SYNTHETIC_REPORT = 'test/fixtures/reports/linjiang-2023.json';

const LINKS = { publicUrl: 'http://localhost:3978' };

/** What is served. */
export const served = once(() => loadKnowledge({ data: 'data', dialogs: 'dialogs' }, LINKS));

/** The served reports with the synthetic one beside them, and the synthetic one alone. */
export const besideEachOther = once(() => withReports(['data/reports', SYNTHETIC_REPORT]));
export const syntheticAlone = once(() => withReports([SYNTHETIC_REPORT]));

/** Files and folders of reports, in a data folder of their own beside the served lexicon and entries. */
function withReports(reports: string[]): Knowledge {
  const data = mkdtempSync(join(tmpdir(), 'asked-'));
  try {
    mkdirSync(join(data, 'reports'));
    for (const path of reports) {
      const file = path.endsWith('.json') ? basename(path) : '';
      cpSync(path, join(data, 'reports', file), { recursive: true });
    }
    for (const folder of ['lexicon', 'baike']) cpSync(join('data', folder), join(data, folder), { recursive: true });
    return loadKnowledge({ data, dialogs: 'dialogs' }, LINKS);
  } finally {
    rmSync(data, { recursive: true });
  }
}

export function ask(question: string, knowledge: Knowledge = served(), focus?: Focus): Turn {
  return answer(question, focus, knowledge, TODAY);
}

export function report(knowledge: Knowledge, id: string): Report {
  const found = knowledge.library.reports.find((one) => one.id === id);
  if (!found) throw new Error(`no report ${id}`);
  return found;
}

/** Ids of the cells that an answer states, sorted, each once. */
export function cellsAnswered({ reply }: Turn): string[] {
  return [...new Set(reply.answer.figures.flatMap(({ cell }) => cell ?? []))].sort();
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The first few of many faults: a thousand lines tell no more. */
export function some(faults: readonly string[]): string {
  const shown = faults.slice(0, 12);
  return faults.length > shown.length ? [...shown, `… ${faults.length} in all`].join('\n') : shown.join('\n');
}

/** A reply on one line, cut to what a message can bear. */
export function said({ reply }: Turn): string {
  return reply.text.replace(/\s+/g, ' ').slice(0, 160);
}
