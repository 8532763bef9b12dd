/**
 * A report, or one table of it, as an XLSX file: the lines of the CSV with numbers as numbers, so that they can be summed and
 * sorted. The whole report is one workbook, first all cells with their passports, then a sheet for each table.
 */
import type { SheetData } from 'write-excel-file/node';
import type { Report, Table } from '../../report/report';
import { reportLines, tableLines } from './report-files';

interface Sheet {
  data: SheetData;
  sheet: string;
  stickyRowsCount: number;
  columns: { width: number }[];
}

export function tableXlsx(table: Table): Promise<Buffer> {
  return workbook([sheetOf(table.title || table.part.title, tableLines(table), [])]);
}

export function reportXlsx(report: Report): Promise<Buffer> {
  const sheets = [sheetOf('全部数据', reportLines(report), [])];
  for (const table of report.tables) {
    const names = sheets.map(({ sheet }) => sheet);
    sheets.push(sheetOf(table.title || table.part.title, tableLines(table), names));
  }
  return workbook(sheets);
}

async function workbook(sheets: Sheet[]): Promise<Buffer> {
  // Loaded when the first is asked for.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(sheets).toBuffer();
}

function sheetOf(name: string, [head = [], ...lines]: readonly string[][], taken: readonly string[]): Sheet {
  const data: SheetData = [
    head.map((text) => ({ value: text, type: String, fontWeight: 'bold' as const, wrap: true })),
    ...lines.map((line) => line.map(cellOf)),
  ];
  const columns = head.map((text, column) => {
    const longest = Math.max(...lines.map((line) => widthOf(line[column] ?? '')), widthOf(text) / 2);
    return { width: Math.min(Math.max(longest + 2, 8), 48) };
  });
  return { data, sheet: sheetName(name, taken), stickyRowsCount: 1, columns };
}

/** What isn't a number is text, whatever it starts with: no text of a report is run as a formula. */
function cellOf(text: string): SheetData[number][number] {
  const [, number, decimals = '', percent] = /^(-?\d{1,15}(?:\.(\d+))?)(%?)$/.exec(text) ?? [];
  if (number === undefined) return text === '' ? null : { value: text, type: String };
  const zeros = decimals === '' ? '0' : `0.${'0'.repeat(decimals.length)}`;
  if (percent) return { value: Number((Number(number) / 100).toPrecision(15)), type: Number, format: `${zeros}%` };
  return { value: Number(number), type: Number, format: decimals === '' ? '#,##0' : `#,##${zeros}` };
}

/** Excel allows 31 characters, none of []:*?/\, and no name twice. */
function sheetName(name: string, taken: readonly string[]): string {
  const plain = name.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31) || '表';
  for (let number = 2; ; number++) {
    const tried = number === 2 ? plain : `${plain.slice(0, 27)} ${number - 1}`;
    if (!taken.includes(tried)) return tried;
  }
}

/** A Chinese character is twice as wide as a digit. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + ((character.codePointAt(0) ?? 0) < 0x2000 ? 1 : 2), 0);
}
