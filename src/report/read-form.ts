/**
 * Reads the bytes of a report file into its form, and says in Chinese what isn't of that form.
 *
 * A file with a wrong field still has its cells counted and read: the fault is told, set aside, and reading goes on with the
 * rest where that is possible.
 *
 * Not here: the form itself (file-format.ts), what ids refer to (build-report.ts).
 */
import type { z } from 'zod/v4';
import { type ReportForm, ReportSchema } from './file-format';
import { findSyntaxFault } from './json-syntax';
import type { Tell } from './tell';

type Issue = z.core.$ZodIssue;

export function readForm(bytes: Uint8Array, tell: Tell): ReportForm | undefined {
  const text = decode(bytes);
  if (text === undefined) {
    tell([], 'UTF-8 编码的文本文件', '其他编码（另存时请选 UTF-8）');
    return undefined;
  }
  const fault = findSyntaxFault(text);
  if (fault) {
    tell([`第 ${fault.line} 行`], fault.expected, fault.found);
    return undefined;
  }
  const written: unknown = JSON.parse(text);
  const first = ReportSchema.safeParse(written);
  if (first.success) return first.data;
  for (const issue of first.error.issues) tellIssue(issue, written, tell);
  for (const issue of first.error.issues) setAside(issue, written);
  return ReportSchema.safeParse(written).data;
}

/** Notepad puts a mark before the text, which JSON doesn't know; TextDecoder takes it off. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // Saved in GBK: the caller says so.
  }
}

function tellIssue(issue: Issue, written: unknown, tell: Tell) {
  const place = placeInFile(issue.path, written);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) tell(place, '报告格式里有的字段（见 data/README.md）', `“${key}”`);
    return;
  }
  const value = valueAt(written, issue.path);
  tell(place, expectedOf(issue), value === undefined ? '没有写' : JSON.stringify(value).slice(0, 60));
}

function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return NAMES_OF_TYPES[issue.expected] ?? issue.expected;
    case 'too_small':
      return issue.origin === 'array'
        ? '至少一项'
        : issue.origin === 'string'
          ? '不为空的文字'
          : `${issue.minimum} 或更大的数`;
    case 'too_big':
      return `${issue.maximum} 或更小的数`;
    case 'invalid_format':
      return issue.path.at(-1) === 'id'
        ? '小写英文、数字和连字符组成的编号'
        : '编号（单元格写作 表编号/行编号/列编号）';
    case 'invalid_union':
    case 'invalid_value':
      return '报告格式里有的写法（见 data/README.md）';
    default:
      return issue.message;
  }
}

const NAMES_OF_TYPES: Record<string, string> = {
  string: '英文双引号括起的文字',
  number: '不加引号的数',
  int: '不加引号的整数',
  array: '方括号 [ ] 括起的若干项',
  object: '花括号 { } 括起的若干字段',
  boolean: 'true 或 false',
};

/** parts › 0 › tables › 1 › rows › 0 › cells › 3 becomes 企业群众诉求办理 / 话务服务 / 总计 / 第 4 格. */
function placeInFile(path: PropertyKey[], written: unknown): string[] {
  return path.flatMap((key, index) => {
    if (typeof key !== 'number')
      return index === path.length - 1 || typeof path[index + 1] !== 'number' ? [String(key)] : [];
    const list = String(path[index - 1]);
    if (list === 'cells') return [`第 ${key + 1} 格`];
    return [nameOf(valueAt(written, path.slice(0, index + 1))) ?? `${list} 第 ${key + 1} 项`];
  });
}

function nameOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  return [value['title'], value['label'], value['id']].find(
    (name): name is string => typeof name === 'string' && name !== '',
  );
}

/** Takes the fault out of the way: a field that the form doesn't have, a cell that isn't in quotes. */
function setAside(issue: Issue, written: unknown) {
  const parent = valueAt(written, issue.code === 'unrecognized_keys' ? issue.path : issue.path.slice(0, -1));
  if (issue.code === 'unrecognized_keys' && isRecord(parent)) {
    for (const key of issue.keys) delete parent[key];
  }
  const last = issue.path.at(-1);
  if (
    issue.code === 'invalid_type' &&
    issue.path.at(-2) === 'cells' &&
    Array.isArray(parent) &&
    typeof last === 'number'
  ) {
    parent[last] = '';
  }
}

function valueAt(written: unknown, path: PropertyKey[]): unknown {
  let value = written;
  for (const key of path) {
    if (Array.isArray(value) && typeof key === 'number') value = value[key];
    else if (isRecord(value)) value = value[String(key)];
    else return undefined;
  }
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
