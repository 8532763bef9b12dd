/** One figure or several, with their 同比, or as they were the year before. */

import { normalizeLabel } from '../normalize/normalize';
import type { Ask, Operand } from '../parse/query';
import { isPartOf, membersOf } from '../resolve/containment';
import { countedThere } from '../resolve/counted-there';
import { type Found, isTopColumn } from '../resolve/find-spots';
import { gridOf } from '../resolve/grid';
import type { Candidate } from '../resolve/match-spots';
import {
  forEachInFocus,
  isBare,
  resolveOperand,
  resolveTogether,
  sideBySide,
  withinScope,
  withoutTotal,
} from '../resolve/resolve-operands';
import { headlineRows, sharedMeasure } from '../resolve/shared-measure';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import type { Result } from './result';
import { clarifyWith, overviewOf, scopeResult, settleSeveral, stated, tablesOf } from './settled';
import { state } from './state';

export function figures(ask: Extract<Ask, { op: 'figures' }>, situation: Situation): Result {
  const [talkedAbout] = situation.focus;
  // 「大概合多少通电话」 after a rate asks how many those are; the report doesn't say of which figure the rate is one.
  const isOfCount = ask.of.some((o) => !isBare(o) || (o.phrase.unit !== undefined && o.phrase.unit !== 'rate'));
  if (ask.isConverted && isOfCount && talkedAbout?.unitKind === 'rate')
    return { op: 'gap', gap: { reason: 'notComparable', spots: [talkedAbout] } };
  const result = figuresOf(ask, situation);
  if (result.op === 'figures' && ask.asksParts) {
    const [only, ...more] = result.stated;
    const isUndivided = only !== undefined && more.length === 0 && membersOf(only.spot, situation).length === 0;
    return { ...result, isUndivided };
  }
  if (result.op !== 'gap' || result.gap.reason !== 'noSuch') return result;
  // 「全市政策专员，企业类人才类各几名」
  const joined = ask.each && ask.joint ? sideBySide(ask.joint, situation, 'columnsOrRows') : undefined;
  if (joined) return stated(joined, ask.joint as Operand, { isDefault: false, alternatives: [] }, situation);
  const [only, ...more] = ask.of;
  const counted = only && more.length === 0 ? countedThere(only.phrase, situation) : [];
  const isOneRow = counted.every((s) => s.table === counted[0]?.table && s.row === counted[0]?.row);
  if (only && counted.length > 0) return listedOrAsked(counted, only, ask.each || isOneRow, situation);
  if (!ask.apart) return result;
  const apart = figuresOf({ op: 'figures', of: ask.apart, each: true }, situation);
  if (apart.op === 'figures' && apart.stated.length >= ask.apart.length) return apart;
  const beside = ask.of.length === 1 ? sideBySide(ask.of[0] as Operand, situation) : undefined;
  return beside ? stated(beside, ask.of[0] as Operand, { isDefault: false, alternatives: [] }, situation) : result;
}

function listedOrAsked(spots: Spot[], operand: Operand, isList: boolean, situation: Situation): Result {
  const settled = settleSeveral({ kind: 'spots', spots, candidates: [], isDefault: false }, isList, situation);
  return settled
    ? stated(settled, operand, { isDefault: false, alternatives: [] }, situation)
    : { op: 'clarify', spots, tables: [] };
}

function figuresOf(ask: Extract<Ask, { op: 'figures' }>, talk: Situation): Result {
  const { of, each, joint } = ask;
  // 「它上年多少」 after 「哪个最多」 is asked of the one that is.
  const isOfFirst = talk.isRanked && !each && of.every((o) => isBare(o) && o.refersTo === undefined);
  const around = isOfFirst ? { ...talk, focus: talk.focus.slice(0, 1) } : talk;
  const situation =
    ask.isAnew && isWhole(of, around)
      ? { ...around, focus: [] }
      : each && of.every(isBare)
        ? withList(around, ask.many)
        : around;
  const [alone, ...more] = of;
  const ofAll =
    each && alone && more.length === 0 && !isBare(alone)
      ? forEachInFocus(alone.phrase, { ...around, focus: talkedAboutIn(around) })
      : undefined;
  if (ofAll?.kind === 'spots')
    return stated(ofAll.spots, alone as Operand, { isDefault: false, alternatives: [] }, situation);
  // 「群众和企业各多少」 names nothing but who asks.
  const askers = each && situation.focus.length === 0 ? headlineRows(of, situation) : undefined;
  if (askers) return stated(askers, alone as Operand, { isDefault: true, alternatives: [] }, situation);
  const grid = each || of.length > 2 ? gridOf(of, situation) : undefined;
  if (grid) return stated(grid, of[0] as Operand, { isDefault: false, alternatives: [] }, situation);
  const resolved =
    asOne(joint, situation) ??
    (joint && inTable(of, situation)) ??
    withinScope(sharedMeasure(resolveTogether(of, situation), undefined, situation));
  const found = each ? withoutTotal(resolved, of, situation) : resolved;
  const [first] = found;
  const isAlone = alone && more.length === 0 && situation.focus.length === 0 && first?.kind === 'spots';
  const asker = isAlone ? whoAsks(alone, first.candidates) : undefined;
  if (asker)
    return stated(
      [asker],
      alone as Operand,
      { isDefault: true, alternatives: first?.kind === 'spots' ? first.spots : [] },
      situation,
    );
  // 「转给110的里面，按时办结率」: of how many something is a rate is said by the tables alone.
  const [whole] = ask.isInside && first?.kind === 'spots' ? first.spots : [];
  const inside = found[1]?.kind === 'spots' ? found[1].spots : [];
  // 「非咨询类诉求里，走互联网的」: nor is what another table counts of all.
  const isNone = (s: Spot) =>
    isRateBeside(s, whole as Spot, situation) || (s.table !== whole?.table && !isPartOf(s, whole as Spot, situation));
  if (whole && inside.length > 0 && inside.every(isNone))
    return { op: 'gap', gap: { reason: 'noSuch', said: of.map((o) => o.said).join(''), nearby: [whole, ...inside] } };
  const titled =
    each && found.length === 1 && first?.kind === 'spots'
      ? new Set(first.candidates.filter((c) => c.isTitleAlone && c.namesTable).map((c) => c.spot.table))
      : undefined;
  const [table] = titled ?? [];
  // 「话务都有啥指标」: the table of that name, though columns bear the word too.
  const [best] = first?.kind === 'spots' ? first.candidates : [];
  if (table && titled?.size === 1)
    return overviewOf(
      { table, spots: [], ...(best?.namesRow && best.spot.row ? { row: best.spot.row } : {}) },
      situation,
    );
  const rows = each ? rowsOf(of, found, situation) : undefined;
  if (rows) return stated(rows, of[0] as Operand, { isDefault: false, alternatives: [] }, situation);
  const chosen: Spot[] = [];
  let alternatives: Spot[] = [];
  let isDefault = false;
  for (const [i, one] of found.entries()) {
    if (one.kind === 'gap') return { op: 'gap', gap: one.gap };
    // A row or table beside measures only narrows them; if nothing bears both, nothing is answered.
    if (one.kind === 'scope' && found.length > 1)
      return { op: 'gap', gap: { reason: 'noSuch', said: of.map((o) => o.said).join(''), nearby: [] } };
    if (one.kind === 'scope') {
      const result = (each ? tablesOf(one) : undefined) ?? scopeResult(one, situation);
      const lacking = ask.isFollowUp ? lackedBy(one, situation) : undefined;
      return lacking ? { op: 'gap', gap: { reason: 'noSuch', said: lacking, nearby: [] }, instead: result } : result;
    }
    const lacking = ask.isFollowUp && found.length === 1 ? otherMeasure(one, of[i] as Operand, situation) : undefined;
    if (lacking) {
      const instead = stated(one.spots, of[i] as Operand, { isDefault: false, alternatives: [] }, situation);
      return { op: 'gap', gap: { reason: 'noSuch', said: lacking, nearby: [] }, instead };
    }
    const isPointed = Array.isArray(of[i]?.refersTo);
    const settled = settleSeveral(one, each || isPointed || found.length > 1, situation);
    if (!settled) {
      const clear = found.flatMap((f) => (f.kind === 'spots' && f.spots.length === 1 ? f.spots : []));
      const besides = clear.length > 0 && found.length > 1 ? { clear: clear.map(state) } : {};
      return { op: 'clarify', spots: clarifyWith(one), tables: [], ...besides };
    }
    chosen.push(...settled);
    isDefault ||= one.isDefault;
    alternatives = one.candidates.slice(1, 4).map((c) => c.spot);
  }
  // 「群众企业分别呢」 after the total of both asks for its parts.
  const isTotalSaid =
    best?.namesRow === true &&
    best.spot === chosen[0] &&
    best.spot.isTotalRow &&
    best.spot.source.kind === 'cell' &&
    !situation.focus.includes(best.spot);
  const beside = ask.many ? rowOf(chosen, ask.many, situation) : undefined;
  if (beside) return stated(beside, of[0] as Operand, { isDefault: false, alternatives: [] }, situation);
  const [only, ...others] = chosen;
  const inRows = ask.inEachRow ? chosen.flatMap((spot) => inEachRow(spot, situation)) : chosen;
  const isMadeOfMany = only !== undefined && ask.ofMany === membersOf(only, situation).length;
  const isExpanded =
    (each || isMadeOfMany) &&
    only !== undefined &&
    others.length === 0 &&
    !isTotalSaid &&
    inRows.length === chosen.length;
  const spots = isExpanded ? withMembers(only, situation) : [...new Set(inRows)];
  const result = stated(spots, of[0] as Operand, { isDefault, alternatives }, situation);
  const isPrinted = isExpanded && spots.length > 1 && only.source.kind === 'cell';
  return isPrinted && result.op === 'figures' ? { ...result, whole: state(only) } : result;
}

/**
 * 「企业反映了多少」 names a row of the headline table by half, and in full a column that stands in a group elsewhere, 政策专员 ›
 * 企业: who asks is meant, unless people are counted.
 */
function whoAsks({ phrase }: Operand, candidates: readonly Candidate[]): Spot | undefined {
  const [best] = candidates;
  if (!best?.namesLeafInFull || best.namesTable || best.namesRow) return undefined;
  const isInGroup = best.spot.groups.some((g) => !phrase.pieces.some((p) => p.text === g.key));
  const row = candidates.find((c) => c.spot.table.isHeadline && c.isInRow && isTopColumn(c.spot));
  return isInGroup && row?.spot.unitKind !== best.spot.unitKind ? row?.spot : undefined;
}

/** 「尚贤的呢」 after 政风热线's 满意率: a table that has no such measure. */
function lackedBy({ scopes }: Extract<Found, { kind: 'scope' }>, { focus }: Situation): string | undefined {
  const [scope, ...others] = scopes;
  const [spot, ...more] = focus;
  if (!scope?.table || others.length > 0 || scope.row || !spot || more.length > 0 || spot.table === scope.table)
    return undefined;
  return `${normalizeLabel(scope.table.title)}·${spot.leaf.label}`;
}

/** 「企业的呢」 after 群众满意率: that name alone leads to figures of another kind in another table, which weren't asked for. */
function otherMeasure(
  { spots, candidates }: Extract<Found, { kind: 'spots' }>,
  { phrase, said }: Operand,
  { focus: [near] }: Situation,
): string | undefined {
  const isOther = (spot: Spot) => {
    const own = candidates.find((c) => c.spot === spot);
    const isNamed = own?.namesLeafInFull && spot.groups.every((g) => phrase.pieces.some((p) => p.text === g.key));
    return near && own && !own.namesTable && !isNamed && spot.table !== near.table && spot.unitKind !== near.unitKind;
  };
  return near && spots.every(isOther) ? `${said.replace(/[的呢]+$/u, '')}·${near.leaf.label}` : undefined;
}

/** A rate or a time, and something counted that it is no part of. */
function isRateBeside(part: Spot, whole: Spot, situation: Situation): boolean {
  const isRate = part.unitKind === 'rate' || part.unitKind === 'time';
  const isCount = whole.unitKind === 'things' || whole.unitKind === 'people';
  return isRate && whole.source.kind === 'cell' && isCount && !isPartOf(part, whole, situation);
}

/** 「他们推荐的信息分别多少」: of the list, as long as the talk stays with it, or of what was asked one after the other. */
function talkedAboutIn({ focus, list, trail }: Situation): Spot[] {
  const [spot] = focus;
  if (focus.length > 1 || !spot) return focus;
  return list.length > 1 && list.includes(spot) ? list : trail.includes(spot) ? trail : focus;
}

/** 「各自同比」 after one of several that were listed: of all that were; 「三块拆开」 after their sum, into as many. */
function withList(situation: Situation, many: number | undefined): Situation {
  const { focus, list } = situation;
  const [spot] = focus;
  const shown = focus.length > 1 ? focus : spot && list.length > 1 && list.includes(spot) ? list : focus;
  const apart = shown.flatMap((s) => (s.source.kind === 'sum' ? membersOf(s, situation) : [s]));
  return { ...situation, focus: apart.length === many ? apart : shown };
}

/** Beside nothing else, each of the list is one figure of the table that is talked about, in its total row. */
function isWhole(of: readonly Operand[], situation: Situation): boolean {
  const table = situation.focus[0]?.table;
  const alone = resolveTogether(of, { ...situation, focus: [] });
  return alone.every(
    (f) => f.kind === 'spots' && f.spots.length === 1 && f.spots[0]?.table === table && f.spots[0]?.isTotalRow,
  );
}

/** 「尚贤人才服务 网上来的诉求」: a space or comma may divide a list or nothing at all. If one figure bears it all, it is that one. */
export function asOne(joint: Operand | undefined, situation: Situation): Found[] | undefined {
  if (!joint) return undefined;
  const found = resolveOperand(joint, situation);
  return found.kind === 'spots' && (found.candidates[0]?.cost ?? 9) <= JOINT_AT_MOST ? [found] : undefined;
}

/** 「在尚贤那边，由政策专员答复掉的」: the measure is found elsewhere by its words, and in the table that is named by its name. */
function inTable(of: readonly Operand[], situation: Situation): Found[] | undefined {
  if (of.length !== 2) return undefined;
  const alone = of.map((operand) => resolveOperand(operand, { ...situation, focus: [] }, undefined));
  const at = alone.findIndex((f) => f.kind === 'scope' && f.scopes.length === 1 && !f.scopes[0]?.row);
  const [scope, other] = [alone[at], alone[1 - at]];
  if (scope?.kind !== 'scope' || other?.kind !== 'spots' || other.spots.length !== 1) return undefined;
  const [spot] = other.spots as [Spot];
  if (spot.table === scope.scopes[0]?.table) return [other];
  const there = resolveOperand(of[at] as Operand, situation, spot);
  return there.kind === 'spots' && there.spots.length === 1 && there.spots[0]?.table === scope.scopes[0]?.table
    ? [there]
    : undefined;
}

/** 「市本级服务团队三种坐席各几名」 names one of three: as many as its row has. */
export function rowOf(chosen: readonly Spot[], many: number, situation: Situation): Spot[] | undefined {
  const [spot, ...others] = chosen;
  if (!spot || others.length > 0 || many < 2 || membersOf(spot, situation).length > 0) return undefined;
  const row = situation.index.spots.filter(
    (s) =>
      s.table === spot.table && s.row === spot.row && s.source.kind === 'cell' && s.measureUnit === spot.measureUnit,
  );
  return row.length === many ? row : undefined;
}

/** 「服务团队这块，市本级和全市的数」: rows of one table, each with all it has. */
function rowsOf(of: readonly Operand[], found: readonly Found[], situation: Situation): Spot[] | undefined {
  const at = found.findIndex((f) => f.kind === 'scope' && f.scopes.length === 1 && !f.scopes[0]?.row);
  const scope = found[at];
  const table = scope?.kind === 'scope' ? scope.scopes[0]?.table : undefined;
  const inTable = situation.index.spots.filter((s) => s.table === table && s.source.kind === 'cell');
  const [near] = inTable;
  if (!near?.row || found.length < 3) return undefined;
  const named = of.flatMap((operand, i) => {
    const beside = i === at ? undefined : resolveOperand(operand, { ...situation, focus: [] }, near);
    return beside?.kind === 'spots' && beside.spots.length === 1 ? beside.spots : [];
  });
  const rows = new Set(named.flatMap(({ row, leaf }) => (row && leaf === near.leaf ? [row] : [])));
  const spots = inTable.filter((s) => s.row !== undefined && rows.has(s.row));
  return rows.size === of.length - 1 && spots.length <= ROWS_AT_MOST ? spots : undefined;
}

const ROWS_AT_MOST = 16;

/** One path that bears all the pieces is what is meant, unless it leaves out about as much as it bears. */
const JOINT_AT_MOST = 1.2;

/** The column in all rows of its table, the total last. */
function inEachRow(spot: Spot, { index }: Situation): Spot[] {
  if (!spot.isTotalRow) return [spot];
  return index.spots.filter((s) => s.table === spot.table && s.leaf === spot.leaf && s.source.kind === 'cell');
}

function withMembers(spot: Spot, situation: Situation): Spot[] {
  const members = membersOf(spot, situation);
  return members.length > 0 ? members : [spot];
}
