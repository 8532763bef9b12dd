/**
 * What a rounded number may stand for, and what the year before may have been.
 *
 * 「5.67%↑」 stands for 5.665 to 5.675, so 1234567 now was 1168268 to 1168378 then; 「12 (20%↓)」 leaves one whole number,
 * 15. Where a table declares sums, last year's counts have to add up too, which narrows them (previousYears).
 *
 * Not here: whether what is printed can be true at all (check-changes.ts).
 */
import Fraction from './fraction';
import type { Cell, Change, NumberFigure, Table } from './report';
import { isNumberCell, type NumberCell, sumsOf } from './sums';

export interface Interval {
  low: Fraction;
  high: Fraction;
}

/** What last year's value may have been, in the cell's measure unit; bounds are included. */
export interface Range extends Interval {
  /** For counts: the least and greatest whole number within. */
  integers?: { low: bigint; high: bigint };
}

/** Measures that are no counts: a whole number of these may have been rounded. */
const MEASURED_UNITS = /(秒|分|分钟|小时|时|天|日|周|月|年|元|公里|米|吨|度|%)$/;
const HUNDRED = new Fraction(100);
const ONE = new Fraction(1);

/** 12.34 stands for 12.335 to 12.345; a count stands for itself. */
export function printedInterval(figure: NumberFigure): Interval {
  if (isExactCount(figure)) return { low: figure.value, high: figure.value };
  return around(figure.value, figure.decimals);
}

/** Is this a whole number of things, printed to the last one? 45678 件 is; 4.56 秒, 95.43%, 60 万元 and a bare 6 are not. */
export function isExactCount(figure: NumberFigure): boolean {
  const { decimals, isPercent, scale, measureUnit } = figure;
  return decimals === 0 && !isPercent && scale === 1 && measureUnit !== '' && !MEASURED_UNITS.test(measureUnit);
}

/**
 * Last year's value by the printed 同比. Undefined where none is printed, for rates (the report doesn't say whether their
 * change is relative: previousRate), and where 100%↓ leaves it open. A count without `integers` can't be true as printed.
 */
export function previousYear(cell: Cell): Range | undefined {
  if (!isNumberCell(cell) || cell.figure.isPercent || !cell.figure.change) return undefined;
  const range = dividedByChange(printedInterval(cell.figure), cell.figure.change);
  return range && isExactCount(cell.figure) ? withIntegers(range) : range;
}

/** A rate's last year, read both ways: 「4.3%↑」 as 4.3 个百分点 more, or as 4.3% of the old rate more. */
export function previousRate(cell: Cell): { points: Interval; relative: Interval } | undefined {
  if (!isNumberCell(cell) || !cell.figure.isPercent || !cell.figure.change) return undefined;
  const now = printedInterval(cell.figure);
  const change = changeInterval(cell.figure.change);
  const relative = dividedByChange(now, cell.figure.change);
  if (!relative) return undefined;
  const { direction } = cell.figure.change;
  const points =
    direction === 'up'
      ? { low: now.low.sub(change.high), high: now.high.sub(change.low) }
      : { low: now.low.add(change.low), high: now.high.add(change.high) };
  return { points, relative };
}

/**
 * Last year's values of a table, by cell id, as far as a 同比 is printed; counts narrowed by the table's exhaustive sums
 * until nothing moves. Where the printed changes contradict each other, nothing is narrowed.
 */
export function previousYears(table: Table): ReadonlyMap<string, Range> {
  const known = found.get(table) ?? previousYearsAnew(table);
  found.set(table, known);
  return known;
}

const found = new WeakMap<Table, ReadonlyMap<string, Range>>();

function previousYearsAnew(table: Table): Map<string, Range> {
  const single = new Map<string, Range>();
  for (const cell of table.cells) {
    const range = previousYear(cell);
    if (range) single.set(cell.id, range);
  }
  const bounds = narrowedCounts(table);
  if (bounds === 'contradiction') return single;
  return new Map(
    [...single].map(([id, range]) => {
      const narrow = bounds.get(id);
      if (!narrow || narrow.high === undefined) return [id, range];
      const integers = { low: narrow.low, high: narrow.high };
      return [id, { low: new Fraction(narrow.low), high: new Fraction(narrow.high), integers }];
    }),
  );
}

/** No upper end where no 同比 is printed: last year's count was 0 or more. */
interface Bounds {
  low: bigint;
  high: bigint | undefined;
}

/** Last year's counts so that every exhaustive sum of the table holds: of each sum, what the other terms leave for one. */
export function narrowedCounts(table: Table): Map<string, Bounds> | 'contradiction' {
  const sums = sumsOf(table).filter(
    ({ isExhaustive, whole, parts }) => isExhaustive && areCounts([...whole, ...parts]),
  );
  const bounds = new Map<string, Bounds>();
  for (const cell of sums.flatMap(({ whole, parts }) => [...whole, ...parts])) {
    const range = previousYear(cell);
    if (range && !range.integers) return 'contradiction';
    bounds.set(cell.id, range?.integers ?? { low: 0n, high: undefined });
  }
  // Each round narrows integers; the tables are small, and a few rounds settle them. The limit is for a table gone wrong.
  for (let round = 0, moved = true; moved && round < 200; round += 1) {
    moved = false;
    for (const { whole, parts } of sums) {
      const terms = [...whole.map((cell) => ({ cell, sign: 1n })), ...parts.map((cell) => ({ cell, sign: -1n }))];
      for (const term of terms) {
        const before = bounds.get(term.cell.id);
        if (!before) continue;
        const left = leftFor(term, terms, bounds);
        const after = { low: greater(before.low, left.low), high: lesser(before.high, left.high) };
        if (after.high !== undefined && after.low > after.high) return 'contradiction';
        if (after.low !== before.low || after.high !== before.high) moved = true;
        bounds.set(term.cell.id, after);
      }
    }
  }
  return bounds;
}

interface Term {
  cell: NumberCell;
  sign: bigint;
}

/** What a sum of terms that is 0 leaves for one of them. */
function leftFor(one: Term, terms: Term[], bounds: ReadonlyMap<string, Bounds>) {
  let low: bigint | undefined = 0n;
  let high: bigint | undefined = 0n;
  for (const { cell, sign } of terms) {
    if (cell === one.cell) continue;
    const { low: least, high: most } = bounds.get(cell.id) ?? { low: 0n, high: undefined };
    // A term on the other side of the equation counts as it is, one on the same side against it.
    const sameSide = sign === one.sign;
    low = plus(low, sameSide ? negative(most) : least);
    high = plus(high, sameSide ? -least : most);
  }
  return { low, high };
}

function areCounts(cells: NumberCell[]): boolean {
  return cells.every(({ figure }) => isExactCount(figure));
}

function plus(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function negative(a: bigint | undefined): bigint | undefined {
  return a === undefined ? undefined : -a;
}

function greater(a: bigint, b: bigint | undefined): bigint {
  return b !== undefined && b > a ? b : a;
}

function lesser(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b < a ? b : a;
}

/** Half a unit of the last printed place to either side. */
function around(value: Fraction, decimals: number): Interval {
  const half = new Fraction(1n, 2n * 10n ** BigInt(decimals));
  return { low: value.sub(half), high: value.add(half) };
}

/** In percent, never below 0: the arrow has the sign. */
function changeInterval({ percent, decimals }: Change): Interval {
  const { low, high } = around(percent, decimals);
  return { low: low.lt(0) ? new Fraction(0) : low, high };
}

function dividedByChange(now: Interval, change: Change): Interval | undefined {
  const { low, high } = changeInterval(change);
  if (change.direction === 'up') {
    return { low: now.low.div(ONE.add(high.div(HUNDRED))), high: now.high.div(ONE.add(low.div(HUNDRED))) };
  }
  const least = ONE.sub(high.div(HUNDRED));
  if (least.lte(0)) return undefined;
  return { low: now.low.div(ONE.sub(low.div(HUNDRED))), high: now.high.div(least) };
}

function withIntegers({ low, high }: Interval): Range {
  const integers = { low: wholeNumber(low.ceil()), high: wholeNumber(high.floor()) };
  return integers.low <= integers.high ? { low, high, integers } : { low, high };
}

/** fraction.js keeps the sign apart. */
function wholeNumber({ s, n }: Fraction): bigint {
  return s * n;
}
