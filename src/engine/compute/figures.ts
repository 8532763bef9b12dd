/** One figure or several, with their 同比, or as they were the year before. */

import type { Operand } from '../parse/query';
import { membersOf } from '../resolve/containment';
import { countedThere } from '../resolve/counted-there';
import type { Found } from '../resolve/find-spots';
import { gridOf } from '../resolve/grid';
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
import { type Asked, meantOtherwise, settledFigures } from './settle-figures';
import { PLAINLY, settleSeveral, stated } from './settled';

export function figures(ask: Asked, situation: Situation): Result {
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
  if (joined) return stated(joined, ask.joint as Operand, PLAINLY, situation);
  const [only, ...more] = ask.of;
  // 「企业政策专员呢，也分市本级全市」
  const whole = ask.joint ?? (more.length === 0 ? only : undefined);
  const inBoth = whole?.phrase.pieces.some((p) => p.isPlace)
    ? sideBySide(whole, situation, 'columnsOrRows')
    : undefined;
  if (whole && inBoth) return stated(inBoth, whole, PLAINLY, situation);
  const counted = only && more.length === 0 ? countedThere(only.phrase, situation) : [];
  const isOneRow = counted.every((s) => s.table === counted[0]?.table && s.row === counted[0]?.row);
  if (only && counted.length > 0) return listedOrAsked(counted, only, ask.each || isOneRow, situation);
  if (!ask.apart) return result;
  const apart = figuresOf({ op: 'figures', of: ask.apart, each: true }, situation);
  if (apart.op === 'figures' && apart.stated.length >= ask.apart.length) return apart;
  const beside = ask.of.length === 1 ? sideBySide(ask.of[0] as Operand, situation) : undefined;
  return beside ? stated(beside, ask.of[0] as Operand, PLAINLY, situation) : result;
}

function listedOrAsked(spots: Spot[], operand: Operand, isList: boolean, situation: Situation): Result {
  const settled = settleSeveral({ kind: 'spots', spots, candidates: [], isDefault: false }, isList, situation);
  return settled ? stated(settled, operand, PLAINLY, situation) : { op: 'clarify', spots, tables: [] };
}

function figuresOf(ask: Asked, talk: Situation): Result {
  const around = aroundFirst(ask, talk);
  const situation = standingIn(ask, around);
  const listed =
    eachUnderTail(ask, situation) ?? listedTogether(ask, around, situation) ?? eachUnderHead(ask, situation);
  if (listed) return listed;
  const found = foundTogether(ask, situation);
  return meantOtherwise(ask, found, situation) ?? settledFigures(ask, found, situation);
}

/** 「它上年多少」 after 「哪个最多」 is asked of the one that is; 「几笔」 after several of the one that is counted so. */
function aroundFirst({ of, each }: Asked, talk: Situation): Situation {
  const [only, ...more] = of;
  const counted = talk.focus.filter((s) => s.measureUnit === only?.phrase.unitText);
  const isOfCounted = only && more.length === 0 && isBare(only) && only.refersTo === undefined && !each;
  if (isOfCounted && talk.focus.length > 1 && counted.length === 1) return { ...talk, focus: counted };
  const isOfFirst = talk.isRanked && !each && of.every((o) => isBare(o) && o.refersTo === undefined);
  return isOfFirst ? { ...talk, focus: talk.focus.slice(0, 1) } : talk;
}

/** What the talk stands at, for this list: nothing where it asks anew, all that was listed where each of it is asked. */
function standingIn({ of, each, isAnew, many }: Asked, around: Situation): Situation {
  if (isAnew && isWhole(of, around)) return { ...around, focus: [] };
  return each && of.every(isBare) ? withList(around, many) : around;
}

/** Several that are named together and needn't be found one by one. */
function listedTogether({ of, each }: Asked, around: Situation, situation: Situation): Result | undefined {
  const [alone, ...more] = of;
  if (!alone) return undefined;
  const ofAll =
    each && more.length === 0 && !isBare(alone)
      ? forEachInFocus(alone.phrase, { ...around, focus: talkedAboutIn(around) })
      : undefined;
  if (ofAll?.kind === 'spots') return stated(ofAll.spots, alone, PLAINLY, situation);
  // 「群众和企业各多少」 names nothing but who asks.
  const askers = each && situation.focus.length === 0 ? headlineRows(of, situation) : undefined;
  if (askers) return stated(askers, alone, { isDefault: true, alternatives: [] }, situation);
  const grid = each || of.length > 2 ? gridOf(of, situation) : undefined;
  return grid && stated(grid, alone, PLAINLY, situation);
}

/** 「满意率这块，政风热线、接听员、警单各多少」: where each of the list has what was said before it. */
function eachUnderHead({ underHead = [], joint, inEachRow }: Asked, situation: Situation): Result | undefined {
  const [first] = underHead;
  if (inEachRow || asOne(joint, situation)) return undefined;
  const found = underHead.map((operand) => resolveOperand(operand, { ...situation, focus: [] }, undefined));
  const spots = found.map((f) => (f.kind === 'spots' ? settleSeveral(f, false, situation) : undefined));
  const all = spots.flatMap((s) => s ?? []);
  const isOfEach = spots.every((s) => s !== undefined && s.length > 0) && new Set(all).size === all.length;
  return first && isOfEach ? stated(all, first, PLAINLY, situation) : undefined;
}

/** 「在线解答和部门办理，企业的分别多少」: where all of them stand in the row that is named last. */
function eachUnderTail({ underTail = [] }: Asked, situation: Situation): Result | undefined {
  const [first] = underTail;
  const found = underTail.map((operand) => resolveOperand(operand, { ...situation, focus: [] }, undefined));
  const named = found.flatMap((f) => (f.kind === 'spots' && f.spots.every((s) => namesRow(f, s)) ? [f.spots] : []));
  const all = named.flat();
  const isInOneRow = all.every((s) => s.row !== undefined && s.table === all[0]?.table && s.row === all[0]?.row);
  const isOfEach = named.length === underTail.length && new Set(all).size === all.length;
  return first && all.length > 1 && isInOneRow && isOfEach ? stated(all, first, PLAINLY, situation) : undefined;
}

function namesRow({ candidates }: Extract<Found, { kind: 'spots' }>, spot: Spot): boolean {
  return !spot.isTotalRow && candidates.some((c) => c.spot === spot && c.namesRow);
}

function foundTogether({ of, each, joint }: Asked, situation: Situation): Found[] {
  const found =
    asOne(joint, situation) ??
    (joint && inTable(of, situation)) ??
    withinScope(sharedMeasure(resolveTogether(of, situation), undefined, situation));
  return each ? withoutTotal(found, of, situation) : found;
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

/** One path that bears all the pieces is what is meant, unless it leaves out about as much as it bears. */
const JOINT_AT_MOST = 1.2;
