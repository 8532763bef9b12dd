/**
 * How well each spot of a report fits what a phrase names.
 *
 * The coverage rule lives here: every content character of the phrase has to be explained by a node of
 * the spot's path, or the spot isn't a candidate. What the path has and the phrase doesn't name costs
 * by how much it would have narrowed things down; what the conversation stands at costs nothing.
 *
 * 「企业诉求总量」 in 诉求总量与办理: row and column named in full, cost 0. In “一企来办”: 企业 is only in the
 * table's title, 诉求总量 only a part of its label: a candidate, at a cost.
 */
import { normalizeLabel } from '../normalize/normalize';
import { type Node, pathOf, type ReportIndex, type Spot } from '../vocabulary/spots';
import type { Vocabulary } from '../vocabulary/vocabulary';
import { linkNodes, type NodeMatch, type Phrase, type Soft } from './name-nodes';

export interface Candidate {
  spot: Spot;
  cost: number;
  /** The leaf or one of its groups is named: a measure is asked for, not just a table or row. */
  namesMeasure: boolean;
  /** The leaf itself is named, if only in part. */
  namesLeaf: boolean;
  namesTable: boolean;
  /** The title of its part is named, which may hold several tables, and not its own. */
  namesPartOnly: boolean;
  namesRow: boolean;
  /** The leaf's label is named in full. */
  namesLeafInFull: boolean;
  /** The table's title (or its part's) explains the whole phrase by itself. */
  isTitleAlone: boolean;
  /** The row explains the whole phrase, in full or in part. */
  isInRow: boolean;
  /** A row, named in full, explains the whole phrase by itself. */
  isRowAlone: boolean;
}

const COST = {
  partlyNamed: 0.25,
  tableUnnamed: 0.5,
  titlePartlyNamed: 0.35,
  partNamed: 0.05,
  /** Words that only a fragment of the part's title explains: 群众 in 企业群众诉求办理. */
  partPartlyNamed: 0.3,
  rowUnnamed: 0.6,
  /** A table without a total row: a measure without a row means all its rows. */
  anyRow: 0.05,
  groupUnnamed: 0.1,
  groupPartlyNamed: 0.1,
  leafUnnamed: 0.9,
  /** The phrase is a table's title and nothing else. */
  titleAlone: 0.3,
  defaultLeaf: 0.05,
  /**
   * What is said and not explained: 全市 names a row where a table has one; 人数 is a group of one table, and a way
   * of asking how many in all.
   */
  unexplained: { place: 0.6, unit: 0.05, word: 0.2 },
  placeInOtherWords: 0.15,
  /** A word explained by the table's title although a row or column of the table bears it. */
  besideTheAxis: 0.5,
  otherThanNear: 0.3,
  otherGroupThanNear: 0.2,
  /** A merged cell beside a figure that has a row. */
  rowLost: 0.4,
  otherTableThanNear: 0.15,
  sumOverNear: 0.2,
};

/** 国企的诉求 are counted in 件: a figure that counts 个 isn't theirs. A rate or a time may well be. */
const COUNTED: ReadonlySet<Spot['unitKind']> = new Set<Spot['unitKind']>(['things', 'people', 'money']);

/** All spots that explain the whole phrase, best first. */
export function matchSpots(phrase: Phrase, index: ReportIndex, vocabulary: Vocabulary, near?: Spot): Candidate[] {
  // One question asks for the same phrase again and again, beside one figure and another.
  const known = linkedIn(phrase, index, vocabulary);
  const before = known.beside.get(near);
  if (before) return before;
  const candidates = known.within.flatMap((spot) => scored(spot, known, phrase, near) ?? []);
  candidates.sort((a, b) => a.cost - b.cost);
  known.beside.set(near, candidates);
  return candidates;
}

interface Linked {
  matches: ReadonlyMap<Node, NodeMatch>;
  required: bigint;
  soft: readonly Soft[];
  /** Characters that name the whole region: 全市. */
  places: bigint;
  axisClaims: ReadonlyMap<object, bigint>;
  /** On the path of any other spot, a word is left over. */
  within: readonly Spot[];
}

interface Known extends Linked {
  /** What was found beside which figure. */
  beside: Map<Spot | undefined, Candidate[]>;
}

/** By the phrase itself: forgotten with it. */
const linked = new WeakMap<Phrase, Map<ReportIndex, Known>>();

function linkedIn(phrase: Phrase, index: ReportIndex, vocabulary: Vocabulary): Known {
  const before = linked.get(phrase)?.get(index);
  if (before) return before;
  const nodes = linkNodes(phrase, index, vocabulary);
  const known = {
    ...nodes,
    axisClaims: claimsOfAxes(nodes.matches),
    within: within(index, nodes),
    beside: new Map<Spot | undefined, Candidate[]>(),
  };
  linked.set(phrase, (linked.get(phrase) ?? new Map<ReportIndex, Known>()).set(index, known));
  return known;
}

/** The spots that can explain each of what has to be explained, one character after the other. */
function within(index: ReportIndex, { matches, required }: Pick<Linked, 'matches' | 'required'>): readonly Spot[] {
  if (matches.size === 0) return [];
  let spots: readonly Spot[] = index.spots;
  for (let left = required; left !== 0n && spots.length > 0; ) {
    const first = left & -left;
    const explaining = new Set<Spot>();
    // What is explained by the same nodes needn't be looked at again.
    let alike = -1n;
    for (const [node, { explained }] of matches) {
      if ((explained & first) === 0n) alike &= ~explained;
      else {
        alike &= explained;
        for (const spot of index.spotsByNode.get(node) ?? []) explaining.add(spot);
      }
    }
    spots = spots.filter((spot) => explaining.has(spot));
    left &= ~(alike | first);
  }
  return spots;
}

function scored(
  spot: Spot,
  { matches, required, soft, places, axisClaims }: Linked,
  phrase: Phrase,
  near: Spot | undefined,
): Candidate | undefined {
  let explained = 0n;
  for (const node of pathOf(spot)) {
    const match = matches.get(node);
    // 企业 in the title of a part is no row of each of its tables.
    if (match && (node !== spot.part || match.isFull)) explained |= match.explained;
  }
  if ((required & ~explained) !== 0n) return undefined;
  if (!isCountedSo(spot, phrase)) return undefined;

  const part = matches.get(spot.part);
  const table = matches.get(spot.tableNode);
  const rowMatch = spot.row && matches.get(spot.row);
  const groups = spot.groups.map((g) => matches.get(g));
  // 评价 of 办理评价 names the group, and no 回访征集评价 in it.
  const ownLeaf = matches.get(spot.leaf);
  const isInGroup = ({ key }: Node, i: number) =>
    ownLeaf &&
    !ownLeaf.isFull &&
    phrase.pieces.some((p) => p.text === key) &&
    (ownLeaf.explained & ~(groups[i]?.explained ?? 0n)) === 0n;
  const leaf = spot.groups.some(isInGroup) ? undefined : ownLeaf;
  const ofColumn = groups.reduce((all, g) => all | (g?.explained ?? 0n), leaf?.explained ?? 0n);
  // 诉求 of 诉求来源 names the column, and not the row 群众诉求 too.
  const row = namedRow(rowMatch, required & ~ofColumn, places);
  const isRowInColumn = row === undefined && namedRow(rowMatch, required, places) !== undefined;
  const namesGroup = groups.some(Boolean);
  const sameTable = near?.table === spot.table;

  const title = table?.isFull ? table : part?.isFull ? part : undefined;
  const isWholeTitle = title !== undefined && required !== 0n && (required & ~title.explained) === 0n;

  let cost = 0;

  if (near && !sameTable) cost += COST.otherTableThanNear;
  if (spot.row) {
    // 全市 is a row's own name in some tables, and another word for 总计 in others.
    if (row)
      cost +=
        (row.isFull ? 0 : COST.partlyNamed) +
        ((row.explained & places) !== 0n && !row.isOwn ? COST.placeInOtherWords : 0);
    // Only what stands in its brackets is said: 县区 isn't 全市（含县区）.
    else if (rowMatch?.covered === 0n) cost += COST.rowUnnamed;
    else if (sameTable && near.row)
      cost += near.row === spot.row ? 0 : COST.otherThanNear + (spot.isTotalRow ? 0 : COST.rowUnnamed);
    else if (isRowInColumn) cost += COST.partlyNamed;
    // What is left of a whole is meant only where it is named.
    else if (!spot.isTotalRow && (!isWholeTitle || spot.source.kind === 'rest'))
      cost += hasTotal(spot) ? COST.rowUnnamed : COST.anyRow;
  } else if (sameTable && near.row) cost += COST.rowLost;
  groups.forEach((group, i) => {
    // 信息 of 信息总量 doesn't name the group 政务信息数 above it.
    const isOfLeaf = group && leaf && (group.explained & ~leaf.explained) === 0n;
    if (group?.isFull) return;
    if (group && !isOfLeaf) cost += COST.groupPartlyNamed;
    else if (i === 0) cost += groupCost(spot, sameTable ? near : undefined);
  });
  // 总量 of a group is named by 总量 only together with its group.
  const isFullLeaf =
    Boolean(leaf?.isFull) && !(spot.isGroupDefault && spot.groups.length > 0 && !namesGroup && !sameTable);
  if (leaf) cost += isFullLeaf ? 0 : COST.partlyNamed;
  else if (namesGroup)
    cost += spot.isGroupDefault
      ? COST.defaultLeaf
      : sameTable && near.leaf.key === spot.leaf.key
        ? 0
        : COST.leafUnnamed;
  else if (!(sameTable && near.leaf === spot.leaf)) cost += isWholeTitle ? COST.titleAlone : COST.leafUnnamed;

  // 「在线答复了几件」 after 政策专员 stays with 政策专员, and isn't all of 在线答复.
  const isSumOverNear = spot.source.kind === 'sum' && sameTable && near.source.kind === 'cell';
  if (isSumOverNear && spot.leaf.header?.leaves.some((h) => normalizeLabel(h.label) === near.leaf.key))
    cost += COST.sumOverNear;
  for (const { bits, kind, countedIn } of soft) {
    if ((bits & ~explained) === 0n) continue;
    if (countedIn && countedIn !== spot.measureUnit && COUNTED.has(spot.unitKind)) return undefined;
    // 「市本级、全市」: 全市 names a row of this table too, and isn't said of another one.
    if (kind === 'place' && row && !spot.isTotalRow && namesRowOf(spot.table, bits, matches)) return undefined;
    cost += COST.unexplained[kind];
  }
  const onAxes = (row?.explained ?? 0n) | ofColumn;
  const claimed = axisClaims.get(spot.table) ?? 0n;
  if (!sameTable) cost += titleCost(table, part, onAxes);
  // A title that is said from end to end is meant as the title.
  const byTitle = isWholeTitle ? (title?.explained ?? 0n) : 0n;
  if ((claimed & required & ~onAxes & ~byTitle) !== 0n) cost += COST.besideTheAxis;
  return {
    spot,
    cost: Math.round(cost * 1000) / 1000,
    namesMeasure: Boolean(leaf) || namesGroup,
    namesLeaf: Boolean(leaf),
    namesTable: Boolean(table?.isFull) || Boolean(part?.isFull),
    namesPartOnly: Boolean(part?.isFull) && !table?.isFull,
    namesRow: row !== undefined,
    namesLeafInFull: isFullLeaf,
    isTitleAlone: isWholeTitle,
    isInRow: row !== undefined && required !== 0n && (required & ~row.explained) === 0n,
    isRowAlone: row?.isFull === true && required !== 0n && (required & ~row.explained) === 0n,
  };
}

/** 几名 asks for no 件, and 多少件 for no 家; a plain 个 counts anything. */
export function isCountedSo({ unitKind, unitGroup }: Spot, { unit, unitGroup: said }: Phrase): boolean {
  if (!unit) return true;
  return unit === unitKind && (said === undefined || unitGroup === undefined || said === unitGroup);
}

/** 诉求 stands in 群众诉求 and 企业诉求 alike: a word that needn't be explained names no row, unless in full. */
function namedRow(row: NodeMatch | undefined, required: bigint, places: bigint): NodeMatch | undefined {
  return row && row.covered !== 0n && (row.isFull || (row.explained & (required | places)) !== 0n) ? row : undefined;
}

function namesRowOf(table: Spot['table'], bits: bigint, matches: ReadonlyMap<Node, NodeMatch>): boolean {
  return [...matches].some(
    ([node, { explained, isOwn }]) =>
      node.kind === 'row' && node.table === table && isOwn && (explained & bits) === bits,
  );
}

/** 「专员呢」 after 人数 › 民声接听员 stays with 人数. */
function groupCost(spot: Spot, near: Spot | undefined): number {
  const [group] = spot.groups;
  if (!near || (near.groups.length === 0 && near.source.kind !== 'sum'))
    return near?.leaf === group ? 0 : COST.groupUnnamed;
  return near.groups[0] === group || near.leaf === group ? 0 : COST.otherGroupThanNear;
}

function hasTotal({ table, source }: Spot): boolean {
  const { totalRow, rowWholes } = table;
  return (
    source.kind === 'rest' ||
    (totalRow !== undefined && !rowWholes.some((w) => w.whole === totalRow && !w.isExhaustive))
  );
}

/** A title named by a fragment (问答 in 政策问答台) is hardly named. */
function titleCost(table: NodeMatch | undefined, part: NodeMatch | undefined, onAxes: bigint): number {
  if (table?.isFull) return 0;
  if (part?.isFull) return COST.partNamed;
  const byTable = table ? table.explained & ~onAxes : 0n;
  const byPart = part ? part.explained & ~onAxes & ~byTable : 0n;
  return (byTable === 0n ? COST.tableUnnamed : COST.titlePartlyNamed) + (byPart === 0n ? 0 : COST.partPartlyNamed);
}

/** Per table: what its rows and columns explain. A title that explains the same is second best. */
function claimsOfAxes(matches: ReadonlyMap<Node, NodeMatch>): Map<object, bigint> {
  const claims = new Map<object, bigint>();
  for (const [node, { explained }] of matches) {
    if (node.table && node.kind !== 'table') claims.set(node.table, (claims.get(node.table) ?? 0n) | explained);
  }
  return claims;
}
