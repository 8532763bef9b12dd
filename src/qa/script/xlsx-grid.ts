/**
 * Reads a workbook (.xlsx) as it is seen: a cell that holds 0.9826 and is formatted as a percentage reads 98.26%.
 *
 * Written here because readers to be had hand out the bare number and drop its format, and then 98.26% and 0.9826 can't be
 * told apart. Only what a sheet of questions needs is read: texts, numbers, percentages, dates, merged cells.
 */
import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import { type Grid, type GridCell, type GridRow, UnreadableSheet } from './grid';

const MOST_BYTES = 20_000_000;
/** A zip of zeros unpacks to a thousandfold. */
const MOST_UNPACKED_BYTES = 100_000_000;
const MOST_COLUMNS = 200;
const LISTS = new Set(['sheet', 'Relationship', 'xf', 'numFmt', 'row', 'c', 'si', 'r', 'mergeCell']);

type Node = Record<string, unknown>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  isArray: (name) => LISTS.has(name),
});

export function xlsxGrids(bytes: Uint8Array): Grid[] {
  const files = unzipped(bytes);
  const read = (path: string): Node => {
    const file = files[path];
    return file ? (parser.parse(strFromU8(file)) as Node) : {};
  };
  const shared = list(at(read('xl/sharedStrings.xml'), 'sst', 'si')).map(textOf);
  const kinds = formatsOf(read('xl/styles.xml'));
  const targets = new Map(
    list(at(read('xl/_rels/workbook.xml.rels'), 'Relationships', 'Relationship')).map((relation) => [
      attribute(relation, 'Id'),
      attribute(relation, 'Target'),
    ]),
  );
  const workbook = read('xl/workbook.xml');
  const countsFrom1904 = /^(1|true)$/.test(attribute(at(workbook, 'workbook', 'workbookPr'), 'date1904'));
  return list(at(workbook, 'workbook', 'sheets', 'sheet'))
    .filter((sheet) => attribute(sheet, 'state') !== 'veryHidden')
    .map((sheet) => {
      const target = targets.get(attribute(sheet, 'id')) ?? '';
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      return { sheet: attribute(sheet, 'name'), rows: rowsOf(read(path), { shared, kinds, countsFrom1904 }) };
    });
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  if (bytes.length > MOST_BYTES) throw new UnreadableSheet('20 MB 以内的表格', `${Math.round(bytes.length / 1e6)} MB`);
  let unpacked = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!/^xl\/(workbook|sharedStrings|styles|worksheets\/[^/]+|_rels\/workbook)\.xml(\.rels)?$/.test(name))
          return false;
        unpacked += originalSize;
        return unpacked <= MOST_UNPACKED_BYTES;
      },
    });
  } catch {
    throw new UnreadableSheet('能打开的 .xlsx 文件', '打不开（文件不完整，或不是表格软件保存的 .xlsx）');
  }
}

type NumberKind = 'plain' | 'percent' | 'date';

interface Workbook {
  shared: string[];
  kinds: NumberKind[];
  countsFrom1904: boolean;
}

/** The kind of number of every cell style. */
function formatsOf(styles: Node): NumberKind[] {
  const custom = new Map(
    list(at(styles, 'styleSheet', 'numFmts', 'numFmt')).map((format) => [
      attribute(format, 'numFmtId'),
      attribute(format, 'formatCode'),
    ]),
  );
  return list(at(styles, 'styleSheet', 'cellXfs', 'xf')).map((xf) => {
    const id = attribute(xf, 'numFmtId');
    // What is in quotes or brackets is shown as it is: [红色]0"年".
    const code = (custom.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
    if (id === '9' || id === '10' || code.includes('%')) return 'percent';
    const isDate =
      /^(1[4-9]|2[0-2]|2[7-9]|3[0-6]|4[5-7]|5[0-8])$/.test(id) || /[ymdhs]/i.test(code.replace(/General/i, ''));
    return isDate ? 'date' : 'plain';
  });
}

function rowsOf(sheet: Node, workbook: Workbook): GridRow[] {
  const rows = new Map<number, GridRow>();
  let before = 0;
  for (const row of list(at(sheet, 'worksheet', 'sheetData', 'row'))) {
    const number = Number(attribute(row, 'r')) || before + 1;
    before = number;
    const cells: (GridCell | undefined)[] = [];
    let column = 0;
    for (const cell of list(at(row, 'c'))) {
      column = columnOf(attribute(cell, 'r')) ?? column;
      if (column < MOST_COLUMNS) cells[column] = cellOf(cell, workbook);
      column += 1;
    }
    rows.set(number, { number, cells });
  }
  for (const merged of list(at(sheet, 'worksheet', 'mergeCells', 'mergeCell'))) fill(attribute(merged, 'ref'), rows);
  return [...rows.values()].sort((a, b) => a.number - b.number);
}

/** A merged cell's value stands in its first place only; it is meant in every row of it. */
function fill(ref: string, rows: Map<number, GridRow>): void {
  const [from = '', to = ''] = ref.split(':');
  const [column, first, last] = [columnOf(from), rowOf(from), rowOf(to)];
  const value = column === undefined ? undefined : rows.get(first)?.cells[column];
  if (column === undefined || !value) return;
  for (let number = first + 1; number <= last; number += 1) {
    const row = rows.get(number);
    if (row) row.cells[column] = { ...value, isMerged: true };
  }
}

function cellOf(cell: Node, { shared, kinds, countsFrom1904 }: Workbook): GridCell | undefined {
  const value = textOf(at(cell, 'v'));
  switch (attribute(cell, 't')) {
    case 's':
      return { text: shared[Number(value)] ?? '' };
    case 'inlineStr':
      return { text: textOf(at(cell, 'is')) };
    case 'str':
      return { text: value };
    case 'b':
      return { text: value === '1' ? '是' : '否' };
    case 'e':
      return { text: value, trap: 'error' };
    case 'd':
      return { text: value.slice(0, 10), trap: 'date' };
    default: {
      if (value === '') return undefined;
      const kind = kinds[Number(attribute(cell, 's') || 0)] ?? 'plain';
      if (kind === 'date') return { text: dateOf(Number(value), countsFrom1904), trap: 'date' };
      return { text: kind === 'percent' ? `${tidy(Number(value) * 100)}%` : tidy(Number(value)) };
    }
  }
}

/** 0.98260000000000003 is what a program writes for 0.9826. */
function tidy(number: number): string {
  const text = String(Number(number.toPrecision(14)));
  return text.includes('e') ? number.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 15 }) : text;
}

function dateOf(serial: number, countsFrom1904: boolean): string {
  const dayZero = countsFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = new Date(dayZero + Math.floor(serial) * 86_400_000);
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 10);
}

/** "AB12" is column 27. */
function columnOf(ref: string): number | undefined {
  const letters = /^[A-Z]+/.exec(ref)?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function rowOf(ref: string): number {
  return Number(/\d+$/.exec(ref)?.[0] ?? 0);
}

/** Text of a node: plain, or in pieces of different fonts; what is said above it to help reading (rPh) is left out. */
function textOf(node: unknown): string {
  if (typeof node === 'string') return node;
  if (!isNode(node)) return '';
  const runs = list(node['r']).map((run) => textOf(run['t']));
  return [textOf(node['#text'] ?? ''), textOf(node['t'] ?? ''), ...runs].join('').replace(/_x000D_/g, '');
}

function at(node: Node, ...path: string[]): Node {
  let value: unknown = node;
  for (const key of path) value = isNode(value) ? value[key] : undefined;
  return (value ?? {}) as Node;
}

function list(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function attribute(node: Node, name: string): string {
  const value = node[`@${name}`];
  return typeof value === 'string' ? value : '';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
