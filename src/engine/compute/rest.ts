/** What is left of a whole without some of its parts, and of 100% without a rate. */
import type { Ask, Operand } from '../parse/query';
import { membersOf, wholesOf } from '../resolve/containment';
import { matchSpots } from '../resolve/match-spots';
import { isBare, resolveOperand } from '../resolve/resolve-operands';
import { overlaps, restPairs } from '../resolve/rest-spot';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import type { Expression } from './expression';
import { notComparable, PERCENT, spotsOf, valueIn } from './operands';
import type { Computed, Result } from './result';
import { computed, expressionOf, state, unitOf } from './state';

/** ⟨whole⟩ without ⟨parts⟩: only where the table says that it contains them. */
export function rest({ of: asked }: Extract<Ask, { op: 'rest' }>, situation: Situation): Result {
  const { without, otherwise, ...of } = asked;
  if (otherwise?.without && restPairs(of, without, situation).length === 0)
    return rest({ op: 'rest', of: { ...otherwise, without: otherwise.without } }, situation);
  for (const operand of [of, ...without]) {
    if (operand.phrase.unknown.length > 0)
      return { op: 'gap', gap: { reason: 'unknownWords', words: operand.phrase.unknown } };
  }
  // How many were dissatisfied isn't what a rate leaves of 100%.
  const isCount = [of, ...without].some(({ phrase }) => phrase.unit !== undefined && phrase.unit !== 'rate');
  const rate =
    !isCount && without.length === 1 && isBareOrSoft(of) ? rateOf(without[0] as Operand, situation) : undefined;
  if (rate) return complement(rate);
  const fitting = restPairs(of, without, situation);
  // 「不是接听员在线解答的」: 在线解答 says whose 接听员 are left out, and isn't what they are left out of.
  const beside = fitting.filter(({ whole }) => !without.some((operand) => names(operand, whole, situation)));
  const pairs = beside.length > 0 ? beside : fitting;
  const [best] = pairs;
  if (!best) {
    const rates =
      without.length === 1 && isBareOrSoft(of) ? spotsOf(resolveOperand(without[0] as Operand, situation)) : [];
    if (rates.length > 1 && rates.every((s) => s.unitKind === 'rate'))
      return { op: 'clarify', spots: rates, tables: [] };
  }
  const apart = best ? undefined : besides(of, without, situation);
  if (apart) return { op: 'figures', stated: [state(apart)], aspect: 'value', isDefault: false, alternatives: [] };
  if (!best) {
    const joined = rateOf(
      {
        ...of,
        phrase: {
          pieces: [...of.phrase.pieces, { text: '', isSoft: true }, ...without.flatMap((w) => w.phrase.pieces)],
          unknown: [],
        },
      },
      situation,
    );
    return joined && !isCount ? complement(joined) : notComparable(spotsOf(resolveOperand(of, situation)).slice(0, 2));
  }
  const rivals = pairs.filter((p) => p.cost <= best.cost + 0.05 && p.whole !== best.whole);
  if (rivals.length > 0)
    return { op: 'clarify', spots: [...new Set([best.whole, ...rivals.map((r) => r.whole)])], tables: [] };
  return restOf(best.whole, best.parts, situation);
}

export function restOf(whole: Spot, parts: readonly Spot[], situation: Situation): Result {
  const over = valueIn(whole, situation);
  const minus = parts.map((part) => valueIn(part, situation));
  if (!over || minus.some((m) => !m) || overlaps(parts, situation)) return notComparable([whole, ...parts]);
  const expression = (minus as Expression[]).reduce<Expression>(
    (left, right) => ({ op: 'difference', left, right }),
    over,
  );
  const value = computed(expression, unitOf(whole));
  const printed = printedRest(whole, parts, value, situation);
  return {
    op: 'rest',
    whole: state(whole),
    without: parts.map(state),
    rest: value,
    ...(printed ? { printed: state(printed) } : {}),
  };
}

function names({ phrase }: Operand, { leaf }: Spot, { vocabulary }: Situation): boolean {
  return phrase.pieces.some((p) => vocabulary.names.get(p.text)?.some(({ key }) => key === leaf.key));
}

function isBareOrSoft({ phrase }: Operand): boolean {
  return phrase.pieces.every((p) => p.isSoft || p.text === '');
}

/** 「群众打电话来的，企业不算」「不是电话，归为其他的」: what is left out is no part of what is named, so nothing has to be taken off. */
function besides(of: Operand, without: readonly Operand[], situation: Situation): Spot | undefined {
  const found = isBare(of) ? undefined : resolveOperand(of, situation);
  const [spot, ...others] = found ? spotsOf(found) : [];
  if (!spot || others.length > 0) return undefined;
  const isApart = without.every((operand) => {
    const [left] = matchSpots(operand.phrase, situation.index, situation.vocabulary, spot);
    if (left?.spot.table !== spot.table) return false;
    const isOtherRow = left.namesRow && left.spot.row !== spot.row && !left.spot.isTotalRow && !spot.isTotalRow;
    const isOtherColumn = left.namesMeasure && left.spot.row === spot.row && left.spot.leaf !== spot.leaf;
    const isInOther = contains(left.spot, spot, situation) || contains(spot, left.spot, situation);
    return (isOtherRow || isOtherColumn) && !isInOther;
  });
  return isApart ? spot : undefined;
}

function contains(whole: Spot, part: Spot, situation: Situation): boolean {
  return wholesOf(part, situation).some((w) => w.whole === whole);
}

function complement(rate: Spot): Result {
  const under = expressionOf(rate) as Expression;
  return {
    op: 'complement',
    stated: state(rate),
    rest: computed({ op: 'difference', left: { op: 'constant', value: 100 }, right: under }, PERCENT),
  };
}

/** 「30秒内没接起来的」: the one rate that is named, if nothing but it is. */
function rateOf(operand: Operand, situation: Situation): Spot | undefined {
  const found = resolveOperand(operand, situation);
  const [spot] = found.kind === 'spots' && found.spots.length === 1 ? found.spots : [];
  return spot?.unitKind === 'rate' ? spot : undefined;
}

/** What is left may be printed under its own name: without 企业诉求, 群众诉求. */
function printedRest(whole: Spot, parts: readonly Spot[], value: Computed, situation: Situation): Spot | undefined {
  return situation.index.spots.find(
    (s) =>
      s.source.kind === 'cell' &&
      !parts.includes(s) &&
      wholesOf(s, situation).some((w) => w.whole === whole) &&
      membersOf(whole, situation).length === parts.length + 1 &&
      state(s).computed?.value.low.equals(value.value.low),
  );
}
