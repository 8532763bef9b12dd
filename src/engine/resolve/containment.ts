/** What contains what, as the report declares it: totals, groups, and sums that have to agree across tables. */
import type { Cell } from '../../report/report';
import { cellsOf, type Spot } from '../vocabulary/spots';
import type { Ground } from './find-spots';

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
  if (spot.source.kind === 'rest') {
    const { row, leaf } = spot;
    const isMember = (s: Spot) => s.row === row && s !== spot && s.leaf.header?.path.some((h) => h === leaf.header);
    return index.spots.filter((s) => s.table === table && s.source.kind === 'rest' && isMember(s));
  }
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
    const rest = index.spots.find(
      (s) => s.source.kind === 'rest' && s.source.wholes.length === 1 && s.source.wholes[0] === cell,
    );
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
  const cells = spot.source.kind === 'rest' ? spot.source.wholes : cellsOf(spot.source);
  const [first] = cells as [Cell];
  const columns = cells.map((c) => c.column);
  for (const { whole, parts } of table.columnWholes) {
    if (spot.source.kind !== 'rest' && columns.every((c) => parts.some((p) => p.leaves.includes(c))))
      add('row', at(first.row.id, whole.id));
  }
  const group = spot.source.kind === 'cell' ? spot.leaf.header?.parent : undefined;
  if (group?.isAdditive) add('row', at(first.row.id, group.id));
  if (spot.source.kind === 'rest') {
    const { row, leaf } = spot;
    const inGroup = (s: Spot) => s.source.kind === 'rest' && s.row === row && s.leaf.header === leaf.header?.parent;
    add(
      'row',
      index.spots.find((s) => s.table === table && inGroup(s)),
    );
    add('column', at(first.row.id, (cells.length > 1 ? leaf.header?.id : first.column.id) ?? ''));
    return wholes;
  }
  for (const check of table.report.checks) {
    // 咨询类 ＋ 非咨询类 = 诉求总量: declared across tables.
    if (check.kind !== 'equal' || check.right.length !== 1 || !check.left.includes(first) || cells.length !== 1)
      continue;
    if (check.left.length > 1) add('column', index.spotById.get((check.right[0] as Cell).id));
  }
  for (const { whole, parts } of table.rowWholes) {
    if (!parts.includes(first.row)) continue;
    // What was added up only now has no column of its own.
    const same = at(whole.id, spot.source.kind === 'sum' ? (spot.leaf.header?.id ?? '') : first.column.id);
    if (same?.source.kind === spot.source.kind) add('column', same);
  }
  return wholes;
}

/** Declared directly, or by two steps: 企业诉求的电话 is part of 诉求总量. */
export function isPartOf(part: Spot, whole: Spot, situation: Pick<Ground, 'index'>): boolean {
  const direct = wholesOf(part, situation).map((w) => w.whole);
  return direct.includes(whole) || direct.some((d) => wholesOf(d, situation).some((w) => w.whole === whole));
}
