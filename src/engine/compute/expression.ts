/**
 * What is computed from printed cells, kept as a formula so that it can be shown, and checked once
 * more before it leaves.
 *
 * 企业诉求 ÷ 诉求总量 is { op: 'share', of: cell, whole: cell }; its value is exact (a fraction), its text
 * 「45,678 ÷ 1,234,567」. Last year's figures are intervals, and so is all that is computed from them.
 */
import Fraction from '../../report/fraction';
import { previousRate, previousYears, type Range } from '../../report/interval';
import type { Cell, NumberFigure } from '../../report/report';
import { formatNumber } from './format-number';

export type Expression =
  | { op: 'cell'; cell: Cell }
  | { op: 'change'; cell: Cell }
  /** Last year's figure, back-computed from the printed 同比. */
  | { op: 'before'; cell: Cell }
  | { op: 'sum'; of: Expression[] }
  | { op: 'difference'; left: Expression; right: Expression }
  | { op: 'times'; left: Expression; right: Expression }
  | { op: 'share'; of: Expression; whole: Expression }
  | { op: 'mean'; of: Expression; per: Expression }
  | { op: 'scaled'; of: Expression; factor: number }
  | { op: 'constant'; value: number };

/** An exact value, or the interval that it lies in. */
export interface Value {
  low: Fraction;
  high: Fraction;
}

export class NoFigure extends Error {
  readonly code = 'NO_FIGURE';
  constructor(readonly cell: Cell) {
    super(`no figure to compute with: ${cell.id}`);
  }
}

const HUNDRED = new Fraction(100);

/** Throws NoFigure where a cell has no number, or no printed 同比 to go back by. */
export function evaluate(expression: Expression): Value {
  switch (expression.op) {
    case 'cell':
      return exactly(numberIn(expression.cell).value);
    case 'constant':
      return exactly(new Fraction(expression.value));
    case 'change': {
      const { change } = numberIn(expression.cell);
      if (!change) throw new NoFigure(expression.cell);
      return exactly(change.direction === 'up' ? change.percent : change.percent.neg());
    }
    case 'before': {
      const range = lastYear(expression.cell);
      if (!range) throw new NoFigure(expression.cell);
      return range.integers
        ? { low: new Fraction(range.integers.low), high: new Fraction(range.integers.high) }
        : { low: range.low, high: range.high };
    }
    case 'sum':
      return expression.of.map(evaluate).reduce((a, b) => ({ low: a.low.add(b.low), high: a.high.add(b.high) }));
    case 'difference': {
      const left = evaluate(expression.left);
      const right = evaluate(expression.right);
      return { low: left.low.sub(right.high), high: left.high.sub(right.low) };
    }
    case 'times':
      return quotient(evaluate(expression.left), evaluate(expression.right), new Fraction(1));
    case 'mean':
      return quotient(evaluate(expression.of), evaluate(expression.per), new Fraction(1));
    case 'share':
      return quotient(evaluate(expression.of), evaluate(expression.whole), HUNDRED);
    case 'scaled': {
      const of = evaluate(expression.of);
      return { low: of.low.mul(expression.factor), high: of.high.mul(expression.factor) };
    }
  }
}

export function isExact({ low, high }: Value): boolean {
  return low.equals(high);
}

export function middle({ low, high }: Value): Fraction {
  return low.add(high).div(2);
}

/** Last year's count or measure; for rates, which have two readings, undefined (previousRate gives both). */
export function lastYear(cell: Cell): Range | undefined {
  if (previousRate(cell)) return undefined;
  return previousYears(cell.table).get(cell.id);
}

/** 「45,678 ÷ 1,234,567」, as shown to people. */
export function formulaText(expression: Expression): string {
  switch (expression.op) {
    case 'cell':
      return printedNumber(numberIn(expression.cell));
    case 'constant':
      return formatNumber(new Fraction(expression.value), 0);
    case 'change': {
      const value = evaluate(expression);
      return `${formatNumber(value.low, 2)}%`;
    }
    case 'before': {
      const figure = numberIn(expression.cell);
      const sign = figure.change?.direction === 'up' ? '＋' : '－';
      return `${printedNumber(figure)} ÷（1${sign}${figure.change?.digits ?? ''}%）`;
    }
    case 'sum':
      return expression.of.map(formulaText).join(' ＋ ');
    case 'difference':
      return `${added(expression.left)} － ${grouped(expression.right)}`;
    case 'times':
      return `${grouped(expression.left)} ÷ ${grouped(expression.right)}`;
    case 'mean':
      return `${grouped(expression.of)} ÷ ${grouped(expression.per)}`;
    case 'share':
      return `${grouped(expression.of)} ÷ ${grouped(expression.whole)}`;
    case 'scaled':
      return `${grouped(expression.of)} × ${formatNumber(new Fraction(expression.factor), 0)}`;
  }
}

/** What is taken from needs no brackets: a － b － c. */
function added(expression: Expression): string {
  return ['difference', 'sum', 'change'].includes(expression.op) ? formulaText(expression) : grouped(expression);
}

function grouped(expression: Expression): string {
  const text = formulaText(expression);
  const isPlain = expression.op === 'cell' || expression.op === 'constant' || expression.op === 'change';
  return isPlain && !text.startsWith('-') ? text : `（${text}）`;
}

export function printedNumber(figure: NumberFigure): string {
  return `${formatNumber(figure.value, figure.decimals, figure.decimals)}${figure.isPercent ? '%' : ''}`;
}

export function cellsIn(expression: Expression): Cell[] {
  switch (expression.op) {
    case 'cell':
    case 'change':
    case 'before':
      return [expression.cell];
    case 'constant':
      return [];
    case 'sum':
      return expression.of.flatMap(cellsIn);
    case 'difference':
    case 'times':
      return [...cellsIn(expression.left), ...cellsIn(expression.right)];
    case 'share':
      return [...cellsIn(expression.of), ...cellsIn(expression.whole)];
    case 'mean':
      return [...cellsIn(expression.of), ...cellsIn(expression.per)];
    case 'scaled':
      return cellsIn(expression.of);
  }
}

export function numberIn(cell: Cell): NumberFigure {
  if (cell.figure.kind !== 'number') throw new NoFigure(cell);
  return cell.figure;
}

function exactly(value: Fraction): Value {
  return { low: value, high: value };
}

function quotient(over: Value, under: Value, factor: Fraction): Value {
  if (under.low.compare(0) <= 0) throw new DividedByZero();
  return { low: over.low.div(under.high).mul(factor), high: over.high.div(under.low).mul(factor) };
}

export class DividedByZero extends Error {
  readonly code = 'DIVIDED_BY_ZERO';
}
