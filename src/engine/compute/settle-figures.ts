/** Of what was found for a list: what was meant instead, what is chosen of several, and what it is made of. */
import type { Table } from '../../report/report';
import { normalizeLabel } from '../normalize/normalize';
import type { Ask, Operand } from '../parse/query';
import { isPartOf, membersOf } from '../resolve/containment';
import { type Found, isTopColumn, type Scope } from '../resolve/find-spots';
import type { Candidate } from '../resolve/match-spots';
import { resolveOperand } from '../resolve/resolve-operands';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import type { Result } from './result';
import { clarifyWith, overviewOf, PLAINLY, scopeResult, settleSeveral, stated, tablesOf } from './settled';
import { state } from './state';

export type Asked = Extract<Ask, { op: 'figures' }>;

/** Where the figures that bear the words aren't what is asked for. */
export function meantOtherwise(ask: Asked, found: readonly Found[], situation: Situation): Result | undefined {
  const [first] = found;
  return (
    (first?.kind === 'spots' ? askerOf(ask, first, situation) : undefined) ??
    notInside(ask, found, situation) ??
    (first?.kind === 'spots' && (ask.each || ask.ofMany) && found.length === 1
      ? tableTitled(first, situation)
      : undefined) ??
    (ask.each ? allOfRows(ask.of, found, situation) : undefined)
  );
}

function askerOf({ of }: Asked, first: Extract<Found, { kind: 'spots' }>, situation: Situation): Result | undefined {
  const [alone, ...more] = of;
  const isAlone = alone && more.length === 0 && situation.focus.length === 0;
  const asker = isAlone ? whoAsks(alone, first.candidates) : undefined;
  return asker && stated([asker], alone as Operand, { isDefault: true, alternatives: first.spots }, situation);
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

/** 「转给110的里面，按时办结率」: of how many something is a rate is said by the tables alone. */
function notInside(
  { of, isInside }: Asked,
  [first, second]: readonly Found[],
  situation: Situation,
): Result | undefined {
  const [whole] = isInside && first?.kind === 'spots' ? first.spots : [];
  const inside = second?.kind === 'spots' ? second.spots : [];
  if (!whole || inside.length === 0) return undefined;
  // 「非咨询类诉求里，走互联网的」: nor is what another table counts of all.
  const isNone = (s: Spot) =>
    isRateBeside(s, whole, situation) || (s.table !== whole.table && !isPartOf(s, whole, situation));
  if (!inside.every(isNone)) return undefined;
  return { op: 'gap', gap: { reason: 'noSuch', said: namesIn(of), nearby: [whole, ...inside] } };
}

function namesIn(of: readonly Operand[]): string {
  return of.flatMap(({ phrase }) => phrase.pieces.map((p) => p.text)).join('');
}

/** A rate or a time, and something counted that it is no part of. */
function isRateBeside(part: Spot, whole: Spot, situation: Situation): boolean {
  const isRate = part.unitKind === 'rate' || part.unitKind === 'time';
  const isCount = whole.unitKind === 'things' || whole.unitKind === 'people';
  return isRate && whole.source.kind === 'cell' && isCount && !isPartOf(part, whole, situation);
}

/** 「话务都有啥指标」: the table of that name, though columns bear the word too. */
function tableTitled({ candidates }: Extract<Found, { kind: 'spots' }>, situation: Situation): Result | undefined {
  const titled = new Set(candidates.filter((c) => c.isTitleAlone && c.namesTable).map((c) => c.spot.table));
  const [table, ...more] = titled;
  const [best] = candidates;
  if (!table || more.length > 0) return undefined;
  return overviewOf(
    { table, spots: [], ...(best?.namesRow && best.spot.row ? { row: best.spot.row } : {}) },
    situation,
  );
}

function allOfRows(of: readonly Operand[], found: readonly Found[], situation: Situation): Result | undefined {
  const rows = rowsOf(of, found, situation);
  return rows && stated(rows, of[0] as Operand, PLAINLY, situation);
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

/** The one that is meant of each that was found; a question back where several are. */
export function settledFigures(ask: Asked, found: readonly Found[], situation: Situation): Result {
  const { of, each } = ask;
  const tables = tablesOfRows(found);
  if (tables.length > 1) return { op: 'clarify', spots: [], tables };
  const left = leftBehind(found);
  if (left) {
    return {
      op: 'gap',
      gap: { reason: 'noSuch', said: namesIn(of), nearby: [] },
      instead: overviewOf(left, situation),
    };
  }
  const chosen: Spot[] = [];
  let alternatives: Spot[] = [];
  let isDefault = false;
  for (const [i, one] of found.entries()) {
    if (one.kind === 'gap') return { op: 'gap', gap: one.gap };
    // A row or table beside measures only narrows them; if nothing bears both, nothing is answered.
    if (one.kind === 'scope' && found.length > 1)
      return { op: 'gap', gap: { reason: 'noSuch', said: namesIn(of), nearby: [] } };
    if (one.kind === 'scope') return ofScope(ask, one, situation);
    const lacking = ask.isFollowUp && found.length === 1 ? otherMeasure(one, of[i] as Operand, situation) : undefined;
    if (lacking) {
      const instead = stated(one.spots, of[i] as Operand, PLAINLY, situation);
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
  const beside = ask.many ? rowOf(chosen, ask.many, situation) : undefined;
  if (beside) return stated(beside, of[0] as Operand, PLAINLY, situation);
  const [first] = found;
  const [best] = first?.kind === 'spots' ? first.candidates : [];
  return withParts(ask, chosen, { best, isDefault, alternatives }, situation);
}

/**
 * 「尚贤的接听员和专员，人数和答复量」: what is listed behind a table that is named, and found elsewhere though that table has
 * such figures too, is of that table, and nobody knows which.
 */
function leftBehind(found: readonly Found[]): Scope | undefined {
  const [first, ...others] = found.flatMap((f) => (f.kind === 'spots' ? [f] : []));
  const own = found[0] === first ? first?.candidates.find((c) => first.spots.includes(c.spot)) : undefined;
  if (!own?.namesTable || others.length < 2) return undefined;
  const { table } = own.spot;
  const isElsewhere = (f: Extract<Found, { kind: 'spots' }>) =>
    f.spots.every((s) => s.table !== table) &&
    !f.candidates.some((c) => f.spots.includes(c.spot) && c.namesTable) &&
    f.candidates.some((c) => c.spot.table === table && c.namesMeasure);
  return others.filter(isElsewhere).length > 1 ? { table, spots: [] } : undefined;
}

/** 「市本级跟县区各是多少」 names rows and nothing else: of which of the tables that have them all isn't said. */
function tablesOfRows(found: readonly Found[]): Table[] {
  const scopes = found.map((f) => (f.kind === 'scope' ? f.scopes.filter(({ row }) => row) : []));
  const [first = [], ...others] = scopes;
  if (others.length === 0) return [];
  const inAll = first.flatMap(({ table }) =>
    table && others.every((rows) => rows.some((scope) => scope.table === table)) ? [table] : [],
  );
  return [...new Set(inAll)];
}

function ofScope(ask: Asked, scope: Extract<Found, { kind: 'scope' }>, situation: Situation): Result {
  const result = (ask.each ? tablesOf(scope) : undefined) ?? scopeResult(scope, situation);
  const lacking = ask.isFollowUp ? lackedBy(scope, situation) : undefined;
  return lacking ? { op: 'gap', gap: { reason: 'noSuch', said: lacking, nearby: [] }, instead: result } : result;
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

/** What was chosen, or what it is made of where each of it is asked for. */
function withParts(
  { of, each, ofMany, inEachRow: isInEachRow }: Asked,
  chosen: readonly Spot[],
  { best, ...found }: { best: Candidate | undefined; isDefault: boolean; alternatives: Spot[] },
  situation: Situation,
): Result {
  // 「群众企业分别呢」 after the total of both asks for its parts.
  const isTotalSaid =
    best?.namesRow === true &&
    best.spot === chosen[0] &&
    best.spot.isTotalRow &&
    best.spot.source.kind === 'cell' &&
    !situation.focus.includes(best.spot);
  const [only, ...others] = chosen;
  const inRows = isInEachRow ? chosen.flatMap((spot) => inEachRow(spot, situation)) : chosen;
  const isMadeOfMany = only !== undefined && ofMany === membersOf(only, situation).length;
  const isExpanded =
    (each || isMadeOfMany) &&
    only !== undefined &&
    others.length === 0 &&
    !isTotalSaid &&
    inRows.length === chosen.length;
  const spots = isExpanded ? withMembers(only, situation) : [...new Set(inRows)];
  const result = stated(spots, of[0] as Operand, found, situation);
  const isPrinted = isExpanded && spots.length > 1 && only.source.kind === 'cell';
  return isPrinted && result.op === 'figures' ? { ...result, whole: state(only) } : result;
}

/** The column in all rows of its table, the total last. */
function inEachRow(spot: Spot, { index }: Situation): Spot[] {
  if (!spot.isTotalRow) return [spot];
  return index.spots.filter((s) => s.table === spot.table && s.leaf === spot.leaf && s.source.kind === 'cell');
}

function withMembers(spot: Spot, situation: Situation): Spot[] {
  const members = membersOf(spot, situation);
  return members.length > 0 ? members : [spot];
}
