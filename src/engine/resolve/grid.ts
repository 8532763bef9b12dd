/** Rows and columns listed side by side: 「单位数和专员数，市本级、县区、总计分别多少」 is each column in each row. */
import type { Table } from '../../report/report';
import type { Operand } from '../parse/query';
import type { Node, Spot } from '../vocabulary/spots';
import { membersOf } from './containment';
import { type Candidate, matchSpots } from './match-spots';
import type { Situation } from './situation';

const FEWEST = 2;
const AS_GOOD = 0.1;
const NEARLY_AS_GOOD = 0.3;
const ROWS_TIMES_COLUMNS_AT_MOST = 20;

/**
 * Undefined unless one table bears them all, some as its rows and some as its columns. Where these meet, one operand may
 * hold both: 「群众和企业的电话、互联网」.
 */
export function gridOf(operands: readonly Operand[], situation: Situation, fewestColumns = FEWEST): Spot[] | undefined {
  const { index, vocabulary } = situation;
  if (operands.length < FEWEST || operands.some(({ phrase }) => phrase.unknown.length > 0)) return undefined;
  const named = operands.map(({ phrase }) => matchSpots(phrase, index, vocabulary));
  const tables = new Set(named[0]?.map(({ spot }) => spot.table));
  const grids = [...tables].flatMap((table) => {
    const sides = named.map((candidates, i) => sideIn(table, candidates, operands[i] as Operand, situation));
    const known = sides.filter((side) => side !== undefined).flatMap((side) => side.apart ?? [side]);
    const [rows, columns] = [known.filter(({ row }) => row), known.filter(({ leaves }) => leaves.length > 0)];
    const meeting = known.filter(({ row, leaves }) => row && leaves.length > 0);
    if (
      sides.some((side) => side === undefined) ||
      rows.length < FEWEST ||
      columns.length < fewestColumns ||
      meeting.length > 1
    )
      return [];
    const inRows = (leaf: Node) =>
      rows.flatMap(({ row }) => index.spots.filter((s) => s.table === table && s.leaf === leaf && s.row === row));
    // 「专员、信息」: 信息 is the column that has a figure in each of the rows, and that nothing else is called by.
    const fitting = columns.map(({ leaves }) => leaves.filter((leaf) => inRows(leaf).length === rows.length));
    const spots = distinct(fitting).flatMap(inRows);
    const isWhole = spots.length === rows.length * columns.length && spots.length <= ROWS_TIMES_COLUMNS_AT_MOST;
    return isWhole ? [{ spots, cost: known.reduce((sum, side) => sum + side.cost, 0) }] : [];
  });
  return grids.sort((a, b) => a.cost - b.cost)[0]?.spots;
}

/** One of each, those first that leave no choice: 信息 beside 问答总量 is what stands in one group with it. */
function distinct(choices: readonly Node[][]): Node[] {
  const taken = new Map<Node[], Node>();
  for (const nodes of [...choices].sort((a, b) => a.length - b.length)) {
    const others = [...taken.values()];
    const free = nodes.filter((n) => !others.includes(n));
    const node = free.find((n) => others.some((o) => o.header?.parent === n.header?.parent)) ?? free[0];
    if (node) taken.set(nodes, node);
  }
  return choices.flatMap((nodes) => taken.get(nodes) ?? []);
}

interface Side {
  row?: Node | undefined;
  /** The column that is named, before others that the words fit as well in other rows. */
  leaves: Node[];
  cost: number;
  /** 「成员单位各类」: each of its columns instead. */
  apart?: Side[];
}

/** Which row of the table, or which column, or which row and column the words name. */
function sideIn(
  table: Table,
  candidates: readonly Candidate[],
  operand: Operand,
  situation: Situation,
): Side | undefined {
  const isByTheWay = isSaidByTheWay(operand);
  const whole = operand.isOfEach ? candidates.find(({ spot }) => spot.table === table) : undefined;
  const members = whole ? membersOf(whole.spot, situation) : [];
  if (whole && members.length > 1 && members.every((s) => s.row === members[0]?.row)) {
    const { cost } = whole;
    return { leaves: [], cost, apart: members.map(({ leaf }) => ({ leaves: [leaf], cost })) };
  }
  const inTable = candidates.filter(({ spot }) => spot.table === table && spot.source.kind === 'cell');
  const summed = sumIn(table, candidates, inTable[0]);
  if (summed) return summed;
  const best = isByTheWay ? inTable.find((c) => c.namesRow) : inTable[0];
  if (!best) return undefined;
  const { spot, cost } = best;
  if (isByTheWay) return { row: spot.row, leaves: [], cost };
  // 诉求 of 群众诉求 is in 诉求总量 too; but the words fit all other columns of that row as well.
  const columns = new Set(inTable.filter((c) => c.spot.row === spot.row).map((c) => c.spot.leaf));
  const isAsGood = (c: Candidate) => c.namesRow && c.cost <= cost + AS_GOOD;
  const rows = new Set(inTable.filter((c) => c.spot.leaf === spot.leaf && isAsGood(c)).map((c) => c.spot.row));
  const inRow = new Set(table.cells.filter((cell) => cell.row === spot.row?.row).map((cell) => cell.column));
  const isLeaf =
    best.namesLeafInFull ||
    (best.namesMeasure && (columns.size === 1 || (best.namesLeaf && columns.size < inRow.size)));
  const isRow = best.namesRow && rows.size === 1;
  // 「诉求来源，群众和企业各多少」: a group of columns, and none of them. 在线解答 is a figure, their sum.
  const isSum = candidates.some(({ spot: s, cost: c }) => s.table === table && s.source.kind === 'sum' && c <= cost);
  const group = spot.groups[0];
  const inGroup = inTable.filter((c) => c.spot.row === spot.row && c.cost <= cost + AS_GOOD).map((c) => c.spot);
  const isGroup = !isSum && !isLeaf && !best.namesLeaf && !best.namesRow && group !== undefined && inGroup.length > 1;
  if (isGroup && inGroup.every((s) => s.groups[0] === group))
    return {
      leaves: [],
      cost,
      apart: [...new Set(inGroup.map((s) => s.leaf))].map((leaf) => ({ leaves: [leaf], cost })),
    };
  const others = inTable.filter((c) => c.namesLeaf && c.cost <= cost + NEARLY_AS_GOOD).map((c) => c.spot.leaf);
  const leaves = isLeaf ? [...new Set([spot.leaf, ...others])] : [];
  return isRow || isLeaf ? { ...(isRow ? { row: spot.row } : {}), leaves, cost } : undefined;
}

/** 「企业和群众的在线解答、部门办理」: 在线解答 is no column but the sum of some, and named better than any column. */
function sumIn(table: Table, candidates: readonly Candidate[], rival: Candidate | undefined): Side | undefined {
  const sums = candidates.filter(({ spot }) => spot.table === table && spot.source.kind === 'sum');
  const [best] = sums;
  if (!best?.namesLeafInFull || (rival && rival.cost <= best.cost)) return undefined;
  const { spot, cost } = best;
  // 成员单位 is the title of its table, and names all of its columns.
  if (spot.tableNode.key.includes(spot.leaf.key)) return undefined;
  const isRow = best.namesRow && sums.filter((c) => c.namesRow && c.cost <= cost + AS_GOOD).length === 1;
  return { ...(isRow ? { row: spot.row } : {}), leaves: [spot.leaf], cost };
}

/** 合计 may be said of anything, and be a row. */
function isSaidByTheWay({ phrase }: Operand): boolean {
  return phrase.pieces.every((p) => p.isSoft || p.text === '');
}
