/**
 * A reply with one figure as a text_notice card: the figure large, its 同比 below, the sentence, the place in the report as
 * a quote that opens the page, the entries to jump to, and next questions in the card's menu.
 *
 * Undefined: not one figure, or more than a card can hold. Nothing is shortened: half a sentence about a figure is worse
 * than a text.
 */
import type { Reply } from '../../../engine/answer-form';
import type { WeComWording } from '../wording';
import { keyOf } from './button-key';
import { byteLength, fits, LIMITS } from './limits';
import type { TextNotice } from './outgoing-message';

export function figureCard(reply: Reply, wording: WeComWording, taskId: string): TextNotice | undefined {
  const { headline, sentences, table, sources, options } = reply;
  const [source] = sources;
  if (!headline || !source || table || options.length > 0) return undefined;
  const said = sentences.join('');
  const place = sources.map(({ line }) => line).join('\n');
  const isHeld =
    fits(headline.figure, LIMITS.figure) &&
    fits(headline.label, LIMITS.title) &&
    (!headline.change || fits(headline.change, LIMITS.figureRemark)) &&
    (!said || fits(said, LIMITS.subTitle)) &&
    fits(place, LIMITS.quote) &&
    sources.length <= LIMITS.jumps &&
    sources.every(({ url }) => isAddress(url));
  if (!isHeld) return undefined;
  const menu = menuOf(reply.suggestions);
  return {
    card_type: 'text_notice',
    source: { desc: wording.cardSource, desc_color: 0 },
    main_title: { title: headline.label },
    emphasis_content: { title: headline.figure, ...(headline.change && { desc: headline.change }) },
    quote_area: { type: 1, url: source.url, quote_text: place },
    ...(said && { sub_title_text: said }),
    jump_list: jumpsOf(reply, wording),
    card_action: { type: 1, url: source.url },
    ...(menu.length > 0 && { action_menu: { desc: wording.askNextMenu, action_list: menu } }),
    task_id: taskId,
  };
}

export function isAddress(url: string): boolean {
  return /^https?:\/\//.test(url) && byteLength(url) <= LIMITS.urlBytes;
}

function jumpsOf({ sources, answer, chartUrl }: Reply, { seeTable, seeChart }: WeComWording): TextNotice['jump_list'] {
  const tables = sources.map(({ url }, index) => {
    return { type: 1 as const, title: sources.length > 1 ? `${seeTable}（${index + 1}）` : seeTable, url };
  });
  const charts = chartUrl && isAddress(chartUrl) ? [{ type: 1 as const, title: seeChart, url: chartUrl }] : [];
  const entries = answer.entries
    .filter(({ title, url }) => fits(title, LIMITS.jumpTitle) && isAddress(url))
    .map(({ title, url }) => ({ type: 1 as const, title, url }));
  return [...tables, ...charts, ...entries].slice(0, LIMITS.jumps);
}

function menuOf(suggestions: readonly string[]): { text: string; key: string }[] {
  return suggestions
    .filter((question) => fits(question, LIMITS.menuText))
    .slice(0, LIMITS.menu)
    .flatMap((text, index) => {
      const key = keyOf(index + 1, text);
      return key ? [{ text, key }] : [];
    });
}
