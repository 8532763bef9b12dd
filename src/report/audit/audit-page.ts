/**
 * The audit of a report as a page of text: a table of what was checked, then every finding to be verified; with all, every
 * finding.
 */
import { nameCell } from '../name-cell';
import type { Cell, Finding, Report } from '../report';
import { VERDICTS, type Verdict } from './verdicts';

const CHECKS: Record<Finding['check'], string> = {
  sum: '各部分相加等于总数',
  part: '部分不大于整体',
  equal: '各表之间应当相等的数',
  rate: '可以重算的比率',
  possible: '百分比与件数是否可能对应',
  changes: '同比与件数、同比之间是否可能成立',
  spelling: '用字是否一致',
  leftover: '遗留的填表说明',
};
const ORDER: Verdict[] = ['agrees', 'agreesWithinRounding', 'disagrees'];

export function auditPage(report: Report, { all = false } = {}): string {
  const { findings } = report;
  const checks = (Object.keys(CHECKS) as Finding['check'][]).filter((check) =>
    findings.some((one) => one.check === check),
  );
  const counts = (of: Finding[]) => ORDER.map((verdict) => String(of.filter((one) => one.verdict === verdict).length));
  const table = [
    ['核对内容', ...ORDER.map((verdict) => VERDICTS[verdict])],
    ...checks.map((check) => [CHECKS[check], ...counts(findings.filter((one) => one.check === check))]),
    ['合计', ...counts(findings)],
  ];
  const told = findings.filter(({ verdict }) => all || verdict === 'disagrees');
  const list = told.map(({ cells, message }) => [`- ${message}`, ...cellLine(cells)].join('\n'));
  return [
    `${report.title}（${report.region.name} ${report.year} 年，${report.tables.length} 张表，${report.cells.length} 格）`,
    '',
    aligned(table),
    '',
    told.length === 0 ? '没有对不上的地方。' : `${all ? '逐条' : '待核实'}：`,
    ...list,
  ].join('\n');
}

/** Which cells a finding is about: the first by name, all by id. */
function cellLine(cells: Cell[]): string[] {
  const [first] = cells;
  return first ? [`  ${nameCell(first)}（${cells.map(({ id }) => id).join('，')}）`] : [];
}

/** Left-aligned first column, the others to the right; a Chinese character is two places wide. */
function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ''))));
  return rows
    .map((row) =>
      row
        .map((text, index) => {
          const gap = ' '.repeat((widths[index] ?? 0) - width(text));
          return index === 0 ? text + gap : gap + text;
        })
        .join('  '),
    )
    .join('\n');
}

function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0);
}
