/**
 * Makes a report of what its file says: tables with header trees, cells with their figures, what contains what.
 *
 * Whatever doesn't fit is told to `problem` with table, row and column, and building goes on, so that all faults of a file
 * come to light at once; the report returned is whole only when there were none.
 *
 * Not here: the form of the file (file-format.ts), one string (parse-figure.ts), what has to agree (audit/).
 */
import { buildHeaders, type HeaderTree, headerPath } from './build-headers';
import type { ReportForm, TableForm } from './file-format';
import { placesOfMergedCells } from './merged-cells';
import { type ColumnKind, parseFigure } from './parse-figure';
import type { Cell, Check, Part, Report, Row, Table, Whole } from './report';
import type { Tell } from './tell';

export function buildReport(form: ReportForm, tell: Tell): Report {
  const report: Report = {
    id: form.id,
    title: form.title,
    region: form.region,
    year: form.year,
    comparedWith: form.comparedWith,
    parts: [],
    tables: [],
    cells: [],
    cellById: new Map(),
    checks: [],
    findings: [],
  };
  if (form.comparedWith >= form.year) {
    tell(['comparedWith'], `早于 ${form.year} 的年份（同比与哪一年比）`, String(form.comparedWith));
  }
  for (const { number, title, tables } of form.parts) {
    const part: Part = { number, title, tables: [] };
    const placeOfPart = `${number}、${title}`;
    part.tables = tables.map((table) =>
      buildTable(table, report, part, (place, ...rest) => tell([placeOfPart, titleOf(table), ...place], ...rest)),
    );
    report.parts.push(part);
  }
  report.tables = report.parts.flatMap((part) => part.tables);
  report.cells = report.tables.flatMap((table) => table.cells);
  report.cellById = new Map(report.cells.map((cell) => [cell.id, cell]));
  tellDuplicates(report.tables, '表', (table) => [titleOf(table)], tell);
  report.checks = buildChecks(form, report, tell);
  return report;
}

function buildTable(form: TableForm, report: Report, part: Part, tell: Tell): Table {
  const tree = buildHeaders(form.columns);
  const rows: Row[] = form.rows.map(({ id, label, printedAs }) => ({ id, label, ...(printedAs && { printedAs }) }));
  tellDuplicates(tree.all, '列', (header) => [headerPath(header)], tell);
  tellDuplicates(rows, '行', (row) => [row.label], tell);
  tellSameWords(tree.columns.map(headerPath), '各列表头互不相同', tell);
  tellSameWords(rows.map(nameOfRow), '各行行名互不相同', tell);

  const rowById = new Map(rows.map((row) => [row.id, row]));
  const headerById = new Map(tree.all.map((header) => [header.id, header]));
  const rowCalled = finder(rowById, '行', tell);
  const headerCalled = finder(headerById, '列', tell);
  const totalRow = form.totalRow === undefined ? onlyOne(rows) : rowCalled(form.totalRow, ['totalRow']);
  const table: Table = {
    id: form.id,
    report,
    part,
    number: form.number,
    title: form.title,
    ...(form.note !== undefined && { note: form.note }),
    isHeadline: form.headline,
    rowHeader: form.rowHeader,
    headers: tree.headers,
    columns: tree.columns,
    rows,
    ...(totalRow && { totalRow }),
    rowWholes: form.rowWholes.flatMap((whole) => buildWhole(whole, rowCalled, 'rowWholes')),
    columnWholes: form.columnWholes.flatMap((whole) => buildWhole(whole, headerCalled, 'columnWholes')),
    cells: [],
  };
  table.cells = buildCells(form, table, tree, tell);
  return table;
}

/** The cells that are printed, row by row. A row that is too short or long is told, and its strings are read all the same. */
function buildCells(form: TableForm, table: Table, tree: HeaderTree, tell: Tell): Cell[] {
  const merged = placesOfMergedCells(form, table, tell);
  const anyKind: ColumnKind = { measureUnit: '', holdsWords: false };
  const holdsWordsSomewhere = [...tree.kindOf.values()].some((kind) => kind.holdsWords);
  const cells: Cell[] = [];
  table.rows.forEach((row, rowIndex) => {
    const strings = form.rows[rowIndex]?.cells ?? [];
    const fits = strings.length === tree.columns.length;
    if (!fits) {
      const names = tree.columns.map(headerPath).join('、');
      tell([nameOfRow(row)], `${tree.columns.length} 格，与表头各列对应（${names}）`, `${strings.length} 格`);
    }
    strings.forEach((printed, index) => {
      const column = tree.columns[index];
      const place = [nameOfRow(row), fits && column ? headerPath(column) : `第 ${index + 1} 格`];
      const kind = fits && column ? tree.kindOf.get(column) : undefined;
      // In a row that doesn't fit the header, a string may stand under the wrong column: only its form can be judged.
      const figure = parseFigure(printed, kind ?? { ...anyKind, holdsWords: holdsWordsSomewhere });
      if (!figure) tell(place, expectedString(kind), `“${printed}”`);
      if (!figure || !column || !fits) return;
      const span = merged(row, column);
      if (span === 'covered') {
        if (figure.kind !== 'blank' || figure.reason !== 'empty') {
          tell(place, '""（这一格被合并，数据抄写在 printedAt 那一格）', `“${printed}”`);
        }
        return;
      }
      const id = [table.report.id, table.id, row.id, column.id].join('/');
      cells.push({ id, report: table.report, table, row, column, printed, figure, ...(span && { span }) });
    });
  });
  return cells;
}

function expectedString(kind: ColumnKind | undefined): string {
  if (kind?.measureUnit === '%') return '带 % 的数（可带同比，如 "99.11% (4.3%↑)"）、"—" 或 ""';
  const withoutSign = kind?.measureUnit ? `不带 % 和单位“${kind.measureUnit}”的` : '';
  return `${withoutSign}数（可带同比，如 "1344025 (7.96%↑)"）、"—" 或 ""`;
}

type Find<T> = (id: string, place: string[]) => T | undefined;

function finder<T>(byId: ReadonlyMap<string, T>, what: string, tell: Tell): Find<T> {
  return (id, place) => {
    const found = byId.get(id);
    if (found === undefined) tell(place, `本表里${what}的编号（${[...byId.keys()].join('、')}）`, `“${id}”`);
    return found;
  };
}

function buildWhole<T>(form: TableForm['rowWholes'][number], called: Find<T>, field: string): Whole<T>[] {
  const whole = called(form.whole, [field]);
  const parts = form.parts.map((id) => called(id, [field]));
  const known = parts.filter((part): part is NonNullable<typeof part> => part !== undefined);
  if (whole === undefined || known.length < parts.length) return [];
  const remainder = form.remainder === undefined ? {} : { remainder: form.remainder };
  return [{ whole, parts: known, isExhaustive: form.exhaustive, ...remainder }];
}

function buildChecks(form: ReportForm, report: Report, tell: Tell): Check[] {
  const cellAt = (path: string): Cell | undefined => {
    const cell = report.cellById.get(`${report.id}/${path}`);
    if (!cell) tell(['checks'], '本报告里的单元格（表编号/行编号/列编号；合并单元格写抄写数据的那一格）', `“${path}”`);
    return cell;
  };
  const cellsAt = (paths: string[]) => paths.map(cellAt).filter((cell): cell is Cell => cell !== undefined);
  return form.checks.flatMap((check): Check[] => {
    if (check.kind === 'equal') {
      return [{ kind: 'equal', title: check.title, left: cellsAt(check.left), right: cellsAt(check.right) }];
    }
    const rate = cellAt(check.rate);
    const whole = cellAt(check.whole);
    const part = check.kind === 'rate' ? cellAt(check.part) : undefined;
    if (!rate || !whole) return [];
    if (check.kind === 'possible') return [{ kind: 'possible', rate, whole }];
    return part ? [{ kind: 'rate', rate, part, whole }] : [];
  });
}

function tellDuplicates<T extends { id: string }>(all: T[], what: string, placeOf: (one: T) => string[], tell: Tell) {
  const seen = new Set<string>();
  for (const one of all) {
    if (seen.has(one.id)) tell(placeOf(one), `${what}的编号各不相同`, `“${one.id}”用了两次`);
    seen.add(one.id);
  }
}

function tellSameWords(names: string[], expected: string, tell: Tell) {
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  for (const name of twice) tell([], expected, `“${name}”出现了两次`);
}

function titleOf(table: { number: string; title: string }): string {
  return table.number ? `${table.number}.${table.title}` : table.title;
}

/** A row without a label is called by its id in problems. */
function nameOfRow(row: Row): string {
  return row.label || row.id;
}

function onlyOne<T>(all: T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}
