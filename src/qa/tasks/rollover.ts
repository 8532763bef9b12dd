/**
 * `npm run qa:rollover`: what a new year's report changes in the scripts. Every row that is about a cell of the old report is
 * held against the same cell of the new one: which value, unit or 同比 has to be written anew, and which cell is gone.
 *
 * The scripts are run on the old report alone, so that what a row is about is known and not guessed.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from '../../config';
import { ProblemsFound } from '../../problems';
import { loadReports } from '../../report/load-reports';
import type { Cell, Report } from '../../report/report';
import { isSameValue } from '../check/check-values';
import { pathOf, sayPlace } from '../check/place';
import { aligned } from '../output/terminal-summary';
import { writeScript } from '../output/workbook';
import { inProcessRoad } from '../roads/in-process-road';
import { type Outcome, runScripts } from '../run-scripts';
import { directionOf, readChange, splitUnit } from '../script/read-number';
import { readScripts } from '../script/read-scripts';
import type { Field, Turn, Written } from '../script/script';
import { loadService, scriptsFolder } from '../service';
import { DEFAULT_OUT } from './check-scripts';
import { expectedOf } from './draft-script';

interface RolloverOptions {
  from: string;
  to: string;
  out: string | undefined;
  files: string[];
}

export interface RolledRow {
  outcome: Outcome;
  cell: Cell;
  /** Undefined: the new report has no such cell. */
  now: Cell | undefined;
  /** Fields that read otherwise now, with what has to be written. */
  changes: { field: Field; before: string; now: string }[];
}

const FIELDS_OF_CELL = ['期望值', '单位', '同比', '方向'] as const;
const MOST_LINES = 40;

export async function listRollover(options: RolloverOptions, config: Config): Promise<boolean> {
  const { folders } = config;
  const loaded = loadReports(join(folders.data, 'reports'));
  const from = reportOf(options.from, loaded, '--from');
  const to = options.to.endsWith('.json') ? reportFrom(options.to) : reportOf(options.to, loaded, '--to');
  const outcomes = await runOnAlone(from, config, options.files);
  const rows = rolledRows(outcomes, from, to);
  const fresh = to.cells.filter((cell) => !from.cellById.has(idIn(cell, from)));
  const changed = rows.filter(({ changes, now }) => now && changes.length > 0);
  const gone = rows.filter(({ now }) => !now);

  const out = options.out ?? join(DEFAULT_OUT, `rollover-${from.year}-${to.year}.xlsx`);
  mkdirSync(dirname(out), { recursive: true });
  await writeScript(
    out,
    rows.map((row) => newRow(row, from, to)),
    ['编号', '问题', ...FIELDS_OF_CELL, '出处', '备注'],
  );
  const lines = changed.flatMap(({ outcome, changes }) =>
    changes.map(({ field, before, now }) => [
      outcome.turn.id,
      outcome.turn.question,
      field,
      before || '（空）',
      `→ ${now || '（空）'}`,
    ]),
  );
  console.log(
    [
      `从《${from.title}》换到《${to.title}》：`,
      `  ${rows.length} 条脚本问到旧报告的格子，其中 ${changed.length} 条的期望要改，${gone.length} 条的格子新报告里没有，${rows.length - changed.length - gone.length} 条不用改。`,
      `  新报告多出 ${fresh.length} 格，可以用 npm run qa:draft -- --report ${to.id} 拟出问题。`,
      '',
      ...aligned(lines.slice(0, MOST_LINES)).map((line) => `  ${line}`),
      ...(lines.length > MOST_LINES ? [`  …… 另有 ${lines.length - MOST_LINES} 处，见表格`] : []),
      ...gone
        .slice(0, MOST_LINES)
        .map(({ outcome, cell }) => `  没有了：${outcome.turn.id}　${sayPlace(pathOf(cell))}`),
      '',
      `改好的期望写在 ${out}，备注里是旧的期望；看过以后照着改脚本。`,
    ].join('\n'),
  );
  return true;
}

export function rolledRows(outcomes: Outcome[], from: Report, to: Report): RolledRow[] {
  return outcomes.flatMap((outcome) => {
    const cell = from.cellById.get(outcome.cells[0] ?? '');
    if (!cell) return [];
    const now = to.cellById.get(idIn(cell, to));
    const isAsBefore = outcome.cells.every((id) => {
      const old = from.cellById.get(id);
      return old && old.printed === to.cellById.get(idIn(old, to))?.printed;
    });
    return [{ outcome, cell, now, changes: now && !isAsBefore ? changesOf(outcome, now) : [] }];
  });
}

/** Only what the row has written: a field that it leaves open needs no change. */
function changesOf({ turn, cells }: Outcome, now: Cell): RolledRow['changes'] {
  if (cells.length > 1)
    return [{ field: '期望值', before: turn.written.期望值 ?? '', now: '（一条里有几个数，请逐个核对）' }];
  const printed: Written = expectedOf(now);
  const keepsValue = isValueKept(turn, now);
  return FIELDS_OF_CELL.flatMap((field) => {
    const before = turn.written[field] ?? '';
    const after = printed[field] ?? '';
    if (before === '' || before === after) return [];
    // A value that stays may go on being written in its own scale: 123400 次 for 12.34 万次.
    if (field === '期望值' || field === '单位' ? keepsValue : isSaidAlike(before, after)) return [];
    return [{ field, before, now: after }];
  });
}

/** Does the row still say what is printed, in whatever way it says it: 12,345件, 约12.3万件, １２３４５? */
function isValueKept({ expected: { values, unit }, written }: Turn, { id, figure }: Cell): boolean {
  const [value] = values;
  if (value?.kind !== 'number' || figure.kind !== 'number') return false;
  const { digits, isPercent, measureUnit } = figure;
  const printed = { cell: id, value: Number(digits), unit: isPercent ? '%' : measureUnit };
  const base = value.unit || (unit === 'none' ? '' : (unit ?? ''));
  const isSameUnit =
    (base === '' && written.单位 === undefined) || splitUnit(base).base === splitUnit(printed.unit).base;
  return isSameUnit && isSameValue(printed, value, unit);
}

/** ↑ is 上升, 上升7.62% is 7.62%: the direction has a column of its own. */
function isSaidAlike(before: string, after: string): boolean {
  const [one, other] = [before, after].map((text) => readChange(text)?.percent ?? directionOf(text));
  if (typeof one === 'object' && typeof other === 'object') return one.equals(other);
  return one !== undefined && one === other;
}

function newRow({ outcome: { turn }, now, changes }: RolledRow, from: Report, to: Report): Written {
  const told = changes.map(({ field, before }) => `${field}原为 ${before}`).join('；');
  return {
    ...turn.written,
    编号: turn.id,
    问题: turn.question.replaceAll(`${from.year}年`, `${to.year}年`),
    ...Object.fromEntries(changes.map(({ field, now: written }) => [field, written])),
    备注: now ? told : '新报告里没有这一格',
  };
}

function reportOf(year: string, reports: Report[], option: string): Report {
  const found = reports.find((report) => String(report.year) === year || report.id === year);
  if (found) return found;
  const known = reports.map((report) => report.year).join('、');
  const expected = `已收录的年份（${known}）${option === '--to' ? '，或新报告的 .json 文件' : ''}`;
  throw new ProblemsFound([{ file: option, place: '', expected, found: `“${year}”` }]);
}

/** A new report that isn't among the served ones yet. */
function reportFrom(file: string): Report {
  const folder = mkdtempSync(join(tmpdir(), 'new-report-'));
  try {
    cpSync(file, join(folder, 'new.json'));
    const [report] = loadReports(folder);
    if (report) return report;
  } catch (error) {
    if (error instanceof ProblemsFound)
      throw new ProblemsFound(error.problems.map((problem) => ({ ...problem, file })));
    if (!(error instanceof Error && 'code' in error)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  throw new ProblemsFound([{ file, place: '', expected: '一份报告的 .json 文件', found: '打不开' }]);
}

/** The scripts on the old report as if no other were there. */
async function runOnAlone(report: Report, { folders, publicUrl }: Config, files: string[]): Promise<Outcome[]> {
  const { scripts, problems } = readScripts(files.length > 0 ? files : [scriptsFolder(folders)]);
  if (problems.length > 0) throw new ProblemsFound(problems);
  const data = mkdtempSync(join(tmpdir(), 'old-report-'));
  try {
    cpSync(folders.data, data, { recursive: true });
    const reports = join(data, 'reports');
    for (const name of readdirSync(reports).filter((one) => one.endsWith('.json'))) {
      if (reportFrom(join(reports, name)).id !== report.id) rmSync(join(reports, name));
    }
    const service = loadService({ ...folders, data }, publicUrl);
    const ran = await runScripts(scripts, {
      road: inProcessRoad(service),
      isWanted: ({ roads }) => roads.length === 0 || roads.includes('direct'),
      findCell: (id) => service.knowledge.library.cell(id),
      sideBySide: 1,
    });
    return ran.flatMap(({ outcomes }) => outcomes);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function idIn({ table, row, column }: Cell, report: Report): string {
  return [report.id, table.id, row.id, column.id].join('/');
}
