/**
 * What the bot sent, as text for a terminal: its words, then the buttons in the brackets of the model exchanges.
 *
 *     **12.34%** …
 *     ［2023年是多少］［和其他满意率比］
 */
import { inspect } from 'node:util';
import type { Activity } from 'botbuilder';
import { answerOf } from '../../bot/reply-activity';

export function printReplies(sent: Partial<Activity>[]): string {
  return sent.map(printReply).join('\n');
}

function printReply(activity: Partial<Activity>): string {
  const text = activity.text ?? '';
  const buttons = (activity.suggestedActions?.actions ?? []).map(({ title }) => `［${title}］`).join('');
  return [text, ...linksMissingIn(text, activity), ...(buttons ? [buttons] : [])].join('\n');
}

/** A terminal has no card to press on: every source's link is printed, once. */
function linksMissingIn(text: string, activity: Partial<Activity>): string[] {
  const urls = new Set((answerOf(activity)?.provenance ?? []).map(({ url }) => url));
  return [...urls].filter((url) => url && !text.includes(url)).map((url) => `原表：${url}`);
}

/** Why an answer came out as it did, whole, as the engine tells it. */
export function printReasons(why: unknown): string {
  return inspect(why, { depth: null, maxArrayLength: null, breakLength: 120, compact: 4 });
}
