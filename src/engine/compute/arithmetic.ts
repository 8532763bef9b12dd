/** Shares, differences, ratios, sums, means and remainders of spots. */

import type { UnitKind } from '../lexicon/lexicon';
import type { Ask, Operand } from '../parse/query';
import type { Found } from '../resolve/find-spots';
import { matchSpots } from '../resolve/match-spots';
import {
  isBare,
  membersOf,
  resolveOperand,
  resolveTogether,
  type Situation,
  wholesOf,
} from '../resolve/resolve-operands';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { type Expression, evaluate, isExact } from './expression';
import { asOne, clarifyWith, hasYearBefore, scopeResult, stated } from './figures';
import type { Computed, Result, Side, Stated } from './result';
import { computed, expressionOf, numberOf, state, unitOf } from './state';

const PERCENT = { unit: '%', isPercent: true, decimals: 2 };

function spotsOf(found: Found): Spot[] {
  return found.kind === 'spots' ? found.spots : [];
}

/** The expression that the question's year asks for; undefined where there is none. */
function valueIn(spot: Spot, { isBefore }: Situation): Expression | undefined {
  if (isBefore && !hasYearBefore(spot)) return undefined;
  return expressionOf(spot, isBefore ? 'before' : 'this');
}

function unresolved(found: Found, situation: Situation): Result | undefined {
  if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
  if (found.kind === 'scope') return scopeResult(found, situation);
  if (found.spots.length > 1) return { op: 'clarify', spots: clarifyWith(found), tables: [] };
  return undefined;
}

export function share({ part, whole, each }: Extract<Ask, { op: 'share' }>, situation: Situation): Result {
  if (each && isBare(part)) {
    const { focus, list, trail } = situation;
    const all = focus.length > 1 ? focus : list.length > 1 ? list : trail;
    const asked = all.map((spot) =>
      whole ? shareOfNamed(part, whole, { ...situation, focus: [spot] }) : shareIn(spot, situation),
    );
    const shares = asked.flatMap((r) => (r.op === 'share' ? r.shares.slice(0, 1) : []));
    if (shares.length > 1) return { op: 'share', shares };
  }
  if (whole) return shareOfNamed(part, whole, situation);
  const found = resolveOperand(part, situation);
  if (found.kind === 'gap' && found.gap.reason === 'noSuch') {
    return splitShare(part, situation) ?? { op: 'gap', gap: found.gap };
  }
  const rate = spotsOf(found).find((s) => s.unitKind === 'rate');
  const open = unresolved(found, situation);
  if (rate && !open) return { op: 'rateAsShare', stated: state(rate) };
  if (open && found.kind === 'spots') {
    const withWhole = found.spots.filter((s) => wholesOf(s, situation).length > 0);
    const focus = withWhole.filter((s) => situation.focus.some((f) => f.table === s.table));
    const chosen = focus.length === 1 ? focus : withWhole;
    return chosen.length === 1 ? shareIn(chosen[0] as Spot, situation) : open;
  }
  if (open) return open;
  const [spot] = spotsOf(found) as [Spot];
  return shareIn(spot, situation);
}

/** No whole is named: what was talked about last, if it contains the part, else what the table declares. */
function shareIn(spot: Spot, situation: Situation): Result {
  const declared = wholesOf(spot, situation);
  const talkedAbout = declared.filter((w) => situation.focus.includes(w.whole) || situation.trail.includes(w.whole));
  const chosen = talkedAbout.length > 0 ? talkedAbout : declared;
  const along = chosen.filter((w) => w.along === 'row');
  // 企业诉求里的电话 has two wholes, 企业诉求 and 电话总计: without a hint both are given.
  const wholes = spot.isTotalRow && along.length > 0 ? along.slice(0, 1) : chosen.slice(0, 2);
  if (wholes.length === 0) return { op: 'gap', gap: { reason: 'notComparable', spots: [spot] } };
  return shareResult(
    spot,
    wholes.map((w) => w.whole),
    situation,
  );
}

function shareResult(part: Spot, wholes: Spot[], situation: Situation): Result {
  const of = valueIn(part, situation);
  const shares = wholes.flatMap((whole) => {
    const under = valueIn(whole, situation);
    if (!of || !under || isZero(under)) return [];
    return [{ part: state(part), whole: state(whole), share: computed({ op: 'share', of, whole: under }, PERCENT) }];
  });
  if (shares.length === 0) return { op: 'gap', gap: { reason: 'notComparable', spots: [part, ...wholes] } };
  return { op: 'share', shares };
}

function isZero(expression: Expression): boolean {
  return evaluate(expression).low.compare(0) <= 0;
}

/** ⟨part⟩ of ⟨whole⟩, both named: the pair of which one contains the other, each filling in what the other leaves out. */
function shareOfNamed(part: Operand, whole: Operand, situation: Situation, isGuess = false): Result {
  for (const operand of [part, whole]) {
    if (operand.phrase.unknown.length > 0)
      return { op: 'gap', gap: { reason: 'unknownWords', words: operand.phrase.unknown } };
  }
  const near = situation.focus[0];
  const contained = containedPair(part, whole, situation);
  if (contained) return shareResult(contained.part, [contained.whole], situation);
  const wholes = matchSpots(whole.phrase, situation.index, situation.vocabulary, isBare(part) ? near : undefined)
    .filter((c) => c.cost < 2.2)
    .slice(0, 16);
  const best: { part: Spot; whole: Spot; cost: number }[] = [];
  const partsAlone = isBare(part) ? situation.focus.map((spot) => ({ spot, cost: 0, namesMeasure: true })) : undefined;
  for (const w of wholes) {
    const parts = partsAlone ?? matchSpots(part.phrase, situation.index, situation.vocabulary, w.spot).slice(0, 6);
    for (const p of parts) {
      if (p.spot === w.spot || p.spot.unitKind !== w.spot.unitKind || p.spot.unitKind === 'rate') continue;
      const contains = isPartOf(p.spot, w.spot, situation);
      if (isGuess && !contains && !isTop(w.spot, situation)) continue;
      const headline = w.spot.table.isHeadline && !w.namesTable ? -0.4 : 0;
      best.push({ part: p.spot, whole: w.spot, cost: p.cost + w.cost + headline + (contains ? 0 : 1.2) });
    }
  }
  best.sort((a, b) => a.cost - b.cost);
  const [first] = best;
  if (!first) {
    const alone = resolveOperand(part, situation);
    return unresolved(alone, situation) ?? { op: 'gap', gap: { reason: 'notComparable', spots: spotsOf(alone) } };
  }
  const tied = best.filter((b) => b.cost <= first.cost + 0.05 && (b.part !== first.part || b.whole !== first.whole));
  if (tied.length > 0)
    return { op: 'clarify', spots: [...new Set([first.part, ...tied.map((t) => t.part)])], tables: [] };
  return shareResult(first.part, [first.whole], situation);
}

/** A part whose declared whole is what was named as the whole, or is named by the part's own path (诉求来源里的互联网). */
function containedPair(part: Operand, whole: Operand, situation: Situation): { part: Spot; whole: Spot } | undefined {
  const { index, vocabulary, focus } = situation;
  const costOfWhole = new Map(matchSpots(whole.phrase, index, vocabulary).map((c) => [c.spot, c.cost]));
  const parts = isBare(part)
    ? focus.map((spot) => ({ spot, cost: 0 }))
    : matchSpots(part.phrase, index, vocabulary, focus[0])
        .filter((c) => c.cost < 2.2)
        .slice(0, 24);
  const near = new Map<Spot, Map<Spot, number>>();
  // What the part leaves out, its whole fills in: 企业诉求在线解答当中的政策专员 is that of 企业诉求.
  const costBeside = (spot: Spot, cost: number, w: Spot): number => {
    if (isBare(part)) return cost;
    let costs = near.get(w);
    if (!costs) {
      costs = new Map(matchSpots(part.phrase, index, vocabulary, w).map((c) => [c.spot, c.cost]));
      near.set(w, costs);
    }
    return costs.get(spot) ?? cost;
  };
  const pairs = parts.flatMap(({ spot, cost }) => {
    const direct = wholesOf(spot, situation).map((w) => w.whole);
    const all = [...direct, ...direct.flatMap((d) => wholesOf(d, situation).map((w) => w.whole))];
    return all.flatMap((w, i) => {
      const own = i < direct.length ? costOfWhole.get(spot) : undefined;
      const named = costOfWhole.get(w) ?? (own === undefined ? undefined : own + 0.3);
      if (named === undefined) return [];
      const headline = w.table.isHeadline ? -0.4 : 0;
      return [
        { part: spot, whole: w, cost: costBeside(spot, cost, w) + named + headline + (i < direct.length ? 0 : 0.1) },
      ];
    });
  });
  pairs.sort((a, b) => a.cost - b.cost);
  const [best, rival] = pairs;
  if (!best || (rival && rival.cost <= best.cost + 0.05 && rival.whole.table !== best.whole.table)) return undefined;
  return best;
}

/** The headline figure that has no whole of its own. */
function isTop(spot: Spot, situation: Situation): boolean {
  return spot.table.isHeadline && spot.isTotalRow && wholesOf(spot, situation).length === 0;
}

/**
 * 「回访评价覆盖了诉求总量的百分之多少」: nothing parts the two names but the names themselves. Each cut is tried both
 * ways round; only a declared whole, or the total that everything is part of, can be the whole.
 */
function splitShare(operand: Operand, situation: Situation): Result | undefined {
  const { pieces } = operand.phrase;
  const cuts = pieces.flatMap((p, i) => (p.text === '' ? [i] : []));
  const sides = cuts.flatMap((cut) => {
    const [a, b] = [pieces.slice(0, cut), pieces.slice(cut + 1)].map(
      (side): Operand => ({ ...operand, phrase: { ...operand.phrase, pieces: side } }),
    ) as [Operand, Operand];
    return [
      [a, b],
      [b, a],
    ] as const;
  });
  const results = sides
    .map(([part, whole]) => shareOfNamed(part, whole, situation, true))
    .filter((r) => r.op === 'share');
  return results[0];
}

/** Declared directly, or by two steps: 企业诉求的电话 is part of 诉求总量. */
export function isPartOf(part: Spot, whole: Spot, situation: Situation): boolean {
  const direct = wholesOf(part, situation).map((w) => w.whole);
  return direct.includes(whole) || direct.some((d) => wholesOf(d, situation).some((w) => w.whole === whole));
}

export function twoSided(ask: Extract<Ask, { op: 'difference' | 'times' }>, situation: Situation): Result {
  const right = ask.right;
  const trail = situation.trail.slice(-2);
  const pair = situation.focus.length === 2 ? situation.focus : trail;
  if (!right && isBare(ask.left) && pair.length === 2) {
    return compareSpots(ask, pair[0] as Spot, pair[1] as Spot, situation);
  }
  if (!right && isBare(ask.left) && situation.focus.length === 1) {
    // 「差多少」 with one figure before it: against the year before.
    return stated(
      situation.focus,
      { aspect: 'absoluteChange' },
      { isDefault: false, alternatives: [] },
      { ...situation, isBefore: false },
    );
  }
  if (!right) {
    const found = resolveOperand(ask.left, situation);
    const open = unresolved(found, situation);
    const spots = spotsOf(found);
    if (spots.length === 2) return compareSpots(ask, spots[0] as Spot, spots[1] as Spot, situation);
    if (open) return open;
    const focus = situation.focus[0];
    const [only] = spots;
    if (focus && only && focus !== only && focus.unitKind === only.unitKind)
      return compareSpots(ask, only, focus, situation);
    const members = only ? membersOf(only, situation) : [];
    if (members.length === 2) return compareSpots(ask, members[0] as Spot, members[1] as Spot, situation);
    return { op: 'gap', gap: { reason: 'notComparable', spots } };
  }
  const [left, other] = sharedMeasure(resolveTogether([ask.left, right], situation), ask.measure, situation) as [
    Found,
    Found,
  ];
  for (const found of [left, other]) {
    const open = unresolved(found, situation);
    if (open) return open;
  }
  return compareSpots(ask, spotsOf(left)[0] as Spot, spotsOf(other)[0] as Spot, situation);
}

/** 「尚贤收的诉求比政风热线的多几件」: a table beside a measure of another is asked for its own measure of that name. */
function borrowMeasure(found: readonly Found[], { index, vocabulary }: Situation): Found[] | undefined {
  const [known, ...more] = found.flatMap((f) =>
    f.kind === 'spots' && f.spots.length === 1 ? [f.spots[0] as Spot] : [],
  );
  const scopes = found.filter((f) => f.kind === 'scope');
  if (!known || more.length > 0 || scopes.length !== found.length - 1) return undefined;
  const filled = found.map((f): Found => {
    if (f.kind !== 'scope' || f.scopes.length !== 1 || f.scopes[0]?.table === known.table) return f;
    const named = matchSpots(
      { pieces: [{ text: known.leaf.key, isSoft: false }], unknown: [] },
      index,
      vocabulary,
    ).filter((c) => c.spot.table === f.scopes[0]?.table);
    const best = named.filter((c) => c.cost <= (named[0]?.cost ?? 0) + 0.01);
    return best.length === 1
      ? { kind: 'spots', spots: [(best[0] as { spot: Spot }).spot], candidates: [], isDefault: true }
      : f;
  });
  return filled.some((f, i) => f !== found[i]) ? filled : undefined;
}

/**
 * 「咨询类比非咨询类快多少」 names two rows and, by 快, what is compared: the measure that both rows have, of the
 * kind that the word compares. Without one such measure the rows stay rows, and are asked about.
 */
export function sharedMeasure(found: readonly Found[], kind: UnitKind | undefined, situation: Situation): Found[] {
  const measured = borrowMeasure(found, situation);
  if (measured) return measured;
  const rows = found.map((f) => (f.kind === 'scope' && f.scopes.length === 1 ? f.scopes[0] : undefined));
  if (!rows.every((r) => r?.row && r.table === rows[0]?.table)) return [...found];
  const spotsIn = (i: number) =>
    (rows[i]?.spots ?? []).filter((s) => s.source.kind === 'cell' && (!kind || s.unitKind === kind));
  const leaves = spotsIn(0).filter((s) => rows.every((_, i) => spotsIn(i).some((other) => other.leaf === s.leaf)));
  if (leaves.length !== 1) return [...found];
  return rows.map((_, i) => ({
    kind: 'spots',
    spots: spotsIn(i).filter((s) => s.leaf === leaves[0]?.leaf),
    candidates: [],
    isDefault: true,
  }));
}

function compareSpots(
  ask: Extract<Ask, { op: 'difference' | 'times' }>,
  a: Spot,
  b: Spot,
  situation: Situation,
): Result {
  // 「解答的增速，群众和企业差几个点」: what is said of one side is asked of both.
  const aspects = [ask.left.aspect, ask.right?.aspect ?? 'value'];
  const aspect = aspects.find((kind) => kind !== 'value') ?? 'value';
  const left = sideOf(a, { aspect }, situation);
  const right = sideOf(b, { aspect }, situation);
  if (!left || !right) return { op: 'gap', gap: { reason: 'notComparable', spots: [a, b] } };
  const comparable =
    left.computed.isPercent === right.computed.isPercent &&
    (left.computed.unit === right.computed.unit || (a.unitKind === b.unitKind && a.unitKind !== 'rate'));
  if (!comparable || a === b) return { op: 'gap', gap: { reason: 'notComparable', spots: [a, b] } };
  const isPoints = left.computed.isPercent;
  const [l, r] = [left.computed.expression, right.computed.expression];
  const unit = isPoints ? '个百分点' : left.computed.unit;
  const decimals = Math.max(left.computed.decimals, right.computed.decimals);
  const by = computed({ op: 'difference', left: l, right: r }, { unit, isPercent: false, decimals });
  const times =
    !isPoints && !isZero(r)
      ? computed({ op: 'times', left: l, right: r }, { unit: '倍', isPercent: false, decimals: 2 })
      : undefined;
  if (ask.op === 'times')
    return times ? { op: 'times', left, right, times } : { op: 'gap', gap: { reason: 'notComparable', spots: [a, b] } };
  const relative =
    !isPoints && !isZero(r) && isExact(by.value)
      ? computed({ op: 'share', of: by.expression, whole: r }, PERCENT)
      : undefined;
  return {
    op: 'difference',
    left,
    right,
    by,
    isPoints,
    ...(times ? { times } : {}),
    ...(relative ? { relative } : {}),
  };
}

function sideOf(spot: Spot, { aspect }: Pick<Operand, 'aspect'>, situation: Situation): Side | undefined {
  const own = state(spot);
  if (aspect === 'change') {
    const cell = spot.source.kind === 'cell' ? spot.source.cell : undefined;
    if (!cell || !numberOf(spot)?.change) return undefined;
    return { stated: own, computed: computed({ op: 'change', cell }, PERCENT) };
  }
  const value = valueIn(spot, situation);
  if (!value) return undefined;
  if (aspect === 'share') {
    const whole = wholesOf(spot, situation)[0]?.whole;
    const under = whole && valueIn(whole, situation);
    return under ? { stated: own, computed: computed({ op: 'share', of: value, whole: under }, PERCENT) } : undefined;
  }
  return { stated: own, computed: computed(value, unitOf(spot)) };
}

export function sum({ of, equals, joint }: Extract<Ask, { op: 'sum' }>, situation: Situation): Result {
  const isLone = of.every(isBare) && [situation.focus, situation.list, situation.trail].every((s) => s.length < 2);
  const whole = isLone ? totalOf(situation.focus[0], situation) : undefined;
  if (whole) return { op: 'figures', stated: [state(whole)], aspect: 'value', isDefault: true, alternatives: [] };
  const one = !of.every(isBare) || isLone ? asOne(joint, situation)?.[0] : undefined;
  const spots = one ? spotsOf(one) : addends(of, situation);
  if (!Array.isArray(spots)) return spots;
  const [first] = spots;
  if (!first) return { op: 'gap', gap: { reason: 'nothingNamed' } };
  if (spots.length === 1 && !equals) {
    // 「一共多少」 of a single figure asks for that figure.
    return { op: 'figures', stated: [state(first)], aspect: 'value', isDefault: true, alternatives: [] };
  }
  const addable = spots.every(
    (s) =>
      s.unitKind === first.unitKind &&
      s.unitKind !== 'rate' &&
      s.unitKind !== 'word' &&
      s.measureUnit === first.measureUnit,
  );
  const terms = spots.map((s) => valueIn(s, situation));
  if (!addable || overlaps(spots, situation) || terms.some((t) => t === undefined)) {
    return { op: 'gap', gap: { reason: 'notComparable', spots } };
  }
  const total = computed({ op: 'sum', of: terms as Expression[] }, unitOf(first));
  const printed = printedWhole(spots, total, situation);
  if (equals) {
    const equal = wholeFor(equals, spots, situation);
    if (!equal?.computed) return { op: 'gap', gap: { reason: 'notComparable', spots } };
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

/** 「总的呢」 after one row: the same column's total. */
function totalOf(spot: Spot | undefined, { index }: Situation): Spot | undefined {
  return spot && index.spots.find((s) => s.table === spot.table && s.leaf === spot.leaf && s.isTotalRow && s !== spot);
}

/** What is to be added up: the operands, the members of a group, or what the last answers gave. */
function addends(of: readonly Operand[], situation: Situation): Spot[] | Result {
  if (of.every(isBare))
    return situation.focus.length > 1 ? situation.focus : situation.list.length > 1 ? situation.list : situation.trail;
  const spots: Spot[] = [];
  for (const found of sharedMeasure(resolveTogether(of, situation), 'things', situation)) {
    if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
    if (found.kind === 'scope') return scopeResult(found, situation);
    const [first] = found.spots as [Spot];
    const siblings = found.spots.every(
      (s) => s.table === first.table && s.measureUnit === first.measureUnit && s.row === first.row,
    );
    if (found.spots.length > 1 && !siblings) return { op: 'clarify', spots: clarifyWith(found), tables: [] };
    spots.push(...found.spots);
  }
  return [...new Set(spots)];
}

function overlaps(spots: readonly Spot[], situation: Situation): boolean {
  const cells = spots.flatMap((s) => cellsOf(s.source));
  return (
    new Set(cells).size < cells.length || spots.some((a) => spots.some((b) => a !== b && isPartOf(a, b, situation)))
  );
}

/** The printed figure that says the same: 168 + 628 = 796 stands in the 总计 row. */
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
    ? focus.map((spot) => ({ spot, cost: 0 }))
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

function notComparable(spots: Spot[]): Result {
  return { op: 'gap', gap: { reason: 'notComparable', spots } };
}

function daysIn(year: number): number {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365;
}

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
