/**
 * A question back as a button_interaction card. Short choices stand on the buttons; longer ones in numbered rows, with the
 * numbers on the buttons:
 *
 *     报告里有四个“满意率”，您要问哪一个？
 *     1  “政风热线”群众诉求办理满意率
 *     2  办理警单的办理满意率
 *     ［1］［2］
 *
 * Undefined: nothing to choose, or more than a card can hold.
 */
import type { Reply } from '../../../engine/answer-form';
import type { WeComWording } from '../wording';
import { keyOf, numberOfKey, sayOfKey } from './button-key';
import { isAddress } from './figure-card';
import { fits, LIMITS } from './limits';
import type { ButtonCard } from './outgoing-message';

export function choiceCard(reply: Reply, wording: WeComWording, taskId: string): ButtonCard | undefined {
  const { headline, sentences, table, sources, options, answer } = reply;
  if (options.length === 0 || options.length > LIMITS.buttons) return undefined;
  if (headline || table || sources.length > 1 || answer.entries.length > 0) return undefined;
  const title = titleOf(sentences.join(''), wording);
  const [source] = sources;
  if (!title || (source && !(fits(source.line, LIMITS.quote) && isAddress(source.url)))) return undefined;

  const isShort = options.every(({ label }) => fits(label, LIMITS.buttonText));
  if (!isShort && !options.every(({ label }) => fits(label, LIMITS.rowValue))) return undefined;
  const rows = options.map(({ label }, index) => ({ keyname: String(index + 1), value: label }));
  const buttons = options.flatMap(({ label, say }, index) => {
    const key = keyOf(index + 1, say);
    return key ? [{ text: isShort ? label : String(index + 1), style: 1 as const, key }] : [];
  });
  if (buttons.length < options.length) return undefined;
  return {
    card_type: 'button_interaction',
    source: { desc: wording.cardSource, desc_color: 0 },
    ...title,
    ...(source && { quote_area: { type: 1 as const, url: source.url, quote_text: source.line } }),
    horizontal_content_list: isShort ? [] : rows,
    button_list: buttons,
    task_id: taskId,
  };
}

/** What stands in place of the buttons once one was pressed. */
export function chosenText(key: string, wording: WeComWording): string {
  const say = sayOfKey(key);
  if (fits(say, LIMITS.buttonText)) return wording.chosen.replaceAll('{选项}', say);
  return wording.chosenNumber.replaceAll('{序号}', String(numberOfKey(key)));
}

function titleOf(
  asked: string,
  { choose }: WeComWording,
): Pick<ButtonCard, 'main_title' | 'sub_title_text'> | undefined {
  if (fits(asked, LIMITS.title)) return { main_title: { title: asked } };
  if (fits(asked, LIMITS.subTitle)) return { main_title: { title: choose }, sub_title_text: asked };
  return undefined;
}
