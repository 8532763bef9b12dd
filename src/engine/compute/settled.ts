/** What is said of what was found: of spots their figures, of a table an overview, of too many a question back. */
import type { Operand } from '../parse/query';
import type { Found } from '../resolve/find-spots';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import type { Result } from './result';
import { state } from './state';
import { absoluteChange, beforeOf } from './year-before';

/** As many figures as are better listed than asked back. */
const LIST_AT_MOST = 4;

/** Neither chosen by default nor one of several. */
export const PLAINLY: { isDefault: boolean; alternatives: Spot[] } = { isDefault: false, alternatives: [] };

/** What was asked of spots that are settled: also where an offered choice was taken. */
export function stated(
  spots: Spot[],
  { aspect }: Pick<Operand, 'aspect'>,
  { isDefault, alternatives }: { isDefault: boolean; alternatives: Spot[] },
  situation: Situation,
): Result {
  const first = spots[0] as Spot;
  if (aspect === 'absoluteChange' && spots.length === 1) return absoluteChange(first);
  if (aspect === 'before' || situation.isBefore)
    return { op: 'before', stated: spots.map(state), before: spots.map(beforeOf) };
  return {
    op: 'figures',
    stated: spots.map(state),
    aspect: aspect === 'value' ? 'value' : 'change',
    isDefault,
    alternatives,
  };
}

/** Several spots fit equally: all of them where they are few and of one kind, else undefined: ask. */
export function settleSeveral(
  found: Extract<Found, { kind: 'spots' }>,
  isList: boolean,
  situation: Situation,
): Spot[] | undefined {
  const { spots } = found;
  if (spots.length <= 1) return spots;
  const [first] = spots as [Spot];
  if (spots === situation.focus) return spots;
  const oneColumn = spots.every((s) => s.leaf === first.leaf && s.table === first.table);
  const oneGroup = spots.every(
    (s) => s.table === first.table && s.row === first.row && s.groups[0] === first.groups[0] && s.groups.length > 0,
  );
  if ((oneColumn || oneGroup) && spots.length <= 6) return spots;
  return isList && spots.length <= LIST_AT_MOST ? spots : undefined;
}

/** The equally good ones first, then those that come close: a choice should hold what was meant. */
export function clarifyWith({ spots, candidates }: Extract<Found, { kind: 'spots' }>): Spot[] {
  const best = candidates[0]?.cost ?? 0;
  const close = candidates.filter((c) => c.namesMeasure && c.cost <= best + 0.35).map((c) => c.spot);
  return [...new Set([...spots, ...close])].slice(0, 10);
}

/** 「有哪些特色服务」: the tables of one part, by name. */
export function tablesOf({ scopes }: Extract<Found, { kind: 'scope' }>): Result | undefined {
  const tables = [...new Set(scopes.flatMap((s) => (s.table ? [s.table] : [])))];
  const [first] = tables;
  const isOnePart = first !== undefined && tables.length > 1 && tables.every((t) => t.part === first.part);
  return isOnePart
    ? { op: 'count', what: 'tables', labels: first.part.tables.map((t) => t.title || t.part.title) }
    : undefined;
}

export function scopeResult({ scopes }: Extract<Found, { kind: 'scope' }>, situation: Situation): Result {
  const [first] = scopes;
  if (!first?.table) return { op: 'gap', gap: { reason: 'nothingNamed' } };
  if (scopes.length > 1)
    return { op: 'clarify', spots: [], tables: [...new Set(scopes.flatMap((s) => (s.table ? [s.table] : [])))] };
  return overviewOf(first, situation);
}

export function overviewOf(scope: Extract<Found, { kind: 'scope' }>['scopes'][number], { index }: Situation): Result {
  const { table, row } = scope;
  if (!table) return { op: 'gap', gap: { reason: 'nothingNamed' } };
  const inRow = index.spots.filter((s) => s.table === table && (!row || s.row === row));
  const cells = inRow.filter((s) => s.source.kind === 'cell');
  // Of what is left of a row, 县（市、区）平台, nothing is printed.
  const spots = cells.length > 0 ? cells : inRow.filter((s) => s.leaf.header?.children.length === 0);
  return { op: 'overview', scope, table, spots: spots.map(state) };
}
