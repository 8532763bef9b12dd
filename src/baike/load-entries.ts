/**
 * Reads the entry files of a folder and refuses all of them while anything in them is wrong,
 * naming every fault: file, entry, field, what was expected, what was found.
 *
 * Not here: the form of an entry (entry.ts), entries from other systems' exports (import).
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { type Problem, ProblemsFound } from '../problems';
import { type Entry, entryForm, fieldExpectations, overlaps } from './entry';
import { EntryLibrary } from './entry-library';
import { termKey } from './term-key';

/** An entry, and where it is written. */
export interface Placed {
  entry: Entry;
  file: string;
  place: string;
}

/** Files are named in problems as `folder` names them, so give it as people would write it: data/baike. */
export function loadEntries(folder: string): EntryLibrary {
  const problems: Problem[] = [];
  const placed = readEntryFiles(folder, problems);
  problems.push(...repeated(placed));
  if (problems.length > 0) throw new ProblemsFound(problems);
  return new EntryLibrary(placed.map(({ entry }) => entry));
}

/** All files but one, which is to be written anew. */
export function readEntryFiles(folder: string, problems: Problem[], except?: string): Placed[] {
  const placed: Placed[] = [];
  for (const name of entryFiles(folder, problems)) {
    if (name !== except) readEntryFile(path.join(folder, name), problems, placed);
  }
  return placed;
}

function entryFiles(folder: string, problems: Problem[]): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    problems.push({ file: folder, place: '', expected: '放百科条目的文件夹', found: '打不开' });
    return [];
  }
}

function readEntryFile(file: string, problems: Problem[], placed: Placed[]): void {
  let content: unknown;
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  try {
    content = JSON.parse(text);
  } catch (error) {
    problems.push({
      file,
      place: brokenAt(error, text),
      expected: 'JSON',
      found: '读不通的内容（多半是缺逗号、引号或括号）',
    });
    return;
  }
  if (!Array.isArray(content)) {
    problems.push({ file, place: '', expected: '条目的列表 [ … ]', found: shown(content) });
    return;
  }
  content.forEach((raw: unknown, index) => {
    const place = placeOf(raw, index);
    const checked = entryForm.safeParse(raw);
    if (checked.success) placed.push({ entry: checked.data, file, place });
    else problems.push(...checked.error.issues.flatMap((issue) => problemsOf(issue, raw, file, place)));
  });
}

/** 第 3 条「政风热线」: the number for finding it, the title for recognising it. */
function placeOf(raw: unknown, index: number): string {
  const name = field(raw, 'title') ?? field(raw, 'id');
  return `第 ${index + 1} 条${typeof name === 'string' && name.trim() ? `「${name.trim().slice(0, 40)}」` : ''}`;
}

/** `nameOf`: what the field is called where the entry comes from, the heading of a column. */
export function problemsOf(
  issue: z.ZodIssue,
  raw: unknown,
  file: string,
  place: string,
  nameOf: (field: string) => string = String,
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(fieldExpectations).join('、');
    return issue.keys.map((key) => ({
      file,
      place: `${place} / ${key}`,
      expected: `没有这一项（可用：${known}）`,
      found: key,
    }));
  }
  if (issue.path.length === 0) return [{ file, place, expected: '一个条目 { … }', found: shown(raw) }];
  const [name, index] = issue.path;
  const value = issue.path.reduce<unknown>((at, key) => field(at, key), raw);
  return [
    {
      file,
      place: `${place} / ${nameOf(String(name))}${typeof index === 'number' ? `（第 ${index + 1} 个）` : ''}`,
      expected: fieldExpectations[String(name)] ?? issue.message,
      found: shown(value),
    },
  ];
}

/**
 * Ids are unique for ever, since links hold them. A title or other way of asking leads to one entry on
 * any one day; entries whose days don't meet may share it.
 */
export function repeated(placed: readonly Placed[]): Problem[] {
  const problems: Problem[] = [];
  const byId = new Map<string, Placed>();
  const byTerm = new Map<string, Placed[]>();
  for (const item of placed) {
    const { entry, file, place } = item;
    const first = byId.get(entry.id);
    if (first)
      problems.push({ file, place: `${place} / id`, expected: '没有用过的编号', found: alreadyAt(entry.id, first) });
    else byId.set(entry.id, item);
    const own = new Set<string>();
    for (const [name, term] of [['title', entry.title], ...entry.asks.map((ask) => ['asks', ask])] as [
      string,
      string,
    ][]) {
      const key = termKey(term);
      if (own.has(key)) continue; // a way of asking twice in one entry does no harm
      own.add(key);
      const before = byTerm.get(key) ?? [];
      const other = before.find((candidate) => overlaps(candidate.entry, entry));
      if (other)
        problems.push({
          file,
          place: `${place} / ${name}`,
          expected: '别的条目没有用过的说法',
          found: alreadyAt(term, other),
        });
      byTerm.set(key, [...before, item]);
    }
  }
  return problems;
}

function alreadyAt(term: string, { file, place }: Placed): string {
  return `「${term}」，${file} ${place}已用`;
}

function brokenAt(error: unknown, text: string): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  if (position === undefined) return '';
  return `第 ${text.slice(0, Number(position)).split('\n').length} 行附近`;
}

function field(raw: unknown, key: string | number): unknown {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string | number, unknown>)[key] : undefined;
}

function shown(value: unknown): string {
  if (value === undefined) return '没有写';
  if (value === '') return '空的';
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…（共 ${text.length} 个字符）` : text;
}
