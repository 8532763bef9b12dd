/**
 * What the operands of a query mean, together and in the conversation: what one leaves out, another or
 * the focus fills in. 「热线百科市本级和县区的信息专员」: 市本级 alone names a row of three tables; beside
 * 县区信息专员 it is the row of the same column.
 */
import type { Cell } from '../../report/report';
import type { Operand } from '../parse/query';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { type Found, findSpots, type Ground } from './find-spots';
import type { Phrase } from './match-spots';

/** Where the conversation stands. */
export interface Situation extends Ground {
  /** What the last answer was about. */
  focus: Spot[];
  /** What the last few answers on the same subject were about, oldest first. */
  trail: Spot[];
  /** What the last list held, while the talk stays with it. */
  list: Spot[];
  /** Is it asked for the year that the report compares with? */
  isBefore: boolean;
}

export function resolveOperand(
  operand: Operand,
  situation: Situation,
  near: Spot | undefined = situation.focus[0],
): Found {
  const { refersTo, phrase } = operand;
  if (refersTo !== undefined && phrase.unknown.length === 0) {
    const pointed = pointAt(refersTo, situation);
    const isBare = phrase.pieces.every((p) => p.text === '' || p.isSoft);
    if (pointed.length > 0 && isBare) return { kind: 'spots', spots: pointed, candidates: [], isDefault: false };
    if (refersTo === 'all' && pointed.length > 1)
      return forEachInFocus(phrase, { ...situation, focus: pointed }) ?? findSpots(phrase, situation, near);
    if (pointed[0]) return findSpots(phrase, situation, pointed[0]);
  }
  if (isBare(operand) && situation.focus.length > 0) {
    return { kind: 'spots', spots: situation.focus, candidates: [], isDefault: false };
  }
  return forEachInFocus(phrase, situation) ?? findSpots(phrase, situation, near);
}

/** After 「咨询类、非咨询类办理时长」, 「数量呢」 is asked of both: a phrase that only changes the column keeps all rows. */
function forEachInFocus(phrase: Phrase, situation: Situation): Found | undefined {
  const { focus } = situation;
  const [first] = focus;
  if (!first || focus.length < 2 || focus.length > 6) return undefined;
  if (focus.some((s) => s.table !== first.table || s.leaf !== first.leaf)) return undefined;
  const spots = focus.flatMap((spot) => {
    const found = findSpots(phrase, situation, spot);
    const [only] = found.kind === 'spots' && found.spots.length === 1 ? found.spots : [];
    return only?.table === spot.table && only.row === spot.row ? [only] : [];
  });
  const isEach = spots.length === focus.length && new Set(spots).size === spots.length;
  return isEach ? { kind: 'spots', spots, candidates: [], isDefault: false } : undefined;
}

/** Names nothing itself: 「占比呢」. */
export function isBare({ phrase }: Operand): boolean {
  return phrase.pieces.every((p) => p.text === '') && phrase.unknown.length === 0;
}

function pointAt(refersTo: number | 'all', { focus, trail, list }: Situation): Spot[] {
  const shown = focus.length > 1 ? focus : list.length > 1 ? list : trail.slice(-2);
  if (refersTo === 'all') return shown;
  const spot = shown[refersTo === 0 ? 0 : shown.length - 1];
  return spot ? [spot] : [];
}

/** Resolves operands that stand side by side: the one that is clear by itself helps the others. */
export function resolveTogether(operands: readonly Operand[], situation: Situation): Found[] {
  const alone = operands.map((operand) => resolveOperand(operand, situation));
  if (operands.length < 2) return alone;
  const anchor = clearest(alone);
  if (!anchor) return alone;
  const together = operands.map((operand, i) => {
    const found = alone[i] as Found;
    if (isSingle(found) && (found.spots[0] === anchor || isClear(found))) return found;
    const beside = resolveOperand(operand, situation, anchor);
    return beside.kind === 'gap' && found.kind !== 'gap' ? found : beside;
  });
  return withoutContainers(together);
}

/** The headline table's own measure, in full: it needs no neighbour to be understood. */
function isClear({ candidates }: Extract<Found, { kind: 'spots' }>): boolean {
  const [best] = candidates;
  return best !== undefined && best.namesLeafInFull && best.spot.table.isHeadline && best.cost <= 0.5;
}

/** 「在线答复，接听员和专员」: the group said first is where the others stand, not one of them. */
function withoutContainers(found: Found[]): Found[] {
  const cellsIn = (f: Found) => (isSingle(f) ? cellsOf((f.spots[0] as Spot).source) : []);
  const kept = found.filter((f) => {
    const own = cellsIn(f);
    const others = found.filter((o) => o !== f).flatMap(cellsIn);
    return !(isSingle(f) && f.spots[0]?.source.kind === 'sum' && own.some((cell) => others.includes(cell)));
  });
  return kept.length >= 2 ? kept : found;
}

function isSingle(found: Found): found is Extract<Found, { kind: 'spots' }> {
  return found.kind === 'spots' && found.spots.length === 1;
}

function clearest(all: readonly Found[]): Spot | undefined {
  let best: { spot: Spot; cost: number } | undefined;
  for (const found of all) {
    if (!isSingle(found)) continue;
    // 「市本级百科：单位、专员、信息」: the one that names its table speaks for the others.
    const first = found.candidates[0];
    const cost = (first?.cost ?? 0) - (first?.namesTable ? 1 : 0);
    if (!best || cost < best.cost) best = { spot: found.spots[0] as Spot, cost };
  }
  return best?.spot;
}

/**
 * The members that a spot stands for, when a set is asked for: the leaves of its group, the rows of its total.
 * 成员单位 → its five kinds; 信息专员, 总计 → 市本级 and 县区.
 */
export function membersOf(spot: Spot, { index }: Ground): Spot[] {
  const { table } = spot;
  const at = (rowId: string, columnId: string) =>
    index.spotById.get(`${table.report.id}/${table.id}/${rowId}/${columnId}`);
  const exist = (spots: (Spot | undefined)[]): Spot[] => spots.filter((s): s is Spot => s !== undefined);
  if (spot.source.kind === 'sum') return exist(spot.source.cells.map((c) => index.spotById.get(c.id)));
  if (spot.source.kind === 'rest') return [];
  const { cell } = spot.source;
  const siblings = spot.leaf.header?.parent;
  const inGroup = table.columnWholes.find(
    (w) => w.whole === cell.column && siblings && w.parts.every((p) => p.path.includes(siblings)),
  );
  if (inGroup) return exist(inGroup.parts.map((p) => at(cell.row.id, p.id)));
  const rows = table.rowWholes.find((w) => w.whole === cell.row);
  if (rows && !cell.span) {
    const parts = exist(rows.parts.map((r) => at(r.id, cell.column.id)));
    if (rows.isExhaustive) return parts;
    const rest = index.spots.find((s) => s.source.kind === 'rest' && s.source.whole === cell);
    return rest ? [...parts, rest] : [];
  }
  const columns = table.columnWholes.find((w) => w.whole === cell.column && w.isExhaustive);
  return columns ? exist(columns.parts.map((p) => at(cell.row.id, p.id))) : [];
}

/** What a spot is declared to be part of: along its row first (电话 of 诉求总量), then along its column (企业 of 总计). */
export function wholesOf(spot: Spot, { index }: Pick<Ground, 'index'>): { along: 'row' | 'column'; whole: Spot }[] {
  const { table } = spot;
  const at = (rowId: string, columnId: string) =>
    index.spotById.get(`${table.report.id}/${table.id}/${rowId}/${columnId}`);
  const wholes: { along: 'row' | 'column'; whole: Spot }[] = [];
  const add = (along: 'row' | 'column', whole: Spot | undefined) => whole && wholes.push({ along, whole });
  const cells = spot.source.kind === 'rest' ? [spot.source.whole] : cellsOf(spot.source);
  const [first] = cells as [Cell];
  const columns = cells.map((c) => c.column);
  for (const { whole, parts } of table.columnWholes) {
    if (spot.source.kind !== 'rest' && columns.every((c) => parts.includes(c))) add('row', at(first.row.id, whole.id));
  }
  const group = spot.source.kind === 'cell' ? spot.leaf.header?.parent : undefined;
  if (group?.isAdditive) add('row', at(first.row.id, group.id));
  if (spot.source.kind === 'rest')
    return [
      ...wholes,
      ...(spot ? [{ along: 'column' as const, whole: at(first.row.id, first.column.id) as Spot }] : []),
    ];
  for (const check of table.report.checks) {
    // 咨询类 ＋ 非咨询类 = 诉求总量: declared across tables.
    if (check.kind !== 'equal' || check.right.length !== 1 || !check.left.includes(first) || cells.length !== 1)
      continue;
    if (check.left.length > 1) add('column', index.spotById.get((check.right[0] as Cell).id));
  }
  for (const { whole, parts } of table.rowWholes) {
    if (parts.includes(first.row))
      add('column', at(whole.id, spot.source.kind === 'sum' ? (spot.leaf.header?.id ?? '') : first.column.id));
  }
  return wholes;
}
