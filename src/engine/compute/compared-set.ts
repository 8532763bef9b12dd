/** What is compared: listed figures, the parts of one, those of a table, or of the whole report. */
import type { Table } from '../../report/report';
import type { Operand } from '../parse/query';
import { membersOf, wholesOf } from '../resolve/containment';
import type { Found } from '../resolve/find-spots';
import type { Candidate } from '../resolve/match-spots';
import { countedSo, isBare, resolveOperand, resolveTogether, sideBySide } from '../resolve/resolve-operands';
import { headlineRow, headlineRows } from '../resolve/shared-measure';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import type { Result } from './result';
import { numberOf } from './state';

/** What the operands span: listed spots, the members of one spot, the cells of a table, or the whole report. */
export function setOf(
  all: readonly Operand[],
  by: 'value' | 'change',
  situation: Situation,
  {
    joint,
    inTable,
    many = 2,
  }: { joint?: Operand | undefined; inTable?: boolean | undefined; many?: number | undefined } = {},
): Spot[] | Result {
  const among = joint && resolveOperand(joint, situation).kind !== 'gap' ? [joint] : all;
  const cells = situation.index.spots.filter((s) => s.source.kind === 'cell');
  if (among.every(isBare)) {
    const counted = (spots: Spot[]) =>
      by === 'value' && among[0] ? countedSo(spots, among[0].phrase, situation) : spots;
    const left = leftBeside(situation);
    if (left.length > 1) return counted(left);
    if (situation.focus.length > 1) return counted(situation.focus);
    // 「第二呢」 after the first of a list.
    const { list } = situation;
    if (by === 'value' && list.length > 2 && situation.focus.every((s) => list.includes(s))) return counted(list);
    const asked = situation.trail.slice(-many);
    const isAsMany = many > 2 && asked.length === many && asked.every((s) => s.unitKind === asked[0]?.unitKind);
    if (isAsMany) return counted(asked);
    // 「哪个多」 after two and their sum.
    const recent = situation.trail.slice(-3);
    const parts = recent.filter(
      (s) => !recent.some((o) => o !== s && wholesOf(o, situation).some((w) => w.whole === s)),
    );
    const [earlier, last] = parts.length === 2 ? parts : recent.slice(-2);
    const isPair = earlier && last && (by === 'change' || earlier.unitKind === last.unitKind);
    // 「这两个谁涨得更快」 points at the two that were asked one after the other.
    // 「谁涨了」 after one row's and another's, or one column's and another's.
    const isAlike = earlier?.table === last?.table && (earlier?.leaf === last?.leaf || earlier?.row === last?.row);
    if (isPair && (by === 'value' || (among[0]?.refersTo === 'all' && isAlike))) return counted([earlier, last]);
    if (by === 'change') return cells;
    const focus = situation.focus[0];
    const members = focus ? membersOf(focus, situation) : [];
    return members.length > 1 ? members : { op: 'gap', gap: { reason: 'nothingNamed' } };
  }
  const whole = inTable ? tableOf(among, situation) : undefined;
  if (whole) return cells.filter((s) => s.table === whole);
  const rows = headlineRows(among, situation);
  if (rows) return rows;
  // 「咨询类非咨询类哪个件数多」: two that nothing divides.
  const [alone, ...others] = among;
  const undivided =
    by === 'value' && alone && others.length === 0 ? sideBySide(alone, situation, 'columnsOrRows') : undefined;
  if (undivided && resolveOperand(alone as Operand, situation).kind !== 'scope') return undivided;
  const set: Spot[] = [];
  const [first, ...more] = resolveTogether(among, situation);
  // 「它是所有满意率里最高的吗」: of all that are called so, not of the one that was talked about.
  const isFocus = first?.kind === 'spots' && first.spots.length === 1 && first.spots[0] === situation.focus[0];
  const inGroup = isFocus ? besideInGroup(first, situation) : undefined;
  const anew = () => resolveTogether(among, { ...situation, focus: [] });
  const founds = isFocus && more.length === 0 ? (inGroup ?? anew()) : [first, ...more];
  for (const found of founds) {
    if (!found) continue;
    if (found.kind === 'gap') return { op: 'gap', gap: found.gap };
    if (found.kind === 'scope') {
      for (const { table, row } of found.scopes)
        set.push(...cells.filter((s) => s.table === table && (!row || s.row === row)));
      continue;
    }
    const row = by === 'change' && among.length === 1 ? rowNamed(found) : undefined;
    if (row) {
      set.push(...cells.filter((s) => s.table === row.table && s.row === row.row));
      continue;
    }
    const part = among.length === 1 && by === 'change' ? tableInPart(among[0] as Operand, found) : undefined;
    if (part) {
      set.push(...cells.filter((s) => s.table === part));
      continue;
    }
    // 「尚贤诉求各项谁涨得最猛」: all that is printed of them, and not where they came from.
    const [whole, ...rest] = found.spots;
    if (by === 'change' && among.length === 1 && among[0]?.isOfEach && whole && rest.length === 0) {
      set.push(...cells.filter((s) => s.table === whole.table && s.row === whole.row));
      continue;
    }
    const titled = among.length === 1 ? tablesTitled(found) : [];
    if (titled.length > 0) {
      set.push(...cells.filter((s) => titled.includes(s.table)));
      continue;
    }
    // A whole that stands for its parts (成员单位, 诉求来源) is compared inside; a leaf among others is one of them.
    const expand =
      among.length === 1 && (found.spots.length === 1 || found.spots.every((s) => s.source.kind === 'sum'));
    // 「谁答得最多」: of those who answer in the headline table.
    const [divided, ...undividedToo] = found.spots.filter((s) => s.table.isHeadline && s.source.kind === 'sum');
    const isOfHeadline = among.length === 1 && divided !== undefined && undividedToo.length === 0;
    set.push(...(isOfHeadline || expand ? expandAll(isOfHeadline ? [divided] : found.spots, situation) : found.spots));
  }
  // 「企业那一行同比最凶的」: no column so called has a 同比, but the headline table has such a row.
  const [only] = among.length === 1 && by === 'change' && !set.some((s) => fits(s, undefined)) ? among : [];
  const row = only && headlineRow(only, situation);
  if (row) return cells.filter((s) => s.table === row.table && s.row === row.row);
  return among.length > 1 && by === 'value' ? withoutWholes([...new Set(set)], situation) : [...new Set(set)];
}

/** 「排头一名的有多少件」 after what is left without 电话: of those that are left. */
function leftBeside({ derived, index }: Situation): Spot[] {
  const [whole, first, ...others] = derived?.op === 'rest' ? derived.of : [];
  if (!whole || !first) return [];
  return index.spots.filter(
    (s) =>
      s.source.kind === 'cell' &&
      s.row === first.row &&
      s.groups[0] === first.groups[0] &&
      ![first, ...others].includes(s) &&
      wholesOf(s, { index }).some((w) => w.whole === whole),
  );
}

/** 「哪个渠道涨得最凶」 after 企业诉求's 电话: the group that it stands in is named, in its row. */
function besideInGroup(
  { candidates }: Extract<Found, { kind: 'spots' }>,
  { focus: [near] }: Situation,
): Found[] | undefined {
  const own = candidates.find((c) => c.spot === near);
  if (!near || !own || own.namesLeaf || !near.groups[0]) return undefined;
  const isBeside = ({ spot }: Candidate) => spot.row === near.row && spot.groups[0] === near.groups[0];
  const spots = candidates.filter((c) => c.namesMeasure && isBeside(c)).map((c) => c.spot);
  return spots.length > 1 ? [{ kind: 'spots', spots, candidates, isDefault: false }] : undefined;
}

/** 「诉求总量那张表」 */
function tableOf(among: readonly Operand[], situation: Situation): Table | undefined {
  const tables = among.flatMap((operand) => {
    const found = resolveOperand(operand, situation);
    return found.kind === 'spots' ? found.spots.map((s) => s.table) : [];
  });
  const [first] = tables;
  return first && tables.every((table) => table === first) ? first : undefined;
}

/** 「话务那几项」: a part of the title 话务服务, and of some of its columns. */
function tableInPart({ phrase }: Operand, { candidates, spots }: Extract<Found, { kind: 'spots' }>): Table | undefined {
  const [first] = spots;
  const said = phrase.pieces.map((p) => p.text).join('');
  const isInPart = candidates.every((c) => !spots.includes(c.spot) || !c.namesLeafInFull);
  return first && spots.length > 1 && isInPart && first.tableNode.key.includes(said) ? first.table : undefined;
}

/** 「第一部分里」「诉求总量与办理里」: the words are a title from end to end, though a column bears some of them. */
function tablesTitled({ candidates, spots }: Extract<Found, { kind: 'spots' }>): Table[] {
  const tables = [...new Set(candidates.filter((c) => c.isTitleAlone && c.namesTable).map((c) => c.spot.table))];
  const isOnePart = tables.length > 1 && tables.every((t) => t.part === tables[0]?.part);
  return isOnePart && spots.every((s) => tables.includes(s.table)) ? tables : [];
}

/** 「企业诉求各项同比」: the row is named and nothing in it, so all of it is meant. */
function rowNamed({ candidates, spots }: Extract<Found, { kind: 'spots' }>): Spot | undefined {
  const [spot, ...others] = spots;
  const isAlone = others.length === 0 && candidates.some((c) => c.spot === spot && c.isRowAlone);
  return isAlone && !spot?.isTotalRow ? spot : undefined;
}

function expandAll(spots: readonly Spot[], situation: Situation): Spot[] {
  // 「哪个渠道涨得最凶」 after 企业诉求 is asked of its channels.
  const [near] = situation.focus;
  const preferred =
    spots.find((s) => s.table === near?.table && s.row === near.row) ??
    spots.find((s) => s.table.totalRow && s.row?.row === s.table.totalRow) ??
    spots[0];
  const members = preferred ? membersOf(preferred, situation) : [];
  return members.length > 1 ? members : [...spots];
}

/** A total among its parts would always win. */
export function withoutWholes(set: readonly Spot[], situation: Situation): Spot[] {
  const wholes = new Set(set.flatMap((s) => wholesOf(s, situation).map((w) => w.whole)));
  const parts = set.filter((s) => !wholes.has(s));
  return parts.length > 1 ? parts : [...set];
}

/** Does it print a 同比 that goes that way? */
export function fits(spot: Spot, direction: 'up' | 'down' | undefined): boolean {
  const change = numberOf(spot)?.change;
  return change !== undefined && (!direction || change.direction === direction);
}
