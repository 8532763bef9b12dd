/**
 * A report, or one table of it, as a file: CSV for spreadsheets, JSON for programs. XLSX is report-xlsx.ts.
 *
 * A table's CSV is laid out as printed, one line a row, each number with its 同比 in a column beside it where the
 * report prints any. The whole report's CSV has one line for each cell, with its passport.
 */
import type { Cell, Figure, Header, Report, Table } from '../../report/report';

export const tableCsv = (table: Table): string => csv(tableLines(table));
export const reportCsv = (report: Report): string => csv(reportLines(report));

export function tableLines(table: Table): string[][] {
  const hasRowHeaders = table.rows.some(({ label }) => label !== '');
  const cells = new Map(table.cells.map((cell) => [`${cell.row.id}/${cell.column.id}`, cell]));
  const columns = table.columns.map((column) => ({
    column,
    hasChange: table.cells.some((cell) => cell.column === column && changeOf(cell.figure) !== ''),
  }));
  const head = columns.flatMap(({ column, hasChange }) => [
    columnName(column, true),
    ...(hasChange ? [`${columnName(column, false)} 同比`] : []),
  ]);
  const lines = table.rows.map((row) => [
    ...(hasRowHeaders ? [row.label] : []),
    ...columns.flatMap(({ column, hasChange }) => {
      const cell = cells.get(`${row.id}/${column.id}`);
      return [cell ? numberOf(cell) : '', ...(hasChange ? [cell ? changeOf(cell.figure) : ''] : [])];
    }),
  ]);
  return [[...(hasRowHeaders ? [table.rowHeader] : []), ...head], ...lines];
}

export function reportLines(report: Report): string[][] {
  const lines = report.cells.map((cell) => [
    cell.id,
    `${cell.table.part.number}、${cell.table.part.title}`,
    cell.table.number ? `${cell.table.number}. ${cell.table.title}` : cell.table.title,
    (cell.span?.rows ?? [cell.row]).map(({ label }) => label).join('、'),
    columnName(cell.column, false),
    cell.printed,
    numberOf(cell),
    cell.figure.kind === 'number' && !cell.figure.isPercent ? cell.figure.measureUnit : '',
    changeOf(cell.figure),
    cell.figure.kind === 'blank' ? blankNames[cell.figure.reason] : '',
  ]);
  return [['编号', '部分', '表', '行', '列', '原文', '数值', '计量单位', '同比', '说明'], ...lines];
}

export function reportJson(report: Report): string {
  const { id, title, region, year, comparedWith, tables, findings } = report;
  return json({
    id,
    title,
    region: region.name,
    year,
    comparedWith,
    tables: tables.map(tableData),
    findings: findings.map(({ verdict, check, cells, message }) => ({
      verdict,
      check,
      cells: cells.map((cell) => cell.id),
      message,
    })),
  });
}

export function tableJson(table: Table): string {
  return json({ report: table.report.id, ...tableData(table) });
}

function tableData({ id, part, number, title, rowHeader, columns, rows, cells }: Table) {
  return {
    id,
    part: `${part.number}、${part.title}`,
    number,
    title,
    rowHeader,
    columns: columns.map((column) => ({
      id: column.id,
      path: column.path.map(({ label }) => label),
      measureUnit: column.measureUnit,
    })),
    rows: rows.map((row) => ({ id: row.id, label: row.label })),
    cells: cells.map((cell) => ({
      id: cell.id,
      row: cell.row.id,
      column: cell.column.id,
      printed: cell.printed,
      ...figureData(cell.figure),
      ...(cell.span && {
        coversRows: cell.span.rows.map((row) => row.id),
        coversColumns: cell.span.columns.map((column) => column.id),
      }),
    })),
  };
}

function figureData(figure: Figure) {
  if (figure.kind === 'text') return { text: figure.text };
  if (figure.kind === 'blank') return { blank: figure.reason };
  const { value, measureUnit, change } = figure;
  return {
    value: value.valueOf(),
    measureUnit,
    change: change ? { percent: change.percent.valueOf(), direction: change.direction } : null,
  };
}

const blankNames = { notPublished: '未公布', empty: '空格' };

function columnName(column: Header, withUnit: boolean): string {
  const name = column.path.map(({ label }) => label).join(' / ');
  return withUnit && column.measureUnit !== '' && column.measureUnit !== '%'
    ? `${name}（${column.measureUnit}）`
    : name;
}

/** A number that a spreadsheet reads as one: 1234567, 98.26%. */
function numberOf({ figure, printed }: Cell): string {
  return figure.kind === 'number' ? `${figure.digits.replace(/[,，]/g, '')}${figure.isPercent ? '%' : ''}` : printed;
}

function changeOf(figure: Figure): string {
  if (figure.kind !== 'number' || !figure.change) return '';
  return `${figure.change.direction === 'up' ? '' : '-'}${figure.change.digits}%`;
}

/** With a byte order mark, without which Excel doesn't take it for UTF-8. */
function csv(lines: readonly string[][]): string {
  return `\uFEFF${lines.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
}

function csvField(text: string): string {
  // A text that starts like a formula must not be run as one by a spreadsheet; numbers may have their sign.
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?%?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}

function json(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
