/**
 * Takes a sheet of another system into the encyclopedia: rows are mapped to fields, checked as entries of our own files are,
 * and checked against those. Every bad row is told with its line. Nothing is written here.
 */
import { basename } from 'node:path';
import type { Problem } from '../../problems';
import { type Entry, entryForm } from '../entry';
import { type Placed, problemsOf, repeated } from '../load-entries';
import { type Columns, matchHeadings } from './columns';
import { readSheetFile } from './read-sheet';
import { rowEntry } from './row-entry';

export interface Imported {
  entries: Entry[];
  problems: Problem[];
  /** How many rows with something in them the file has. */
  rows: number;
  emptyLines: number[];
  /** Headings that no field has. */
  unused: string[];
}

export interface ImportSettings {
  columns: Columns;
  /** Entries that are there already and stay. */
  others: readonly Placed[];
  sheet?: string | number | undefined;
  /** Called now and then with how many of how many rows are done. */
  onProgress?: (done: number, all: number) => void;
}

const EVERY = 500;

export async function importEntries(
  path: string,
  { columns, others, sheet, onProgress }: ImportSettings,
): Promise<Imported> {
  const file = basename(path);
  const problems: Problem[] = [];
  const content = await readSheetFile(path, problems, sheet);
  const nothing = { entries: [], problems, rows: 0, emptyLines: [], unused: [] };
  if (!content) return { ...nothing, problems: problems.map((problem) => ({ ...problem, file })) };
  const told: Problem[] = problems.splice(0).map((problem) => ({ ...problem, file }));
  const unreadable = told.length;

  const headings = matchHeadings(content.headings, columns, file, told);
  const rows = content.rows.length + unreadable;
  const { emptyLines } = content;
  const used = new Set(headings.values());
  const unused = content.headings.filter((heading) => !used.has(heading));
  // Without its columns every row would be told to lack the same.
  if (told.length > unreadable) return { entries: [], problems: told, rows, emptyLines, unused };

  const placed: Placed[] = [];
  for (const [index, row] of content.rows.entries()) {
    if (index % EVERY === 0) {
      onProgress?.(index, content.rows.length);
      await new Promise((resume) => setImmediate(resume));
    }
    const raw = rowEntry(row, headings, columns);
    const place = placeOf(row.line, raw['title']);
    const read = entryForm.safeParse(raw);
    if (read.success) placed.push({ entry: read.data, file, place });
    else
      told.push(
        ...read.error.issues.flatMap((issue) =>
          problemsOf(issue, raw, file, place, (field) => headings.get(field) ?? field),
        ),
      );
  }
  onProgress?.(content.rows.length, content.rows.length);

  // The first of two is as suspect as the second, but only one of them has to go.
  const twice = repeated([...others, ...placed]).filter((problem) => problem.file === file);
  const bad = new Set(twice.map(lineOf));
  const entries = placed.filter(({ place }) => !bad.has(lineOf({ place }))).map(({ entry }) => entry);
  return { entries, problems: [...told, ...twice].sort(byLine), rows, emptyLines, unused };
}

function placeOf(line: number, title: unknown): string {
  return `第 ${line} 行${typeof title === 'string' ? `「${title.slice(0, 40)}」` : ''}`;
}

function byLine(one: Problem, other: Problem): number {
  return lineOf(one) - lineOf(other);
}

function lineOf({ place }: Pick<Problem, 'place'>): number {
  return Number(/^第 (\d+) 行/.exec(place)?.[1] ?? 0);
}
