/**
 * What a yearly report says, once it is loaded: parts, tables with header trees, cells, figures.
 *
 * A cell is its path: report › part › table › row label › header labels. 「政风热线」满意率 of 2024 is
 * `lianyungang-2024/zhengfeng/all/satisfaction`; that id, its passport, is permanent.
 *
 * Not here: the file's form (file-format.ts), reading a printed string (parse-figure.ts), the set of
 * all reports (library.ts), what must agree (audit/).
 */
import type Fraction from './fraction';

export interface Region {
  /** 连云港 */
  name: string;
  /** Other ways of saying the whole region: 连云港市, 全市, 我市. */
  alsoSaid: string[];
}

export interface Report {
  id: string;
  title: string;
  region: Region;
  /** The year that the report is about. */
  year: number;
  /** The year that its 同比 compares with. */
  comparedWith: number;
  parts: Part[];
  /** All tables, in printed order. */
  tables: Table[];
  /** All cells, in printed order, without those that a merged cell covers. */
  cells: Cell[];
  cellById: ReadonlyMap<string, Cell>;
  /** What figures in several tables have to agree on, as the file declares it. */
  checks: Check[];
  /** Filled by the audit at load. */
  findings: Finding[];
}

export interface Part {
  /** 一, 二 … as printed */
  number: string;
  title: string;
  tables: Table[];
}

export interface Table {
  /** Unique in its report: `requests`. */
  id: string;
  report: Report;
  part: Part;
  /** 「1」 as printed, "" where the part is one table. */
  number: string;
  title: string;
  /** An instruction to whoever fills in the form, left standing above the printed table: not content. */
  note?: string;
  /** Is this where a bare measure name points when several tables have it? */
  isHeadline: boolean;
  /** 诉求类别, 层级 …; "" where the rows have no header. */
  rowHeader: string;
  /** Top of the header tree. */
  headers: Header[];
  /** Leaves of the header tree, in printed order. */
  columns: Header[];
  rows: Row[];
  /** The row that stands for the whole when no row is named: 总计, or the only row. */
  totalRow?: Row;
  rowWholes: Whole<Row>[];
  columnWholes: Whole<Header>[];
  cells: Cell[];
}

/** A node of the header tree. */
export interface Header {
  id: string;
  label: string;
  /** The words that stand in the report, where they are a misprint of the label. */
  printedAs?: string;
  parent?: Header;
  children: Header[];
  /** As printed: 件, 名, 万次; "" for rates and words. */
  measureUnit: string;
  /** Do the leaves below add up to what the label says (在线解答 = 民声接听员 + 政策专员)? */
  isAdditive: boolean;
  /** Leaf columns below this header; itself for a leaf. */
  leaves: Header[];
  /** Headers from the top down to this one. */
  path: Header[];
}

export interface Row {
  id: string;
  /** "" where the table has one unlabelled row. */
  label: string;
  /** The words that stand in the report, where they are a misprint of the label. */
  printedAs?: string;
}

/**
 * What contains what, along one axis of a table. 总计 = 群众诉求 + 企业诉求 (exhaustive); 上线人数总数 ⊃ 负责人
 * (not exhaustive: what is left has a name or none, and nothing else may be read from it).
 */
export interface Whole<T> {
  whole: T;
  parts: T[];
  isExhaustive: boolean;
  /** What whole − parts is called: 县（市、区）平台. */
  remainder?: string;
}

export interface Cell {
  /** `<report>/<table>/<row>/<column>` */
  id: string;
  report: Report;
  table: Table;
  row: Row;
  column: Header;
  /** The string as printed, for holding against the page. */
  printed: string;
  figure: Figure;
  /** Rows and columns that this printed cell stands for, where it is merged; else undefined. */
  span?: Span;
}

export interface Span {
  rows: Row[];
  columns: Header[];
}

export type Figure = NumberFigure | TextFigure | Blank;

export interface NumberFigure {
  kind: 'number';
  /** Exact, in units of `measureUnit`: 12.34 for 12.34 万次; 98.26 for 98.26%. */
  value: Fraction;
  /** The number as printed: "1234567", "12.34". */
  digits: string;
  /** Printed decimal places: half a unit of the last place is the rounding interval. */
  decimals: number;
  /** 件, 万次, %; "" where none. */
  measureUnit: string;
  /** 万次 → 10000 and 次; 1 where the unit has no scale. */
  scale: number;
  baseUnit: string;
  isPercent: boolean;
  /** Undefined where the report prints no 同比 here. */
  change?: Change;
}

/** The 同比 of a cell. For percentages the report doesn't say whether it is 百分点 or relative. */
export interface Change {
  /** Always positive: 12.34. */
  percent: Fraction;
  /** "12.34" as printed */
  digits: string;
  decimals: number;
  direction: 'up' | 'down';
  /** "12.34%↓" as printed */
  printed: string;
}

/** 优秀 */
export interface TextFigure {
  kind: 'text';
  text: string;
}

/** 「—」 is not published; an empty cell says nothing at all. */
export interface Blank {
  kind: 'blank';
  reason: 'notPublished' | 'empty';
}

/**
 * Cells that have to agree: two sums; a rate with its part and whole; a percentage with the count that it is a share of
 * (of 345, some whole number has to make 98.26%).
 */
export type Check =
  | { kind: 'equal'; title: string; left: Cell[]; right: Cell[] }
  | { kind: 'rate'; rate: Cell; part: Cell; whole: Cell }
  | { kind: 'possible'; rate: Cell; whole: Cell };

/** What the audit found out about cells that have to agree. */
export interface Finding {
  verdict: 'agrees' | 'agreesWithinRounding' | 'disagrees';
  /** Name of the check. */
  check: 'sum' | 'part' | 'equal' | 'rate' | 'changes' | 'possible' | 'spelling' | 'leftover';
  /** The cells that it is about; none for a word above or beside the table. */
  cells: Cell[];
  /** One neutral sentence in Chinese, complete with figures. */
  message: string;
}
