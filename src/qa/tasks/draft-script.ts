/**
 * `npm run qa:draft`: a script sheet with a question for every cell that no script asks for yet, with the figure as the
 * report prints it, for the team to look through and edit. The report is the source of every expectation, never the bot.
 *
 * A question is made of the cell's own names. The bot is asked which of several wordings it answers with this cell; where it
 * answers none of them, the remark says so.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../../config';
import { ProblemsFound } from '../../problems';
import type { Cell, Report } from '../../report/report';
import { coverageOf } from '../check/coverage';
import { pathOf, sayPlace } from '../check/place';
import { writeScript } from '../output/workbook';
import { inProcessRoad } from '../roads/in-process-road';
import { runScripts } from '../run-scripts';
import { readScripts } from '../script/read-scripts';
import type { Written } from '../script/script';
import { loadService, type Service, scriptsFolder } from '../service';
import { DEFAULT_OUT } from './check-scripts';

interface DraftOptions {
  report: string | undefined;
  /** Also for cells that are asked for. */
  all: boolean;
  out: string | undefined;
  files: string[];
}

const COLUMNS = ['编号', '问题', '期望值', '单位', '同比', '方向', '出处', '备注'] as const;

export async function draftScript(options: DraftOptions, { folders, publicUrl }: Config): Promise<boolean> {
  const service = loadService(folders, publicUrl);
  const report = reportCalled(options.report, service.knowledge.library.reports);
  const cells = options.all
    ? report.cells
    : await missingCells(report, service, options.files.length > 0 ? options.files : [scriptsFolder(folders)]);
  if (cells.length === 0) {
    console.log(`《${report.title}》的 ${report.cells.length} 格都问到了，没有要拟的。`);
    return true;
  }
  const rows = cells.map((cell, index) => draftRow(cell, index + 1, service));
  const out = options.out ?? join(DEFAULT_OUT, `draft-${report.id}.xlsx`);
  mkdirSync(dirname(out), { recursive: true });
  await writeScript(out, rows, COLUMNS);
  const unanswered = rows.filter(({ 备注: remark }) => remark).length;
  console.log(`《${report.title}》拟了 ${rows.length} 问：${out}`);
  if (unanswered > 0) console.log(`其中 ${unanswered} 问机器人没有答出这一格，备注里写着，请改问法。`);
  console.log('看过、改好以后，放进脚本文件夹，运行 npm run qa。');
  return true;
}

function reportCalled(id: string | undefined, reports: Report[]): Report {
  const found = id === undefined ? reports[0] : reports.find((report) => report.id === id);
  if (found) return found;
  const known = reports.map((report) => report.id).join('、');
  throw new ProblemsFound([
    { file: '--report', place: '', expected: `已收录的报告编号（${known}）`, found: `“${id}”` },
  ]);
}

async function missingCells(report: Report, service: Service, files: string[]): Promise<Cell[]> {
  const { scripts, problems } = readScripts(files);
  if (problems.length > 0) throw new ProblemsFound(problems);
  const { library } = service.knowledge;
  const ran = await runScripts(scripts, {
    road: inProcessRoad(service),
    isWanted: ({ roads }) => roads.length === 0 || roads.includes('direct'),
    findCell: (id) => library.cell(id),
    sideBySide: 1,
  });
  return coverageOf(
    report,
    ran.flatMap(({ outcomes }) => outcomes),
  ).missing;
}

export function draftRow(cell: Cell, number: number, service: Pick<Service, 'ask' | 'today'>): Written {
  const wordings = wordingsFor(cell);
  const isAnswered = (question: string) => {
    const { reply } = service.ask(question, undefined, service.today());
    return (
      reply.answer.kind === 'answer' && reply.answer.figures.length === 1 && reply.answer.figures[0]?.cell === cell.id
    );
  };
  const answered = wordings.find(isAnswered);
  return {
    编号: `拟${String(number).padStart(3, '0')}`,
    问题: answered ?? wordings[0] ?? '',
    ...expectedOf(cell),
    出处: sayPlace(pathOf(cell)),
    ...(!answered && { 备注: '机器人没有答出这一格，请改问法' }),
  };
}

/** What the report prints in a cell, in the fields of a script. */
export function expectedOf({ figure, printed }: Cell): Pick<Written, '期望值' | '单位' | '同比' | '方向'> {
  if (figure.kind === 'text') return { 期望值: figure.text };
  if (figure.kind === 'blank') return { 期望值: printed.trim() || '—' };
  const { digits, isPercent, measureUnit, change } = figure;
  return {
    期望值: isPercent ? `${digits}%` : digits,
    单位: (isPercent ? '%' : measureUnit) || '无',
    同比: change ? `${change.digits}%` : '无',
    方向: change ? (change.direction === 'up' ? '上升' : '下降') : '无',
  };
}

/**
 * From what somebody would say to what names everything. A merged cell stands for all rows, and a total is what is meant
 * where no row is named.
 */
function wordingsFor({ report, table, row, column, span }: Cell): string[] {
  const title = table.title || table.part.title;
  const short = /“([^”]+)”/u.exec(title)?.[1] ?? '';
  const groups = column.path.slice(0, -1).map(({ label }) => label);
  const isWhole = span !== undefined && span.rows.length === table.rows.length;
  const withRow = isWhole ? '' : row.label;
  const withoutTotal = row === table.totalRow ? '' : withRow;
  const say = (...names: string[]) => {
    const said = [...new Set(names.filter(Boolean))];
    const leaf = said.includes(column.label) ? said.pop() : undefined;
    return `${report.year}年${said.join('')}${said.length > 0 && leaf ? '的' : ''}${leaf ?? ''}是多少`;
  };
  return [
    say(short, withoutTotal, ...groups, column.label),
    say(short, withRow, ...groups, column.label),
    say(withRow, ...groups, column.label),
    say(title, withRow, ...groups, column.label),
    say(title, row.label, ...groups, column.label),
  ];
}
