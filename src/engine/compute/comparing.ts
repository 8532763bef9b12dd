/** Which of several: ranks, extremes, and all that satisfy a condition. */

import type { UnitKind } from '../lexicon/lexicon';
import { type Ask, NOTHING_SAID, type Operand } from '../parse/query';
import { membersOf, wholesOf } from '../resolve/containment';
import { type Found, measuresLike } from '../resolve/find-spots';
import { matchSpots } from '../resolve/match-spots';
import { countedSo, isBare, isSingle, resolveOperand, resolveTogether } from '../resolve/resolve-operands';
import type { Situation } from '../resolve/situation';
import type { Node, Spot } from '../vocabulary/spots';
import { fits, setOf, withoutWholes } from './compared-set';
import { isZero, notComparable, PERCENT, spotsOf, stands, unresolved, valueIn } from './operands';
import type { Result } from './result';
import { computed, expressionOf, inBaseUnit, isAlike, numberOf, state } from './state';
import { compareSpots } from './two-sided';

/** 「哪个部门办得最多」 finds no department among 群众诉求 and 企业诉求: then what they are is only offered. */
export function rank(asked: Extract<Ask, { op: 'rank' }>, situation: Situation): Result {
  // 「哪个高」 after the share of the one and of the other.
  const isOfShares = situation.isOfShares && asked.by === 'value' && !asked.measure;
  const ask = isOfShares && asked.among.every(isBare) ? { ...asked, by: 'share' as const } : asked;
  if (ask.asksPlace) return placeOf(ask, situation);
  // 「尚贤、政风热线哪个收的诉求多」: what is said behind is said of each, and is none of them.
  const each = ask.ofEach && rankOf({ ...ask, among: ask.ofEach }, situation);
  const ranked = each?.op === 'rank' ? each : rankOf(ask, situation);
  const result = ask.claimed ? withClaimed(ask, ask.claimed, ranked, situation) : ranked;
  const { kind } = ask;
  // 「咨询类和非咨询类哪个时长短」 says already which two.
  if (result.op !== 'rank' || kind === undefined || ask.among.length > 1) return result;
  const spots = result.ranked.map((s) => s.spot);
  return areOfKind(spots, kind, situation)
    ? result
    : { op: 'gap', gap: { reason: 'noSuch', said: kind, nearby: [] }, instead: result };
}

/** 「党群组织排第几」: in what is named, or listed, or else among those beside it in its group or its whole. */
function placeOf({ among, claimed, by }: Extract<Ask, { op: 'rank' }>, situation: Situation, least = 3): Result {
  const measure = by === 'share' ? 'value' : by;
  const named = claimed ? setOf(among, measure, situation) : situation.list;
  if (!Array.isArray(named)) return named;
  const operand = (claimed ?? among[0]) as Operand;
  const inNamed = bestIn(named, operand, situation);
  const found = inNamed.kind === 'spots' ? inNamed : resolveOperand(operand, situation);
  const open = unresolved(found, situation);
  const [spot] = spotsOf(found);
  if (open || !spot) return open ?? notComparable([]);
  const others = measuresLike(spot, (s) => s !== spot && s.source.kind === 'cell', situation).map((c) => c.spot);
  // 警单's 满意率 is one of the 满意率; what is counted is one of those beside it.
  const isMeasure = spot.unitKind === 'rate' || spot.unitKind === 'time';
  const near = [...groupsOf(spot, situation), ...calledSo(operand, situation)];
  const sets = [named, ...(isMeasure ? near.toReversed() : near), [spot, ...others]];
  const isAble = (s: Spot) => (measure === 'change' ? fits(s, undefined) : expressionOf(s) !== undefined);
  const able = sets
    .filter((all) => all.length >= least && all.includes(spot))
    .map((all) => all.filter(isAble))
    .find((all) => all.includes(spot) && all.every((s) => measure === 'change' || isAlike(s, spot)));
  if (!able) return notComparable([spot]);
  const key = measure === 'change' ? signed : amount;
  const ranked = able.map(state).sort((a, b) => key(b.spot).compare(key(a.spot)));
  const nth = 1 + ranked.filter((s) => key(s.spot).compare(key(spot)) > 0).length;
  const there = ranked.findIndex((s) => s.spot === spot);
  // Of equals the one that was asked for stands first.
  ranked.splice(nth - 1, 0, ...ranked.splice(there, 1));
  return { op: 'rank', ranked, by: measure, extreme: 'most', count: ranked.length, nth };
}

/** 「警单的满意率最高吧」 */
function firstOfItsKind(ask: Extract<Ask, { op: 'rank' }>, one: Operand, situation: Situation): Result {
  const { claimed: _, ...alone } = { ...ask, among: [one] };
  const placed = placeOf(alone, situation, 2);
  if (placed.op !== 'rank') return placed;
  const { nth = 0, ...result } = placed;
  const ranked = ask.extreme === 'most' ? result.ranked : result.ranked.toReversed();
  const holds = nth === (ask.extreme === 'most' ? 1 : ranked.length);
  return { ...result, ranked, extreme: ask.extreme, count: 1, holds };
}

/** The one of the set that the words name. */
function bestIn(set: readonly Spot[], { phrase }: Operand, { index, vocabulary }: Situation): Found {
  if (phrase.unknown.length > 0) return { kind: 'gap', gap: { reason: 'unknownWords', words: phrase.unknown } };
  const [best] = set
    .flatMap((spot) => matchSpots(phrase, index, vocabulary, spot).filter((c) => c.spot === spot))
    .sort((a, b) => a.cost - b.cost);
  return best
    ? { kind: 'spots', spots: [best.spot], candidates: [best], isDefault: false }
    : { kind: 'gap', gap: { reason: 'nothingNamed' } };
}

/** 「警单的满意率」: all that are called 满意率, wherever they stand. */
function calledSo({ phrase, ...operand }: Operand, situation: Situation): Spot[][] {
  const names = phrase.pieces.filter((p) => p.text !== '');
  if (names.length < 2 || names.length > NAMES_AT_MOST) return [];
  return names.map((left) => {
    const pieces = phrase.pieces.map((p) => (p === left ? { text: '', isSoft: true } : p));
    return spotsOf(resolveOperand({ ...operand, phrase: { ...phrase, pieces } }, { ...situation, focus: [] }));
  });
}

const NAMES_AT_MOST = 6;

/** Its group of columns, the rows of its column, and what its wholes are made of. */
function groupsOf(spot: Spot, situation: Situation): Spot[][] {
  const inTable = situation.index.spots.filter((s) => s.table === spot.table && s.source.kind === 'cell');
  const group = spot.groups[0];
  return [
    inTable.filter((s) => group !== undefined && s.row === spot.row && s.groups[0] === group),
    ...wholesOf(spot, situation).map((w) => membersOf(w.whole, situation)),
    inTable.filter((s) => s.row !== undefined && !s.isTotalRow && s.leaf === spot.leaf),
  ];
}

/** Is the one that was said to be first the first: of what was named or talked about, or of its own kind? */
function withClaimed(ask: Extract<Ask, { op: 'rank' }>, one: Operand, ranked: Result, situation: Situation): Result {
  if (one.phrase.unknown.length > 0)
    return { op: 'gap', gap: { reason: 'unknownWords', words: one.phrase.unknown }, instead: ranked };
  const spots = ranked.op === 'rank' ? ranked.ranked.map((s) => s.spot) : [];
  const [claimed] = spotsOf(bestIn(spots, one, situation));
  if (ranked.op === 'rank' && claimed && spots.length > 1) return { ...ranked, holds: claimed === spots[0] };
  const first = firstOfItsKind(ask, one, situation);
  return first.op === 'rank' || ranked.op !== 'rank'
    ? first
    : { op: 'gap', gap: { reason: 'notComparable', spots: [] }, instead: ranked };
}

/** What tells them apart bears the name, or what they stand under: 电话 and 互联网 are each a 来源. */
function areOfKind(spots: readonly Spot[], kind: string, { vocabulary }: Situation): boolean {
  const keys = new Set(vocabulary.names.get(kind)?.map(({ key }) => key));
  const [first] = spots;
  // The only one of its kind that has fallen has none to differ from.
  const differ = (node: (spot: Spot) => Node | undefined) =>
    spots.length === 1 || spots.some((s) => node(s) !== (first && node(first)));
  const axes: ((spot: Spot) => (Node | undefined)[])[] = [
    ...(differ((s) => s.leaf) ? [(s: Spot) => [...s.groups, s.leaf]] : []),
    ...(differ((s) => s.row) ? [(s: Spot) => [s.row]] : []),
    ...(differ((s) => s.tableNode) ? [(s: Spot) => [s.part, s.tableNode]] : []),
  ];
  // 「哪类诉求办得快」: 咨询类 and 非咨询类 are what the head of their column says.
  const isHeaded =
    spots.length > 1 &&
    differ((s) => s.row) &&
    spots.every((s) => s.row && !s.isTotalRow && s.table.rowHeader.includes(kind));
  return (
    isHeaded || spots.every((spot) => axes.some((nodes) => nodes(spot).some((node) => node && keys.has(node.key))))
  );
}

function rankOf(
  {
    joint,
    among,
    by,
    extreme,
    count,
    direction,
    measure,
    nth,
    isClaim,
    bySize,
    inTable,
    many,
    without = [],
  }: Extract<Ask, { op: 'rank' }>,
  situation: Situation,
): Result {
  const named = setOf(among, by === 'share' ? 'value' : by, situation, { joint, inTable, many });
  // 「办得最快的是哪类」
  const times = measure === 'time' && !Array.isArray(named) && among.every(isBare) ? timesInRows(situation) : [];
  // 「跌得最多的呢」 after those that have risen most: of all that have fallen, in their table or in the report.
  const isOther =
    by === 'change' &&
    direction &&
    among.every(isBare) &&
    Array.isArray(named) &&
    !named.some((s) => fits(s, direction));
  const found = times.length > 0 ? times : isOther ? inTableOrReport(named, situation) : named;
  if (!Array.isArray(found)) return found;
  const unknown = without.flatMap((o) => o.phrase.unknown);
  if (unknown.length > 0) return { op: 'gap', gap: { reason: 'unknownWords', words: unknown } };
  const { index, vocabulary } = situation;
  const leftOut = new Set(without.flatMap(({ phrase }) => matchSpots(phrase, index, vocabulary).map((c) => c.spot)));
  const all = found.filter((spot) => !leftOut.has(spot));
  if (without.length > 0 && all.length === found.length) return notComparable(found);
  if (by === 'share') {
    const result = rankShares(all, { extreme, count }, situation);
    return isClaim && result.op === 'rank' ? { ...result, holds: result.ranked[0]?.spot === all[0] } : result;
  }
  const measured = measure ? measuredIn(all, measure, among.length, situation) : all;
  const namesNone = among.every(({ phrase }) => phrase.pieces.every((p) => p.isSoft || p.text === ''));
  const set = measure === 'time' && measured.length === 0 && namesNone ? timesInRows(situation) : measured;
  // 「网上诉求掉得谁更厉害，企业还是群众」: the total of the two isn't one of them.
  const apart = by === 'change' && among.length > 1 && set.length <= among.length ? withoutWholes(set, situation) : set;
  const comparable =
    by === 'change' ? apart.filter((s) => fits(s, direction)) : sameKind(withoutWholes(set, situation));
  // The only one of several that has risen has risen most; the only one that is named hasn't.
  if (comparable.length < 2 && !(by === 'change' && comparable.length === 1 && apart.length > 1)) {
    return { op: 'gap', gap: { reason: 'notComparable', spots: all } };
  }
  const key = by === 'change' ? (direction || bySize ? magnitude : signed) : amount;
  const ranked = comparable.map(state).sort((a, b) => key(b.spot).compare(key(a.spot)));
  // 「降得最少」 among falls is the smallest fall; without a direction 「最少」 is the lowest end.
  if (extreme === 'least') ranked.reverse();
  const [claimed] = isClaim ? set : [];
  if (nth && nth > ranked.length) return { op: 'gap', gap: { reason: 'notComparable', spots: all } };
  return {
    op: 'rank',
    ...(claimed ? { holds: ranked[0]?.spot === claimed } : {}),
    ranked,
    by,
    extreme,
    count,
    ...(nth ? { nth } : {}),
    ...(bySize ? { bySize } : {}),
    ...(direction ? { direction } : {}),
  };
}

/** Of rows with several figures each, those that the word compares: 办得慢 times, 多 counts. */
function measuredIn(all: readonly Spot[], measure: UnitKind, named: number, situation: Situation): Spot[] {
  const measured = all.filter((s) => s.unitKind === measure);
  // 多 is said of rates and people too, and of rows that have several counts each.
  if (measure !== 'time') return measured.length === named && named > 1 ? measured : [...all];
  // 「哪类办得慢」 of two rows named by their counts: what each of them takes.
  return measured.length > 0
    ? measured
    : countedSo(all, { pieces: [], unknown: [], unit: measure, unitText: '' }, situation);
}

/** 「哪类诉求办得快」 names none: the one column of times that several rows have. */
function timesInRows({ index }: Situation): Spot[] {
  const times = index.spots.filter((s) => s.source.kind === 'cell' && s.unitKind === 'time');
  const leaves = [...new Set(times.map((s) => s.leaf))].filter(
    (leaf) => times.filter((s) => s.leaf === leaf).length > 1,
  );
  return leaves.length === 1 ? times.filter((s) => s.leaf === leaves[0]) : [];
}

/** 「企业件走部门的占比和群众件比，哪个高」: each figure's share of what its own row declares as its whole. */
function rankShares(
  spots: readonly Spot[],
  { extreme, count }: Pick<Extract<Ask, { op: 'rank' }>, 'extreme' | 'count'>,
  situation: Situation,
): Result {
  const shares = spots.flatMap((spot) => {
    const wholes = wholesOf(spot, situation);
    const whole = (wholes.find((w) => w.along === 'row') ?? wholes[0])?.whole;
    const [of, under] = [valueIn(spot, situation), whole && valueIn(whole, situation)];
    return of && under && !isZero(under) ? [{ spot, share: computed({ op: 'share', of, whole: under }, PERCENT) }] : [];
  });
  if (shares.length < 2 || shares.length < spots.length) return notComparable([...spots]);
  shares.sort((a, b) => b.share.value.low.compare(a.share.value.low));
  if (extreme === 'least') shares.reverse();
  return {
    op: 'rank',
    ranked: shares.map((s) => state(s.spot)),
    shares: shares.map((s) => s.share),
    by: 'value',
    extreme,
    count,
  };
}

/** 「最高和最低差多少」 */
export function spread({ among }: Extract<Ask, { op: 'spread' }>, situation: Situation): Result {
  const all = setOf(among, 'value', situation);
  if (!Array.isArray(all)) return all;
  const [lowest, ...others] = sameKind(withoutWholes(all, situation)).sort((a, b) => amount(a).compare(amount(b)));
  const highest = others[others.length - 1];
  if (!lowest || !highest) return { op: 'gap', gap: { reason: 'notComparable', spots: all } };
  return compareSpots({ op: 'difference', left: NOTHING_SAID }, highest, lowest, situation);
}

export function filter(
  { joint, among, by, direction, bound, inTable, claimed }: Extract<Ask, { op: 'filter' }>,
  situation: Situation,
): Result {
  const only = claimed?.of === 'only' ? singles(among, situation) : [];
  const [first] = only;
  if (claimed?.of === 'only' && !first) return notComparable([]);
  const spanned = first ? besides(first, situation) : setOf(among, by, situation, { joint, inTable });
  if (!Array.isArray(spanned)) return spanned;
  // 「两边谁在降」 of one figure: which two isn't known.
  if (spanned.length === 1 && !claimed && among.some((o) => o.refersTo === 'all' && !isBare(o)))
    return notComparable(spanned);
  const isOther = among.every(isBare) && !bound && !spanned.some((s) => fits(s, direction));
  const set = isOther ? inTableOrReport(spanned, situation) : spanned;
  const pool =
    by === 'change'
      ? set.filter((s) => numberOf(s)?.change)
      : set.filter((s) => numberOf(s)?.isPercent === bound?.isPercent);
  // Beside what else they are the only ones isn't known.
  if (first && (pool.length <= only.length || !only.every((s) => set.includes(s))))
    return { op: 'figures', stated: only.map(state), aspect: by, isDefault: false, alternatives: [] };
  const holds = (spot: Spot): boolean => {
    if (!fits(spot, direction) && by === 'change') return false;
    if (!bound) return true;
    const value = by === 'change' ? magnitude(spot) : amount(spot);
    return stands(value, bound.relation, bound.value);
  };
  const matching = pool.filter(holds).map(state);
  // A figure without a 同比 hasn't risen, as far as the report says.
  const others = (claimed ? set : pool).filter((s) => !pool.includes(s) || !holds(s)).map(state);
  if (pool.length === 0) return { op: 'gap', gap: { reason: 'notComparable', spots: set } };
  const verdict = {
    all: others.length === 0,
    none: matching.length === 0,
    only: matching.length === only.length && matching.every(({ spot }) => only.includes(spot)),
  };
  return {
    op: 'filter',
    matching,
    others,
    by,
    ...(direction ? { direction } : {}),
    ...(bound ? { bound } : {}),
    ...(claimed ? { holds: verdict[claimed.of] } : {}),
  };
}

/** 「升的呢」 after those of a table that have fallen. */
function inTableOrReport(spots: readonly Spot[], { index }: Situation): Spot[] {
  const [first] = spots;
  const isOneTable = spots.every((s) => s.table === first?.table);
  return index.spots.filter((s) => s.source.kind === 'cell' && (!isOneTable || s.table === first?.table));
}

/** The figures that are named, one by each of the operands; none where one of them isn't clear. */
function singles(among: readonly Operand[], situation: Situation): Spot[] {
  const found = resolveTogether(among, situation);
  return found.every(isSingle) ? found.flatMap(({ spots }) => spots) : [];
}

/** A figure with those beside it in its group of columns; in none, with those of the other rows, or of the only row. */
function besides(spot: Spot, { index }: Situation): Spot[] {
  const [group] = spot.groups;
  const cells = index.spots.filter((s) => s.table === spot.table && s.source.kind === 'cell');
  const inRow = cells.filter((s) => s.row === spot.row && s.groups[0] === group);
  const inColumn = cells.filter((s) => s.leaf === spot.leaf && (s === spot || !s.isTotalRow));
  return group || inColumn.length < 2 ? inRow : inColumn;
}

/** None where they are measured in different units: those don't compare. */
function sameKind(set: readonly Spot[]): Spot[] {
  const numbers = set.filter((s) => expressionOf(s));
  return numbers.every((s) => isAlike(s, numbers[0] as Spot)) ? numbers : [];
}

function magnitude(spot: Spot) {
  const change = numberOf(spot)?.change;
  if (!change) throw new Error(`no change printed: ${spot.id}`);
  return change.percent;
}

function signed(spot: Spot) {
  const change = numberOf(spot)?.change;
  if (!change) throw new Error(`no change printed: ${spot.id}`);
  return change.direction === 'up' ? change.percent : change.percent.neg();
}

function amount(spot: Spot) {
  const expression = expressionOf(spot);
  if (!expression) throw new Error(`no number: ${spot.id}`);
  return inBaseUnit(spot, expression).value.low;
}
