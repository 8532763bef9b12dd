/** What is left of a whole without some of its parts, and of 100% without a rate. */
import type { Ask, Operand } from '../parse/query';
import { membersOf, wholesOf } from '../resolve/containment';
import { matchSpots } from '../resolve/match-spots';
import { isBare, resolveOperand, type Situation } from '../resolve/resolve-operands';
import type { Spot } from '../vocabulary/spots';
import type { Expression } from './expression';
import { notComparable, PERCENT, spotsOf, valueIn } from './operands';
import type { Computed, Result } from './result';
import { computed, expressionOf, state, unitOf } from './state';
import { overlaps } from './sum';

/** ⟨whole⟩ without ⟨parts⟩: only where the table says that it contains them. */
export function rest({ of, without }: Extract<Ask, { op: 'rest' }>, situation: Situation): Result {
  for (const operand of [of, ...without]) {
    if (operand.phrase.unknown.length > 0)
      return { op: 'gap', gap: { reason: 'unknownWords', words: operand.phrase.unknown } };
  }
  const rate =
    without.length === 1 && of.phrase.pieces.every((p) => p.isSoft || p.text === '')
      ? rateOf(without[0] as Operand, situation)
      : undefined;
  if (rate) return complement(rate);
  const pairs = restPairs(of, without, situation);
  const [best] = pairs;
  const apart = best ? undefined : besides(of, without, situation);
  if (apart)
    return { op: 'figures', stated: [state(apart)], aspect: 'value', isDefault: false, alternatives: [] };
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

/** 「群众打电话来的，企业不算」: what is left out is no part of what is named, so nothing has to be taken off. */
function besides(of: Operand, without: readonly Operand[], situation: Situation): Spot | undefined {
  const found = isBare(of) ? undefined : resolveOperand(of, situation);
  const [spot, ...others] = found ? spotsOf(found) : [];
  if (!spot?.row || others.length > 0 || spot.isTotalRow) return undefined;
  const isOtherRow = without.every((operand) => {
    const [left] = matchSpots(operand.phrase, situation.index, situation.vocabulary, spot);
    return left && left.spot.table === spot.table && left.namesRow && left.spot.row !== spot.row && !left.spot.isTotalRow;
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

/** A whole with a part for each thing left out, all parts declared; what a part leaves out, its whole fills in. */
function restPairs(
  of: Operand,
  without: readonly Operand[],
  situation: Situation,
): { whole: Spot; parts: Spot[]; cost: number }[] {
  const { index, vocabulary, focus } = situation;
  const named = isBare(of) ? undefined : matchSpots(of.phrase, index, vocabulary, focus[0]).slice(0, 16);
  const wholes = named ?? [...focus.map((spot) => ({ spot, cost: 0 })), ...topWholes(without, situation)];
  return wholes
    .flatMap(({ spot: whole, cost }) => {
      const parts = without.map((operand) =>
        matchSpots(operand.phrase, index, vocabulary, whole).find((c) =>
          wholesOf(c.spot, situation).some((w) => w.whole === whole),
        ),
      );
      if (parts.some((p) => !p)) return [];
      const all = parts as { spot: Spot; cost: number }[];
      const total = all.reduce((sum, p) => sum + p.cost, cost) + (whole.table.isHeadline ? -0.4 : 0);
      return [{ whole, parts: all.map((p) => p.spot), cost: total }];
    })
    .sort((a, b) => a.cost - b.cost);
}

function topWholes(without: readonly Operand[], situation: Situation): { spot: Spot; cost: number }[] {
  const [first] = without;
  if (!first) return [];
  const parts = matchSpots(first.phrase, situation.index, situation.vocabulary).slice(0, 8);
  return parts.flatMap(({ spot, cost }) => wholesOf(spot, situation).map((w) => ({ spot: w.whole, cost })));
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
