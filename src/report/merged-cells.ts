/**
 * Which printed cell stands for several rows or columns, and which places it covers.
 *
 * 热线百科 prints its 使用量 once, for three rows: the cell is where the file says that it is printed, the other places hold
 * "" and are no cells of their own.
 */
import type { TableForm } from './file-format';
import type { Header, Row, Span, Table } from './report';
import type { Tell } from './tell';

/** The span of a place's cell, 'covered' when another place prints it, undefined when nothing is merged there. */
export type MergedPlaces = (row: Row, column: Header) => Span | 'covered' | undefined;

export function placesOfMergedCells(form: TableForm, table: Table, tell: Tell): MergedPlaces {
  const byPlace = new Map<string, Span | 'covered'>();
  const placeOf = (row: { id: string }, column: { id: string }) => `${row.id}/${column.id}`;

  for (const { rows: rowIds, columns: columnIds, printedAt } of form.merged) {
    const rows = table.rows.filter((row) => rowIds.includes(row.id));
    const columns = table.columns.filter((column) => columnIds.includes(column.id));
    tellUnknown(rowIds, table.rows, '行', tell);
    tellUnknown(columnIds, table.columns, '最下一级列', tell);
    if (!rowIds.includes(printedAt.row) || !columnIds.includes(printedAt.column)) {
      tell(['merged'], 'printedAt 在合并的行和列之内', `${printedAt.row} 行 ${printedAt.column} 列`);
    }
    for (const row of rows) {
      for (const column of columns) {
        const place = placeOf(row, column);
        if (byPlace.has(place)) tell(['merged'], '每一格只属于一个合并单元格', `${place} 属于两个`);
        const isPrinted = row.id === printedAt.row && column.id === printedAt.column;
        byPlace.set(place, isPrinted ? { rows, columns } : 'covered');
      }
    }
  }
  return (row, column) => byPlace.get(placeOf(row, column));
}

function tellUnknown(ids: string[], known: { id: string }[], what: string, tell: Tell) {
  for (const id of ids) {
    if (!known.some((one) => one.id === id)) {
      tell(['merged'], `本表里${what}的编号（${known.map((one) => one.id).join('、')}）`, `“${id}”`);
    }
  }
}
