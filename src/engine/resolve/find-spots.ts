/**
 * From a phrase to the spots it means: one, several equally good ones, a whole table, or a gap.
 *
 * Defaults are the report's: its headline table is meant where the same kind of thing stands in several
 * tables (诉求总量), never between different kinds (民声接听员: persons here, answered requests there).
 */
import type { Table } from '../../report/report';
import type { Node, ReportIndex, Spot } from '../vocabulary/spots';
import type { Vocabulary } from '../vocabulary/vocabulary';
import { type Candidate, isCountedSo, matchSpots } from './match-spots';
import type { Phrase } from './name-nodes';

export type Found =
  | { kind: 'spots'; spots: Spot[]; candidates: Candidate[]; isDefault: boolean }
  /** Only tables, or rows of tables, are named. */
  | { kind: 'scope'; scopes: Scope[] }
  | { kind: 'gap'; gap: Gap };

export interface Scope {
  part?: Node;
  table?: Table;
  row?: Node;
  spots: Spot[];
}

export type Gap =
  /** Words that the report doesn't have. */
  | { reason: 'unknownWords'; words: string[] }
  /** All words are known, but nothing bears them together: 政风热线 + 平均等待时长. */
  | { reason: 'noSuch'; said: string; nearby: Spot[] }
  | { reason: 'nothingNamed' };

/** Candidates within this of the best are as good as the best. */
const AS_GOOD = 0.12;
/** Within one part its title weighs nothing, and labels say the same in different words. */
const AS_GOOD_IN_PART = 0.27;
/** The headline table is meant even if its label fits a little less than another's. */
const HEADLINE_WITHIN = 0.2;

export interface Ground {
  index: ReportIndex;
  vocabulary: Vocabulary;
}

export function findSpots(phrase: Phrase, ground: Ground, near?: Spot): Found {
  if (phrase.unknown.length > 0) return { kind: 'gap', gap: { reason: 'unknownWords', words: phrase.unknown } };
  if (phrase.pieces.every((p) => p.text === '')) {
    // 「其中派了多少件」 after the total of all isn't asked of it.
    const isOfPart = phrase.isSpecific && near !== undefined && isTopColumn(near);
    if (isOfPart) return { kind: 'gap', gap: { reason: 'nothingNamed' } };
    return near ? one(near) : (countedAnywhere(phrase, ground) ?? { kind: 'gap', gap: { reason: 'nothingNamed' } });
  }
  const all = besidesNear(matchSpots(phrase, ground.index, ground.vocabulary, near), phrase, near);
  // 「回到前面的诉求总量」 after 互转诉求量 › 总量.
  const isElsewhere = near !== undefined && isPutTogether(near, phrase, ground);
  const candidates = isElsewhere ? all.filter((c) => c.spot !== near) : all;
  const best = candidates[0];
  const elsewhere = near && sameMeasureIn(phrase, candidates, near, ground);
  if (elsewhere) return { kind: 'spots', spots: [elsewhere], candidates: [], isDefault: true };
  if (!best) {
    const found = lessStrictly(phrase, ground, near);
    return found ?? { kind: 'gap', gap: missing(phrase, ground) };
  }
  const vague = near ? undefined : vaguelyNamed(phrase, candidates, ground);
  if (vague) return vague;
  const keepsMeasure = near !== undefined && best.spot.table === near.table && best.spot.leaf === near.leaf;
  if (!best.namesMeasure && !keepsMeasure) {
    if (near && !best.namesTable && best.spot.table !== near.table && !best.namesRow) {
      return { kind: 'gap', gap: missing(phrase, ground) };
    }
    const counted = countedIn(phrase, candidates, best);
    if (counted) return { kind: 'spots', spots: [counted.spot], candidates: [counted], isDefault: true };
    // 「市本级平台受理几件」: rows that count no 件 can't answer it.
    if (phrase.unit && !phrase.isUnitShared) return { kind: 'gap', gap: missing(phrase, ground) };
    return { kind: 'scope', scopes: scopesOf(candidates.filter((c) => c.cost <= best.cost + AS_GOOD)) };
  }
  // 「特色热线那一章的诉求量」: of all its tables, however their labels put it.
  const isInPart = ({ spot, cost }: Candidate) =>
    best.namesPartOnly &&
    spot.table !== best.spot.table &&
    spot.unitKind === best.spot.unitKind &&
    cost <= best.cost + AS_GOOD_IN_PART;
  const tied = candidates.filter(
    (c) => (c.cost <= best.cost + AS_GOOD || isInPart(c)) && (c.namesMeasure || keepsMeasure),
  );
  // 「几个接听员」 asks how many they are, and not what they answered.
  const people = phrase.countsNamed ? tied.filter((c) => c.spot.unitKind === 'people') : [];
  // 「百科的问答多少对」 asks for 对, and not for 对次.
  const isInOneTable = tied.every((c) => c.spot.table === best.spot.table);
  const exact = isInOneTable && phrase.unitText ? tied.filter((c) => c.spot.measureUnit === phrase.unitText) : [];
  const fitting = exact.length > 0 ? exact : tied;
  const asGood =
    wholeAmong(fitting) ??
    countedLike(near, fitting) ??
    countedLikeElsewhere(near, fitting) ??
    (people.length > 0 ? people : fitting);
  // Beside what was just answered, the headline has no claim.
  return near && best.spot.table === near.table
    ? { kind: 'spots', spots: asGood.map((c) => c.spot), candidates, isDefault: false }
    : settle([...asGood, ...namesakesOf(asGood, candidates)], candidates);
}

/** 「办理满意率」 is printed so in one table, and another's is 群众诉求办理满意率: which is meant isn't said. */
function namesakesOf([best, ...others]: readonly Candidate[], candidates: readonly Candidate[]): Candidate[] {
  if (!best || others.length > 0 || best.spot.unitKind !== 'rate' || !best.namesLeafInFull || best.namesTable)
    return [];
  const { table, leaf } = best.spot;
  return candidates.filter(({ spot }) => spot.table !== table && spot.leaf.key.endsWith(leaf.key));
}

/**
 * 「信息的呢」 after 政务信息数 › 问答总量, 「通话的时长呢」 after 平均等待时长: what is named in its own column is meant, and not once
 * more what was just answered.
 */
function besidesNear(candidates: Candidate[], phrase: Phrase, near: Spot | undefined): Candidate[] {
  const own = candidates.find((c) => c.spot === near);
  if (!near || !own) return candidates;
  // 「全市民声接听员呢」 after 座席数, which may be called so: not where others are.
  const text = phrase.pieces.flatMap((p) => (p.isSoft ? [] : [p.text])).join('');
  const isCalledElse = own.namesLeaf && !near.leaf.key.includes(text);
  if (isCalledElse && candidates.some((c) => c.spot.leaf.key === text)) return candidates.filter((c) => c !== own);
  const isBeside = (c: Candidate) =>
    c !== own &&
    c.namesLeaf &&
    c.spot.table === near.table &&
    c.spot.row === near.row &&
    c.cost <= own.cost + BESIDE_NEAR;
  const isMeantInstead =
    !own.namesLeafInFull && candidates.some((c) => isBeside(c) && (!own.namesLeaf || c.cost <= own.cost + AS_GOOD));
  return isMeantInstead ? candidates.filter((c) => c !== own) : candidates;
}

const BESIDE_NEAR = 0.4;

/** 诉求总量 is printed as one label: 互转诉求量 › 总量 isn't called so. */
export function isPutTogether(
  { leaf, groups, row, tableNode }: Spot,
  phrase: Phrase,
  { index }: Pick<Ground, 'index'>,
): boolean {
  const text = phrase.pieces.map((p) => p.text).join('');
  const isInOne = [leaf, ...groups, row, tableNode].some((node) => node?.key.includes(text));
  return !isInOne && (index.nodesByKey.get(text) ?? []).some((node) => node.kind === 'header');
}

/**
 * 「尚贤通过电话收到的诉求」: 收到的诉求 may be called the figure that it is of many; nothing else bears all the words, so it
 * says here no more than its words do: something that is counted.
 */
function lessStrictly(phrase: Phrase, ground: Ground, near: Spot | undefined): Found | undefined {
  const says = (p: Phrase['pieces'][number]) => p.isWordy && !p.isSoft && !ground.index.nodesByKey.has(p.text);
  const { pieces } = phrase;
  if (!pieces.some(says) || !pieces.some((p) => p.text !== '' && !p.isSoft && !says(p))) return undefined;
  const softer = pieces.map((p) => (says(p) ? { ...p, isSoft: true } : p));
  const found = findSpots({ ...phrase, pieces: softer, unit: phrase.unit ?? 'things' }, ground, near);
  return found.kind === 'spots' && found.spots.length === 1 ? found : undefined;
}

/**
 * 「总数多少」 says nothing but words that go with any figure: one that bears them as its label isn't meant more than the
 * headline figure.
 */
function vaguelyNamed(phrase: Phrase, candidates: readonly Candidate[], { index }: Ground): Found | undefined {
  const [best] = candidates;
  if (
    !best?.namesMeasure ||
    candidates.some((c) => c.spot.table.isHeadline && c.namesMeasure) ||
    phrase.unit ||
    phrase.pieces.some((p) => !p.isSoft && p.text !== '')
  )
    return undefined;
  const headline = index.spots.filter((s) => s.table.isHeadline && s.isTotalRow && isTopColumn(s));
  const named = candidates.filter((c) => c.namesMeasure && c.cost <= best.cost + AS_GOOD).map((c) => c.spot);
  const spots = [...new Set([...headline, ...named])].slice(0, CHOICES_AT_MOST);
  return spots.length > 1 ? { kind: 'spots', spots, candidates: [], isDefault: false } : undefined;
}

/** 「你们一共多少人」 names only what is counted: the headline figure if it is counted so, else whatever is, to choose from. */
function countedAnywhere({ unit, unitText, isSpecific }: Phrase, { index }: Ground): Found | undefined {
  if (!unit || !unitText || isSpecific) return undefined;
  const counted = index.spots.filter(
    (s) => s.source.kind === 'cell' && s.unitKind === unit && (unit !== 'things' || s.measureUnit === unitText),
  );
  const headline = counted.find((s) => s.table.isHeadline && s.isTotalRow && isTopColumn(s));
  if (headline) return { kind: 'spots', spots: [headline], candidates: [], isDefault: true };
  const totals = counted.filter((s) => s.isTotalRow || !s.row || !s.table.totalRow || s.row.row === s.table.totalRow);
  return totals.length > 0
    ? { kind: 'spots', spots: totals.slice(0, CHOICES_AT_MOST), candidates: [], isDefault: false }
    : undefined;
}

const CHOICES_AT_MOST = 10;

/**
 * 「尚贤的呢」 after 政风热线's 上线期间收到诉求总量: a title of another table asks there for the measure that bears the same
 * name, or the end of it: 诉求总量.
 */
function sameMeasureIn(
  phrase: Phrase,
  candidates: readonly Candidate[],
  near: Spot,
  { index, vocabulary }: Ground,
): Spot | undefined {
  const titled = new Set(candidates.filter((c) => c.isTitleAlone && c.namesTable).map((c) => c.spot.table));
  const [table] = titled;
  // 「市本级平台呢」 after 尚贤's 民声接听员: a row of another table, which has a figure of that very name.
  const rows = candidates.filter((c) => c.isRowAlone);
  const named = rows.filter(({ spot }) => spot.leaf.key === near.leaf.key && spot.unitKind === near.unitKind);
  if (!table && named.length === 1 && rows.every(({ spot }) => spot.table !== near.table)) return named[0]?.spot;
  if (!table || titled.size > 1 || table === near.table) return undefined;
  // 市本级 of the one table is 市本级 of the other.
  const alike = measuresLike(near, (s) => s.table === table, { index, vocabulary });
  const inRow = alike.filter((c) => near.row && !near.isTotalRow && c.spot.row?.key === near.row.key);
  const best = inRow.length > 0 ? inRow : closest(alike);
  const [only, ...more] = best;
  // 「政风热线几期」 asks for nothing that is counted in 件.
  return only && more.length === 0 && isCountedSo(only.spot, phrase) ? only.spot : undefined;
}

/** Figures of the same kind that bear the same name, or the longest end of it that any bears: 满意率. */
export function measuresLike(
  known: Spot,
  isMeant: (spot: Spot) => boolean,
  { index, vocabulary }: Ground,
): Candidate[] {
  const { key } = known.leaf;
  for (let from = 0; key.length - from >= SHORTEST_MEASURE; from++) {
    const text = key.slice(from);
    const alike = matchSpots({ pieces: [{ text, isSoft: false }], unknown: [] }, index, vocabulary).filter(
      ({ spot, namesLeafInFull }) =>
        isMeant(spot) && spot.unitKind === known.unitKind && (namesLeafInFull || spot.leaf.key.endsWith(text)),
    );
    if (alike.length > 0) return alike;
  }
  return [];
}

export function closest(candidates: readonly Candidate[]): Candidate[] {
  const [best] = candidates;
  return candidates.filter((c) => best !== undefined && c.cost <= best.cost + AS_GOOD);
}

/** 满意率 and 诉求量 are measures; 率 and 量 are the end of many. */
export const SHORTEST_MEASURE = 3;

/** Chooses among equally good candidates by the report's own defaults, or keeps them all. */
function settle(asGood: Candidate[], candidates: Candidate[]): Found {
  const best = candidates[0] as Candidate;
  const headline = candidates.filter(
    (c) => c.spot.table.isHeadline && c.namesMeasure && c.cost <= best.cost + HEADLINE_WITHIN,
  );
  const [first] = headline;
  // 群众诉求办理满意率 holds the word 诉求, but isn't a number of them.
  const rivals = asGood.filter((c) => c.namesLeafInFull || c.spot.unitKind !== 'rate');
  const kinds = new Set([...rivals, ...headline.slice(0, 1)].map((c) => c.spot.unitKind));
  // 其他 of the requests is counted in 件, 其他 of the member units in 个.
  const inFull = [...rivals, ...headline.slice(0, 1)].filter((c) => c.namesLeafInFull);
  const units = new Set(inFull.map((c) => c.spot.measureUnit));
  const isOutnamed = best.namesLeafInFull && !first?.namesLeafInFull;
  const isDefault =
    first !== undefined &&
    !isOutnamed &&
    !best.namesTable &&
    kinds.size === 1 &&
    units.size < 2 &&
    asGood.every((c) => headline.some((h) => isOfSameName(c.spot, h.spot))) &&
    (asGood.length > 1 || !asGood.includes(first));
  const spots = isDefault ? headline.filter((c) => c.cost <= first.cost + AS_GOOD) : asGood;
  return { kind: 'spots', spots: spots.map((c) => c.spot), candidates, isDefault };
}

/** 诉求总量 stands in several tables, and so does 诉求来源; 承办转办 and 110转12345警单量 are only called alike. */
function isOfSameName({ leaf, groups }: Spot, other: Spot): boolean {
  if (groups[0] && groups[0].key === other.groups[0]?.key) return true;
  return [...leaf.key].some((_, i, all) => i > 0 && other.leaf.key.includes(all.slice(i - 1, i + 1).join('')));
}

/** 「政风热线的诉求」 fits four columns; the one that contains the others is meant: 上线期间收到诉求总量. */
function wholeAmong(tied: readonly Candidate[]): Candidate[] | undefined {
  const [first] = tied;
  if (!first || tied.length < 3 || tied.some((c) => c.spot.table !== first.spot.table || c.spot.row !== first.spot.row))
    return undefined;
  const { columnWholes } = first.spot.table;
  const contains = (a: Spot, b: Spot) =>
    columnWholes.some((w) => w.whole === a.leaf.header && w.parts.some((p) => p === b.leaf.header));
  const wholes = tied.filter(
    (c) => tied.some((o) => contains(c.spot, o.spot)) && !tied.some((o) => contains(o.spot, c.spot)),
  );
  return wholes.length === 1 ? wholes : undefined;
}

/** 「通话的呢」 after 平均等待时长 or 平均办理时长: of the labels that hold 通话, the one that is measured so, and called so. */
function countedLike(near: Spot | undefined, tied: readonly Candidate[]): Candidate[] | undefined {
  if (!near || tied.length < 2 || tied.some((c) => c.namesLeafInFull)) return undefined;
  const isInTable = tied.every((c) => c.spot.table === near.table);
  const alike = tied.filter(({ spot }) =>
    isInTable
      ? spot.measureUnit === near.measureUnit
      : spot.table !== near.table && spot.unitKind === near.unitKind && isCalledLike(spot, near),
  );
  const [only, ...more] = alike;
  // 时长 beside 接通率 isn't the share of long calls because both are in per cent.
  return only && more.length === 0 && isCalledLike(only.spot, near) ? alike : undefined;
}

function isCalledLike(spot: Spot, near: Spot): boolean {
  return spot.leaf.key.slice(-2) === near.leaf.key.slice(-2);
}

/** 「尚贤的政策专员那份」 after how many were answered: what they answered there, and not how many they are. */
function countedLikeElsewhere(near: Spot | undefined, tied: Candidate[]): Candidate[] | undefined {
  const [first] = tied;
  const isOneTable = tied.every((c) => c.namesTable && c.spot.table === first?.spot.table);
  if (!near || tied.length < 2 || !isOneTable || first?.spot.table === near.table) return undefined;
  const alike = tied.filter((c) => c.spot.measureUnit === near.measureUnit);
  return alike.length === 1 ? alike : undefined;
}

/** 「政风热线上了多少人」 names a table and, by 人, what is counted: its one measure of that kind, or the one that contains the others. */
function countedIn(phrase: Phrase, candidates: readonly Candidate[], best: Candidate): Candidate | undefined {
  if (!phrase.unit || best.spot.source.kind !== 'cell') return undefined;
  const ofHeadline = candidates.find(
    (c) => c.spot.table.isHeadline && c.namesRow && isCountedSo(c.spot, phrase) && isTopColumn(c.spot),
  );
  if (ofHeadline && !best.namesTable) return ofHeadline;
  // Without a row, the total's; where there is none, any.
  const row = best.namesRow ? best : candidates.find((c) => c.spot.table === best.spot.table && c.spot.isTotalRow);
  const inScope = candidates.filter(
    (c) =>
      c.cost <= (row ?? best).cost + AS_GOOD &&
      c.spot.table === best.spot.table &&
      (!row || c.spot.row === row.spot.row),
  );
  const exact = inScope.filter((c) => c.spot.measureUnit === phrase.unitText);
  const pool = exact.length > 0 ? exact : phrase.unit === 'things' ? [] : inScope;
  if (pool.length === 1) return pool[0];
  // 「尚贤的，在线答复了几件」: 件 is counted of what follows.
  const wholes = phrase.isUnitShared ? [] : pool.filter((c) => isTopColumn(c.spot));
  return wholes.length === 1 ? wholes[0] : undefined;
}

/** The column that no other contains: 诉求总量. */
export function isTopColumn({ table, leaf }: Spot): boolean {
  return (
    leaf.header !== undefined &&
    table.columnWholes.some((w) => w.whole === leaf.header) &&
    !table.columnWholes.some((w) => w.parts.some((p) => p === leaf.header))
  );
}

function one(spot: Spot): Found {
  return { kind: 'spots', spots: [spot], candidates: [], isDefault: false };
}

function scopesOf(candidates: Candidate[]): Scope[] {
  const scopes = new Map<object, Scope>();
  for (const { spot, namesRow } of candidates) {
    const row = namesRow ? spot.row : undefined;
    const key = row ?? spot.table;
    const scope = scopes.get(key) ?? { table: spot.table, ...(row ? { row } : {}), spots: [] };
    scope.spots.push(spot);
    scopes.set(key, scope);
  }
  return [...scopes.values()];
}

/** What each of the named things would have been, to be offered instead. */
function missing(phrase: Phrase, ground: Ground): Gap {
  const pieces = phrase.pieces.filter((p) => p.text !== '');
  const hard = pieces.filter((p) => !p.isSoft);
  const nearby = (hard.length > 0 ? hard : pieces).flatMap((piece) => bearing(piece, ground));
  return { reason: 'noSuch', said: pieces.map((p) => p.text).join(''), nearby: [...new Set(nearby)] };
}

/** The few figures that one word alone names best. */
function bearing(piece: Phrase['pieces'][number], { index, vocabulary }: Ground): Spot[] {
  const known = borne.get(piece)?.get(index);
  if (known) return known;
  const alone = matchSpots({ pieces: [piece], unknown: [] }, index, vocabulary);
  const spots = alone[0]?.namesMeasure ? closest(alone).map((c) => c.spot) : [];
  const few = spots.slice(0, 3);
  borne.set(piece, (borne.get(piece) ?? new Map<ReportIndex, Spot[]>()).set(index, few));
  return few;
}

/** By the word itself: one question asks again and again, with other words beside it. */
const borne = new WeakMap<Phrase['pieces'][number], Map<ReportIndex, Spot[]>>();
