/**
 * An activity of the bot as messages of the platform, in the best form that holds it: a card for one figure or for a
 * choice, else text or Markdown in as many parts as its length asks for.
 */
import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { replyOf } from '../../../bot/reply-activity';
import type { WeComWording } from '../wording';
import { choiceCard } from './choice-card';
import { figureCard } from './figure-card';
import { LIMITS } from './limits';
import type { OutgoingMessage } from './outgoing-message';
import { cutText, splitText } from './split-text';
import { link, ownWords, type TextStyle, textForm } from './text-form';

/** cards: cards and text. markdown: cards and Markdown. text: text only, for people who read in 微信. */
export type Form = 'cards' | 'markdown' | 'text';

/** Some 3,400 characters. Whoever wants more opens the report. */
export const MOST_PARTS = 5;

export function activityMessages(activity: Partial<Activity>, form: Form, wording: WeComWording): OutgoingMessage[] {
  const reply = replyOf(activity);
  const card =
    reply && form !== 'text' && (figureCard(reply, wording, randomUUID()) ?? choiceCard(reply, wording, randomUUID()));
  if (card) return [{ msgtype: 'template_card', template_card: card }];
  return textMessages(activity, form, wording);
}

/** Without a card: also for a card that the platform refused. */
export function textMessages(activity: Partial<Activity>, form: Form, wording: WeComWording): OutgoingMessage[] {
  const isMarkdown = form === 'markdown' && replyOf(activity) !== undefined;
  const style = isMarkdown ? 'markdown' : 'text';
  return parts(wholeText(activity, wording, style), restOf([activity], style, wording)).map((content) =>
    isMarkdown ? { msgtype: 'markdown', markdown: { content } } : { msgtype: 'text', text: { content } },
  );
}

/** In how much room, and how, an answer in the response is written. */
export const IN_RESPONSE = {
  app: { style: 'text', maxBytes: LIMITS.textBytes },
  bot: { style: 'tables', maxBytes: LIMITS.streamBytes },
} as const;

/** All activities of a turn in one text that fits into one message, for an answer in the response. */
export function onlyText(
  activities: Partial<Activity>[],
  wording: WeComWording,
  { style, maxBytes }: { style: TextStyle; maxBytes: number } = IN_RESPONSE.app,
): string {
  const whole = activities.map((activity) => wholeText(activity, wording, style)).filter(Boolean);
  return cutText(whole.join('\n'), maxBytes, restOf(activities, style, wording));
}

function wholeText(activity: Partial<Activity>, wording: WeComWording, style: TextStyle): string {
  const reply = replyOf(activity);
  if (reply) return textForm(reply, wording, style);
  const questions = (activity.suggestedActions?.actions ?? []).map(({ title }) => title);
  return activity.text ? ownWords(activity.text, questions, wording) : '';
}

/** Where the rest of a text stands that was too long, with the link that was cut off. */
function restOf(activities: Partial<Activity>[], style: TextStyle, { tooLong, seeTable }: WeComWording): string {
  const url = activities.flatMap((activity) => replyOf(activity)?.sources ?? [])[0]?.url;
  return url ? `${tooLong}\n${link(seeTable, url, style)}` : tooLong;
}

function parts(whole: string, rest: string): string[] {
  const all = splitText(whole, LIMITS.textBytes);
  if (all.length <= MOST_PARTS) return all;
  const last = `${all[MOST_PARTS - 1]}\n${all[MOST_PARTS]}`;
  return [...all.slice(0, MOST_PARTS - 1), cutText(last, LIMITS.textBytes, rest)];
}
