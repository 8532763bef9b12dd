/** What the report says about its figures: where they stand, what a number is, whether a claim holds. */
import Fraction from '../../report/fraction';
import { scaled } from '../link/range';
import type { Ask, Claim, Operand } from '../parse/query';
import { findSpots } from '../resolve/find-spots';
import { isBare, isSingle, resolveOperand, resolveTogether } from '../resolve/resolve-operands';
import { headlineRow, headlineRows } from '../resolve/shared-measure';
import type { Situation } from '../resolve/situation';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { filter } from './comparing';
import { held } from './held';
import { agrees } from './operands';
import type { Result, Stated, Verdict } from './result';
import { clarifyWith, overviewOf, PLAINLY, scopeResult, stated } from './settled';
import { share } from './share';
import { numberOf, state } from './state';

export function claim(ask: Extract<Ask, { op: 'claim' }>, situation: Situation): Result {
  const result = claimOf(ask, situation);
  if (result.op !== 'claim') return result;
  const isUndivided = ask.asksParts && !hasColumnsBelow(result.stated.spot);
  const printedOf = result.verdict.holds ? undefined : bearerOf(ask.claim, situation);
  return { ...result, ...(isUndivided ? { isUndivided } : {}), ...(printedOf ? { printedOf } : {}) };
}

/** 「12.34%是满意率吗」: the one figure that the number is printed of. Short ones are printed by chance. */
function bearerOf({ value, range, isPercent = false, relation }: Claim, situation: Situation): Stated | undefined {
  if (!value || relation !== 'equal' || range?.isOpen || value.toFraction().replace(/\D/gu, '').length < 3)
    return undefined;
  const [only, ...others] = bearing(value, situation).filter((s) => (numberOf(s)?.isPercent ?? false) === isPercent);
  return only && others.length === 0 ? state(only) : undefined;
}

function hasColumnsBelow({ leaf: { header }, table }: Spot): boolean {
  return header === undefined || header.children.length > 0 || table.columnWholes.some((w) => w.whole === header);
}

function claimOf({ of, claim: claimed }: Extract<Ask, { op: 'claim' }>, situation: Situation): Result {
  // 「有1234条信息吧」 is said of what is counted in 条, if anything is.
  const { unit, kind, unitGroup } = claimed;
  const counted =
    unit && kind === 'things'
      ? resolveOperand(
          { ...of, phrase: { ...of.phrase, unit: kind, unitText: unit, unitGroup: unitGroup ?? '' } },
          situation,
        )
      : undefined;
  const found = counted?.kind === 'spots' ? counted : resolveOperand(of, situation);
  if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
  if (found.kind === 'scope') return scopeResult(found, situation);
  const [first, ...others] = found.spots as [Spot, ...Spot[]];
  // 「派给部门的三成多」 is said of a share, and of no 同比.
  if (claimed.isPart && !claimed.direction && others.length === 0 && !numberOf(first)?.isPercent)
    return held(
      { op: 'held', ask: { op: 'share', part: of }, claim: claimed },
      share({ op: 'share', part: of }, situation),
    );
  if (others.length > 0) {
    const { relation, value, isPercent = false } = claimed;
    // 「百科的问答破万了没有」: of both that are called so in one table.
    const areFew = found.spots.length <= EACH_AT_MOST && found.spots.every((s) => s.table === first.table);
    const areColumns = new Set(found.spots.map((s) => s.leaf)).size === found.spots.length;
    if (areFew && areColumns && relation && relation !== 'equal')
      return { op: 'claims', claims: found.spots.map((spot) => heldAgainst(spot, claimed)) };
    const isOneColumn = found.spots.every((s) => s.leaf === first.leaf && s.table === first.table);
    const inTotal = found.spots.filter((s) => s.isTotalRow && s.leaf === first.leaf && s.table === first.table);
    const [total, ...more] = isOneColumn ? inTotal : [];
    if (total && more.length === 0 && relation && relation !== 'equal') return heldAgainst(total, claimed);
    // 「满意率过99%的有没有」: all that it is asked of.
    if (relation && relation !== 'equal' && value && found.spots.every((s) => numberOf(s)?.isPercent === isPercent))
      return filter({ op: 'filter', among: [of], by: 'value', bound: { relation, value, isPercent } }, situation);
    // A number that one of them bears tells which is meant, or the unit that it is said in.
    const borne = found.spots.filter((s) => bears(s, claimed));
    // 「成交了12.5亿」 of 12.5万元: the wrong unit, but those digits.
    const exact = borne.length > 0 ? borne : found.spots.filter((s) => hasDigitsOf(s, claimed));
    const counted = found.spots.filter((s) => s.measureUnit === claimed.unit);
    const bearing = exact.length > 0 ? exact : isOneColumn ? inTotal : counted;
    if (bearing.length !== 1) return { op: 'clarify', spots: clarifyWith(found), tables: [] };
    const [spot] = bearing as [Spot];
    return heldAgainst(spot, claimed);
  }
  return heldAgainst(first, claimed);
}

const EACH_AT_MOST = 3;

function heldAgainst(spot: Spot, claimed: Claim): Extract<Result, { op: 'claim' }> {
  return { op: 'claim', stated: state(spot), claim: claimed, verdict: judge(spot, claimed) };
}

/** Several numbers in one sentence: each is held against what is named before it. */
export function claims({ claims: all }: Extract<Ask, { op: 'claims' }>, situation: Situation): Result {
  let now = situation;
  const results: Extract<Result, { op: 'claim' }>[] = [];
  const rows = headlineRows(
    all.map(({ of }) => of),
    situation,
  );
  for (const [i, { of, claim: claimed }] of all.entries()) {
    const row = rows?.[i];
    const result = row ? heldAgainst(row, claimed) : claim({ op: 'claim', of, claim: claimed }, now);
    if (result.op !== 'claim') {
      // One of two that were claimed, held for itself, would answer for both.
      if (!of.added)
        return all.length > 1 && result.op === 'held'
          ? { op: 'gap', gap: { reason: 'notUnderstood' }, instead: result }
          : result;
      // 「市本级140名，全市260名，加起来400名」: the one contains the other.
      const spots = results.map((r) => r.stated.spot);
      const instead = stated(spots, { aspect: 'value' }, PLAINLY, situation);
      return { op: 'gap', gap: { reason: 'notComparable', spots }, instead };
    }
    results.push(result);
    now = { ...now, focus: [result.stated.spot] };
  }
  // 「每十万人6个，那总共就6个」: two numbers that would both be held against one figure are said of two.
  const isTwice = results.some(({ stated: { spot }, verdict: { about, holds } }, i) =>
    results.slice(0, i).some((r) => holds && r.verdict.holds && r.stated.spot === spot && r.verdict.about === about),
  );
  const spots = [...new Set(results.map((r) => r.stated.spot))];
  const instead = stated(spots, { aspect: 'value' }, PLAINLY, situation);
  return isTwice ? { op: 'gap', gap: { reason: 'notComparable', spots }, instead } : { op: 'claims', claims: results };
}

function hasDigitsOf(spot: Spot, { said = '' }: Claim): boolean {
  const digits = /^\d+(?:\.\d+)?/u.exec(said)?.[0];
  return digits !== undefined && digits.length > 2 && numberOf(spot)?.value.equals(digits) === true;
}

/** Its value, or its 同比. */
function bears(spot: Spot, { value, isPercent }: Claim): boolean {
  const figure = numberOf(spot);
  if (!figure || value === undefined) return false;
  return figure.value.equals(value) || (isPercent === true && figure.change?.percent.equals(value) === true);
}

/**
 * Is what was claimed so? A percentage said of a count is about its 同比. A bare number is in per cent where what it is said of
 * is: 「满意率是 98 吗」.
 */
function judge(
  spot: Spot,
  { value, range, isRough, isPart, isPercent, unit, kind, unitGroup, secondsIn, relation, direction }: Claim,
): Verdict {
  const figure = numberOf(spot);
  if (!figure) {
    const sum = state(spot).computed?.value.low;
    return {
      holds: sum !== undefined && value !== undefined && agrees(sum, { value, range, relation }),
      about: 'value',
    };
  }
  const isBareNumber = !isPercent && unit === undefined;
  const ofChange =
    value !== undefined &&
    figure.change !== undefined &&
    (isPercent === true || (isBareNumber && direction !== undefined && !figure.value.equals(value))) &&
    (direction !== undefined || !figure.isPercent);
  if (direction && (ofChange || value === undefined)) {
    const sameWay = figure.change?.direction === direction;
    if (!sameWay || value === undefined) return { holds: sameWay, about: 'direction' };
  }
  if (value === undefined) return { holds: false, about: 'direction' };
  const printed = ofChange && figure.change ? figure.change.percent : figure.value.mul(figure.scale);
  const about = ofChange ? 'change' : 'value';
  if (!ofChange && figure.isPercent !== (isPercent ?? false) && !(figure.isPercent && isBareNumber))
    return { holds: false, about: 'unit' };
  // 0.75 小时 is not 0.75 工作日; but 条, 件 and 个 count the same things.
  const seconds = unit ? secondsIn?.get(unit) : undefined;
  const printedSeconds = secondsIn?.get(figure.baseUnit);
  if (!ofChange && value !== undefined && seconds && printedSeconds && unit !== figure.baseUnit) {
    const factor = new Fraction(seconds).div(printedSeconds);
    const said: Claim = {
      value: value.mul(factor),
      relation: relation ?? 'equal',
      unit: figure.baseUnit,
      kind: 'time',
      ...(isRough ? { isRough } : {}),
    };
    return judge(spot, range ? { ...said, range: scaled(range, factor) } : said);
  }
  const otherUnit = unit !== undefined && figure.baseUnit !== '' && unit !== figure.baseUnit;
  const isOtherGroup = unitGroup !== undefined && spot.unitGroup !== undefined && unitGroup !== spot.unitGroup;
  if (!ofChange && otherUnit && (kind === 'time' || kind === 'money' || isOtherGroup))
    return { holds: false, about: 'unit' };
  const holds = agrees(printed, { value, range, relation });
  // 「缩短了一半」 of 46 per cent is about right, and no more; 四成多 says it.
  const isAbout = isPart === true && range !== undefined && range.from.compare(value) < 0;
  const isRounded = holds && relation === 'equal' && (!isRough || isAbout) && !printed.equals(value);
  return { holds, about, ...(isRounded ? { isRounded } : {}) };
}

export function source({ of, number }: Extract<Ask, { op: 'source' }>, situation: Situation): Result {
  if (isBare(of) && number) {
    const matches = bearing(number, situation);
    if (matches.length > 0) return { op: 'source', stated: matches.map(state) };
  }
  const found = resolveOperand(of, situation);
  if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
  if (found.kind === 'scope') {
    const spots = found.scopes.flatMap((s) => s.spots);
    const exact = number ? spots.filter((s) => numberOf(s)?.value.equals(number)) : [];
    return { op: 'source', stated: (exact.length > 0 ? exact : spots.slice(0, 1)).map(state) };
  }
  const exact = number ? found.spots.filter((s) => numberOf(s)?.value.equals(number)) : [];
  if (number && exact.length === 0) {
    const matches = bearing(number, situation);
    if (matches.length > 0 && found.spots.length > 1) return { op: 'source', stated: matches.map(state) };
  }
  const spots = exact.length > 0 ? exact : found.spots;
  return spots.length > 6
    ? { op: 'clarify', spots: spots.slice(0, 8), tables: [] }
    : { op: 'source', stated: spots.map(state) };
}

function bearing(number: Fraction, { index }: Situation): Spot[] {
  return index.spots.filter((s) => s.source.kind === 'cell' && numberOf(s)?.value.equals(number));
}

/** Numbers alone: whose value or 同比 are they? */
export function identify(
  { numbers }: Extract<Ask, { op: 'identify' }>,
  situation: Situation,
): Extract<Result, { op: 'identify' }> {
  return {
    op: 'identify',
    numbers: numbers.map((one) => ({ ...one, matches: matching(one.value, one.isPercent, situation).map(state) })),
  };
}

function matching(number: Fraction, isPercent: boolean, situation: Situation): Spot[] {
  const cells = situation.index.spots.filter((s) => s.source.kind === 'cell');
  return cells.filter((s) => {
    const figure = numberOf(s);
    if (!figure) return false;
    const value = figure.value.equals(number) || figure.value.mul(figure.scale).equals(number);
    return (value && (!isPercent || figure.isPercent)) || (isPercent && figure.change?.percent.equals(number) === true);
  });
}

export function why({ of, pieces, claimed }: Extract<Ask, { op: 'why' }>, situation: Situation): Result {
  // Words around a why-question needn't be in the report: it gives no reasons whatever is asked.
  const known = { ...of.phrase, unknown: [] };
  const found = isBare({ ...of, phrase: known }) ? undefined : findSpots(known, situation, situation.focus[0]);
  const together = found === undefined ? situation.focus : found.kind === 'spots' ? found.spots.slice(0, 3) : [];
  const noted = together.length > 0 || pieces.length < 2 ? [] : doubted(pieces, situation);
  const apart = together.length > 0 || noted.length > 0 ? [] : eachNamed(pieces, situation);
  const spots = [...together, ...noted, ...apart];
  return { op: 'why', stated: spots.map(state), ...(claimed ? { claimed } : {}) };
}

/** 「A 和 B 为什么对不上」: each of them, where each is one figure. */
function eachNamed(pieces: readonly Operand[], situation: Situation): Spot[] {
  const found = resolveTogether(pieces, situation);
  return pieces.length > 1 && found.every(isSingle) ? found.flatMap(({ spots }) => spots) : [];
}

/** 「转化率是不是印错了」: of what is named, the figure that the audit found something about, or the only one. */
export function doubt({ of }: Extract<Ask, { op: 'doubt' }>, situation: Situation): Result {
  const [spot] = doubted(of, situation);
  return spot ? { op: 'doubt', stated: [state(spot)] } : { op: 'gap', gap: { reason: 'notUnderstood' } };
}

/** A finding is told beside the rate that it is about. */
function doubted(of: readonly Operand[], situation: Situation): Spot[] {
  const named = resolveTogether(of, situation).flatMap((found) => (found.kind === 'spots' ? found.spots : []));
  const spots = named.length > 0 || of.length > 0 ? named : situation.focus;
  const noted = spots.filter(hasFinding);
  const one = noted.find((s) => s.unitKind === 'rate') ?? noted[0] ?? (spots.length === 1 ? spots[0] : undefined);
  return one ? [one] : [];
}

function hasFinding({ report, source: from }: Spot): boolean {
  return (
    from.kind === 'cell' &&
    report.findings.some((f) => f.verdict === 'disagrees' && f.check === 'rate' && f.cells.includes(from.cell))
  );
}

export function overview({ of, isRow }: Extract<Ask, { op: 'overview' }>, situation: Situation): Result {
  if (isBare(of) && of.phrase.unknown.length === 0) {
    const focus = situation.focus[0];
    return focus ? overviewOf({ table: focus.table, spots: [] }, situation) : wholeReport(situation);
  }
  if (of.phrase.unknown.length > 0) return { op: 'gap', gap: { reason: 'unknownWords', words: of.phrase.unknown } };
  const found = findSpots(of.phrase, situation);
  if (found.kind === 'scope') return scopeResult(found, situation);
  if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
  const row = isRow ? (headlineRow(of, situation) ?? found.candidates.find((c) => c.isRowAlone)?.spot) : undefined;
  if (row?.row) return overviewOf({ table: row.table, row: row.row, spots: [] }, situation);
  // A measure's 情况 is the measure with its 同比; a table that bears the very name is the table.
  const titled = found.candidates.filter((c) => c.isTitleAlone);
  const tables = new Set(titled.map((c) => c.spot.table));
  const [table] = tables;
  if (table && tables.size === 1) return overviewOf({ table, spots: [] }, situation);
  return {
    op: 'figures',
    stated: found.spots.slice(0, 6).map(state),
    aspect: 'value',
    isDefault: found.isDefault,
    alternatives: [],
  };
}

/**
 * The report in a few figures: its headline table's total, and of each other table what is set against the year before and
 * its first rate; none that the audit found at odds with others.
 */
export function wholeReport({ index }: Situation): Result {
  const isSound = ({ report, source }: Spot) =>
    !report.findings.some((f) => f.verdict === 'disagrees' && f.cells.some((c) => cellsOf(source).includes(c)));
  const printed = index.spots.filter((s) => s.source.kind === 'cell' && numberOf(s) !== undefined && isSound(s));
  const headline = printed.filter((s) => s.table.isHeadline && s.isTotalRow);
  const tables = new Set(printed.filter((s) => !s.table.isHeadline).map((s) => s.table));
  const leading = [...tables].flatMap((table) => {
    const hasTotal = index.spots.some((s) => s.table === table && s.isTotalRow);
    const cells = printed.filter((s) => s.table === table && (s.isTotalRow || !hasTotal || !s.row));
    const compared = cells.find((s) => numberOf(s)?.change !== undefined && s.unitKind !== 'rate');
    return [compared, cells.find((s) => s.unitKind === 'rate')].filter((s) => s !== undefined);
  });
  return { op: 'reportOverview', stated: [...headline, ...leading].map(state) };
}

export function define({ term, of }: Extract<Ask, { op: 'define' }>, situation: Situation): Result {
  if (!term && situation.focus.length === 0) return { op: 'gap', gap: { reason: 'nothingNamed' } };
  const found = findSpots({ ...of.phrase, unknown: [] }, situation, situation.focus[0]);
  if (of.phrase.unknown.length > 0 && found.kind === 'gap')
    return { op: 'gap', gap: { reason: 'unknownWords', words: of.phrase.unknown } };
  if (found.kind === 'scope') {
    const table = found.scopes.length === 1 ? found.scopes[0]?.table : undefined;
    const cells = situation.index.spots.filter((s) => s.table === table && s.source.kind === 'cell');
    // 「百科是什么」「多少家单位」: in the total's row, or in each where there is none.
    const total = cells.find((s) => s.isTotalRow);
    const around = total ? [total] : cells;
    return { op: 'define', term, stated: [], around, ...(table ? { table } : {}) };
  }
  const spots = found.kind === 'spots' ? found.spots.slice(0, 4) : [];
  return { op: 'define', term: term || (spots[0]?.leaf.label ?? ''), stated: spots.map(state) };
}

/** 「叫什么名字」: only where the row is a title does the report name what it counts. */
export function titles({ of }: Extract<Ask, { op: 'named' }>, situation: Situation): Result {
  const found = resolveOperand(of, situation);
  if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
  const spots = found.kind === 'spots' ? found.spots : found.scopes.flatMap((s) => s.spots);
  const titled = spots.filter((s) => s.source.kind === 'cell' && s.row?.label.includes('《'));
  return titled.length > 0
    ? { op: 'named', stated: titled.map(state) }
    : { op: 'gap', gap: { reason: 'notUnderstood' } };
}

/** 「几部分」「有哪些特色服务」: what the report is made of. */
export function count({ of, isOfTables }: Extract<Ask, { op: 'count' }>, situation: Situation): Result {
  const { report } = situation.index;
  if (isBare(of)) {
    if (of.phrase.unknown.length > 0) return { op: 'gap', gap: { reason: 'unknownWords', words: of.phrase.unknown } };
    const labels = isOfTables ? report.tables.map((t) => t.title || t.part.title) : report.parts.map((p) => p.title);
    return { op: 'count', what: isOfTables ? 'tables' : 'parts', labels };
  }
  const found = findSpots(of.phrase, situation);
  if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
  if (found.kind === 'scope') {
    const tables = [...new Set(found.scopes.flatMap((s) => (s.table ? [s.table] : [])))];
    if (tables.length > 1) return { op: 'count', what: 'tables', labels: tables.map((t) => t.title || t.part.title) };
    return scopeResult(found, situation);
  }
  return found.spots.length > 1
    ? { op: 'clarify', spots: clarifyWith(found), tables: [] }
    : { op: 'figures', stated: found.spots.map(state), aspect: 'value', isDefault: found.isDefault, alternatives: [] };
}
