/** Means: per day and month of the year, per counted thing of the same table, per named figure. */
import type Fraction from '../../report/fraction';
import type { UnitKind } from '../lexicon/lexicon';
import { type Ask, NOTHING_SAID, type Operand, type Stretch } from '../parse/query';
import { isPartOf } from '../resolve/containment';
import type { Found } from '../resolve/find-spots';
import { matchSpots } from '../resolve/match-spots';
import { isBare, resolveOperand } from '../resolve/resolve-operands';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import type { Expression } from './expression';
import { isZero, notComparable, spotsOf, unresolved, valueIn } from './operands';
import type { Computed, Result } from './result';
import { computed, numberOf, state } from './state';
import { compareSpots } from './two-sided';

export function mean(
  { of, per, perUnit, perKind, perGroup, instead, said: numbers = [] }: Extract<Ask, { op: 'mean' }>,
  situation: Situation,
): Result {
  const found = resolveOperand(of, situation);
  if (typeof per === 'string') {
    const open = unresolved(found, situation);
    if (open) return open;
    const [spot] = spotsOf(found) as [Spot];
    const over = valueIn(spot, situation);
    if (!over || !['things', 'people', 'money'].includes(spot.unitKind)) return notComparable([spot]);
    const year = spot.report.year - (situation.isBefore ? 1 : 0);
    const { times, parts } = STRETCHES[per](daysIn(year));
    const expression: Expression = {
      op: 'mean',
      of: times === 1 ? over : { op: 'scaled', of: over, factor: times },
      per: { op: 'constant', value: parts },
    };
    return {
      op: 'mean',
      of: state(spot),
      per,
      mean: computed(expression, { unit: spot.measureUnit, isPercent: false, decimals: 2 }),
    };
  }
  const byNumber = headsSaid(per, numbers, found, situation);
  if (byNumber) return byNumber;
  for (const operand of [of, per]) {
    if (operand.phrase.unknown.length > 0)
      return { op: 'gap', gap: { reason: 'unknownWords', words: operand.phrase.unknown } };
  }
  // 「每通平均讲多久」: the report prints that mean itself.
  const own = spotsOf(found);
  if (isBare(per) && own.length > 0 && own.every((s) => s.unitKind === 'time' && s.leaf === own[0]?.leaf))
    return { op: 'figures', stated: own.map(state), aspect: 'value', isDefault: false, alternatives: [] };
  // 「每十万人摊到几个」: so is that.
  const [only, ...more] = own;
  if (isBare(per) && only?.measureUnit === '' && more.length === 0)
    return { op: 'figures', stated: [state(only)], aspect: 'value', isDefault: false, alternatives: [] };
  // 「一笔成交多少钱」: what follows the counting word may be what is divided.
  const { pairs, per: divisor } = pairsOf([{ of, per }, ...instead], { perUnit, perKind, perGroup }, situation);
  const [best] = pairs;
  if (!best) return unresolved(found, situation) ?? notComparable(spotsOf(found));
  // 「每期收几件」: of what fits as well, what contains the others is meant. 「每名接听员」 of two rows is asked back.
  const tied = pairs.filter((p) => p.cost <= best.cost + AS_GOOD);
  const fitting = withoutParts([...new Set(tied.map((p) => p.over))], situation);
  // 「一条信息被查了几次」: of two counts of use that of what is divided by.
  const words = divisor.phrase.pieces.flatMap((p) => (p.isSoft || p.text === '' ? [] : [p.text]));
  const said = words.join('');
  const alike = fitting.filter((s) => words.some((word) => s.leaf.key.includes(word)));
  const overs = alike.length === 1 ? alike : fitting;
  const { over } = tied.find((p) => overs.includes(p.over)) as Pair;
  if (overs.length > 1) return { op: 'clarify', spots: overs, tables: [] };
  const all = [...new Set(tied.filter((p) => p.over === over).map((p) => p.under))];
  // 「一条政策」: what is counted is the head of its label, 惠企政策 and not 政策兑现事项.
  const heads = all.filter((s) => said !== '' && s.leaf.key.endsWith(said));
  const unders = heads.length === 1 ? heads : all;
  if (unders.length > 1) return { op: 'clarify', spots: unders, tables: [] };
  const under = unders[0] as Spot;
  const spot = ofTheSame(over, under, situation);
  // 「4位接听员，一人几件」 of others than those found.
  const isMeant = numbers.every((number) =>
    [spot, under].some((one) => state(one).computed?.value.low.equals(number) === true),
  );
  return isMeant ? meanOf(spot, under, situation) : notComparable([spot, under]);
}

/** 「接听员解答的，按全市260人算」: so many of those who did it, named by their number alone. */
function headsSaid(per: Operand, numbers: readonly Fraction[], found: Found, situation: Situation): Result | undefined {
  const [number, ...more] = numbers;
  const [over, ...others] = spotsOf(found);
  const { pieces, unit, unknown } = per.phrase;
  const isByNumber = unit === 'people' && unknown.length === 0 && pieces.every((p) => p.isSoft || p.text === '');
  if (!isByNumber || !number || more.length > 0 || !over || others.length > 0) return undefined;
  const counted = situation.index.spots.filter(
    (s) => s.source.kind === 'cell' && s.unitKind === 'people' && numberOf(s)?.value.equals(number) === true,
  );
  const same = counted.filter((s) => s.leaf.key === over.leaf.key);
  const [only, ...rivals] = same.length > 0 ? same : counted;
  return only && rivals.length === 0 ? meanOf(over, only, situation) : undefined;
}

export function meanOf(spot: Spot, under: Spot, situation: Situation): Result {
  // 「电话诉求除以互联网诉求」: of what is counted alike so many times, and not so many 件.
  if (spot.measureUnit === under.measureUnit)
    return compareSpots({ op: 'times', left: NOTHING_SAID, right: NOTHING_SAID }, spot, under, situation);
  const [value, printed] = [valueIn(spot, situation), valueIn(under, situation)];
  if (!value || !printed || isZero(printed)) return notComparable([spot, under]);
  // So much for each of 1.25 万次 is for each 次.
  const scale = numberOf(under)?.scale ?? 1;
  const divisor: Expression = scale === 1 ? printed : { op: 'scaled', of: printed, factor: scale };
  return { op: 'mean', of: state(spot), per: state(under), mean: readable(spot, value, divisor) };
}

interface Pair {
  over: Spot;
  under: Spot;
  cost: number;
}

const AS_GOOD = 0.05;

function withoutParts(spots: readonly Spot[], situation: Situation): Spot[] {
  return spots.filter((part) => !spots.some((whole) => whole !== part && isPartOf(part, whole, situation)));
}

/** What a year's count is multiplied by, and divided by, for a stretch of it: 7 ÷ 366 for a week. */
const STRETCHES: Record<Stretch, (days: number) => { times: number; parts: number }> = {
  day: (days) => ({ times: 1, parts: days }),
  week: (days) => ({ times: 7, parts: days }),
  month: () => ({ times: 1, parts: 12 }),
  hour: (days) => ({ times: 1, parts: days * 24 }),
  minute: (days) => ({ times: 1, parts: days * 24 * 60 }),
};

/** Of two that fit as well, the headline table's is meant. */
const HEADLINE = -0.4;

/** 在线解答 over the number of 民声接听员 is what these answered, not all that was answered. */
function ofTheSame(over: Spot, under: Spot, { index }: Situation): Spot {
  const { source } = over;
  if (source.kind !== 'sum') return over;
  return (
    source.cells
      .map((cell) => index.spotById.get(cell.id))
      .find((s) => s !== undefined && s.leaf.key === under.leaf.key) ?? over
  );
}

/** 0.18 万元 a deal is better said in 元. */
function readable(spot: Spot, of: Expression, per: Expression): Computed {
  const mean = computed({ op: 'mean', of, per }, { unit: spot.measureUnit, isPercent: false, decimals: 2 });
  const figure = numberOf(spot);
  if (!figure || figure.scale === 1 || mean.value.low.compare(1) >= 0) return mean;
  const scaled: Expression = { op: 'scaled', of, factor: figure.scale };
  return computed({ op: 'mean', of: scaled, per }, { unit: figure.baseUnit, isPercent: false, decimals: 2 });
}

/** The counting word of what is divided by. */
interface CountedIn {
  perUnit: string | undefined;
  perKind: UnitKind | undefined;
  perGroup: string | undefined;
}

/** Of the first reading that fits something. */
function pairsOf(
  readings: readonly { of: Operand; per: Operand }[],
  counted: CountedIn,
  situation: Situation,
): { pairs: Pair[]; per: Operand } {
  for (const { of, per } of readings) {
    const pairs = meanPairs(of, per, counted, situation);
    if (pairs.length > 0) return { pairs, per };
  }
  return { pairs: [], per: NOTHING_SAID };
}

/**
 * What is divided with what it is divided by: named (每名接听员), or the one measure of the same table row that is counted
 * in the word said (每笔 → 累计达成交易（笔）).
 */
function meanPairs(of: Operand, per: Operand, { perUnit, perKind, perGroup }: CountedIn, situation: Situation): Pair[] {
  const { index, vocabulary, focus } = situation;
  const { trail, list } = situation;
  // 「平均一笔」 after 成交额 and 几笔: what was counted so can't be divided by itself, so what was talked about before is.
  const talkedAbout = [...focus, ...[...trail].reverse(), ...list];
  // 「一笔多少钱」 after 几笔: what is measured so beside it.
  const near = focus[0] ?? (isBare(per) ? undefined : matchSpots(per.phrase, index, vocabulary)[0]?.spot);
  const inRow = index.spots.filter((s) => near && s.table === near.table && s.row === near.row);
  const isAsked = ({ measureUnit, unitKind }: Spot) =>
    !of.phrase.unitText ||
    measureUnit.endsWith(of.phrase.unitText) ||
    (unitKind === of.phrase.unit && unitKind !== 'things');
  const inGroup = inRow.filter((s) => near && isBeside(s, near) && isAsked(s));
  // 「平均每期收多少件」 after 上线人数: what is counted so in its row, though in no group with it.
  const beside = inGroup.length > 0 ? inGroup : inRow;
  const overs = isBare(of)
    ? [...new Set([...talkedAbout, ...(of.phrase.unit ? beside : [])])]
        .filter(isAsked)
        .map((spot, i) => ({ spot, cost: i * 0.1 }))
    : matchSpots(of.phrase, index, vocabulary, focus[0])
        .filter(
          (c) =>
            (c.namesMeasure || (of.phrase.unit !== undefined && isAsked(c.spot))) &&
            of.phrase.pieces.some((p) => !p.isSoft || focus.length > 0),
        )
        .slice(0, 24);
  // What has no unit is no count, but so many for each of something by itself.
  const counted = (spot: Spot) => spot.measureUnit !== '' && !['rate', 'word', 'time'].includes(spot.unitKind);
  const named = ({ spot, cost }: { spot: Spot; cost: number }) => cost + (spot.table.isHeadline ? HEADLINE : 0);
  const best = Math.min(...overs.map(named));
  const isHeadlineMeant = overs.some((o) => o.spot.table.isHeadline && named(o) === best);
  return overs
    .filter(({ spot }) => counted(spot))
    .flatMap(({ spot: over, cost }) => {
      // 「接听员人均解答几件」 is meant of no other table than the one that it names best.
      const isMeant = named({ spot: over, cost }) <= best + AS_GOOD;
      // Nor is 「诉求总量除以接听员人数」 of another than the headline, though people are counted beside it.
      if (!isMeant && isHeadlineMeant && !isBare(per) && !perUnit) return [];
      const beside = index.spots.filter((s) => s.table === over.table && s.row === over.row);
      const exact = beside.filter(
        (s) => s.measureUnit === perUnit || (perKind === 'people' && isMeant && isHeadOf(s, over)),
      );
      // 「一单多少钱」 of 笔; 「平均一家几笔」 of 机构, which the report counts in 个.
      const others = beside.filter((s) => s !== over && s.unitKind === perKind && isBeside(s, over));
      const [alike, inAny] = [perGroup, undefined].map((group) => others.filter((s) => s.unitGroup === group));
      // 「平均一人管几条」 after how many 专员 there are.
      const talkedOf = beside.filter(
        (s) => s === focus[0] && perKind === 'people' && s.unitKind === perKind && s !== over,
      );
      const fitting = [exact, talkedOf, ...(perKind === 'things' ? [alike, inAny] : [])].find(
        (some) => some && some.length > 0,
      );
      const unders = isBare(per)
        ? (fitting ?? []).map((spot) => ({ spot, cost: 0 }))
        : [
            ...matchSpots(per.phrase, index, vocabulary).slice(0, 4),
            ...matchSpots(per.phrase, index, vocabulary, over).slice(0, 12),
          ].filter(
            ({ spot, namesMeasure }) =>
              (!perUnit && namesMeasure) ||
              spot.measureUnit === perUnit ||
              (perKind === 'people' ? spot.unitKind === 'people' : spot.unitGroup === undefined),
          );
      const isExact = ({ spot }: { spot: Spot }) => spot.measureUnit === perUnit && spot !== over;
      // 「诉求平均到每个接听员」: by those who are named, and not by the 诉求 that they answered.
      const isOther = ({ spot }: { spot: Spot }) => spot.measureUnit !== over.measureUnit;
      const counting = [isExact, isOther].find((is) => unders.some(is));
      return (
        (counting ? unders.filter(counting) : unders)
          // 「每条信息」 of one service is no 条 of another.
          .filter(({ spot }) => spot.table === over.table || perKind !== 'things')
          .filter(({ spot }) => counted(spot) && spot !== over && spot.unitKind !== 'money')
          .map(({ spot: under, cost: c }) => ({ over, under, cost: named({ spot: over, cost }) + c }))
      );
    })
    .sort((a, b) => a.cost - b.cost);
}

/** In the same row, and in the same group of columns where there are groups. */
function isBeside(a: Spot, b: Spot): boolean {
  return a.table === b.table && a.row === b.row && a.groups[0] === b.groups[0];
}

/** How many they are that answered: 「一人几件」. */
function isHeadOf({ unitKind, leaf }: Spot, over: Spot): boolean {
  return unitKind === 'people' && leaf.key === over.leaf.key;
}

export function daysIn(year: number): number {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365;
}
