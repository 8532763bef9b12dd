/**
 * What the bot says, as a message of Teams: the sentence with the figure as text, which is what one sees in notifications,
 * finds by searching and copies on a phone, and below it the card with all the rest. Teams shows no suggested actions, so what the bot
 * offers stands on the card.
 *
 * A reply without a figure is said in the text alone; its card only holds what can be pressed.
 */
import type { Activity, Attachment } from 'botbuilder';
import { cardOf, replyOf } from '../../../bot/reply-activity';
import type { Reply } from '../../../engine/answer-form';
import { citationMarks, citationsOf } from './card/citations';
import { type AdaptiveCard, buttons, CARD_TYPE, CARD_VERSION, escaped, says } from './card/elements';
import { type CardParts, replyCard } from './card/reply-card';

/** Longer summaries are cut by the clients. */
const SUMMARY_LETTERS = 200;

/** Activities of any other kind come back as they are. */
export function teamsMessage(activity: Partial<Activity>, parts: CardParts): Partial<Activity> {
  if (activity.type !== 'message') return activity;
  const reply = replyOf(activity);
  return reply ? replyMessage(activity, reply, parts) : talkMessage(activity);
}

function replyMessage({ suggestedActions: _, ...activity }: Partial<Activity>, reply: Reply, parts: CardParts) {
  const { answer } = reply;
  const isFigure = answer.kind === 'answer' && answer.figures.length > 0;
  const above = isFigure ? [leadOf(reply)] : reply.sentences;
  const line = above.join('\n');
  const card = replyCard(reply, parts, { above, card: cardOf(activity) });
  const entities = isFigure ? citationsOf(reply) : [];
  return {
    ...activity,
    text: isFigure ? `${escaped(line)}${citationMarks(reply)}` : line,
    textFormat: isFigure ? 'markdown' : 'plain',
    summary: summaryOf(line),
    channelData: { answer, feedbackLoop: { type: 'default' } },
    ...(card.body.length > 0 && { attachments: [attached(card)] }),
    ...(entities.length > 0 && { entities }),
  };
}

/** The welcome and the apology: a text, and a card only for its buttons. */
function talkMessage({ suggestedActions, ...activity }: Partial<Activity>): Partial<Activity> {
  const text = activity.text ?? '';
  const actions = (suggestedActions?.actions ?? []).map(({ title, value }) => says(title, String(value)));
  const card: AdaptiveCard = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: CARD_VERSION,
    fallbackText: text,
    body: buttons(actions),
  };
  return { ...activity, summary: summaryOf(text), ...(actions.length > 0 && { attachments: [attached(card)] }) };
}

/** For when a card was refused: the same in words. */
export function asPlainText({ attachments, entities: _, ...activity }: Partial<Activity>): Partial<Activity> {
  const card = attachments?.[0]?.content as Partial<AdaptiveCard> | undefined;
  return { ...activity, text: card?.fallbackText || activity.text, textFormat: 'plain' };
}

/** The sentence with the figure. */
function leadOf({ headline, sentences }: Reply): string {
  return sentences.find((sentence) => headline && sentence.includes(headline.figure)) ?? sentences[0] ?? '';
}

function summaryOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= SUMMARY_LETTERS ? line : `${line.slice(0, SUMMARY_LETTERS - 1)}…`;
}

export function attached(card: AdaptiveCard): Attachment {
  return { contentType: CARD_TYPE, content: card };
}
