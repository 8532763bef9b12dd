/**
 * What a person said with a message, whatever form it came in: typed text without the mention of the bot
 * (`<at>年报</at> 满意率` → 满意率), or a pressed button of a card (`{"say": "满意率"}`, with `"card"` where it matters which).
 *
 * Shapes come from outside, so each is looked at before it is used.
 */
import type { Activity } from 'botbuilder';

/** Undefined: the message holds nothing to read, only a picture, a file or a voice clip. */
export function whatWasSaid(activity: Activity): string | undefined {
  const pressed = textIn(activity.value, 'say');
  if (pressed !== undefined) return pressed;
  const text = withoutMention(activity).replaceAll('&nbsp;', ' ').trim();
  if (text === '' && (activity.attachments ?? []).some(isFile)) return undefined;
  return text;
}

/** The card whose button was pressed. */
export function whichCard({ value }: Activity): string | undefined {
  const card = textIn(value, 'card');
  return card !== undefined && card.length <= LONGEST_CARD_NAME ? card : undefined;
}

const LONGEST_CARD_NAME = 100;

function textIn(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  const text: unknown = (value as Record<string, unknown>)[key];
  return typeof text === 'string' ? text : undefined;
}

function withoutMention(activity: Activity): string {
  let text = activity.text ?? '';
  for (const entity of activity.entities ?? []) {
    const mentioned: unknown = entity['mentioned'];
    const isBot = typeof mentioned === 'object' && mentioned !== null && 'id' in mentioned;
    if (entity.type !== 'mention' || !isBot || mentioned.id !== activity.recipient?.id) continue;
    if (typeof entity['text'] === 'string') text = text.replace(entity['text'], ' ');
  }
  return text;
}

/** Teams sends every message a second time as an attachment of HTML; that is no file. */
function isFile({ contentType }: { contentType?: string }): boolean {
  return contentType !== 'text/html';
}
