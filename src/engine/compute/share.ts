/**
 * Shares: of what contains the part by the table's own declaration, of what was talked about, of several parts together or side by side.
 *
 * Not here: which part of which whole two names mean (share-of-named.ts).
 */
import type Fraction from '../../report/fraction';
import { type Ask, NOTHING_SAID, type Operand } from '../parse/query';
import { isPartOf, wholesOf } from '../resolve/containment';
import { isBare, resolveOperand, resolveTogether, withinScope } from '../resolve/resolve-operands';
import { derivedSpot, sumSpot, takenFrom } from '../resolve/rest-spot';
import { headlineRow, headlineRows } from '../resolve/shared-measure';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import { notComparable, spotsOf, unresolved } from './operands';
import { rest } from './rest';
import type { Result } from './result';
import { containedPairs, shareOfNamed, shareResult, sharesOf, splitShare } from './share-of-named';
import { state } from './state';

export function share(ask: Extract<Ask, { op: 'share' }>, situation: Situation): Result {
  const result = asAsked(ask, situation);
  const turned = ask.turned && !isShare(result) ? asAsked(ask.turned, situation) : undefined;
  const meant = turned && isShare(turned) ? turned : result;
  return ask.said && meant.op === 'share' ? ofThoseSaid(meant, ask.said) : meant;
}

/** 「百科1234条信息里县区的占56.78%」 isn't said of 信息专员: each number is one of the figures, if rounded. */
function ofThoseSaid(result: Extract<Result, { op: 'share' }>, said: readonly Fraction[]): Result {
  const figures = result.shares.flatMap(({ part, whole, share }) => [part.computed, whole.computed, share]);
  const isOne = (number: Fraction) =>
    figures.some((figure) => {
      const exact = figure?.value.low;
      return exact?.equals(number) === true || exact?.round(2).equals(number) === true;
    });
  const spots = result.shares.flatMap(({ part, whole }) => [part.spot, whole.spot]);
  return said.every(isOne) ? result : notComparable([...new Set(spots)]);
}

function isShare({ op }: Result): boolean {
  return op === 'share' || op === 'rateAsShare';
}

function asAsked(ask: Extract<Ask, { op: 'share' }>, situation: Situation): Result {
  const { part, whole } = ask.within ?? {};
  // 「全市成员单位，政府部门跟国有企事业加一块占几成」
  const summedInside = ask.within?.isSummed ? shareFor(ask.within, situation) : undefined;
  if (summedInside?.op === 'share') return summedInside;
  const contained = part && whole && containedPairs(part, whole, undefined, situation);
  if (contained) return sharesOf(contained, situation);
  const inFocus = ask.isOfFocus ? shareInTalkedAbout(ask.part, situation) : undefined;
  if (inFocus) return inFocus;
  // 「这两块合起来占多少」 of what was talked about; 「占多少」 of what was just computed.
  const pointed = ask.isSummed && !ask.parts ? spotsOf(resolveOperand(ask.part, situation)) : [];
  const summed = pointed.length > 1 ? sumSpot(pointed, situation) : undefined;
  if (pointed.length > 1 && !summed) return notComparable(pointed);
  const { refersTo: _, ...bare } = ask.part;
  // 「市本级这两类合起来，占全市这两类的几成」
  const under = ask.whole?.refersTo === 'all' ? spotsOf(resolveOperand(ask.whole, situation)) : [];
  const sumOfWhole = summed && under.length === pointed.length ? sumSpot(under, situation) : undefined;
  if (summed && sumOfWhole && sumOfWhole.id !== summed.id) return shareResult(summed, [sumOfWhole], situation);
  if (summed) return shareFor({ ...ask, part: bare }, { ...situation, focus: [summed] });
  const isOfLast = isBare(ask.part) && !ask.part.without && ask.part.refersTo === undefined;
  const derived = isOfLast ? derivedSpot(situation) : undefined;
  const around = derived ? { ...situation, focus: [derived] } : situation;
  const result = shareFor(ask, around);
  return (isOfLast && ask.whole && result.op === 'gap' ? ofAnother(ask.whole, around) : undefined) ?? result;
}

/** 「占诉求多少」 after a count of another table: of what is called so by itself, if it is counted alike. */
function ofAnother(whole: Operand, { focus, ...situation }: Situation): Result | undefined {
  const [spot, ...more] = focus;
  const [all, ...others] = spotsOf(resolveOperand(whole, { ...situation, focus: [] }, undefined));
  const isOne = spot !== undefined && more.length === 0 && all !== undefined && others.length === 0;
  const isAlike = isOne && spot !== all && spot.measureUnit === all.measureUnit;
  return isAlike ? shareResult(spot, [all], { ...situation, focus }) : undefined;
}

/** 「企业占这个总件数多少」: of the last that was talked about of which it is part. */
function shareInTalkedAbout(part: Operand, situation: Situation): Result | undefined {
  const { focus, trail } = situation;
  for (const whole of [...focus, ...[...trail].reverse()]) {
    const [spot, ...more] = spotsOf(resolveOperand(part, { ...situation, focus: [] }, whole));
    if (spot && more.length === 0 && isPartOf(spot, whole, situation)) return shareResult(spot, [whole], situation);
  }
  return undefined;
}

function shareFor(
  { part, parts, whole, each, isSummed, many }: Extract<Ask, { op: 'share' }>,
  around: Situation,
): Result {
  if (parts && isSummed) return shareOfSum(parts, whole, around);
  if (parts) return sharesSideBySide(parts, whole, around);
  // 「后者占前者多少」
  if (whole?.refersTo !== undefined && isBare(whole)) {
    const [of, under] = [part, whole].flatMap((operand) => spotsOf(resolveOperand(operand, around)).slice(0, 1));
    return of && under && of !== under ? shareResult(of, [under], around) : notComparable([...around.focus]);
  }
  // 「后者占总量多少」
  const situation =
    isBare(part) && !part.without ? { ...around, focus: spotsOf(resolveOperand(part, around)) } : around;
  const isOfList =
    isBare(part) &&
    !part.without &&
    part.refersTo === undefined &&
    situation.focus.length > 1 &&
    situation.focus.length <= 6;
  if ((each && isBare(part)) || isOfList) {
    const { focus, list, trail } = situation;
    const said = focus.length > 1 ? focus : list.length > 1 ? list : trail;
    const all = many ? divisionOf(said, many, situation) : said;
    const asked = all.map((spot) =>
      whole ? shareOfNamed(part, whole, { ...situation, focus: [spot] }) : shareIn(spot, situation),
    );
    const shares = asked.flatMap((r) => (r.op === 'share' ? r.shares.slice(0, 1) : []));
    if (shares.length > 1) return { op: 'share', shares };
  }
  if (part.without || whole?.without) return shareOfRest(part, whole, situation);
  if (whole) return shareOfNamed(part, whole, situation);
  const found = resolveOperand(part, situation);
  if (found.kind === 'spots' && part.refersTo === 'all' && found.spots.length > 1) {
    // 「群众那边这两项的占比」
    const asked = found.spots.map((spot) => shareIn(spot, situation));
    const shares = asked.flatMap((r) => (r.op === 'share' ? r.shares.slice(0, 1) : []));
    if (shares.length === found.spots.length) return { op: 'share', shares };
  }
  if (found.kind === 'gap' && found.gap.reason === 'noSuch') {
    return splitShare(part, situation) ?? { op: 'gap', gap: found.gap };
  }
  const row = found.kind === 'scope' && found.scopes.length === 1 ? found.scopes[0] : undefined;
  // 「非咨询类占多少」: the one figure of the row that is part of something.
  const inRow = row?.row ? row.spots.filter((s) => wholesOf(s, situation).length > 0) : [];
  if (inRow.length === 1) return shareIn(inRow[0] as Spot, situation);
  const rate = spotsOf(found).find((s) => s.unitKind === 'rate');
  const open = unresolved(found, situation);
  if (rate && !open) return { op: 'rateAsShare', stated: state(rate) };
  if (open && found.kind === 'spots') {
    const withWhole = found.spots.filter((s) => wholesOf(s, situation).length > 0);
    const focus = withWhole.filter((s) => situation.focus.some((f) => f.table === s.table));
    const chosen = focus.length === 1 ? focus : withWhole;
    // 「企业占多少」: who asks, though specialists are sorted so too.
    const asker = situation.focus.length === 0 ? headlineRow(part, situation) : undefined;
    if (asker) return shareIn(asker, situation);
    // 「企业诉求各来源占比」: a group is named, and each in it is meant.
    const group = groupOf(found.spots, situation);
    if (group) return { op: 'share', shares: group };
    // 「里头企业打进来的占几成」 of the calls: what other tables have of that name is no part of them.
    if (situation.focus.length === 1 && focus.length === 0) return notComparable([...situation.focus]);
    return chosen.length === 1 ? shareIn(chosen[0] as Spot, situation) : open;
  }
  if (open) return open;
  const [spot] = spotsOf(found) as [Spot];
  return shareIn(spot, situation);
}

/** Each of a group of columns in its row, of what all of them make up. */
function groupOf(spots: readonly Spot[], situation: Situation): Shared[] | undefined {
  const [first] = spots;
  const isGroup =
    first?.groups[0] !== undefined &&
    spots.every((s) => s.table === first.table && s.row === first.row && s.groups[0] === first.groups[0]);
  const shares = isGroup ? spots.flatMap((s) => inWholeOfRow(s, situation)) : [];
  const isOfOne = shares.length === spots.length && shares.every((s) => s.whole.spot === shares[0]?.whole.spot);
  return isOfOne && shares.length <= GROUP_AT_MOST ? shares : undefined;
}

const GROUP_AT_MOST = 6;

function inWholeOfRow(spot: Spot, situation: Situation): Shared[] {
  const whole = wholesOf(spot, situation).find((w) => w.along === 'row')?.whole;
  const result = whole && shareResult(spot, [whole], situation);
  return result?.op === 'share' ? result.shares : [];
}

/** 「三块各占多少」 after two of the three that their whole is divided into. */
function divisionOf(said: readonly Spot[], many: number, situation: Situation): readonly Spot[] {
  const parts = said.filter((s) => !said.some((o) => isPartOf(o, s, situation)));
  const [first] = parts;
  if (!first || parts.length === many) return parts.length === many ? parts : said;
  const { table } = first;
  const division = table.columnWholes.find(
    (w) =>
      w.isExhaustive && w.parts.length === many && parts.every((s) => s.leaf.header && w.parts.includes(s.leaf.header)),
  );
  const beside = situation.index.spots.filter(
    (s) =>
      s.table === table &&
      s.row === first.row &&
      s.source.kind === 'cell' &&
      s.leaf.header &&
      division?.parts.includes(s.leaf.header),
  );
  return beside.length === many && parts.every((s) => s.row === first.row) ? beside : said;
}

/** 「企业和群众各占多少」 */
function sharesSideBySide(parts: readonly Operand[], whole: Operand | undefined, situation: Situation): Result {
  const named = whole ? parts.map((part) => shareOfNamed(part, whole, situation)) : [];
  const inWhole = named.flatMap((r) => (r.op === 'share' && r.shares.length === 1 ? r.shares : []));
  const inOne = whole ? sharesInOne(inWhole, situation) : undefined;
  if (inOne && inWhole.length === parts.length) return { op: 'share', shares: inOne };
  // 「在线答掉的、没转部门的占多少」: what is said twice is one.
  const shown = inWhole.filter((s, i) => inWhole.findIndex((o) => o.part.spot === s.part.spot) === i);
  if (inWhole.length === parts.length) return { op: 'share', shares: shown };
  const together = resolveTogether(parts, situation);
  const open = together.map((found) => unresolved(found, situation)).find((result) => result !== undefined);
  const spots = headlineRows(parts, situation) ?? together.flatMap(spotsOf);
  if (open && spots.length !== parts.length) return open;
  const results = spots.map((spot) => {
    const around = { ...situation, focus: [spot] };
    return whole ? shareOfNamed(NOTHING_SAID, whole, around) : shareIn(spot, around);
  });
  const shares = results.flatMap((r) => (r.op === 'share' ? r.shares.slice(0, 1) : []));
  return shares.length === spots.length ? { op: 'share', shares } : notComparable(spots);
}

/** 「群众诉求里，接听员和专员答掉的占几成」: each of the same whole, the widest that was found, and both together. */
function sharesInOne(found: readonly Shared[], situation: Situation): Shared[] | undefined {
  const wholes = found.map((s) => s.whole.spot);
  const widest = wholes.find((w) => wholes.every((o) => o === w || isPartOf(o, w, situation)));
  if (!widest || wholes.every((w) => w === widest)) return undefined;
  const spots = found.map((s) => s.part.spot);
  const together = sumSpot(spots, situation);
  const all = [...spots, ...(together ? [together] : [])].map((spot) => shareResult(spot, [widest], situation));
  const shares = all.flatMap((r) => (r.op === 'share' ? r.shares : []));
  return shares.length === all.length ? shares : undefined;
}

type Shared = Extract<Result, { op: 'share' }>['shares'][number];

function shareOfSum(parts: readonly Operand[], whole: Operand | undefined, situation: Situation): Result {
  // 「承办转办加其他占企业诉求多少」: those of 企业诉求.
  const named = whole ? parts.map((part) => shareOfNamed(part, whole, situation)) : [];
  const shares = named.flatMap((r) => (r.op === 'share' ? r.shares.slice(0, 1) : []));
  const [first] = shares;
  const inWhole = shares.filter((s) => s.whole.spot === first?.whole.spot).map((s) => s.part.spot);
  const inside = inWhole.length === parts.length ? sumSpot(inWhole, situation) : undefined;
  if (first && inside) return shareResult(inside, [first.whole.spot], situation);
  const found = withinScope(resolveTogether(parts, situation));
  const open = found.map((one) => unresolved(one, situation)).find((result) => result !== undefined);
  if (open) return open;
  const spots = found.flatMap(spotsOf);
  const summed = sumSpot(spots, situation);
  if (!summed) return notComparable(spots);
  const around = { ...situation, focus: [summed] };
  return whole ? shareOfNamed(NOTHING_SAID, whole, around) : shareIn(summed, around);
}

/** 「没派给部门的占几成」 of what it is the rest of; 「现场没回应的里，督办的占多少」 of the rest itself. A rate leaves 100% less itself. */
function shareOfRest(part: Operand, whole: Operand | undefined, situation: Situation): Result {
  const over = whole && resolveOperand(whole, situation);
  const openWhole = over && unresolved(over, situation);
  if (openWhole) return openWhole;
  const [under] = over ? spotsOf(over) : [];
  // 「企业诉求里没派给部门的」: what is left of 企业诉求, and not of all.
  const ofWhole = whole && isBare(part) ? { ...part, phrase: whole.phrase } : part;
  const found = resolveOperand(ofWhole, situation, under);
  if (found.kind === 'gap' && part.without && !whole) {
    const left = rest({ op: 'rest', of: { ...part, without: part.without } }, situation);
    if (left.op !== 'rest') return left;
    const [all, taken] = [left.whole.spot, left.without.map((s) => s.spot)];
    const spot = takenFrom(all, taken, situation);
    return spot ? shareResult(spot, [all], situation) : notComparable([all, ...taken]);
  }
  const open = unresolved(found, situation);
  if (open) return open;
  const [spot] = spotsOf(found) as [Spot];
  if (!under) return shareIn(spot, situation);
  const inside = spot.source.kind === 'rest' && spot.row !== under.row ? inRowOf(spot, under, situation) : spot;
  return inside ? shareResult(inside, [under], situation) : notComparable([under]);
}

/** 「老百姓提的里头，没往部门派的占几成」: what is left of theirs, and not of all. */
function inRowOf({ source, table }: Spot, under: Spot, situation: Situation): Spot | undefined {
  if (source.kind !== 'rest' || under.table !== table || source.wholes[0]?.column !== under.leaf.header)
    return undefined;
  const parts = source.parts.map(({ column }) =>
    situation.index.spots.find((s) => s.table === table && s.row === under.row && s.leaf.header === column),
  );
  return parts.every((p) => p !== undefined) ? takenFrom(under, parts, situation) : undefined;
}

/** No whole is named: what was talked about last, if it contains the part, else what the table declares. */
function shareIn(spot: Spot, situation: Situation): Result {
  const declared = wholesOf(spot, situation);
  const { focus, trail } = situation;
  // 「企业的在里面占几成」 after 群众 and 企业: in what both of them are part of.
  const holdsAll = (whole: Spot) => focus.length > 1 && focus.every((s) => isPartOf(s, whole, situation));
  const talkedAbout = declared.filter(({ whole }) => focus.includes(whole) || trail.includes(whole) || holdsAll(whole));
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
