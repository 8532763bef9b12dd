/** Means: per day and month of the year, per counted thing of the same table, per named figure. */
import type { UnitKind } from '../lexicon/lexicon';
import type { Ask, Operand } from '../parse/query';
import { matchSpots } from '../resolve/match-spots';
import { isBare, resolveOperand, type Situation } from '../resolve/resolve-operands';
import type { Spot } from '../vocabulary/spots';
import type { Expression } from './expression';
import { isZero, notComparable, spotsOf, unresolved, valueIn } from './operands';
import type { Result } from './result';
import { computed, state } from './state';

export function mean(
  { of, per, perUnit, perKind, otherwise }: Extract<Ask, { op: 'mean' }>,
  situation: Situation,
): Result {
  const found = resolveOperand(of, situation);
  if (per === 'day' || per === 'month') {
    const open = unresolved(found, situation);
    if (open) return open;
    const [spot] = spotsOf(found) as [Spot];
    const over = valueIn(spot, situation);
    if (!over || !['things', 'people', 'money'].includes(spot.unitKind)) return notComparable([spot]);
    const year = spot.report.year - (situation.isBefore ? 1 : 0);
    const under: Expression = { op: 'constant', value: per === 'day' ? daysIn(year) : 12 };
    return {
      op: 'mean',
      of: state(spot),
      per,
      mean: computed({ op: 'mean', of: over, per: under }, { unit: spot.measureUnit, isPercent: false, decimals: 2 }),
    };
  }
  for (const operand of [of, per]) {
    if (operand.phrase.unknown.length > 0)
      return { op: 'gap', gap: { reason: 'unknownWords', words: operand.phrase.unknown } };
  }
  const named = meanPairs(of, per, { perUnit, perKind }, situation);
  // 「一笔成交多少钱」: what follows the counting word may be what is divided.
  // 「每通平均讲多久」: the report prints that mean itself.
  const own = spotsOf(found);
  if (own.length === 1 && own[0]?.unitKind === 'time')
    return { op: 'figures', stated: own.map(state), aspect: 'value', isDefault: false, alternatives: [] };
  const pairs = named.length > 0 || !otherwise ? named : meanPairs(otherwise, BARE, { perUnit, perKind }, situation);
  const [best, rival] = pairs;
  if (!best) return unresolved(found, situation) ?? notComparable(spotsOf(found));
  if (rival && rival.cost <= best.cost + 0.05 && rival.over.table !== best.over.table)
    return { op: 'clarify', spots: [...new Set([best.over, rival.over])], tables: [] };
  const over = valueIn(best.over, situation);
  const under = valueIn(best.under, situation);
  if (!over || !under || isZero(under)) return notComparable([best.over, best.under]);
  return {
    op: 'mean',
    of: state(best.over),
    per: state(best.under),
    mean: computed(
      { op: 'mean', of: over, per: under },
      { unit: best.over.measureUnit, isPercent: false, decimals: 2 },
    ),
  };
}

const BARE: Operand = { phrase: { pieces: [], unknown: [] }, aspect: 'value', said: '' };

/**
 * What is divided with what it is divided by: named (每名接听员), or the one measure of the same table row that is counted
 * in the word said (每笔 → 累计达成交易（笔）).
 */
function meanPairs(
  of: Operand,
  per: Operand,
  { perUnit, perKind }: { perUnit: string | undefined; perKind: UnitKind | undefined },
  situation: Situation,
): { over: Spot; under: Spot; cost: number }[] {
  const { index, vocabulary, focus } = situation;
  const overs = isBare(of)
    ? spotsOf(resolveOperand(of, situation)).map((spot) => ({ spot, cost: 0 }))
    : matchSpots(of.phrase, index, vocabulary, focus[0])
        .filter(
          (c) =>
            (c.namesMeasure || of.phrase.unit !== undefined) &&
            of.phrase.pieces.some((p) => !p.isSoft || focus.length > 0),
        )
        .slice(0, 24);
  const counted = (spot: Spot) => !['rate', 'word', 'time'].includes(spot.unitKind);
  return overs
    .filter(({ spot }) => counted(spot))
    .flatMap(({ spot: over, cost }) => {
      const unders = isBare(per)
        ? index.spots
            .filter((s) => s.measureUnit === perUnit && s.table === over.table && s.row === over.row)
            .map((spot) => ({ spot, cost: 0 }))
        : matchSpots(per.phrase, index, vocabulary, over)
            .slice(0, 12)
            .filter(
              ({ spot }) =>
                !perUnit || spot.measureUnit === perUnit || (perKind === 'people' && spot.unitKind === 'people'),
            );
      return unders
        .filter(({ spot }) => counted(spot) && spot !== over)
        .map(({ spot: under, cost: c }) => ({ over, under, cost: cost + c }));
    })
    .sort((a, b) => a.cost - b.cost);
}

function daysIn(year: number): number {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365;
}
