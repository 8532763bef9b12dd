/**
 * Pairs of figures that can be set in relation, found from what the report declares: a part with what contains it, and
 * figures that stand beside each other in one table, of the same unit.
 *
 * Expected values are computed here, with plain numbers from the printed digits.
 */
import type { Cell, Header, Report, Row, Table } from '../../src/report/report';
import { rowOf, shortTitle } from './wordings';

/** A printed figure, or the sum that a header declares (在线解答 = 民声接听员 + 政策专员). */
export interface Amount {
  /** With the table's title, and without. */
  name: string;
  short: string;
  cells: Cell[];
  value: number;
}

export interface Pair {
  left: Amount;
  right: Amount;
}

/** Part on the left, whole on the right. */
export function partsOfWholes(report: Report): Pair[] {
  return report.tables.flatMap((table) => {
    const downwards = table.rowWholes.flatMap(({ whole, parts }) =>
      table.columns.flatMap((column) =>
        parts.flatMap((part) => pair(at(table, part, column), at(table, whole, column))),
      ),
    );
    const across = table.columnWholes.flatMap(({ whole, parts }) =>
      table.rows.flatMap((row) => parts.flatMap((part) => pair(at(table, row, part), at(table, row, whole)))),
    );
    const groups = headersOf(table)
      .filter(({ isAdditive, children }) => isAdditive && children.length > 1)
      .flatMap((header) =>
        table.rows.flatMap((row) =>
          header.children.flatMap((child) => pair(at(table, row, child), at(table, row, header))),
        ),
      );
    return [...downwards, ...across, ...groups].filter(({ right }) => right.value > 0);
  });
}

/** Two parts of one whole together, each named as that is: their sum on the left. */
export function sumsInWholes(report: Report): Pair[] {
  const byWhole = new Map<string, Pair[]>();
  for (const pair of partsOfWholes(report))
    byWhole.set(pair.right.name, [...(byWhole.get(pair.right.name) ?? []), pair]);
  return [...byWhole.values()].flatMap((pairs) =>
    pairs.flatMap((one, i) =>
      pairs.slice(i + 1).flatMap((other) => {
        const [a, b] = [one.left, other.left];
        const isDisjoint = a.cells.every((cell) => !b.cells.includes(cell));
        const isBeside = a.cells[0]?.row === b.cells[0]?.row && one.right.cells[0]?.row === a.cells[0]?.row;
        if (!isDisjoint || !isBeside) return [];
        const cells = [...a.cells, ...b.cells];
        const sum = { name: `${a.name}加${b.short}`, short: `${a.short}和${b.short}`, cells, value: a.value + b.value };
        return [{ left: sum, right: one.right }];
      }),
    ),
  );
}

/** Rows of one column, columns of one row: of the same unit, and neither a part of the other. */
export function besideEachOther(report: Report): Pair[] {
  const related = new Set(partsOfWholes(report).map(({ left, right }) => `${left.name} ${right.name}`));
  return report.tables.flatMap((table) => {
    const cells = table.cells.flatMap((cell) => amountOf([cell]) ?? []);
    return cells.flatMap((left, i) =>
      cells.slice(i + 1).flatMap((right) => {
        const [a, b] = [left.cells[0], right.cells[0]];
        const isBeside = a && b && (a.row === b.row) !== (a.column === b.column);
        const isContained = related.has(`${left.name} ${right.name}`) || related.has(`${right.name} ${left.name}`);
        return isBeside && unitOf(a) === unitOf(b) && unitOf(a) !== '' && !isContained ? [{ left, right }] : [];
      }),
    );
  });
}

/** Figures of different units, rates apart: one of each unit of each table, with one of each other. */
export function measuredOtherwise(report: Report): Pair[] {
  const first = new Map<string, Amount>();
  for (const cell of report.cells) {
    const [unit, amount] = [unitOf(cell), amountOf([cell])];
    const key = `${cell.table.id} ${unit}`;
    if (amount && unit !== '' && unit !== '%' && !first.has(key)) first.set(key, amount);
  }
  const amounts = [...first.values()];
  return amounts.flatMap((left, i) =>
    amounts.slice(i + 1).flatMap((right) => {
      const [a, b] = [left.cells[0], right.cells[0]];
      return a && b && unitOf(a) !== unitOf(b) ? [{ left, right }] : [];
    }),
  );
}

export function unitOf({ figure }: Cell): string {
  return figure.kind === 'number' ? figure.measureUnit : '';
}

function at(table: Table, row: Row, header: Header): Amount | undefined {
  const cells = header.leaves.map((leaf) => table.cells.find((cell) => cell.row === row && cell.column === leaf));
  if (!cells.every((cell): cell is Cell => cell !== undefined)) return undefined;
  return cells.length > 1 && !header.isAdditive ? undefined : amountOf(cells, header);
}

function amountOf(cells: Cell[], header = cells[0]?.column): Amount | undefined {
  const [first] = cells;
  if (!first || !header) return undefined;
  const values = cells.map(({ figure, span }) =>
    figure.kind === 'number' && !(span && cells.length > 1) ? Number(figure.digits) : Number.NaN,
  );
  const value = values.reduce((a, b) => a + b, 0);
  if (Number.isNaN(value)) return undefined;
  const title = shortTitle(first.table.title || first.table.part.title);
  const path = header.path.map(({ label }) => label);
  const short = [rowOf(first), ...path].join('');
  return { name: title + short, short, cells, value };
}

function pair(left: Amount | undefined, right: Amount | undefined): Pair[] {
  const isRate = left?.cells.some((cell) => unitOf(cell) === '%');
  const sameCells =
    left && right && left.cells.every((cell) => right.cells.includes(cell)) && left.cells.length === right.cells.length;
  return left && right && !isRate && !sameCells ? [{ left, right }] : [];
}

function headersOf({ headers }: Table): Header[] {
  const below = (header: Header): Header[] => [header, ...header.children.flatMap(below)];
  return headers.flatMap(below);
}
