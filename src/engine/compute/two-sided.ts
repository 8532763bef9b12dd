/** Differences and ratios of two figures, of their changes, or of their shares. */
import type { Ask, Extreme, Operand } from '../parse/query';
import { membersOf, wholesOf } from '../resolve/containment';
import { type Found, isTopColumn, SHORTEST_MEASURE } from '../resolve/find-spots';
import { isCountedSo, matchSpots } from '../resolve/match-spots';
import { countedSo, isBare, resolveOperand, resolveTogether } from '../resolve/resolve-operands';
import { derivedSpot } from '../resolve/rest-spot';
import { headlineRows, sharedMeasure } from '../resolve/shared-measure';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import { isExact, middle } from './expression';
import { formatNumber } from './format-number';
import { isZero, notComparable, PERCENT, spotsOf, unresolved, valueIn } from './operands';
import type { Result, Side } from './result';
import { PLAINLY, stated } from './settled';
import { cellOf, computed, expressionOf, inBaseUnit, isAlike, numberOf, scaleOf, state, unitOf } from './state';

export function twoSided(ask: Extract<Ask, { op: 'difference' | 'times' }>, around: Situation): Result {
  const right = ask.right;
  if (ask.isByBefore && around.isBefore) return timesOfBefore(ask.left, around);
  if (right?.extreme) return withExtreme(ask, right.extreme, around);
  // 「比企业诉求多多少」 after a sum.
  const derived = right && isBare(ask.left) && ask.left.refersTo === undefined ? derivedSpot(around) : undefined;
  // 「咨询的比它多出几件」 after a row's figures: the one that is counted so.
  const counted =
    right && isBare(right) ? around.focus.filter((s) => right.phrase.unit && isCountedSo(s, right.phrase)) : [];
  const one = counted.length === 1 ? counted : undefined;
  const situation = derived ? { ...around, focus: [derived] } : one ? { ...around, focus: one } : around;
  const { refersTo } = ask.left;
  if (!right && typeof refersTo === 'number') {
    // 「后者多几条」: than the other of the two.
    const [[here], [other]] = [refersTo, 1 - refersTo].map((at) =>
      spotsOf(resolveOperand({ ...ask.left, refersTo: at }, situation)),
    ) as [Spot[], Spot[]];
    if (here && other && here !== other) return compareSpots(ask, here, other, situation);
    return { op: 'gap', gap: { reason: 'notComparable', spots: here ? [here] : [] } };
  }
  const trail = situation.trail.slice(-2);
  // Of 总计, 群众 and 企业 the two are 群众 and 企业.
  const parts = situation.focus.filter(
    (s) => !situation.focus.some((o) => wholesOf(o, situation).some((w) => w.whole === s)),
  );
  const pair = situation.focus.length === 2 ? situation.focus : parts.length === 2 ? parts : trail;
  const [first, second] = pair;
  // What was asked one after the other is a pair only where it is the same figure of two rows.
  const isSaid = refersTo === 'all' && first?.unitKind === second?.unitKind;
  const isOfGroup = first?.groups[0] !== undefined && first.groups[0] === second?.groups[0] && first.row === second.row;
  // 「差多少」 after one 满意率 and another.
  const isOfTwoTables = first?.table !== second?.table && first?.unitKind === second?.unitKind;
  const isPair =
    pair === situation.focus ||
    pair === parts ||
    isOfTwoTables ||
    (ask.op === 'difference' && ask.isOfTwo && first?.row === second?.row && first?.unitKind === second?.unitKind) ||
    ((first?.leaf === second?.leaf || isSaid || isOfGroup) && first !== second);
  if (!right && isBare(ask.left) && pair.length === 2 && isPair) {
    const [one, other] = countedSo(pair, ask.left.phrase, situation);
    return one && other ? compareSpots(ask, one, other, situation) : notComparable([...pair]);
  }
  if (!right && isBare(ask.left) && situation.focus.length === 1) {
    // 「差多少」「是那会儿的几倍」 with one figure before it: against the year before.
    // No count rises by so many points.
    if (ask.isInPoints && situation.focus[0]?.unitKind !== 'rate') return notComparable([...situation.focus]);
    if (ask.op === 'times') return timesOfBefore(ask.left, { ...situation, isBefore: true });
    return stated(situation.focus, { aspect: 'absoluteChange' }, PLAINLY, { ...situation, isBefore: false });
  }
  if (!right) {
    const found = resolveOperand(ask.left, situation);
    const open = unresolved(found, situation);
    const spots = spotsOf(found);
    if (spots.length === 2) return compareSpots(ask, spots[0] as Spot, spots[1] as Spot, situation);
    const focus = situation.focus[0];
    if (found.kind === 'scope' && focus) {
      // 「和政风热线那个差几个点」 after a 满意率: its own.
      const here: Found = { kind: 'spots', spots: [focus], candidates: [], isDefault: false };
      const there = spotsOf(sharedMeasure([here, found], undefined, situation)[1] ?? found);
      if (there.length === 1) return compareSpots(ask, focus, there[0] as Spot, situation);
    }
    // 「跟警单那个差多少」 after a 满意率: of what the words may mean, the one that is called so.
    const own: Found | undefined = focus && { kind: 'spots', spots: [focus], candidates: [], isDefault: false };
    const [called] = own ? spotsOf(alike(own, found, ask.left, situation)) : [];
    if (focus && called && called !== spots[0]) return compareSpots(ask, focus, called, situation);
    if (open) return open;
    const [only] = spots;
    if (focus && only && focus !== only && focus.unitKind === only.unitKind)
      return compareSpots(ask, only, focus, situation);
    const members = only ? membersOf(only, situation) : [];
    if (members.length === 2) return compareSpots(ask, members[0] as Spot, members[1] as Spot, situation);
    return { op: 'gap', gap: { reason: 'notComparable', spots } };
  }
  if (isBare(ask.left) && situation.focus.length > 1) {
    // 「是等待时长的多少倍」 after several figures: of the one that is measured alike.
    const [rival] = spotsOf(resolveOperand(right, situation));
    const alike = situation.focus.filter((s) => s !== rival && s.unitKind === rival?.unitKind);
    if (rival && alike.length === 1) return compareSpots(ask, alike[0] as Spot, rival, situation);
  }
  const same = isBare(right) && right.refersTo === undefined ? asTalkedAbout(ask.left, situation) : undefined;
  if (same) return same;
  const rows = situation.focus[0]?.table.isHeadline ? undefined : headlineRows([ask.left, right], situation);
  if (rows) return compareSpots(ask, rows[0] as Spot, rows[1] as Spot, situation);
  const [left, beforehand] = sharedMeasure(resolveTogether([ask.left, right], situation), ask.measure, situation) as [
    Found,
    Found,
  ];
  const other =
    ofAll(left, right, situation) ?? alike(left, apart(left, beforehand, right, situation), right, situation);
  const beside = consistent(left, right, situation);
  if (beside) return compareSpots(ask, beside[0], beside[1], situation);
  for (const found of [left, other]) {
    const open = unresolved(found, situation);
    if (open) return open;
  }
  return compareSpots(ask, spotsOf(left)[0] as Spot, spotsOf(other)[0] as Spot, situation);
}

/** 「24年企业比它少了几件」 after 企业's figure of the year before: that one; of the same year it would be set against itself. */
function asTalkedAbout(left: Operand, situation: Situation): Result | undefined {
  const [spot, ...more] = situation.focus;
  const [own, ...others] = isBare(left) ? [] : spotsOf(resolveOperand(left, situation));
  if (!spot || more.length > 0 || own !== spot || others.length > 0) return undefined;
  return situation.wasBefore && !situation.isBefore
    ? stated([spot], { aspect: 'absoluteChange' }, PLAINLY, situation)
    : notComparable([spot]);
}

/** 「跟最高的差几个点」: the figure that was talked about, and the greatest of those that it was listed with. */
function withExtreme(
  ask: Extract<Ask, { op: 'difference' | 'times' }>,
  extreme: Extreme,
  situation: Situation,
): Result {
  const { focus, list, isRanked } = situation;
  const [spot] = focus;
  const isOne = spot !== undefined && (isRanked || focus.length === 1);
  const among = isRanked ? focus : isOne && list.includes(spot) ? list : [];
  const sorted = among.flatMap((s) => {
    const own = expressionOf(s);
    return own ? [{ s, value: inBaseUnit(s, own).value.low }] : [];
  });
  sorted.sort((a, b) => a.value.compare(b.value));
  const end = (extreme === 'most' ? sorted[sorted.length - 1] : sorted[0])?.s;
  return isOne && end && end !== spot ? compareSpots(ask, spot, end, situation) : notComparable([...focus]);
}

/** 「上线人数是上年的几倍」 */
function timesOfBefore(operand: Operand, situation: Situation): Result {
  const found = resolveOperand(operand, situation);
  const open = unresolved(found, situation);
  const [spot] = spotsOf(found);
  if (open || !spot) return open ?? notComparable([]);
  const [own, then] = [expressionOf(spot), valueIn(spot, situation)];
  if (!own || !then || isZero(then)) return notComparable([spot]);
  const times = computed({ op: 'times', left: own, right: then }, { unit: '倍', isPercent: false, decimals: 2 });
  return { op: 'timesOfBefore', stated: state(spot), before: computed(then, unitOf(spot)), times };
}

/** 「全市接听员是市本级的几倍」: of several that the left may mean, the one beside which the right names a figure. */
function consistent(left: Found, right: Operand, situation: Situation): [Spot, Spot] | undefined {
  if (left.kind !== 'spots' || left.spots.length < 2) return undefined;
  const pairs = left.spots.flatMap((spot): [Spot, Spot][] => {
    const beside = resolveOperand(right, { ...situation, focus: [] }, spot);
    const [only, ...more] = spotsOf(beside);
    const fits = only && more.length === 0 && only !== spot && only.table === spot.table && only.leaf === spot.leaf;
    return fits ? [[spot, only]] : [];
  });
  return pairs.length === 1 ? pairs[0] : undefined;
}

/**
 * 「政风热线满意率比群众满意率高多少」: beside the left the right would be the same figure; by itself it is another. 「话务量的增幅
 * 比电话诉求的」: beside it, several that are measured otherwise.
 */
function apart(left: Found, other: Found, right: Operand, situation: Situation): Found {
  const [a, b] = [spotsOf(left), spotsOf(other)];
  const isOpen = b.length > 1 && !b.some((spot) => spot.unitKind === a[0]?.unitKind);
  if (a.length !== 1 || !(isOpen || (b.length === 1 && a[0] === b[0]))) return other;
  const alone = resolveOperand(right, { ...situation, focus: [] }, undefined);
  if (spotsOf(alone).length === 1) return alone;
  // 「尚贤的电话比总计少多少」: the row of another table that has a figure of the same name.
  const rows = matchSpots(right.phrase, situation.index, situation.vocabulary)
    .filter(({ spot, namesRow }) => namesRow && spot !== a[0] && spot.leaf.key === a[0]?.leaf.key)
    .map(({ spot }) => spot);
  return rows.length === 1 ? { kind: 'spots', spots: rows, candidates: [], isDefault: true } : other;
}

/** 「尚贤的部门办理比全市大盘快几个点」: the same of all, in the headline table, and not the service's own total. */
function ofAll(left: Found, right: Operand, situation: Situation): Found | undefined {
  const [spot, ...more] = spotsOf(left);
  if (!spot || more.length > 0 || spot.table.isHeadline || !right.phrase.pieces.some((p) => p.isPlace))
    return undefined;
  const [all, ...others] = spotsOf(resolveOperand(right, { ...situation, focus: [] }, undefined));
  const isAll = all?.table.isHeadline && all.isTotalRow && isTopColumn(all) && others.length === 0;
  const same = situation.index.spots.find(
    (s) => s.table.isHeadline && s.isTotalRow && s.leaf.key === spot.leaf.key && s.measureUnit === spot.measureUnit,
  );
  return isAll && same ? { kind: 'spots', spots: [same], candidates: [], isDefault: true } : undefined;
}

/** 「比110警单那个低多少」 after a 满意率: of what the words may mean, the one that is measured and called like it. */
function alike(left: Found, other: Found, right: Operand, { index, vocabulary }: Situation): Found {
  const [spot, ...more] = spotsOf(left);
  if (!spot || more.length > 0 || spotsOf(other).some((s) => s.unitKind === spot.unitKind)) return other;
  const called = spot.leaf.key.slice(-SHORTEST_MEASURE);
  const named = matchSpots(right.phrase, index, vocabulary).filter(
    (c) => c.namesMeasure && c.spot !== spot && c.spot.unitKind === spot.unitKind && c.spot.leaf.key.endsWith(called),
  );
  const [best, rival] = named;
  if (!best || (rival && rival.cost <= best.cost)) return other;
  return { kind: 'spots', spots: [best.spot], candidates: [best], isDefault: true };
}

export function compareSpots(
  ask: Extract<Ask, { op: 'difference' | 'times' }>,
  a: Spot,
  b: Spot,
  situation: Situation,
): Result {
  // 「快多少」 of two counts; 「涨得快几个点」 is said of changes.
  const isOfTimes = ask.measure === 'time' && !ask.isInPoints && ask.left.aspect === 'value';
  if (isOfTimes && a.unitKind !== 'time' && b.unitKind !== 'time') return notComparable([a, b]);
  // 「解答的增速，群众和企业差几个点」: what is said of one side is asked of both.
  const aspects = [ask.left.aspect, ask.right?.aspect ?? 'value'];
  const isOfChanges = ask.isInPoints && [a, b].every((s) => numberOf(s)?.isPercent === false && numberOf(s)?.change);
  const aspect = aspects.find((kind) => kind !== 'value') ?? (isOfChanges ? 'change' : 'value');
  const texts = [a, b].map((spot) => (ask.asksEqual ? wordOf(spot) : undefined));
  if (texts[0] !== undefined && texts[1] !== undefined)
    return { ...AS_THEY_ARE, stated: [a, b].map(state), areSame: texts[0] === texts[1] };
  const [left, right] = [a, b].map((spot) => sideOf(spot, { aspect }, scaleOf(a) !== scaleOf(b), situation));
  if (!left || !right) return { op: 'gap', gap: { reason: 'notComparable', spots: [a, b] } };
  const comparable = left.computed.isPercent === right.computed.isPercent && (left.computed.isPercent || isAlike(a, b));
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
  // 「44,800 倍」 says it; per cent of a thousandth say nothing.
  const ratio = times && Number(middle(times.value).valueOf());
  const isOfOneSize = ratio !== undefined && ratio < MOST_TIMES && ratio > 1 / MOST_TIMES;
  const relative =
    isOfOneSize && isExact(by.value) ? computed({ op: 'share', of: by.expression, whole: r }, PERCENT) : undefined;
  return {
    op: 'difference',
    left,
    right,
    by,
    isPoints,
    ...(ask.asksEqual ? { asksEqual: true } : {}),
    // Rounded, 0.998 times would be said to be the same, and 0.001 to be nothing.
    ...(times && !['0', '1'].includes(formatNumber(middle(times.value), times.decimals)) ? { times } : {}),
    ...(relative ? { relative } : {}),
  };
}

const MOST_TIMES = 100;

const AS_THEY_ARE = {
  op: 'figures',
  aspect: 'value',
  isDefault: false,
  alternatives: [],
} as const satisfies Partial<Result>;

/** 优秀 */
function wordOf(spot: Spot): string | undefined {
  const figure = cellOf(spot)?.figure;
  return figure?.kind === 'text' ? figure.text : undefined;
}

function sideOf(
  spot: Spot,
  { aspect }: Pick<Operand, 'aspect'>,
  isInBaseUnit: boolean,
  situation: Situation,
): Side | undefined {
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
  return { stated: own, computed: isInBaseUnit ? inBaseUnit(spot, value) : computed(value, unitOf(spot)) };
}
