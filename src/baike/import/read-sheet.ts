/**
 * Reads the rows of a CSV, XLSX or JSONL file, each with the line where it stands. What can't be read of it becomes a
 * problem with its line; nothing is left out without one.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type CsvError, parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import type { Problem } from '../../problems';

export interface SheetRow {
  /** As an editor or Excel counts them, from 1. */
  line: number;
  /** By heading. */
  values: Record<string, unknown>;
}

export interface SheetContent {
  /** In their order; of JSONL, all keys that occur. */
  headings: string[];
  rows: SheetRow[];
  /** Lines with nothing in them. */
  emptyLines: number[];
}

/** Undefined: it isn't such a file, and the problem says so. */
export async function readSheetFile(
  file: string,
  problems: Problem[],
  sheet: string | number = 1,
): Promise<SheetContent | undefined> {
  const ending = extname(file).toLowerCase();
  const told = (expected: string, found: string) => void problems.push({ file, place: '', expected, found });
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch {
    return told('一个能打开的文件', '打不开');
  }
  switch (ending) {
    case '.csv':
      return csvRows(textOf(content), file, problems);
    case '.jsonl':
      return jsonRows(textOf(content), file, problems);
    case '.xlsx':
      try {
        return tableOf(await readSheet(content, sheet), (row) => row + 1, file, problems);
      } catch {
        return told('XLSX 文件，里面有要导入的工作表', '读不通的内容，或者没有这张工作表');
      }
    default:
      return told('.csv、.xlsx 或 .jsonl 文件', ending === '.xls' ? '.xls（请另存为 .xlsx）' : ending || '没有后缀');
  }
}

/** Excel in Chinese saves CSV in GB 18030 unless told otherwise. */
function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('gb18030').decode(content);
  }
}

function csvRows(text: string, file: string, problems: Problem[]): SheetContent | undefined {
  const starts: number[] = [];
  let end = 0;
  try {
    const records = parse(text, {
      bom: true,
      relaxColumnCount: true,
      skipEmptyLines: false,
      onRecord: (record: string[], { lines }) => {
        starts.push(end + 1);
        end = lines;
        return record;
      },
    }) as string[][];
    return tableOf(records, (row) => starts[row] ?? row + 1, file, problems);
  } catch (error) {
    // A quotation mark that nothing closes swallows all that follows: what was read so far can't be trusted either.
    const { lines } = error as CsvError & { lines?: number };
    const place = lines ? `第 ${lines} 行附近` : '';
    problems.push({ file, place, expected: 'CSV（带逗号、引号、换行的格用英文双引号括起）', found: '引号没有配对' });
    return undefined;
  }
}

function tableOf(
  records: readonly (readonly unknown[])[],
  lineOf: (row: number) => number,
  file: string,
  problems: Problem[],
): SheetContent | undefined {
  const isEmpty = (record: readonly unknown[]) => record.every((cell) => cell === null || String(cell).trim() === '');
  const head = records.findIndex((record) => !isEmpty(record));
  if (head < 0) return void problems.push({ file, place: '', expected: '表头和数据', found: '空文件' });
  const headings = (records[head] ?? []).map((heading) => String(heading ?? '').trim());
  const content: SheetContent = { headings: headings.filter(Boolean), rows: [], emptyLines: [] };
  for (const [row, record] of records.entries()) {
    if (row <= head) continue;
    const line = lineOf(row);
    if (isEmpty(record)) {
      content.emptyLines.push(line);
      continue;
    }
    const beyond = record.slice(headings.length).filter((cell) => cell !== null && String(cell).trim() !== '');
    if (beyond.length > 0) {
      const found = `多出 ${beyond.length} 格（多半是逗号没有用引号括起）`;
      problems.push({ file, place: `第 ${line} 行`, expected: `最多 ${headings.length} 列`, found });
      continue;
    }
    const values = Object.fromEntries(headings.map((heading, column) => [heading, record[column] ?? undefined]));
    content.rows.push({ line, values });
  }
  return content;
}

function jsonRows(text: string, file: string, problems: Problem[]): SheetContent {
  const content: SheetContent = { headings: [], rows: [], emptyLines: [] };
  const headings = new Set<string>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  for (const [index, written] of lines.entries()) {
    const line = index + 1;
    if (written.trim() === '') {
      content.emptyLines.push(line);
      continue;
    }
    const values = objectIn(written);
    if (!values) {
      problems.push({
        file,
        place: `第 ${line} 行`,
        expected: '一个 JSON 对象 { … }',
        found: `“${written.slice(0, 40)}”`,
      });
      continue;
    }
    for (const key of Object.keys(values)) headings.add(key);
    content.rows.push({ line, values });
  }
  return { ...content, headings: [...headings] };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined; // Told by the caller, with its line.
  }
}
