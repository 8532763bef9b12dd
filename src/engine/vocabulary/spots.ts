/**
 * Every place of a report that a question can point at: its printed cells, the sums that a header
 * declares (在线解答 = 民声接听员 + 政策专员) and the remainders that a table declares (县区平台 = 全市 − 市本级).
 *
 * A spot is its path of nodes. Nodes have labels; how labels are said is the vocabulary's business.
 */
import type { Cell, Header, Report, Row, Table } from '../../report/report';
import type { Lexicon, UnitKind } from '../lexicon/lexicon';
import { normalizeLabel } from '../normalize/normalize';

export interface Node {
  kind: 'part' | 'table' | 'row' | 'header';
  /** As shown to people. */
  label: string;
  /** As linked: normalised. */
  key: string;
  /** The part of a title that is the service's own name: 政风热线 of “政风热线”管理运行. */
  core?: bigint;
  /** A column whose label begins with the name of its table's service. */
  isTitled?: boolean;
  table?: Table;
  row?: Row;
  header?: Header;
}

export interface Spot {
  id: string;
  report: Report;
  table: Table;
  part: Node;
  tableNode: Node;
  /** Undefined where the table's one row has no label. */
  row?: Node;
  /** The group headers above, outermost first. */
  groups: Node[];
  leaf: Node;
  measureUnit: string;
  /** What is counted: persons, things, time, money, a rate; or a word. */
  unitKind: UnitKind | 'word';
  /** Which counting words may be said for its own; undefined for 个, which counts anything. */
  unitGroup?: string;
  source:
    | { kind: 'cell'; cell: Cell }
    | { kind: 'sum'; cells: Cell[] }
    | { kind: 'rest'; wholes: Cell[]; parts: Cell[] };
  /** Is this the row that stands for the whole table when none is named? */
  isTotalRow: boolean;
  /** Is this the leaf that its group means when none below it is named (双号互转诉求量 › 总量)? */
  isGroupDefault: boolean;
}

export interface ReportIndex {
  report: Report;
  nodes: Node[];
  nodesByKey: ReadonlyMap<string, readonly Node[]>;
  spots: Spot[];
  /** The spots on whose path a node is. */
  spotsByNode: ReadonlyMap<Node, readonly Spot[]>;
  spotById: ReadonlyMap<string, Spot>;
  tables: { table: Table; part: Node; node: Node }[];
}

export function indexReport(report: Report, lexicon: Lexicon): ReportIndex {
  const nodes: Node[] = [];
  const spots: Spot[] = [];
  const tables: ReportIndex['tables'] = [];
  const add = (node: Node): Node => {
    nodes.push(node);
    return node;
  };
  for (const part of report.parts) {
    const partNode = add({ kind: 'part', label: part.title, key: normalizeLabel(part.title) });
    for (const table of part.tables) {
      const title = table.title || part.title;
      const core = coreOf(title);
      const tableNode = add({
        kind: 'table',
        label: title,
        key: normalizeLabel(title),
        table,
        ...(core ? { core } : {}),
      });
      tables.push({ table, part: partNode, node: tableNode });
      for (const spot of tableSpots(table, partNode, tableNode, add)) {
        const unitGroup = lexicon.unitGroups.get(spot.measureUnit);
        spots.push({
          ...spot,
          unitKind: unitKindOf(spot, lexicon),
          ...(unitGroup === undefined ? {} : { unitGroup }),
        });
      }
    }
  }
  const nodesByKey = new Map<string, Node[]>();
  for (const node of nodes) nodesByKey.set(node.key, [...(nodesByKey.get(node.key) ?? []), node]);
  const spotsByNode = new Map<Node, Spot[]>();
  for (const spot of spots)
    for (const node of pathOf(spot)) {
      const known = spotsByNode.get(node);
      if (known) known.push(spot);
      else spotsByNode.set(node, [spot]);
    }
  return { report, nodes, nodesByKey, spots, spotsByNode, spotById: new Map(spots.map((s) => [s.id, s])), tables };
}

/** From the part of the report down to the column. */
export function pathOf({ part, tableNode, row, groups, leaf }: Spot): Node[] {
  return row ? [part, tableNode, row, ...groups, leaf] : [part, tableNode, ...groups, leaf];
}

function coreOf(title: string): bigint | undefined {
  const name = normalizeLabel(/“([^”]+)”/u.exec(title)?.[1] ?? '');
  const at = normalizeLabel(title).indexOf(name);
  return name && at >= 0 ? ((1n << BigInt(name.length)) - 1n) << BigInt(at) : undefined;
}

function tableSpots(
  table: Table,
  part: Node,
  tableNode: Node,
  add: (node: Node) => Node,
): Omit<Spot, 'unitKind' | 'unitGroup'>[] {
  const headerNodes = new Map<Header, Node>();
  const visit = (header: Header): void => {
    const name = /“[^”]+”/u.exec(table.title)?.[0] ?? table.title;
    const isTitled = name !== '' && header.label !== name && header.label.startsWith(name);
    headerNodes.set(
      header,
      add({ kind: 'header', label: header.label, key: normalizeLabel(header.label), table, header, isTitled }),
    );
    header.children.forEach(visit);
  };
  table.headers.forEach(visit);
  const rowNodes = new Map<Row, Node>();
  for (const row of table.rows) {
    if (row.label)
      rowNodes.set(row, add({ kind: 'row', label: row.label, key: normalizeLabel(row.label), table, row }));
  }
  const nodesOf = (header: Header) => {
    const path = header.path.map((h) => headerNodes.get(h) as Node);
    return { groups: path.slice(0, -1), leaf: path[path.length - 1] as Node };
  };
  const common = { report: table.report, table, part, tableNode };
  const spots: Omit<Spot, 'unitKind'>[] = [];

  for (const cell of table.cells) {
    // A merged cell stands for all its rows: no single one is part of its path.
    const row = cell.span && cell.span.rows.length === table.rows.length ? undefined : rowNodes.get(cell.row);
    spots.push({
      ...common,
      id: cell.id,
      ...(row ? { row } : {}),
      ...nodesOf(cell.column),
      measureUnit: cell.column.measureUnit,
      source: { kind: 'cell', cell },
      isTotalRow: isTotal(cell.row, table),
      isGroupDefault: isDefaultOfGroup(cell.column, table),
    });
  }
  const cellAt = (row: Row, column: Header) => table.cells.find((c) => c.row === row && c.column === column);
  const countable = (cells: (Cell | undefined)[]): cells is Cell[] =>
    cells.every((c) => c?.figure.kind === 'number' && !c.figure.isPercent && !c.span);

  // Where the leaves make up a printed column (诉求来源 › 诉求总量), their sum is that column.
  const isPrinted = ({ leaves }: Header) => table.columnWholes.some((w) => w.isExhaustive && sameSet(w.parts, leaves));
  const summed = [...headerNodes.keys()].filter((header) => header.isAdditive && !isPrinted(header));
  for (const header of summed) {
    for (const row of table.rows) {
      const cells = header.leaves.map((leaf) => cellAt(row, leaf));
      if (!countable(cells)) continue;
      const rowNode = rowNodes.get(row);
      spots.push({
        ...common,
        id: `${table.report.id}/${table.id}/${row.id}/${header.id}`,
        ...(rowNode ? { row: rowNode } : {}),
        ...nodesOf(header),
        measureUnit: header.measureUnit || (header.leaves[0]?.measureUnit ?? ''),
        source: { kind: 'sum', cells },
        isTotalRow: isTotal(row, table),
        isGroupDefault: true,
      });
    }
  }
  for (const { whole, parts, isExhaustive, remainder } of table.rowWholes) {
    if (isExhaustive || !remainder) continue;
    const restNode = add({ kind: 'row', label: remainder, key: normalizeLabel(remainder), table });
    for (const header of [...table.columns, ...summed]) {
      const wholes = header.leaves.map((leaf) => cellAt(whole, leaf));
      const partCells = parts.flatMap((part) => header.leaves.map((leaf) => cellAt(part, leaf)));
      if (!countable(wholes) || !countable(partCells)) continue;
      spots.push({
        ...common,
        id: `${table.report.id}/${table.id}/${whole.id}-${parts.map((p) => p.id).join('-')}/${header.id}`,
        row: restNode,
        ...nodesOf(header),
        measureUnit: header.measureUnit || (header.leaves[0]?.measureUnit ?? ''),
        source: { kind: 'rest', wholes, parts: partCells },
        isTotalRow: false,
        isGroupDefault: header.leaves.length > 1 || isDefaultOfGroup(header, table),
      });
    }
  }
  return spots;
}

function sameSet(a: readonly Header[], b: readonly Header[]): boolean {
  return a.length === b.length && a.every((h) => b.includes(h));
}

/**
 * A bare measure means the total row only where the other rows are its parts, all of them: in a table
 * with 市本级 and 全市 both are as likely meant, and both are given.
 */
function isTotal(row: Row, table: Table): boolean {
  return row === table.totalRow && !table.rowWholes.some((w) => w.whole === row && !w.isExhaustive);
}

/** 总量 among 总量, 12345转110, 110转12345: the leaf that contains all its siblings. */
function isDefaultOfGroup(column: Header, table: Table): boolean {
  const siblings = column.parent?.children.filter((h) => h !== column) ?? [];
  if (!column.parent || siblings.length === 0) return false;
  const contained = new Set(table.columnWholes.filter((w) => w.whole === column).flatMap((w) => w.parts));
  return siblings.every((h) => contained.has(h) || h.leaves.every((leaf) => contained.has(leaf)));
}

function unitKindOf({ source, measureUnit }: Omit<Spot, 'unitKind'>, lexicon: Lexicon): UnitKind | 'word' {
  const cell = cellsOf(source)[0];
  if (cell?.figure.kind === 'text') return 'word';
  if (cell?.figure.kind !== 'number') return lexicon.units.get(measureUnit) ?? 'things';
  return cell.figure.isPercent ? 'rate' : (lexicon.units.get(cell.figure.baseUnit) ?? 'things');
}

/** The printed cells that a spot rests on. */
export function cellsOf(source: Spot['source']): Cell[] {
  if (source.kind === 'cell') return [source.cell];
  return source.kind === 'sum' ? source.cells : [...source.wholes, ...source.parts];
}

/** 一、… › 1.… › 行 › 列组 › 列 */
export function pathLabels(spot: Spot): string[] {
  return [...(spot.row ? [spot.row.label] : []), ...spot.groups.map((g) => g.label), spot.leaf.label];
}
