/** What the operations share: the figure of a spot in the year asked for, and what to do where an operand is open. */
import type Fraction from '../../report/fraction';
import { isWithin } from '../link/range';
import type { Claim, Relation } from '../parse/query';
import type { Found } from '../resolve/find-spots';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import { type Expression, evaluate } from './expression';
import type { Result } from './result';
import { clarifyWith, scopeResult } from './settled';
import { expressionOf } from './state';
import { hasYearBefore } from './year-before';

export const PERCENT = { unit: '%', isPercent: true, decimals: 2 };

export function spotsOf(found: Found): Spot[] {
  return found.kind === 'spots' ? found.spots : [];
}

/** The expression that the question's year asks for; undefined where there is none. */
export function valueIn(spot: Spot, { isBefore }: Situation): Expression | undefined {
  if (isBefore && !hasYearBefore(spot)) return undefined;
  return expressionOf(spot, isBefore ? 'before' : 'this');
}

export function unresolved(found: Found, situation: Situation): Result | undefined {
  if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
  // A table can't be divided or added: it is shown, as what there is.
  if (found.kind === 'scope')
    return { op: 'gap', gap: { reason: 'notComparable', spots: [] }, instead: scopeResult(found, situation) };
  if (found.spots.length > 1) return { op: 'clarify', spots: clarifyWith(found), tables: [] };
  return undefined;
}

export function stands(value: Fraction, relation: Relation, bound: Fraction): boolean {
  const order = value.compare(bound);
  return relation === 'over' ? order > 0 : relation === 'atLeast' ? order >= 0 : order < 0;
}

/** Is a number as somebody said it is: within what the number said stands for, or over or under it? */
export function agrees(
  printed: Fraction,
  { value, range, relation }: { value: Fraction } & Pick<Claim, 'range' | 'relation'>,
): boolean {
  if (relation && relation !== 'equal') return stands(printed, relation, value);
  return range ? isWithin(printed, range) : printed.equals(value);
}

export function isZero(expression: Expression): boolean {
  return evaluate(expression).low.compare(0) <= 0;
}

export function notComparable(spots: Spot[]): Result {
  return { op: 'gap', gap: { reason: 'notComparable', spots } };
}
