/** The year before, worked out from the figure and its 同比. */
import { previousRate } from '../../report/interval';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { lastYear } from './expression';
import type { Computed, Result, Stated } from './result';
import { cellOf, computed, expressionOf, numberOf, state, unitOf } from './state';

/** Last year's figure; for a rate both readings of its change; undefined where no 同比 is printed. */
export function beforeOf(spot: Spot): Extract<Result, { op: 'before' }>['before'][number] {
  const cell = cellOf(spot);
  const rate = cell && previousRate(cell);
  if (rate) return rate;
  const expression = expressionOf(spot, 'before');
  if (!expression || !hasYearBefore(spot)) return undefined;
  return computed(expression, unitOf(spot));
}

export function hasYearBefore({ source }: Spot): boolean {
  return cellsOf(source).every((cell) => cell.figure.kind === 'number' && lastYear(cell) !== undefined);
}

/** By how much it changed, as a number. */
export function absoluteChange(spot: Spot): Result {
  const now = expressionOf(spot);
  const then = expressionOf(spot, 'before');
  const number = numberOf(spot);
  if (!now || !then) return { op: 'gap', gap: { reason: 'blank', spot } };
  if (number?.isPercent)
    return { op: 'figures', stated: [state(spot)], aspect: 'change', isDefault: false, alternatives: [] };
  if (!hasYearBefore(spot)) return { op: 'gap', gap: { reason: 'noChange', spot } };
  const stated: Stated = state(spot);
  const before: Computed = computed(then, unitOf(spot));
  return {
    op: 'absoluteChange',
    stated,
    before,
    by: computed({ op: 'difference', left: now, right: then }, unitOf(spot)),
  };
}
