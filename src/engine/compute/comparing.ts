/** Which of several: ranks, extremes, and all that satisfy a condition. */

import type { Table } from '../../report/report';
import { type Ask, NOTHING_SAID, type Operand } from '../parse/query';
import { membersOf, wholesOf } from '../resolve/containment';
import type { Found } from '../resolve/find-spots';
import { type Candidate, matchSpots } from '../resolve/match-spots';
import { countedSo, isBare, isSingle, resolveOperand, resolveTogether } from '../resolve/resolve-operands';
import { headlineRow, headlineRows } from '../resolve/shared-measure';
import type { Situation } from '../resolve/situation';
import type { Node, Spot } from '../vocabulary/spots';
import { isZero, notComparable, PERCENT, stands, valueIn } from './operands';
import type { Result } from './result';
import { computed, expressionOf, inBaseUnit, isAlike, numberOf, state } from './state';
import { compareSpots } from './two-sided';

/** 「哪个部门办得最多」 finds no department among 群众诉求 and 企业诉求: then what they are is only offered. */
export function rank(ask: Extract<Ask, { op: 'rank' }>, situation: Situation): Result {
  const ranked = rankOf(ask, situation);
  const result = ask.claimed && ranked.op === 'rank' ? withClaimed(ranked, ask.claimed, situation) : ranked;
  const { kind } = ask;
  // 「咨询类和非咨询类哪个时长短」 says already which two.
  if (result.op !== 'rank' || kind === undefined || ask.among.length > 1) return result;
  const spots = result.ranked.map((s) => s.spot);
  return areOfKind(spots, kind, situation)
    ? result
    : { op: 'gap', gap: { reason: 'noSuch', said: kind, nearby: [] }, instead: result };
}

/** Is the one that was said to be first the first? */
function withClaimed(
  result: Extract<Result, { op: 'rank' }>,
  { phrase }: Operand,
  { index, vocabulary }: Situation,
): Result {
  const spots = result.ranked.map((s) => s.spot);
  if (phrase.unknown.length > 0)
    return { op: 'gap', gap: { reason: 'unknownWords', words: phrase.unknown }, instead: result };
  const claimed = spots
    .flatMap((spot) => matchSpots(phrase, index, vocabulary, spot).filter((c) => c.spot === spot))
    .sort((a, b) => a.cost - b.cost)[0]?.spot;
  if (!claimed) return { op: 'gap', gap: { reason: 'notComparable', spots: [] }, instead: result };
  return { ...result, holds: claimed === spots[0] };
}

/** What tells them apart bears the name, or what they stand under: 电话 and 互联网 are each a 来源. */
function areOfKind(spots: readonly Spot[], kind: string, { vocabulary }: Situation): boolean {
  const keys = new Set(vocabulary.names.get(kind)?.map(({ key }) => key));
  const [first] = spots;
  const differ = (node: (spot: Spot) => Node | undefined) => spots.some((s) => node(s) !== (first && node(first)));
  const axes: ((spot: Spot) => (Node | undefined)[])[] = [
    ...(differ((s) => s.leaf) ? [(s: Spot) => [...s.groups, s.leaf]] : []),
    ...(differ((s) => s.row) ? [(s: Spot) => [s.row]] : []),
    ...(differ((s) => s.tableNode) ? [(s: Spot) => [s.part, s.tableNode]] : []),
  ];
  return spots.every((spot) => axes.some((nodes) => nodes(spot).some((node) => node && keys.has(node.key))));
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
    without = [],
  }: Extract<Ask, { op: 'rank' }>,
  situation: Situation,
): Result {
  const found = setOf(among, by === 'share' ? 'value' : by, situation, { joint, inTable });
  if (!Array.isArray(found)) return found;
  const unknown = without.flatMap((o) => o.phrase.unknown);
  if (unknown.length > 0) return { op: 'gap', gap: { reason: 'unknownWords', words: unknown } };
  const { index, vocabulary } = situation;
  const isLeftOut = (spot: Spot) =>
    without.some(({ phrase }) => matchSpots(phrase, index, vocabulary, spot).some((c) => c.spot === spot));
  const all = found.filter((spot) => !isLeftOut(spot));
  if (without.length > 0 && all.length === found.length) return notComparable(found);
  if (by === 'share') {
    const result = rankShares(all, { extreme, count }, situation);
    return isClaim && result.op === 'rank' ? { ...result, holds: result.ranked[0]?.spot === all[0] } : result;
  }
  const measured = measure ? all.filter((s) => s.unitKind === measure) : all;
  // 「哪类办得慢」 of two rows named by their counts: what each of them takes.
  const beside = measure ? countedSo(all, { pieces: [], unknown: [], unit: measure, unitText: '' }, situation) : [];
  const set = measured.length > 0 ? measured : beside;
  // 「网上诉求掉得谁更厉害，企业还是群众」: the total of the two isn't one of them.
  const named = by === 'change' && among.length > 1 && set.length <= among.length ? withoutWholes(set, situation) : set;
  const comparable =
    by === 'change' ? named.filter((s) => fits(s, direction)) : sameKind(withoutWholes(set, situation));
  // The only one of several that has risen has risen most; the only one that is named hasn't.
  if (comparable.length < 2 && !(by === 'change' && comparable.length === 1 && named.length > 1)) {
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
  const isOther = among.every(isBare) && !bound && !spanned.some((s) => fits(s, direction));
  const set = isOther ? inTableOf(spanned, situation) : spanned;
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
function inTableOf(spots: readonly Spot[], { index }: Situation): Spot[] {
  const [first] = spots;
  const isOneTable = spots.every((s) => s.table === first?.table);
  return isOneTable ? index.spots.filter((s) => s.table === first?.table && s.source.kind === 'cell') : [...spots];
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

/** What the operands span: listed spots, the members of one spot, the cells of a table, or the whole report. */
function setOf(
  all: readonly Operand[],
  by: 'value' | 'change',
  situation: Situation,
  { joint, inTable }: { joint?: Operand | undefined; inTable?: boolean | undefined } = {},
): Spot[] | Result {
  const among = joint && resolveOperand(joint, situation).kind !== 'gap' ? [joint] : all;
  const cells = situation.index.spots.filter((s) => s.source.kind === 'cell');
  if (among.every(isBare)) {
    const counted = (spots: Spot[]) =>
      by === 'value' && among[0] ? countedSo(spots, among[0].phrase, situation) : spots;
    const left = leftBeside(situation);
    if (left.length > 1) return counted(left);
    if (situation.focus.length > 1) return counted(situation.focus);
    // 「第二呢」 after the first of a list.
    const { list } = situation;
    if (by === 'value' && list.length > 2 && situation.focus.every((s) => list.includes(s))) return counted(list);
    const [earlier, last] = situation.trail.slice(-2);
    const isPair = earlier && last && (by === 'change' || earlier.unitKind === last.unitKind);
    // 「这两个谁涨得更快」 points at the two that were asked one after the other.
    if (isPair && (by === 'value' || among[0]?.refersTo === 'all')) return counted([earlier, last]);
    if (by === 'change') return cells;
    const focus = situation.focus[0];
    const members = focus ? membersOf(focus, situation) : [];
    return members.length > 1 ? members : { op: 'gap', gap: { reason: 'nothingNamed' } };
  }
  const whole = inTable ? tableOf(among, situation) : undefined;
  if (whole) return cells.filter((s) => s.table === whole);
  const rows = headlineRows(among, situation);
  if (rows) return rows;
  const set: Spot[] = [];
  const [first, ...more] = resolveTogether(among, situation);
  // 「它是所有满意率里最高的吗」: of all that are called so, not of the one that was talked about.
  const isFocus = first?.kind === 'spots' && first.spots.length === 1 && first.spots[0] === situation.focus[0];
  const inGroup = isFocus ? besideInGroup(first, situation) : undefined;
  const anew = () => resolveTogether(among, { ...situation, focus: [] });
  const founds = isFocus && more.length === 0 ? (inGroup ?? anew()) : [first, ...more];
  for (const found of founds) {
    if (!found) continue;
    if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
    if (found.kind === 'scope') {
      for (const { table, row } of found.scopes)
        set.push(...cells.filter((s) => s.table === table && (!row || s.row === row)));
      continue;
    }
    const row = by === 'change' && among.length === 1 ? rowNamed(found) : undefined;
    if (row) {
      set.push(...cells.filter((s) => s.table === row.table && s.row === row.row));
      continue;
    }
    const part = among.length === 1 && by === 'change' ? tableInPart(among[0] as Operand, found) : undefined;
    if (part) {
      set.push(...cells.filter((s) => s.table === part));
      continue;
    }
    const titled = among.length === 1 ? tablesTitled(found) : [];
    if (titled.length > 0) {
      set.push(...cells.filter((s) => titled.includes(s.table)));
      continue;
    }
    // A whole that stands for its parts (成员单位, 诉求来源) is compared inside; a leaf among others is one of them.
    const expand =
      among.length === 1 && (found.spots.length === 1 || found.spots.every((s) => s.source.kind === 'sum'));
    set.push(...(expand ? expandAll(found.spots, situation) : found.spots));
  }
  // 「企业那一行同比最凶的」: no column so called has a 同比, but the headline table has such a row.
  const [only] = among.length === 1 && by === 'change' && !set.some((s) => fits(s, undefined)) ? among : [];
  const row = only && headlineRow(only, situation);
  if (row) return cells.filter((s) => s.table === row.table && s.row === row.row);
  return among.length > 1 && by === 'value' ? withoutWholes([...new Set(set)], situation) : [...new Set(set)];
}

/** 「排头一名的有多少件」 after what is left without 电话: of those that are left. */
function leftBeside({ derived, index }: Situation): Spot[] {
  const [whole, first, ...others] = derived?.op === 'rest' ? derived.of : [];
  if (!whole || !first) return [];
  return index.spots.filter(
    (s) =>
      s.source.kind === 'cell' &&
      s.row === first.row &&
      s.groups[0] === first.groups[0] &&
      ![first, ...others].includes(s) &&
      wholesOf(s, { index }).some((w) => w.whole === whole),
  );
}

/** 「哪个渠道涨得最凶」 after 企业诉求's 电话: the group that it stands in is named, in its row. */
function besideInGroup(
  { candidates }: Extract<Found, { kind: 'spots' }>,
  { focus: [near] }: Situation,
): Found[] | undefined {
  const own = candidates.find((c) => c.spot === near);
  if (!near || !own || own.namesLeaf || !near.groups[0]) return undefined;
  const isBeside = ({ spot }: Candidate) => spot.row === near.row && spot.groups[0] === near.groups[0];
  const spots = candidates.filter((c) => c.namesMeasure && isBeside(c)).map((c) => c.spot);
  return spots.length > 1 ? [{ kind: 'spots', spots, candidates, isDefault: false }] : undefined;
}

/** 「诉求总量那张表」 */
function tableOf(among: readonly Operand[], situation: Situation): Table | undefined {
  const tables = among.flatMap((operand) => {
    const found = resolveOperand(operand, situation);
    return found.kind === 'spots' ? found.spots.map((s) => s.table) : [];
  });
  const [first] = tables;
  return first && tables.every((table) => table === first) ? first : undefined;
}

/** 「话务那几项」: a part of the title 话务服务, and of some of its columns. */
function tableInPart({ phrase }: Operand, { candidates, spots }: Extract<Found, { kind: 'spots' }>): Table | undefined {
  const [first] = spots;
  const said = phrase.pieces.map((p) => p.text).join('');
  const isInPart = candidates.every((c) => !spots.includes(c.spot) || !c.namesLeafInFull);
  return first && spots.length > 1 && isInPart && first.tableNode.key.includes(said) ? first.table : undefined;
}

/** 「第一部分里」「诉求总量与办理里」: the words are a title from end to end, though a column bears some of them. */
function tablesTitled({ candidates, spots }: Extract<Found, { kind: 'spots' }>): Table[] {
  const tables = [...new Set(candidates.filter((c) => c.isTitleAlone && c.namesTable).map((c) => c.spot.table))];
  const isOnePart = tables.length > 1 && tables.every((t) => t.part === tables[0]?.part);
  return isOnePart && spots.every((s) => tables.includes(s.table)) ? tables : [];
}

/** 「企业诉求各项同比」: the row is named and nothing in it, so all of it is meant. */
function rowNamed({ candidates, spots }: Extract<Found, { kind: 'spots' }>): Spot | undefined {
  const [spot, ...others] = spots;
  const isAlone = others.length === 0 && candidates.some((c) => c.spot === spot && c.isRowAlone);
  return isAlone && !spot?.isTotalRow ? spot : undefined;
}

function expandAll(spots: readonly Spot[], situation: Situation): Spot[] {
  // 「哪个渠道涨得最凶」 after 企业诉求 is asked of its channels.
  const [near] = situation.focus;
  const preferred =
    spots.find((s) => s.table === near?.table && s.row === near.row) ??
    spots.find((s) => s.table.totalRow && s.row?.row === s.table.totalRow) ??
    spots[0];
  const members = preferred ? membersOf(preferred, situation) : [];
  return members.length > 1 ? members : [...spots];
}

/** A total among its parts would always win. */
function withoutWholes(set: readonly Spot[], situation: Situation): Spot[] {
  const wholes = new Set(set.flatMap((s) => wholesOf(s, situation).map((w) => w.whole)));
  const parts = set.filter((s) => !wholes.has(s));
  return parts.length > 1 ? parts : [...set];
}

/** None where they are measured in different units: those don't compare. */
function sameKind(set: readonly Spot[]): Spot[] {
  const numbers = set.filter((s) => expressionOf(s));
  return numbers.every((s) => isAlike(s, numbers[0] as Spot)) ? numbers : [];
}

function fits(spot: Spot, direction: 'up' | 'down' | undefined): boolean {
  const change = numberOf(spot)?.change;
  return change !== undefined && (!direction || change.direction === direction);
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
