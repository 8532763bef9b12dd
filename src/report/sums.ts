/**
 * The sums that a table declares, cell by cell: for 总计 = 群众诉求 + 企业诉求 one in every column, for 诉求总量 = 电话 + 互联网 + …
 * one in every row.
 *
 * Rates don't add up and are left out; so is a sum of which a cell is blank, merged or a word.
 *
 * Not here: whether the figures do add up (check-sums.ts), what last year's may have been (interval.ts).
 */
import type { Cell, Header, NumberFigure, Row, Table, Whole } from './report';

export type NumberCell = Cell & { figure: NumberFigure };

export interface Sum {
  /** One cell, or the leaves of a header that is their sum. */
  whole: NumberCell[];
  parts: NumberCell[];
  isExhaustive: boolean;
}

export function sumsOf(table: Table): Sum[] {
  const byPlace = new Map(table.cells.map((cell) => [`${cell.row.id}/${cell.column.id}`, cell]));
  const at = (row: Row, column: Header) => byPlace.get(`${row.id}/${column.id}`);
  const downwards = table.rowWholes.flatMap((whole) =>
    table.columns.map((column) => sum(whole, (row) => [at(row, column)])),
  );
  const across = table.columnWholes.flatMap((whole) =>
    table.rows.map((row) => sum(whole, (header) => header.leaves.map((column) => at(row, column)))),
  );
  return [...downwards, ...across].filter((one): one is Sum => one !== undefined);
}

function sum<T>(declared: Whole<T>, cellsOf: (member: T) => (Cell | undefined)[]): Sum | undefined {
  const whole = cellsOf(declared.whole);
  const parts = declared.parts.flatMap(cellsOf);
  if (!whole.every(isCount) || !parts.every(isCount)) return undefined;
  return { whole, parts, isExhaustive: declared.isExhaustive };
}

/** A cell that can be added up: a number, and no rate. */
function isCount(cell: Cell | undefined): cell is NumberCell {
  return isNumberCell(cell) && !cell.figure.isPercent;
}

export function isNumberCell(cell: Cell | undefined): cell is NumberCell {
  return cell?.figure.kind === 'number';
}
