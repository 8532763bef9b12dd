/** What is left of a whole without some of its parts, and of 100% without a rate. */
import type { Ask, Operand } from '../parse/query';
import { membersOf, wholesOf } from '../resolve/containment';
import { matchSpots } from '../resolve/match-spots';
import { isBare, resolveOperand, type Situation } from '../resolve/resolve-operands';
import { overlaps, restPairs } from '../resolve/rest-spot';
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
  const rate = without.length === 1 && isBareOrSoft(of) ? rateOf(without[0] as Operand, situation) : undefined;
  if (rate) return complement(rate);
  const pairs = restPairs(of, without, situation);
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
    return joined ? complement(joined) : notComparable(spotsOf(resolveOperand(of, situation)).slice(0, 2));
  }
  const rivals = pairs.filter((p) => p.cost <= best.cost + 0.05 && p.whole !== best.whole);
  if (rivals.length > 0)
    return { op: 'clarify', spots: [...new Set([best.whole, ...rivals.map((r) => r.whole)])], tables: [] };
  const over = valueIn(best.whole, situation);
  const minus = best.parts.map((part) => valueIn(part, situation));
  if (!over || minus.some((m) => !m) || overlaps(best.parts, situation))
    return notComparable([best.whole, ...best.parts]);
  const expression = (minus as Expression[]).reduce<Expression>(
    (left, right) => ({ op: 'difference', left, right }),
    over,
  );
  const value = computed(expression, unitOf(best.whole));
  const printed = printedRest(best.whole, best.parts, value, situation);
  return {
    op: 'rest',
    whole: state(best.whole),
    without: best.parts.map(state),
    rest: value,
    ...(printed ? { printed: state(printed) } : {}),
  };
}

function isBareOrSoft({ phrase }: Operand): boolean {
  return phrase.pieces.every((p) => p.isSoft || p.text === '');
}

/** 「群众打电话来的，企业不算」: what is left out is no part of what is named, so nothing has to be taken off. */
function besides(of: Operand, without: readonly Operand[], situation: Situation): Spot | undefined {
  const found = isBare(of) ? undefined : resolveOperand(of, situation);
  const [spot, ...others] = found ? spotsOf(found) : [];
  if (!spot?.row || others.length > 0 || spot.isTotalRow) return undefined;
  const isOtherRow = without.every((operand) => {
    const [left] = matchSpots(operand.phrase, situation.index, situation.vocabulary, spot);
    return (
      left && left.spot.table === spot.table && left.namesRow && left.spot.row !== spot.row && !left.spot.isTotalRow
    );
  });
  return isOtherRow ? spot : undefined;
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
