/** The run in a few lines of Chinese for the terminal, columns aligned: a Chinese character is two wide. */
import stringWidth from 'string-width';
import { type Problem, problemLine } from '../../problems';
import { type Coverage, shareCovered } from '../check/coverage';
import { pathOf, sayPlace } from '../check/place';
import type { Change } from './compare';
import type { Results } from './results';

const MOST_FAILURES = 20;
const MOST_LINES = 12;

export interface Summary {
  results: Results;
  coverages: Coverage[];
  problems: Problem[];
  changes: Change[] | undefined;
  /** Only some of the scripts were run: what they don't ask for says nothing. */
  isPart: boolean;
}

export function terminalSummary({ results, coverages, problems, changes, isPart }: Summary): string {
  const files = [...new Set(results.rows.map(({ file }) => file))];
  const table = files.map((file) => {
    const own = results.rows.filter((row) => row.file === file);
    const passed = own.filter((row) => row.passed).length;
    return [file, String(own.length), String(passed), String(own.length - passed)];
  });
  const total = ['全部', String(results.rows.length), String(results.passed), String(results.failed)];
  return [
    ...(problems.length > 0
      ? [`有 ${problems.length} 处要改，读不了的没有检查：`, ...problems.map((one) => `  - ${problemLine(one)}`), '']
      : []),
    ...failureLines(results),
    ...(changes ? changeLines(changes) : []),
    ...aligned([['脚本', '条数', '通过', '没通过'], ...table, total]),
    '',
    ...coverages.flatMap((coverage) => coverageLines(coverage, isPart)),
    ...(results.rows.length === 0 ? ['没有检查任何一条。'] : []),
  ].join('\n');
}

function failureLines({ rows }: Results): string[] {
  const failed = rows.filter(({ passed }) => !passed);
  if (failed.length === 0) return [];
  const shown = failed
    .slice(0, MOST_FAILURES)
    .flatMap(({ id, file, sheet, row, question, faults }) => [
      `  ✗ ${id.startsWith(file) ? '' : `${id}　`}${question}　（${[file, sheet, row].filter(Boolean).join(' ')}）`,
      ...aligned(faults.map(({ field, expected, got }) => [field, `应为 ${cut(expected)}`, `实为 ${cut(got)}`])).map(
        (line) => `      ${line}`,
      ),
    ]);
  const rest = failed.length > MOST_FAILURES ? [`  …… 另有 ${failed.length - MOST_FAILURES} 条，见网页报告`] : [];
  return [`没通过 ${failed.length} 条：`, ...shown, ...rest, ''];
}

function changeLines(changes: Change[]): string[] {
  if (changes.length === 0) return ['与上一次比，没有变化。', ''];
  const shown = changes.slice(0, MOST_LINES).map(({ kind, id, question }) => [`  ${kind}`, id, question]);
  const rest = changes.length > MOST_LINES ? [`  …… 另有 ${changes.length - MOST_LINES} 处，见网页报告`] : [];
  return [`与上一次比，有 ${changes.length} 处变化：`, ...aligned(shown), ...rest, ''];
}

function coverageLines(coverage: Coverage, isPart: boolean): string[] {
  const { report, missing } = coverage;
  const all = report.cells.length;
  const head = `《${report.title}》共 ${all} 格，脚本问到 ${all - missing.length} 格，覆盖率 ${shareCovered(coverage)}`;
  if (isPart) return [`${head}（只检查了一部分脚本）`];
  const shown = missing.slice(0, MOST_LINES).map((cell) => `  没问到：${sayPlace(pathOf(cell))}`);
  return [head, ...shown, ...(missing.length > MOST_LINES ? [`  …… 另有 ${missing.length - MOST_LINES} 格`] : [])];
}

/** Numbers to the right, words to the left. */
export function aligned(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(Math.max((widths[column] ?? 0) - stringWidth(cell), 0));
        const isNumber = column > 0 && rows.slice(1).every((other) => /^\d*$/.test(other[column] ?? ''));
        return isNumber && rows.length > 1 ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}……` : text;
}
