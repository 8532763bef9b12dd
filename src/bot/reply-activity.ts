/**
 * A reply as a Bot Framework activity: the text for people, buttons that say something, the structured answer in
 * `channelData.answer` for programs, and in `channelData.reply` the parts of the text for a channel that draws them.
 *
 * Buttons are imBack: pressing one shows up as if it had been typed, so the conversation reads on for everybody.
 */
import { type Activity, ActivityTypes, type CardAction, InputHints } from 'botbuilder';
import type { Answer, Reply } from '../engine/answer-form';

export function replyActivity(reply: Reply): Partial<Activity> {
  const buttons = [
    ...reply.options.map(({ label, say }) => button(label, say)),
    ...reply.suggestions.map((question) => button(question, question)),
  ];
  const asksBack = reply.answer.kind === 'clarify';
  return {
    ...plainActivity(reply.text, buttons, asksBack),
    channelData: { answer: reply.answer, reply: partsOf(reply) },
  };
}

/** A text of the bot's own (welcome, apology): it states no figure, so it carries no structured answer. */
export function talkActivity(text: string, questions: string[] = []): Partial<Activity> {
  return plainActivity(
    text,
    questions.map((question) => button(question, question)),
    false,
  );
}

/** The parts a channel can draw instead of the text: headline, sentences, table, sources, chart. */
export type ReplyParts = Pick<Reply, 'headline' | 'sentences' | 'table' | 'sources' | 'chart'>;

function partsOf({ headline, sentences, table, sources, chart }: Reply): ReplyParts {
  return { ...(headline && { headline }), sentences, ...(table && { table }), sources, ...(chart && { chart }) };
}

/** The structured answer of an activity this bot sent; undefined for its own texts. */
export function answerOf(activity: Partial<Activity>): Answer | undefined {
  const { answer }: { answer?: Answer } = activity.channelData ?? {};
  return answer;
}

function plainActivity(text: string, buttons: CardAction[], asksBack: boolean): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    text,
    textFormat: 'plain',
    locale: 'zh-CN',
    inputHint: asksBack ? InputHints.ExpectingInput : InputHints.AcceptingInput,
    ...(buttons.length > 0 && { suggestedActions: { to: [], actions: buttons } }),
  };
}

function button(title: string, say: string): CardAction {
  return { type: 'imBack', title, value: say };
}
