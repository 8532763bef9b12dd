/** A number that somebody says of what has to be computed, held against it. */
import type { Ask, Claim } from '../parse/query';
import { isExact } from './expression';
import { agrees } from './operands';
import type { Computed, Result } from './result';

/** Where nothing single was computed, or it is counted otherwise than was said, the result says for itself what there is. */
export function held({ claim }: Extract<Ask, { op: 'held' }>, of: Result): Result {
  const computed = computedIn(of);
  const holds = computed && isSo(computed, claim);
  return holds === undefined ? of : { op: 'held', of, claim, holds };
}

function computedIn(result: Result): Computed | undefined {
  switch (result.op) {
    case 'share':
      return result.shares.length === 1 ? result.shares[0]?.share : undefined;
    case 'rateAsShare':
      return result.stated.computed;
    case 'mean':
      return result.mean;
    case 'times':
      return result.times;
    default:
      return undefined;
  }
}

function isSo(
  { value, unit, isPercent }: Computed,
  { value: said, range, isPercent: isSaidInPercent = false, kind, relation }: Claim,
): boolean | undefined {
  if (!said || !isExact(value) || isPercent !== isSaidInPercent || kind === 'time' || kind === 'money')
    return undefined;
  const computed = unit.startsWith('万') ? value.low.mul(10_000) : value.low;
  return agrees(computed, { value: said, range, relation });
}
