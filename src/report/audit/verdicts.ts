/**
 * Compares exact numbers, and the intervals that rounded ones stand for.
 */
import Fraction from '../fraction';
import { type Interval, printedInterval } from '../interval';
import type { Finding } from '../report';
import type { NumberCell } from '../sums';

export type Verdict = Finding['verdict'];

/** Two sides of what should be an equation: the numbers as printed, and what they may stand for. */
export interface Side {
  value: Fraction;
  interval: Interval;
}

export function compareSides(a: Side, b: Side): Verdict {
  if (a.value.equals(b.value)) return 'agrees';
  return overlap(a.interval, b.interval) ? 'agreesWithinRounding' : 'disagrees';
}

export function overlap(a: Interval, b: Interval): boolean {
  return a.low.lte(b.high) && b.low.lte(a.high);
}

/** The sum of cells in their base unit: 12.34 万次 counts as 123400 次. */
export function sideOf(cells: NumberCell[]): Side {
  const zero = new Fraction(0);
  let side: Side = { value: zero, interval: { low: zero, high: zero } };
  for (const { figure } of cells) {
    const { low, high } = printedInterval(figure);
    side = {
      value: side.value.add(figure.value.mul(figure.scale)),
      interval: {
        low: side.interval.low.add(low.mul(figure.scale)),
        high: side.interval.high.add(high.mul(figure.scale)),
      },
    };
  }
  return side;
}

/** 吻合, as the audit prints it and closes its sentences. */
export const VERDICTS: Record<Verdict, string> = {
  agrees: '吻合',
  agreesWithinRounding: '四舍五入内吻合',
  disagrees: '对不上（待核实）',
};
