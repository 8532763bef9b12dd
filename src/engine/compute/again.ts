/** What was computed last, computed once more of what a follow-up names: 「那县区呢」 after 「平均一家几名」. */
import { type Ask, NOTHING_SAID, type Operand } from '../parse/query';
import { isPartOf, wholesOf } from '../resolve/containment';
import { resolveOperand } from '../resolve/resolve-operands';
import type { Derived, Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import { meanOf } from './mean';
import { spotsOf } from './operands';
import { restOf } from './rest';
import type { Result } from './result';
import { share } from './share';
import { shareResult } from './share-of-named';
import { addUp } from './sum';
import { compareSpots } from './two-sided';

/** Undefined where what is named can't stand for each of the figures: then it is asked by itself. */
export function again(
  { of, otherwise, isOfSame }: Extract<Ask, { op: 'again' }>,
  situation: Situation,
): Result | undefined {
  const { derived } = situation;
  if (derived?.op === 'share') return shareAgain(of, derived.of, isOfSame === true, situation);
  const moved = derived?.of.map((spot) => movedTo(of, spot, situation));
  const [over, under] = derived?.op === 'mean' ? derived.of : [];
  const [divided, divisor] = moved ?? [];
  // 「问答平均呢」 after 「平均一家几条」: another figure for each of the same.
  if (
    over &&
    under &&
    divided &&
    divided !== over &&
    (divisor === divided || divisor === undefined || divisor === under)
  )
    return divided.unitKind === 'rate' || divided === under ? undefined : meanOf(divided, under, situation);
  if (!derived || !moved?.every((spot) => spot !== undefined) || new Set(moved).size < moved.length) return undefined;
  const keeps = (what: 'row' | 'leaf') => moved.every((spot, i) => spot[what] === derived.of[i]?.[what]);
  if (moved.some((spot, i) => spot === derived.of[i]) || !(keeps('leaf') || keeps('row'))) return undefined;
  if (otherwise.op !== 'share') return computedOf(derived.op, moved, of, situation);
  // 「那企业呢」 after 「占总量百分之几」 of a sum.
  return share({ op: 'share', part: NOTHING_SAID }, { ...situation, derived: { op: derived.op, of: moved } });
}

/** 「后者呢」 after 「前者占电话总量多少」: of the same whole, or of what contains it as that one contained the other. */
function shareAgain(
  of: Operand,
  [before, whole]: readonly Spot[],
  isOfSame: boolean,
  situation: Situation,
): Result | undefined {
  const [part, ...more] = spotsOf(resolveOperand(of, situation, before));
  if (!before || !whole || !part || more.length > 0 || part.unitKind === 'rate') return undefined;
  if (isOfSame && part.leaf !== before.leaf) return undefined;
  const along = wholesOf(before, situation).find((w) => w.whole === whole)?.along;
  const same = wholesOf(part, situation);
  const chosen = same.find((w) => w.whole === whole) ?? same.find((w) => w.along === along);
  return chosen && shareResult(part, [chosen.whole], situation);
}

/** The same figure in the row or column that is named. */
function movedTo(of: Operand, spot: Spot, situation: Situation): Spot | undefined {
  const [only, ...more] = spotsOf(resolveOperand(of, { ...situation, focus: [] }, spot));
  return more.length === 0 ? only : undefined;
}

function computedOf(op: Derived['op'], of: readonly Spot[], asked: Operand, situation: Situation): Result | undefined {
  const [first, ...others] = of;
  const [second] = others;
  if (!first || !second) return undefined;
  switch (op) {
    case 'sum':
      return addUp(of, { of: [asked], isListed: true }, situation);
    case 'rest':
      return others.every((part) => isPartOf(part, first, situation)) ? restOf(first, others, situation) : undefined;
    case 'mean':
      return meanOf(first, second, situation);
    case 'share':
      return undefined;
    case 'difference':
    case 'times':
      return compareSpots({ op, left: asked, right: asked }, first, second, situation);
  }
}
