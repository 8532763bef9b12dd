/**
 * Ways of asking for one cell, made from its path as printed and from the synonyms of the lexicon, and which cells such a
 * wording fits. It knows the report's labels and nothing of the engine's own linking.
 *
 * 「诉求总量与办理 › 企业诉求 › 诉求来源 › 电话」 gives 「2024年企业诉求电话是多少」, 「电话企业诉求情况」, 「公司诉求来电」 …
 *
 * A row is left out of a wording only where the table says which row is meant then; the table is left out of some, and
 * then other tables may have the same words: `fits` tells.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { spellings } from '../../src/engine/lexicon/spellings';
import type { Cell, Report } from '../../src/report/report';

export interface Wording {
  text: string;
  /** The names in it. */
  names: string[];
}

/** Names of the report → what else they are called, as the comms team wrote it: a name may stand in several lines. */
const SYNONYMS = new Map<string, string[]>();
for (const [names, others] of Object.entries(
  parse(readFileSync('data/lexicon/synonyms.yaml', 'utf8')) as Record<string, (string | number)[]>,
)) {
  const all = others.flatMap((other) => spellings(String(other)));
  for (const name of names.split('、')) SYNONYMS.set(bare(name), [...(SYNONYMS.get(bare(name)) ?? []), ...all]);
}

/** 接听员数 asks for persons: no other name of what these have answered. */
const COUNTS_PERSONS = new Set<string>(
  (parse(readFileSync('data/lexicon/asking.yaml', 'utf8')) as { 单位: { 人: string[] } }).单位.人,
);

/** Of all synonyms of one name, these many are tried. */
const SYNONYMS_A_NAME = 6;

export function wordingsOf(cell: Cell): Wording[] {
  const { table, report, column } = cell;
  const year = `${report.year}年`;
  const title = table.title || table.part.title;
  const short = shortTitle(title);
  const row = rowOf(cell);
  const groups = column.path.slice(0, -1).map(({ label }) => label);
  const leaf = column.label;
  const whole = [short, row, ...groups, leaf];
  const isRowImplied = row === '' || (cell.row === table.totalRow && table.rowWholes.every((w) => w.isExhaustive));
  // 信息 under 查询使用量 is only found with its group, since another column is called 信息总量.
  const isLeafEnough = !table.columns.some((other) => other !== column && bare(other.label).includes(bare(leaf)));
  const named = isLeafEnough ? [] : groups;
  const wordings = [
    wording`${year}${title}${row}${groups}${leaf}是多少`,
    wording`${short}${row}${groups}${leaf}`,
    wording`请问${short}的${row}${named}${leaf}是多少`,
    wording`${year}${short}${named}${leaf}${row}多少`,
    wording`${row}${short}${groups}${leaf}有多少`,
    wording`${short}${row}${named}${leaf}情况`,
    wording`请问${year}度${short}${row}${groups}${leaf}是什么`,
    wording`${groups}${leaf}，${short}${row}，多少`,
    wording`${year}${row}${groups}${leaf}是多少`,
    wording`${groups}${leaf}${row}是多少`,
    wording`想问一下${row}${named}${leaf}`,
    wording`${short}里${row}的${named}${leaf}，${year}的`,
    wording`${title} ${row} ${groups} ${leaf}`,
    ...(isRowImplied ? [wording`${short}${groups}${leaf}`, wording`${year}${named}${leaf}是多少`] : []),
    ...whole.flatMap((name, i) =>
      synonymsFor(name, column.measureUnit).map((other) => {
        const names = whole.map((n, j) => (i === j ? other : n));
        return { text: `${names.join('')}是多少`, names: names.filter(Boolean) };
      }),
    ),
  ];
  return [...new Map(wordings.map((one) => [one.text, one])).values()];
}

/** Does every name of the wording stand in the cell's path, as printed or as a synonym of a part of it? */
export function fits({ names }: Wording, cell: Cell): boolean {
  const path = [
    cell.table.part.title,
    cell.table.title,
    rowOf(cell),
    ...cell.column.path.map(({ label }) => label),
  ].map(bare);
  return names.every((name) => {
    const said = bare(name);
    if (path.some((label) => label.includes(said))) return true;
    return [...SYNONYMS].some(([own, others]) => others.includes(name) && path.some((label) => label.includes(own)));
  });
}

export function fitting(one: Wording, report: Report): Cell[] {
  return report.cells.filter((cell) => fits(one, cell));
}

/** No row where the table's one row has no label, or where the printed cell stands for all rows. */
export function rowOf({ row, table, span }: Cell): string {
  return span && span.rows.length === table.rows.length ? '' : row.label;
}

/** 「“政风热线”管理运行」 is called 政风热线. */
export function shortTitle(title: string): string {
  return /“([^”]+)”/.exec(title)?.[1] ?? title;
}

function synonymsFor(name: string, unit: string): string[] {
  const fitting = SYNONYMS.get(bare(name))?.filter((word) => !COUNTS_PERSONS.has(word) || COUNTS_PERSONS.has(unit));
  return fitting?.slice(0, SYNONYMS_A_NAME) ?? [];
}

/** All that a name is called besides. */
export function othersFor(name: string): string[] {
  return SYNONYMS.get(bare(name)) ?? [];
}

/** Without the signs that are printed but not said. */
export function bare(label: string): string {
  return label
    .normalize('NFKC')
    .replace(/[\s"'“”《》()、,，]/g, '')
    .toLowerCase();
}

/** Puts names into a sentence and remembers them; a year is no name. */
function wording(texts: TemplateStringsArray, ...parts: (string | string[])[]): Wording {
  const text = texts.map((piece, i) => piece + [parts[i] ?? []].flat().join('')).join('');
  const names = parts.flat().filter((part) => part !== '' && !/^\d{4}年$/.test(part));
  return { text: text.trim().replace(/ +/g, ' '), names };
}
