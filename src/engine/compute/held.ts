/** A number that somebody says of what has to be computed, held against it. */
import type Fraction from '../../report/fraction';
import type { Ask, Claim } from '../parse/query';
import { isExact } from './expression';
import { agrees } from './operands';
import type { Computed, Result } from './result';

/** Where nothing single was computed, or it is counted otherwise than was said, the result says for itself what there is. */
export function held({ claim }: Extract<Ask, { op: 'held' }>, of: Result): Result {
  const holds =
    of.op === 'difference'
      ? isSoMuchMore(of, claim)
      : of.op === 'absoluteChange'
        ? hasChangedBy(of, claim)
        : of.op === 'share' && of.shares.length > 1
          ? isSoOfAll(of, claim)
          : isSoOf(computedIn(of), claim);
  const isRounded = holds === true && isAbout(of, claim);
  return holds === undefined ? of : { op: 'held', of, claim, holds, ...(isRounded ? { isRounded } : {}) };
}

/** 「占三成」 of 31.5 per cent, 「是它的两倍」 of 1.86 times: about right, and no more; 三成多 says it. */
function isAbout(of: Result, { value, range, isPart, isRough, relation = 'equal' }: Claim): boolean {
  if (relation !== 'equal' || !value || !range || range.from.compare(value) >= 0) return false;
  if (isPart) return true;
  return of.op === 'times' && !isRough && isExact(of.times.value) && !of.times.value.low.round(2).equals(value);
}

/** 「企业诉求电话占比超过99%吧」: of what it is nearest part of, or else of neither whole. */
function isSoOfAll({ shares }: Extract<Result, { op: 'share' }>, claim: Claim): boolean | undefined {
  const [first, ...others] = shares.map(({ share }) => isSoOf(share, claim));
  return first === true || others.every((so) => so === first) ? first : undefined;
}

function isSoOf(computed: Computed | undefined, claim: Claim): boolean | undefined {
  return computed && isSo(computed, claim);
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

/** 「比上年多了十万件」: undefined where some of what it may have been says so, and some doesn't. */
function hasChangedBy({ by }: Extract<Result, { op: 'absoluteChange' }>, claim: Claim): boolean | undefined {
  return isEstimated(by, claim, claim.direction === 'down' ? -1 : 1);
}

/** 「2023年是130万件吧」: of a rate two readings may be meant, and then nobody can say. */
export function heldBefore(of: Extract<Result, { op: 'before' }>, claim: Claim): Result {
  const [then] = of.before;
  const holds = then && 'expression' in then ? isEstimated(then, claim, 1) : undefined;
  return holds === undefined ? of : { op: 'held', of, claim, holds };
}

function isEstimated(
  { value: { low, high }, unit: counted, isPercent }: Computed,
  { value, range, kind, unit, relation, isPercent: isSaidInPercent = false }: Claim,
  sign: 1 | -1,
): boolean | undefined {
  const isOtherUnit = (kind === 'time' || kind === 'money') && unit !== counted;
  if (!value || isOtherUnit || isPercent !== isSaidInPercent) return undefined;
  const scale = counted.startsWith('万') ? 10_000 * sign : sign;
  const [one, other] = [low.mul(scale), high.mul(scale)];
  const isSaidSo = (amount: Fraction) => agrees(amount, { value, range, relation });
  if (isSaidSo(one.add(other).div(2))) return true;
  const isBetween = value.compare(one) * value.compare(other) <= 0;
  return isBetween || isSaidSo(one) || isSaidSo(other) ? undefined : false;
}

/** 「比企业多五十万件」「高出两成」「快0.16个工作日」: by how much, which way, and counted in what was said. */
function isSoMuchMore(
  { by, relative, isPoints }: Extract<Result, { op: 'difference' }>,
  { value, range, isPercent = false, unit, kind, relation, direction }: Claim,
): boolean | undefined {
  // 「A 加 B 超过 C 了吗」: more, and by how much nobody has said.
  if (!value && direction && isExact(by.value)) return by.value.low.compare(0) === (direction === 'up' ? 1 : -1);
  const inPercent = isPoints ? by : relative;
  const of = isPercent ? inPercent : by;
  const isOtherUnit = (kind === 'time' || kind === 'money') && unit !== by.unit && !unit?.endsWith(by.unit);
  if (!value || !of || !isExact(of.value) || (isPoints && !isPercent && kind !== undefined) || isOtherUnit)
    return undefined;
  const signed = !isPercent && by.unit.startsWith('万') ? of.value.low.mul(10_000) : of.value.low;
  const said = direction === undefined ? signed.abs() : direction === 'down' ? signed.neg() : signed;
  return agrees(said, { value, range, relation });
}
