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

export function share({ part, whole }: Extract<Ask, { op: 'share' }>, situation: Situation): Result {
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
  const talkedAbout = declared.filter((w) => situation.focus.includes(w.whole));
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
    return [{ whole: state(whole), share: computed({ op: 'share', of, whole: under }, PERCENT) }];
  });
  if (shares.length === 0) return { op: 'gap', gap: { reason: 'notComparable', spots: [part, ...wholes] } };
  return { op: 'share', part: state(part), wholes: shares };
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
    return { op: 'gap', gap: { reason: 'notUnderstood', spots } };
  }
  const [left, other] = sharedMeasure(resolveTogether([ask.left, right], situation), ask.measure) as [Found, Found];
  for (const found of [left, other]) {
    const open = unresolved(found, situation);
    if (open) return open;
  }
  return compareSpots(ask, spotsOf(left)[0] as Spot, spotsOf(other)[0] as Spot, situation);
}

/**
 * 「咨询类比非咨询类快多少」 names two rows and, by 快, what is compared: the measure that both rows have, of the
 * kind that the word compares. Without one such measure the rows stay rows, and are asked about.
 */
export function sharedMeasure(found: readonly Found[], kind: UnitKind | undefined): Found[] {
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
  const left = sideOf(a, ask.left, situation);
  const right = sideOf(b, ask.right ?? ask.left, situation);
  if (!left || !right) return { op: 'gap', gap: { reason: 'notComparable', spots: [a, b] } };
  const comparable = left.computed.unit === right.computed.unit || (a.unitKind === b.unitKind && a.unitKind !== 'rate');
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

function sideOf(spot: Spot, { aspect }: Operand, situation: Situation): Side | undefined {
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
  const one = asOne(joint, situation)?.[0];
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
    const whole = wholeFor(equals, spots, situation);
    if (!whole?.computed) return { op: 'gap', gap: { reason: 'notComparable', spots } };
    const agrees = whole.computed.value.low.equals(total.value.low);
    return { op: 'sum', of: spots.map(state), sum: total, equals: { whole, agrees } };
  }
  return { op: 'sum', of: spots.map(state), sum: total, ...(printed ? { printed } : {}) };
}

/** What is to be added up: the operands, the members of a group, or what the last answers gave. */
function addends(of: readonly Operand[], situation: Situation): Spot[] | Result {
  if (of.every(isBare)) return situation.focus.length > 1 ? situation.focus : situation.trail;
  const spots: Spot[] = [];
  for (const found of resolveTogether(of, situation)) {
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

const DAYS_IN = (year: number) => ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365);

export function mean({ of, per }: Extract<Ask, { op: 'mean' }>, situation: Situation): Result {
  const found = resolveOperand(of, situation);
  if (per === 'day' || per === 'month' || per === 'members') {
    const open = unresolved(found, situation);
    if (open) return open;
    const [spot] = spotsOf(found) as [Spot];
    const over = valueIn(spot, situation);
    if (!over || per === 'members' || !['things', 'people', 'money'].includes(spot.unitKind))
      return { op: 'gap', gap: { reason: 'notComparable', spots: [spot] } };
    const year = spot.report.year - (situation.isBefore ? 1 : 0);
    const under: Expression = { op: 'constant', value: per === 'day' ? DAYS_IN(year) : 12 };
    return {
      op: 'mean',
      of: state(spot),
      per,
      mean: computed({ op: 'mean', of: over, per: under }, { unit: spot.measureUnit, isPercent: false, decimals: 2 }),
    };
  }
  // 每名接听员: what is divided by is chosen near what is divided.
  const top = found;
  const perFound = resolveOperand(per, situation, spotsOf(top)[0] ?? situation.focus[0]);
  for (const one of [top, perFound]) {
    const open = unresolved(one, situation);
    if (open) return open;
  }
  const a = spotsOf(top)[0] as Spot;
  const b = spotsOf(perFound)[0] as Spot;
  const over = valueIn(a, situation);
  const divisor = valueIn(b, situation);
  if (!over || !divisor || isZero(divisor) || a.unitKind === 'rate' || b.unitKind === 'rate' || a === b) {
    return { op: 'gap', gap: { reason: 'notComparable', spots: [a, b] } };
  }
  return {
    op: 'mean',
    of: state(a),
    per: state(b),
    mean: computed({ op: 'mean', of: over, per: divisor }, { unit: a.measureUnit, isPercent: false, decimals: 2 }),
  };
}

/** ⟨whole⟩ without ⟨parts⟩: only where the table says that it contains them. */
export function rest({ of, without }: Extract<Ask, { op: 'rest' }>, situation: Situation): Result {
  for (const operand of [of, without]) {
    if (operand.phrase.unknown.length > 0)
      return { op: 'gap', gap: { reason: 'unknownWords', words: operand.phrase.unknown } };
  }
  const left = matchSpots(without.phrase, situation.index, situation.vocabulary, situation.focus[0])
    .filter((c) => c.cost < 2.2)
    .slice(0, 24);
  const pairs: { whole: Spot; part: Spot; cost: number }[] = [];
  const wholeCost = new Map(
    matchSpots(of.phrase, situation.index, situation.vocabulary, situation.focus[0]).map((c) => [c.spot, c.cost]),
  );
  for (const { spot, cost } of left) {
    for (const { whole } of wholesOf(spot, situation)) {
      const named = isBare(of) ? (situation.focus.includes(whole) ? 0 : 0.5) : wholeCost.get(whole);
      if (named === undefined) continue;
      pairs.push({ whole, part: spot, cost: cost + named + (whole.table.isHeadline ? -0.4 : 0) });
    }
  }
  pairs.sort((a, b) => a.cost - b.cost);
  const [best] = pairs;
  if (!best) return { op: 'gap', gap: { reason: 'notComparable', spots: left.slice(0, 2).map((c) => c.spot) } };
  const rivals = pairs.filter((p) => p.cost <= best.cost + 0.05 && p.whole !== best.whole);
  if (rivals.length > 0)
    return { op: 'clarify', spots: [...new Set([best.whole, ...rivals.map((r) => r.whole)])], tables: [] };
  const over = valueIn(best.whole, situation);
  const minus = valueIn(best.part, situation);
  if (!over || !minus) return { op: 'gap', gap: { reason: 'notComparable', spots: [best.whole, best.part] } };
  const value = computed({ op: 'difference', left: over, right: minus }, unitOf(best.whole));
  const printed = situation.index.spots.find(
    (s) =>
      s.source.kind === 'cell' &&
      s !== best.part &&
      wholesOf(s, situation).some((w) => w.whole === best.whole) &&
      membersOf(best.whole, situation).length === 2 &&
      state(s).computed?.value.low.equals(value.value.low),
  );
  return {
    op: 'rest',
    whole: state(best.whole),
    without: [state(best.part)],
    rest: value,
    ...(printed ? { printed: state(printed) } : {}),
  };
}
