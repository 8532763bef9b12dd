import type { Operand } from '../parse/query';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { membersOf, wholesOf } from './containment';
import { type Found, findSpots, isTopColumn } from './find-spots';
import { isCountedSo } from './match-spots';
import type { Phrase } from './name-nodes';
import { restSpot, sumSpot } from './rest-spot';
import { sharedMeasure } from './shared-measure';
import type { Situation } from './situation';

export function resolveOperand(
  operand: Operand,
  situation: Situation,
  near: Spot | undefined = standingAt(situation),
): Found {
  const { refersTo, phrase, without } = operand;
  if (without) {
    const found = withoutParts(operand, without, situation);
    return found.kind === 'gap' && operand.otherwise ? resolveOperand(operand.otherwise, situation, near) : found;
  }
  if (operand.added) return addedUp(operand.added, operand.said, situation);
  if (refersTo !== undefined && phrase.unknown.length === 0) {
    const pointed = pointAt(refersTo, situation);
    const isBare = phrase.pieces.every((p) => p.text === '' || p.isSoft);
    // 「全市这两类」: 全市 is a place, and a row where they stand.
    const inRow = pointed.length > 1 && isBare ? inRowOfPlace(phrase, pointed, situation) : undefined;
    if (inRow) return inRow;
    if (pointed.length > 0 && isBare) return { kind: 'spots', spots: pointed, candidates: [], isDefault: false };
    if ((refersTo === 'all' || Array.isArray(refersTo)) && pointed.length > 1)
      return forEachInFocus(phrase, { ...situation, focus: pointed }) ?? findSpots(phrase, situation, near);
    if (pointed[0]) return findSpots(phrase, situation, pointed[0]);
  }
  const counted = isBare(operand) ? countedBeside(phrase, situation) : undefined;
  if (counted) return { kind: 'spots', spots: [counted], candidates: [], isDefault: false };
  if (isBare(operand) && situation.focus.length > 0 && !phrase.isSpecific) {
    return { kind: 'spots', spots: situation.focus, candidates: [], isDefault: false };
  }
  const found = inEachRowOf(ofThoseShown(findSpots(phrase, situation, near), situation), situation);
  return (
    forEachInFocus(phrase, situation) ?? (isRowOfOverview(found, situation) ? findSpots(phrase, situation) : found)
  );
}

function inRowOfPlace(phrase: Phrase, focus: Spot[], situation: Situation): Found | undefined {
  if (!phrase.pieces.some((p) => p.isPlace)) return undefined;
  const pieces = phrase.pieces.map((p) => (p.isPlace ? { text: p.text, isSoft: false } : p));
  return forEachInFocus({ ...phrase, pieces }, { ...situation, focus });
}

/** 「部门单位呢」 after all of a table: in its total's row, and not in the one that happens to stand first. */
function standingAt({ focus }: Situation): Spot | undefined {
  const [first] = focus;
  return isWholeTable(focus) ? (focus.find((s) => s.row && s.row.row === s.table.totalRow) ?? first) : first;
}

/** Several columns of several rows. */
function isWholeTable(focus: readonly Spot[]): boolean {
  const [first] = focus;
  const isSeveral = focus.some((s) => s.row !== first?.row) && focus.some((s) => s.leaf !== first?.leaf);
  return isSeveral && focus.every((s) => s.table === first?.table);
}

/** 「接听员呢」 after all of a table whose last row isn't made up of the others: in each of its rows. */
function inEachRowOf(found: Found, { focus }: Situation): Found {
  if (!isWholeTable(focus) || !isSingle(found)) return found;
  const [spot] = found.spots;
  const own = found.candidates.find((c) => c.spot === spot);
  const { totalRow, rowWholes } = spot?.table ?? {};
  const isMadeUp = rowWholes?.some((w) => w.whole === totalRow && w.isExhaustive) === true;
  const spots = focus.filter((s) => s.leaf === spot?.leaf);
  return own?.namesRow || isMadeUp || spots.length < 2 ? found : { ...found, spots };
}

/** 「市本级占多少」 after all of a table: of which of its columns isn't said. */
function isRowOfOverview(found: Found, { focus }: Situation): boolean {
  const [near] = focus;
  if (!isSingle(found) || focus.length <= SHOWN_AT_MOST || focus.every((s) => s.leaf === near?.leaf)) return false;
  const [spot] = found.spots;
  return spot?.leaf === near?.leaf && found.candidates.some((c) => c.spot === spot && !c.namesMeasure);
}

/** More than that are a whole table. */
const SHOWN_AT_MOST = 6;

/** 「接听员的」 after four 满意率: of all that the words may mean, the one that was shown just now. */
function ofThoseShown(found: Found, { focus }: Situation): Found {
  if (found.kind !== 'spots' || found.spots.length < 2 || focus.length < 2) return found;
  const shown = [
    ...new Set([...found.spots, ...found.candidates.filter((c) => c.namesMeasure).map((c) => c.spot)]),
  ].filter((s) => focus.includes(s));
  return shown.length === 1 ? { ...found, spots: shown } : found;
}

/** 「没派给部门的」: what is left of the whole; of a rate, nothing that a table declares. */
function withoutParts(operand: Operand, without: readonly Operand[], situation: Situation): Found {
  const unknown = [operand, ...without].flatMap((o) => o.phrase.unknown);
  if (unknown.length > 0) return { kind: 'gap', gap: { reason: 'unknownWords', words: unknown } };
  const spot = restSpot(operand, without, situation);
  return spot
    ? { kind: 'spots', spots: [spot], candidates: [], isDefault: false }
    : { kind: 'gap', gap: { reason: 'noSuch', said: operand.said, nearby: [] } };
}

/** 「电话和互联网加起来」: one figure of each, as their sum. */
function addedUp(of: readonly Operand[], said: string, situation: Situation): Found {
  const together = withinScope(sharedMeasure(resolveTogether(of, situation), 'things', situation));
  const open = together.find((f) => f.kind === 'gap');
  if (open) return open;
  const found = withoutTotal(together, of, situation);
  const sum = found.every(isSingle)
    ? sumSpot(
        found.flatMap((f) => (isSingle(f) ? f.spots : [])),
        situation,
      )
    : undefined;
  return sum
    ? { kind: 'spots', spots: [sum], candidates: [], isDefault: false }
    : { kind: 'gap', gap: { reason: 'noSuch', said, nearby: [] } };
}

/**
 * After 「咨询类、非咨询类办理时长」, 「数量呢」 is asked of both: a phrase that only changes the column keeps all rows, and
 * one that only changes the row all columns.
 */
export function forEachInFocus(phrase: Phrase, situation: Situation): Found | undefined {
  const { focus } = situation;
  const [first] = focus;
  // 「政策专员解答的有多少件」 asks anew.
  if (phrase.unit !== undefined && phrase.pieces.filter((p) => p.text !== '' && !p.isSoft).length > 1) return undefined;
  if (!first || focus.length < 2 || focus.length > 6 || focus.some((s) => s.table !== first.table)) return undefined;
  const keepsRow = focus.every((s) => s.leaf === first.leaf);
  if (!keepsRow && focus.some((s) => s.row !== first.row)) return undefined;
  const spots = focus.flatMap((spot) => {
    const found = findSpots(phrase, situation, spot);
    const [only] = found.kind === 'spots' && found.spots.length === 1 ? found.spots : [];
    // 「他们各答复了几件」 after how many they are: the same name in another group of columns.
    const isKept =
      only?.table === spot.table &&
      (only.leaf === spot.leaf || (only.row === spot.row && (keepsRow || only.leaf.key === spot.leaf.key)));
    return only && isKept ? [only] : [];
  });
  const isEach = spots.length === focus.length && new Set(spots).size === spots.length;
  return isEach ? { kind: 'spots', spots, candidates: [], isDefault: false } : undefined;
}

/** 「做成了几笔」 after another figure of the table: its one measure that is counted so. */
function countedBeside({ unit, unitText }: Phrase, { focus, index }: Situation): Spot | undefined {
  const [spot] = focus;
  if (!spot || !unit || focus.length > 1 || spot.measureUnit === unitText) return undefined;
  const beside = index.spots.filter((s) => s.table === spot.table && s.row === spot.row && s.source.kind === 'cell');
  const exact = beside.filter((s) => s.measureUnit === unitText);
  const alike = exact.length > 0 ? exact : spot.unitKind === unit ? [] : beside.filter((s) => s.unitKind === unit);
  // 「一年接多少件」 after how many answer there: all that came.
  const tops = alike.length > 1 && spot.unitKind !== unit ? alike.filter(isTopColumn) : alike;
  return tops.length === 1 ? tops[0] : undefined;
}

/** 「哪类件数多」 after how long they take: the figures beside them that are counted so; none where one has no such. */
export function countedSo(spots: readonly Spot[], phrase: Phrase, situation: Situation): Spot[] {
  const counted = spots.map((s) => (isCountedSo(s, phrase) ? s : countedBeside(phrase, { ...situation, focus: [s] })));
  return counted.every((s) => s !== undefined) ? counted : [];
}

/** Names nothing itself: 「占比呢」. */
export function isBare({ phrase }: Operand): boolean {
  return phrase.pieces.every((p) => p.text === '') && phrase.unknown.length === 0;
}

function pointAt(refersTo: NonNullable<Operand['refersTo']>, situation: Situation): Spot[] {
  const { focus, trail, list, before } = situation;
  if (Array.isArray(refersTo)) return refersTo.flatMap((place) => list[place] ?? []);
  if (refersTo === 'other') return otherOfPair(situation);
  const shown = focus.length > 1 ? focus : list.length > 1 ? list : trail.slice(-2);
  if (refersTo === 'all') return shown;
  // 「前者」 after two questions of different tables.
  if (shown.length < 2 && before.length === 1) return [[...before, ...focus][refersTo] as Spot];
  // Of 总计, 市本级 and 县区 the two are 市本级 and 县区.
  const parts = shown.filter((s) => !shown.some((o) => o !== s && wholesOf(o, situation).some((w) => w.whole === s)));
  const two = parts.length === 2 ? parts : shown;
  const spot = two[refersTo === 0 ? 0 : two.length - 1];
  return spot ? [spot] : [];
}

/** 「另一类呢」「反过来呢」: beside one of two rows, or of two columns of a group, that one contains neither the other nor a third. */
function otherOfPair({ focus, index }: Situation): Spot[] {
  const [spot, ...more] = focus;
  if (!spot || more.length > 0) return [];
  const isAlone = (s: Spot) =>
    s !== spot && s.source.kind === 'cell' && wholesOf(spot, { index }).every((w) => w.whole !== s);
  const inTable = index.spots.filter((s) => s.table === spot.table);
  const rows = inTable.filter((s) => isAlone(s) && s.leaf === spot.leaf && !s.isTotalRow);
  if (rows.length === 1) return rows;
  const columns = inTable.filter(
    (s) => isAlone(s) && s.row === spot.row && s.groups[0] !== undefined && s.groups[0] === spot.groups[0],
  );
  return columns.length === 1 ? columns : [];
}

/** 「市本级企业人才专员各几名」: two names that nothing divides, and that one figure each bears beside all the others. */
export function sideBySide(
  { phrase, ...operand }: Operand,
  situation: Situation,
  across: 'columns' | 'columnsOrRows' = 'columns',
): Spot[] | undefined {
  const names = phrase.pieces.filter((p) => p.text !== '');
  if (phrase.unknown.length > 0 || names.length < 2 || names.length > NAMES_AT_MOST) return undefined;
  for (let i = 0; i + 1 < names.length; i++) {
    const spots = [i + 1, i].flatMap((left) => {
      const pieces = names.flatMap((p, at) => (at === left ? [] : [p, { text: '', isSoft: true }]));
      const found = resolveOperand({ ...operand, phrase: { ...phrase, pieces } }, situation);
      return isSingle(found) ? found.spots : [];
    });
    const [a, b] = spots;
    const areBeside =
      a && b && a !== b && a.table === b.table && (a.row === b.row || (across !== 'columns' && a.leaf === b.leaf));
    if (areBeside && a.measureUnit === b.measureUnit) return spots;
  }
  return undefined;
}

const NAMES_AT_MOST = 6;

/** Resolves operands that stand side by side: the one that is clear by itself helps the others. */
export function resolveTogether(operands: readonly Operand[], situation: Situation): Found[] {
  const alone = operands.map((operand) => resolveOperand(operand, situation));
  if (operands.length < 2) return alone;
  const inside = insideOf(alone, operands, situation) ?? insideTable(alone, operands, situation);
  if (inside) return inside;
  const anchor = clearest(alone);
  if (!anchor) return inRowsOf(alone, operands, situation) ?? besideGroup(alone, operands, situation) ?? alone;
  const together = operands.map((operand, i) => {
    const found = alone[i] as Found;
    // What names its table speaks for what follows it, not for a clear figure before it.
    const isBeforeAnchor = i < alone.findIndex((f) => isSingle(f) && f.spots[0] === anchor);
    if (isSingle(found) && (found.spots[0] === anchor || (isBeforeAnchor && isClear(found)))) return found;
    const beside = resolveOperand(operand, situation, anchor);
    // 「话务量比电话诉求多」: beside 话务量 several are called 电话, by itself one.
    const isOpen = beside.kind === 'spots' && beside.spots.length > 1 && isSingle(found);
    return (beside.kind === 'gap' && found.kind !== 'gap') || isOpen ? found : beside;
  });
  return withoutContainers(inNamedRow(inNamedGroup(inNamedTable(together), operands, situation), operands, situation));
}

/** 「企业诉求来源，电话跟互联网各多少」: a group of columns, and some of them: those of the row that it is said of. */
function insideOf(alone: readonly Found[], operands: readonly Operand[], situation: Situation): Found[] | undefined {
  const [group] = alone;
  const [near] = group?.kind === 'spots' ? group.spots : [];
  if (group?.kind !== 'spots' || !near || group.spots.length < 2 || operands.length < 3) return undefined;
  if (group.spots.some((s) => s.row !== near.row || s.table !== near.table || s.groups[0] !== near.groups[0]))
    return undefined;
  const columns = operands.slice(1).map((operand) => resolveOperand(operand, situation, near));
  return columns.every((f) => isSingle(f) && group.spots.includes(f.spots[0] as Spot)) ? columns : undefined;
}

/** 「尚贤这块，接听员答复跟部门办理谁涨得快」: a title and nothing else, and what has a figure in that table, each of it. */
function insideTable(alone: readonly Found[], operands: readonly Operand[], situation: Situation): Found[] | undefined {
  const [title, ...others] = alone;
  if (!title || title.kind === 'gap' || others.length < 2 || !operands[0]?.isBeforeComma) return undefined;
  const named = title.kind === 'spots' ? title.candidates.filter((c) => title.spots.includes(c.spot)) : [];
  const isTitle = title.kind === 'scope' || (named.length > 0 && named.every((c) => c.isTitleAlone && c.namesTable));
  const spots = title.kind === 'scope' ? title.scopes.flatMap((s) => (s.row ? [] : s.spots)) : title.spots;
  const near = spots.find((s) => s.isTotalRow) ?? spots[0];
  if (!isTitle || !near || spots.some((s) => s.table !== near.table)) return undefined;
  const inside = operands.slice(1).map((operand) => resolveOperand(operand, situation, near));
  const isThere = (f: Found) =>
    isSingle(f) && f.candidates.some((c) => c.spot === f.spots[0] && c.namesMeasure && c.spot.table === near.table);
  return inside.every(isThere) ? inside : undefined;
}

/** 「企业政策专员，市本级、全市各几名」: a column that several rows have, beside the rows: its figure in each of them. */
function inRowsOf(alone: readonly Found[], operands: readonly Operand[], situation: Situation): Found[] | undefined {
  const at = alone.findIndex((f) => f.kind === 'spots');
  const column = alone[at];
  if (column?.kind !== 'spots' || operands.length < 3) return undefined;
  // 「百科的问答，市本级跟县区」: of 问答总量 and of what was asked for, one is given row by row.
  const leaves = [...new Set(column.spots.map((s) => s.leaf))];
  const fitting = leaves.flatMap((leaf) => {
    const near = column.spots.find((s) => s.leaf === leaf);
    const rows = operands.filter((_, i) => i !== at).map((operand) => resolveOperand(operand, situation, near));
    const isInColumn = rows.every((f) => isSingle(f) && f.spots[0]?.leaf === leaf && f.spots[0].table === near?.table);
    return isInColumn && new Set(rows.map((f) => isSingle(f) && f.spots[0])).size === rows.length ? [rows] : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** 「尚贤诉求从哪来、到哪去」: a group of columns in a table that is named, and others there. */
function besideGroup(alone: readonly Found[], operands: readonly Operand[], situation: Situation): Found[] | undefined {
  const [group] = alone;
  const [near] = group?.kind === 'spots' ? group.spots : [];
  if (group?.kind !== 'spots' || !near || group.spots.some((s) => s.table !== near.table || s.row !== near.row))
    return undefined;
  if (!group.candidates.some((c) => c.spot === near && (c.namesTable || c.namesRow))) return undefined;
  // What it is set beside is divided as the group is: 在线答复 into who answers.
  const others = operands.slice(1).map((operand): Found => {
    const found = resolveOperand(operand, situation, near);
    if (found.kind !== 'spots') return found;
    return { ...found, spots: found.spots.flatMap((s) => (s.source.kind === 'sum' ? membersOf(s, situation) : [s])) };
  });
  const isThere = (f: Found) =>
    f.kind === 'spots' && f.spots.every((s) => s.table === near.table && s.row === near.row);
  return others.every(isThere) ? [group, ...others] : undefined;
}

/**
 * 「尚贤的民声接听员和政策专员答复量」: the table that is named first goes for what follows, where that names none and has a
 * figure there, if less well named than another table's.
 */
function inNamedTable(found: readonly Found[]): Found[] {
  const [first] = found;
  const spots = first?.kind === 'spots' ? first.spots : [];
  const [own] = first?.kind === 'spots' ? first.candidates.filter((c) => spots.includes(c.spot)) : [];
  if (!own?.namesTable || spots.some((s) => s.table !== own.spot.table)) return [...found];
  const moved = found.map((other): Found => {
    if (other.kind !== 'spots') return other;
    const { candidates } = other;
    const best = candidates.find((c) => c.spot === other.spots[0]);
    if (!best || best.namesTable || best.spot.table === own.spot.table) return other;
    const [there, rival] = candidates.filter((c) => c.spot.table === own.spot.table && c.namesMeasure);
    const isNamed = there !== undefined && there.cost <= best.cost + (isClear(other) ? 0 : BESIDE_TABLE);
    if (!isNamed || (rival && rival.cost <= there.cost + 0.05)) return other;
    return { kind: 'spots', spots: [there.spot], candidates, isDefault: false };
  });
  // 「尚贤接听员、专员的答复量」: of the two figures that 接听员 names there, the one beside the other's.
  const groups = new Set(moved.flatMap((f) => (isSingle(f) ? [f.spots[0]?.groups[0]] : [])));
  return moved.map((f): Found => {
    if (f.kind !== 'spots' || f.spots.length < 2 || f.spots.some((s) => s.table !== own.spot.table)) return f;
    const beside = f.spots.filter((s) => s.groups[0] && groups.has(s.groups[0]));
    return beside.length === 1 ? { ...f, spots: beside } : f;
  });
}

const BESIDE_TABLE = 0.5;

/** 「信息和问答的使用量」: the group that is named at the end goes for what comes before, where it has a column so called. */
function inNamedGroup(found: readonly Found[], operands: readonly Operand[], situation: Situation): Found[] {
  const last = found[found.length - 1];
  const [group] = last && isSingle(last) ? (last.spots[0] as Spot).groups : [];
  if (!last || !isSingle(last) || !group) return [...found];
  const [spot] = last.spots as [Spot];
  const names = (text: string) => group.key.includes(text);
  const isGroupSaid = operands[operands.length - 1]?.phrase.pieces.some((p) => p.text !== '' && names(p.text));
  if (!isGroupSaid) return [...found];
  return found.map((other, i): Found => {
    const [own] = other.kind === 'spots' ? other.candidates : [];
    if (other === last || other.kind !== 'spots' || own?.namesTable || isClear(other)) return other;
    const beside = findSpots((operands[i] as Operand).phrase, situation, spot);
    const [sibling] = isSingle(beside) ? beside.spots : [];
    return sibling && sibling !== spot && sibling.row === spot.row && sibling.groups[0] === group ? beside : other;
  });
}

/**
 * 「企业诉求总量是降的，部门办理呢」: the row that is named first goes for what follows it in the same table;
 * 「部门单位和信息专员的总数」: so does the one that is named at the end for what comes before.
 */
function inNamedRow(found: readonly Found[], operands: readonly Operand[], situation: Situation): Found[] {
  const named = (f: Found | undefined) => {
    const [own] = f && isSingle(f) ? f.candidates.filter((c) => c.spot === f.spots[0]) : [];
    return own?.namesRow ? own.spot : undefined;
  };
  const first = named(found[0]);
  const row = first && !first.isTotalRow ? first : named(found[found.length - 1]);
  if (!row) return [...found];
  return found.map((other, i): Found => {
    if (other.kind === 'spots' && other.spots.length > 1) {
      const beside = resolveOperand(operands[i] as Operand, situation, row);
      const isOfRow =
        isSingle(beside) && beside.spots[0]?.row === row.row && other.spots.includes(beside.spots[0] as Spot);
      return isOfRow ? beside : other;
    }
    const [own] = isSingle(other) ? other.candidates.filter((c) => c.spot === other.spots[0]) : [];
    if (!own || own.namesRow || own.namesTable || own.spot.table !== row.table || own.spot.leaf === row.leaf)
      return other;
    const beside = resolveOperand(operands[i] as Operand, situation, row);
    return isSingle(beside) && beside.spots[0]?.row === row.row ? beside : other;
  });
}

/** 「在尚贤那边，政策专员和接听员」: a table named beside measures is where they stand. */
export function withinScope(found: readonly Found[]): Found[] {
  const scopes = found.filter((f) => f.kind === 'scope');
  const [scope] = scopes.length === 1 && scopes[0]?.scopes.length === 1 ? scopes[0].scopes : [];
  if (!scope || found.length < 2) return [...found];
  const narrowed = found.flatMap((f): Found[] => {
    if (f.kind !== 'spots') return [];
    const spots = f.spots.filter((s) => s.table === scope.table && (!scope.row || s.row === scope.row));
    return spots.length > 0 ? [{ ...f, spots }] : [];
  });
  return narrowed.length === found.length - 1 ? narrowed : [...found];
}

/** The headline table's own measure, in full: it needs no neighbour to be understood. */
function isClear({ candidates }: Extract<Found, { kind: 'spots' }>): boolean {
  const [best] = candidates;
  return best?.namesLeafInFull === true && best.spot.table.isHeadline && best.cost <= 0.5;
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

/**
 * 「电话来源，群众和企业各多少」「尚贤的诉求，接听员答的、专员答的」: the column or the table that is said first is theirs,
 * and its total none of those asked.
 */
export function withoutTotal(found: readonly Found[], [place]: readonly Operand[], situation: Situation): Found[] {
  if (!place?.isBeforeComma) return [...found];
  const [first, ...others] = found;
  const [spot] = first && isSingle(first) ? first.spots : [];
  if (first?.kind !== 'spots' || !spot || others.length < 2) return [...found];
  const own = first.candidates.find((c) => c.spot === spot);
  const isPlace = { column: spot.isTotalRow && !own?.namesRow, row: own !== undefined && !own.namesLeafInFull };
  const areParts = others.every(
    (f) => isSingle(f) && wholesOf(f.spots[0] as Spot, situation).some((w) => w.whole === spot && isPlace[w.along]),
  );
  return areParts ? others : [...found];
}

export function isSingle(found: Found): found is Extract<Found, { kind: 'spots' }> {
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
