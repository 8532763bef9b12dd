/** Sums of listed figures, of a group, or of what the last answers gave. */
import type { Ask, Operand } from '../parse/query';
import { membersOf, wholesOf } from '../resolve/containment';
import { countedThere } from '../resolve/counted-there';
import type { Found, Scope } from '../resolve/find-spots';
import { gridOf } from '../resolve/grid';
import { isCountedSo, matchSpots } from '../resolve/match-spots';
import {
  isBare,
  resolveOperand,
  resolveTogether,
  sideBySide,
  withinScope,
  withoutTotal,
} from '../resolve/resolve-operands';
import { overlaps } from '../resolve/rest-spot';
import { sharedMeasure } from '../resolve/shared-measure';
import type { Situation } from '../resolve/situation';
import { cellsOf, type Spot } from '../vocabulary/spots';
import type { Expression } from './expression';
import { asOne, figures } from './figures';
import { notComparable, spotsOf, valueIn } from './operands';
import type { Computed, Result, Stated } from './result';
import { rowOf } from './settle-figures';
import { clarifyWith, scopeResult } from './settled';
import { computed, state, unitOf } from './state';

export function sum(ask: Extract<Ask, { op: 'sum' }>, situation: Situation): Result {
  const side = sumOf(ask, situation);
  const inside =
    ask.inside && side.op !== 'sum' ? sumOf({ op: 'sum', of: ask.inside, isListed: true }, situation) : side;
  const result = inside.op === 'sum' ? inside : side;
  if (result.op !== 'sum' || !ask.said) return result;
  const figures = [...result.of, result.equals?.whole].flatMap((s) => (s?.computed ? [s.computed] : []));
  const values = [...figures, result.sum].map(({ value }) => value.low);
  // 「电话123加互联网45」 of others than those found.
  const isMeant = ask.said.every((number) => values.some((value) => value.equals(number)));
  return isMeant ? result : notComparable(result.of.map(({ spot }) => spot));
}

function sumOf({ of, equals, joint, isListed, many }: Extract<Ask, { op: 'sum' }>, situation: Situation): Result {
  const [only] = of;
  const [spot] = situation.focus;
  // 「总共多少钱」 after 几笔.
  if (only && of.every(isBare) && spot && situation.focus.length === 1 && !isCountedSo(spot, only.phrase))
    return figures({ op: 'figures', of: [only], each: false }, situation);
  const isPointed = of.some(({ refersTo }) => Array.isArray(refersTo));
  const isPair = many === 2 && situation.focus.length === 1 && situation.before.length === 1;
  const isLone =
    !isPointed &&
    !isPair &&
    of.every(isBare) &&
    [situation.focus, situation.list, situation.trail].every((s) => s.length < 2);
  const [whole, ...others] = isLone ? totalsOf(situation.focus[0], situation) : [];
  if (whole && others.length > 0) return { op: 'clarify', spots: [whole, ...others], tables: [] };
  if (whole) return { op: 'figures', stated: [state(whole)], aspect: 'value', isDefault: true, alternatives: [] };
  const one = (!of.every(isBare) || isLone) && !isPointed ? asOne(joint, situation)?.[0] : undefined;
  // 「晓苏总共几条问答」: of all rows the one that adds them up.
  const totals = one ? spotsOf(one).filter((s) => s.isTotalRow) : [];
  const inTotal =
    totals.length === 1 && spotsOf(one as Found).every((s) => s.leaf === totals[0]?.leaf) ? totals : undefined;
  if (one?.kind === 'spots' && one.spots.length > 1 && !inTotal)
    return { op: 'clarify', spots: clarifyWith(one), tables: [] };
  const spots = inTotal ?? (one ? spotsOf(one) : addends(of, many, situation));
  if (!Array.isArray(spots)) {
    const [only, ...more] = of;
    const apart = only && more.length === 0 && isUnnamed(spots) ? sideBySide(only, situation) : undefined;
    return apart ? addUp(apart, { of, isListed: true, ...(equals ? { equals } : {}) }, situation) : spots;
  }
  // 「两类诉求加起来和诉求总量一样吗」: what the total is made of, and not the total itself.
  const [total, ...besides] = equals && spots.length === 1 ? spotsOf(resolveOperand(equals, situation)) : [];
  const parts = total && besides.length === 0 && total === spots[0] ? membersOf(total, situation) : [];
  if (parts.length > 1) return addUp(parts, { of, isListed: true, ...(equals ? { equals } : {}) }, situation);
  const row = many ? rowOf(spots, many, situation) : undefined;
  // 「三个服务的诉求总量加起来」: which three isn't said, and one figure isn't their sum.
  const [alone, ...beside] = spots;
  const isOfOthers = many && many > 1 && !row && alone && beside.length === 0 && !of.every(isBare);
  if (isOfOthers && !equals && membersOf(alone, situation).length !== many) return notComparable([alone]);
  // 「五类加起来」 after two of them.
  if (many && !row && spots.length !== many && of.every(isBare)) return allOf(spots, many, situation);
  return addUp(row ?? spots, { of, ...(equals ? { equals } : {}), ...(isListed ? { isListed } : {}) }, situation);
}

/** As many as were said stand in the one group or row of columns that those talked about stand in. */
function allOf(spots: readonly Spot[], many: number, situation: Situation): Result {
  const [first] = spots;
  const inGroup = situation.index.spots.filter(
    (s) =>
      first &&
      s.table === first.table &&
      s.row === first.row &&
      s.groups[0] === first.groups[0] &&
      s.source.kind === 'cell' &&
      s.measureUnit === first.measureUnit,
  );
  const isAll = inGroup.length === many && spots.every((s) => inGroup.includes(s));
  return isAll ? addUp(inGroup, { of: [], isListed: true }, situation) : notComparable([...spots]);
}

/** All words are known, but nothing bears them together. */
function isUnnamed(result: Result): boolean {
  return result.op === 'gap' && result.gap.reason === 'noSuch';
}

export function addUp(
  spots: readonly Spot[],
  { of, equals, isListed }: Pick<Extract<Ask, { op: 'sum' }>, 'of' | 'equals' | 'isListed'>,
  situation: Situation,
): Result {
  const [first] = spots;
  if (!first) return figures({ op: 'figures', of: [...of], each: false }, situation);
  if (spots.length === 1 && !equals) {
    // 「一共多少」 of a single figure asks for that figure.
    return { op: 'figures', stated: [state(first)], aspect: 'value', isDefault: true, alternatives: [] };
  }
  // 「政风热线，群众提的总共几件」: commas alone don't make a sum over several tables.
  if (!isListed && !equals && spots.some((s) => s.table !== first.table)) return notComparable([...spots]);
  const addable = spots.every(
    (s) =>
      s.unitKind === first.unitKind &&
      s.unitKind !== 'rate' &&
      s.unitKind !== 'word' &&
      // A mean waiting time plus another is the mean of nothing.
      s.unitKind !== 'time' &&
      (s.measureUnit === first.measureUnit || isSaidAlike(s, first, of)),
  );
  const terms = spots.map((s) => valueIn(s, situation));
  if (!addable || overlaps(spots, situation) || terms.some((t) => t === undefined)) {
    return notComparable([...spots]);
  }
  const said = of.find(({ phrase }) => phrase.unitText)?.phrase.unitText;
  const isMixed = said !== undefined && spots.some((s) => s.measureUnit !== first.measureUnit);
  const total = computed(
    { op: 'sum', of: terms as Expression[] },
    isMixed ? { ...unitOf(first), unit: said } : unitOf(first),
  );
  const printed = printedWhole(spots, total, situation);
  if (equals) {
    const equal = wholeFor(equals, spots, situation);
    if (!equal?.computed) return notComparable([...spots]);
    const inRow = inRowOf(equal.spot, spots, situation);
    if (inRow) return addUp(inRow, { of, equals, ...(isListed ? { isListed } : {}) }, situation);
    const agrees = equal.computed.value.low.equals(total.value.low);
    return { op: 'sum', of: spots.map(state), sum: total, equals: { whole: equal, agrees } };
  }
  const cells = spots.flatMap((x) => cellsOf(x.source));
  const asSpot = situation.index.spots.find(
    (x) =>
      x.source.kind === 'sum' &&
      x.source.cells.length === cells.length &&
      x.source.cells.every((c) => cells.includes(c)),
  );
  return {
    op: 'sum',
    of: spots.map(state),
    sum: total,
    ...(printed ? { printed } : {}),
    ...(asSpot ? { asSpot } : {}),
  };
}

/** 「接听员、专员、部门加起来等于企业诉求总量吗」: the row of what they should make is theirs, where they name none. */
function inRowOf({ table, row, isTotalRow }: Spot, spots: readonly Spot[], { index }: Situation): Spot[] | undefined {
  if (!row || isTotalRow || spots.some((s) => s.table !== table || !s.isTotalRow)) return undefined;
  const there = spots.map((s) => index.spots.find((o) => o.table === table && o.row === row && o.leaf === s.leaf));
  return there.every((s) => s !== undefined) ? there : undefined;
}

/** 「一共多少次」 of 条次 and 对次: the word that is asked with counts both. */
function isSaidAlike({ unitGroup }: Spot, first: Spot, of: readonly Operand[]): boolean {
  return Boolean(unitGroup) && unitGroup === first.unitGroup && of.some(({ phrase }) => phrase.unitGroup === unitGroup);
}

/** 「全市服务团队三类人员加起来」: a row of figures that are counted alike, none of them the sum of others. */
function rowToAdd(scopes: readonly Scope[]): Spot[] | undefined {
  const [scope, ...others] = scopes;
  if (!scope?.row || others.length > 0) return undefined;
  const printed = scope.spots.filter((s) => s.source.kind === 'cell');
  const left = scope.spots.filter((s) => s.source.kind === 'rest' && s.leaf.header?.children.length === 0);
  const cells = printed.length > 0 ? printed : left;
  const isAlike = cells.every((s) => s.measureUnit === cells[0]?.measureUnit && s.unitKind === cells[0]?.unitKind);
  const hasWhole = cells.some((s) => s.table.columnWholes.some((w) => w.whole === s.leaf.header));
  return isAlike && !hasWhole && cells.length > 1 ? cells : undefined;
}

/** 「总的呢」 after one row: the same column's total; 「总共收了多少」 after one column, what it is part of. */
function totalsOf(spot: Spot | undefined, situation: Situation): Spot[] {
  if (!spot) return [];
  const { spots } = situation.index;
  const total = spots.find((s) => s.table === spot.table && s.leaf === spot.leaf && s.isTotalRow && s !== spot);
  if (total) return [total];
  return wholesOf(spot, situation)
    .filter(({ along }) => along === 'row')
    .map((w) => w.whole);
}

/** What is to be added up: the operands, the members of a group, or what the last answers gave. */
function addends(of: readonly Operand[], many: number | undefined, situation: Situation): Spot[] | Result {
  const [only] = of;
  if (only && Array.isArray(only.refersTo)) return spotsOf(resolveOperand(only, situation));
  if (of.every(isBare)) {
    const { focus, list, trail, before } = situation;
    const asked = focus.length > 1 ? focus : list.length > 1 ? list : lastAlike(trail, situation);
    // 「两个加一起」 after two of different tables.
    const all = many === 2 && asked.length < 2 && focus.length === 1 ? [...new Set([...before, ...focus])] : asked;
    // 「后两个加一块儿」 of three.
    return many && many > 1 && many < all.length ? all.slice(-many) : all;
  }
  // 「百科市本级和县区的问答合在一块」: one column in two rows.
  const grid = gridOf(of, situation, 1);
  if (grid) return grid;
  const spots: Spot[] = [];
  const together = withinScope(sharedMeasure(resolveTogether(of, situation), 'things', situation));
  for (const found of withoutTotal(together, of, situation)) {
    // 「在线解答，接听员政策专员合起来」: two of the list that nothing divides.
    const at = together.indexOf(found);
    const apart = found.kind === 'gap' ? sideBySide(of[at] as Operand, situation) : undefined;
    // 「全市服务团队三类人员加起来多少人」
    const people =
      found.kind === 'gap' && !apart && of.length === 1 ? countedThere((of[at] as Operand).phrase, situation) : [];
    const inRow = people.every((s) => s.table === people[0]?.table && s.row === people[0]?.row) ? people : [];
    const listed = apart ?? (inRow.length > 1 && (many === undefined || many === inRow.length) ? inRow : undefined);
    if (listed) {
      spots.push(...listed);
      continue;
    }
    if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
    const row = found.kind === 'scope' ? rowToAdd(found.scopes) : undefined;
    if (row) {
      spots.push(...row);
      continue;
    }
    if (found.kind === 'scope')
      return { op: 'gap', gap: { reason: 'notComparable', spots: [] }, instead: scopeResult(found, situation) };
    const [first] = found.spots as [Spot];
    const siblings = found.spots.every(
      (s) => s.table === first.table && s.measureUnit === first.measureUnit && s.row === first.row,
    );
    if (found.spots.length > 1 && !siblings) return { op: 'clarify', spots: clarifyWith(found), tables: [] };
    spots.push(...found.spots);
  }
  // 「在线解答，接听员和专员合起来」: the group says where they stand.
  const cells = (s: Spot) => cellsOf(s.source);
  const isPlace = (s: Spot) =>
    s.source.kind === 'sum' && cells(s).every((cell) => spots.some((o) => o !== s && cells(o).includes(cell)));
  return [...new Set(spots)].filter((s) => !isPlace(s));
}

/** 「加一块呢」 after one column of several rows, or several columns of one row: of those that were asked last. */
function lastAlike(trail: readonly Spot[], situation: Situation): Spot[] {
  const last = trail[trail.length - 1];
  const alike = (isAlike: (spot: Spot) => boolean): Spot[] => trail.slice(trail.findLastIndex((s) => !isAlike(s)) + 1);
  const column = alike((s) => s.leaf === last?.leaf);
  const row = alike((s) => s.table === last?.table && s.row === last.row);
  const all = column.length > 1 ? column : row;
  // Not what contains the others, nor what counts the same once more.
  const first = all.findIndex((_, i) => !overlaps(all.slice(i), situation));
  return first >= 0 && all.length - first > 1 ? all.slice(first) : all;
}

/** The printed figure that says the same: 123 + 456 = 579 stands in the 总计 row. */
function printedWhole(spots: readonly Spot[], total: Computed, situation: Situation): Stated | undefined {
  const [first, ...rest] = spots as [Spot, ...Spot[]];
  for (const { whole } of wholesOf(first, situation)) {
    const containsAll = rest.every((s) => wholesOf(s, situation).some((w) => w.whole === whole));
    const stated = state(whole);
    if (containsAll && whole.source.kind === 'cell' && stated.computed?.value.low.equals(total.value.low))
      return stated;
  }
  return undefined;
}

function wholeFor(operand: Operand, parts: readonly Spot[], situation: Situation): Stated | undefined {
  const [first] = parts as [Spot];
  const declared = wholesOf(first, situation).map((w) => w.whole);
  const named = matchSpots(operand.phrase, situation.index, situation.vocabulary, first).filter((c) => c.cost < 2);
  const spot = named.find((c) => declared.includes(c.spot))?.spot ?? named[0]?.spot;
  return spot && state(spot);
}
