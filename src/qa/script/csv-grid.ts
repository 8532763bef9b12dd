/**
 * Reads a sheet that was saved as text: commas, tabs or semicolons; UTF-8 with or without a mark, UTF-16, or GBK, which is
 * what Chinese editions of the office programs save as CSV.
 */
import { parse } from 'csv-parse/sync';
import { type Grid, UnreadableSheet } from './grid';
import type { Field } from './script';

const DELIMITERS = [',', '\t', ';', '，'];
const A_COLUMN: Field = '问题';

export function csvGrid(bytes: Uint8Array): Grid {
  const text = decode(bytes);
  let records: string[][];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      trim: true,
    });
  } catch {
    throw new UnreadableSheet('能读取的 CSV 文件', '格式有误（多为英文双引号没有成对）');
  }
  return {
    sheet: '',
    rows: records.map((cells, index) => ({
      number: index + 1,
      cells: cells.map((cell) => (cell === '' ? undefined : { text: cell })),
    })),
  };
}

/** Decodes as whatever it can be: bytes of GBK are hardly ever valid UTF-8. */
export function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Another encoding, then.
    }
  }
  throw new UnreadableSheet('UTF-8 或 GBK 编码的文本', '别的编码（另存时编码请选 UTF-8）');
}

/** What parts most columns of the header, or of whatever stands in its place: 「1,234」 below it parts nothing. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4000).split(/\r?\n/).slice(0, 20);
  const header = head.find((line) => line.includes(A_COLUMN));
  const lines = header === undefined ? head : [header];
  const counts = DELIMITERS.map((delimiter) => Math.max(...lines.map((line) => line.split(delimiter).length)));
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
