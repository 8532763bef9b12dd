/**
 * A reply as plain text, in the platform's small Markdown (bold, quotes, links; no lists, no tables), or in the larger one
 * of the AI bot, which has tables. Text shows in every client; Markdown and cards don't show to those who read in 微信
 * instead of 企业微信.
 *
 * Signs that the platform reads as markup are widened in everything that isn't ours, so that no question quoted back can
 * become a link.
 */
import type { Reply } from '../../../engine/answer-form';
import type { WeComWording } from '../wording';
import { byteLength, LIMITS } from './limits';

export type TextStyle = 'text' | 'markdown' | 'tables';

export function textForm(reply: Reply, wording: WeComWording, style: TextStyle): string {
  const plain = style === 'text' ? plainText : plainMarkdown;
  const { headline, sentences, table, sources, options, suggestions, answer, chartUrl } = reply;
  const lines: string[] = [];
  if (headline) {
    const figure = plain(headline.figure);
    lines.push([style === 'text' ? figure : `**${figure}**`, plain(headline.change ?? '')].filter(Boolean).join('　'));
  }
  lines.push(...sentences.map(plain));
  if (table && style === 'tables') lines.push('', ...markdownTable(table, plain), '');
  else if (table) lines.push(...table.rows.map((row) => `· ${row.map(plain).join('　')}`));
  if (chartUrl) lines.push(link(wording.seeChart, chartUrl, style));
  lines.push(...options.map(({ label }, index) => `${index + 1}. ${plain(label)}`));
  const quote = style === 'text' ? '' : '> ';
  for (const { line, url } of sources) {
    lines.push(`${quote}${plain(line)}`, `${quote}${link(wording.seeTable, url, style)}`);
  }
  lines.push(...answer.entries.map(({ title, url }) => link(plain(title), url, style)));
  lines.push(...nextQuestions(suggestions.map(plain), wording));
  return lines.join('\n');
}

/** The bot's own words, with the questions it suggests. */
export function ownWords(text: string, suggestions: readonly string[], wording: WeComWording): string {
  return [text, ...nextQuestions(suggestions, wording)].join('\n');
}

function markdownTable({ head, rows }: NonNullable<Reply['table']>, plain: (text: string) => string): string[] {
  const line = (cells: string[]) => `| ${cells.map((cell) => plain(cell).replaceAll('|', '｜')).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)];
}

function nextQuestions(questions: readonly string[], wording: WeComWording): string[] {
  return questions.length > 0 ? [wording.askNext, ...questions.map((question) => `· ${question}`)] : [];
}

export function link(title: string, url: string, style: TextStyle): string {
  // An address that could break out of its quotes, or fill half a message, stands for itself.
  if (!/^https?:\/\/[^\s"'<>()]+$/.test(url) || byteLength(url) > LIMITS.urlBytes / 2)
    return `${title}：${plainText(url)}`;
  return style === 'text' ? `<a href="${url}">${title}</a>` : `[${title}](${url})`;
}

function plainText(text: string): string {
  return text.replaceAll('<', '＜').replaceAll('>', '＞');
}

const WIDE: Record<string, string> = { '*': '＊', '`': '｀', '[': '［', ']': '］', '#': '＃' };

function plainMarkdown(text: string): string {
  return plainText(text).replace(/[*`[\]#]/g, (sign) => WIDE[sign] ?? sign);
}
