/**
 * What clients of others show of an answer: its sentences as text and below them an Adaptive Card, which Microsoft's Web Chat
 * draws, with table, chart, place in the report and entries. The same card as in Teams, without buttons that say something:
 * those are the suggested actions, which Web Chat draws as chips.
 *
 * Our own widget draws the parts of the reply itself, and looks at neither.
 */
import type { Activity } from 'botbuilder';
import { replyOf } from '../../bot/reply-activity';
import type { Reply } from '../../engine/answer-form';
import { type AdaptiveCard, CARD_TYPE } from '../botframework/teams/card/elements';
import { type CardParts, replyCard } from '../botframework/teams/card/reply-card';

/** Activities without figures come back as they are: there is nothing to lay out. */
export function withCards(parts: CardParts): (activity: Partial<Activity>) => Partial<Activity> {
  /** A reply that is handed to many (bot/remembered-answers.ts) is laid out once. */
  const drawn = new WeakMap<Reply, AdaptiveCard>();
  const cardOf = (reply: Reply) => {
    const card = drawn.get(reply) ?? replyCard(reply, parts, { above: reply.sentences, hasBot: false });
    if (Object.isFrozen(reply)) drawn.set(reply, card);
    return card;
  };
  return (activity) => {
    const reply = replyOf(activity);
    if (reply?.answer.kind !== 'answer' || reply.answer.figures.length === 0) return activity;
    const said = reply.sentences.join('\n');
    if (said === '') return activity;
    return { ...activity, text: said, attachments: [{ contentType: CARD_TYPE, content: cardOf(reply) }] };
  };
}
