/**
 * One line for a brief: what was found with its 同比, and where it is printed.
 *
 *     2024年某热线满意率为 12.34%，同比上升 5.6%（↑）（某市热线 2024 年度报告，二、某部分 › 某表 › 满意率）
 *
 * Undefined: the reply states no figure of the report.
 */
import type { Provenance, Reply } from '../../../../engine/answer-form';
import { filled } from '../wording';

/** More rows than these are no line any more. */
const MOST_ROWS = 12;

export function quoteLine(
  reply: Reply,
  template: string,
  reportTitles: ReadonlyMap<string, string>,
): string | undefined {
  const { answer } = reply;
  const [first] = answer.provenance;
  if (answer.kind !== 'answer' || !first || answer.figures.length === 0) return undefined;
  const content = contentOf(reply);
  if (!content) return undefined;
  return filled(template, {
    内容: content.replace(/[。；：]$/u, ''),
    报告: reportTitles.get(first.report) ?? first.report,
    位置: placeOf(answer.provenance),
  });
}

/** The sentence with the headline's figure; the whole of it where no single sentence has it. */
function contentOf({ headline, sentences, table }: Reply): string | undefined {
  if (headline) return sentences.find((sentence) => sentence.includes(headline.figure)) ?? sentences.join('');
  if (!table) return sentences.join('');
  if (table.rows.length > MOST_ROWS) return undefined;
  const rows = table.rows.map((row) => row.filter((cell) => cell !== '—').join(' '));
  return `${sentences.join('')}${rows.join('；')}`;
}

/** As far as all of the places agree. */
function placeOf(places: readonly Provenance[]): string {
  const [first, ...others] = places.map(({ section, table, row, column }) => [section, table, row, column]);
  if (!first) return '';
  const depth = first.findIndex((label, level) => others.some((other) => other[level] !== label));
  const shared = depth < 0 ? first : first.slice(0, depth);
  return shared.filter((label, level) => label && label !== shared[level - 1]).join(' › ');
}
