/**
 * A reply as a Bot Framework activity: the text for people, buttons that say something, the structured answer in
 * `channelData.answer` for programs, and the other parts of the reply in `channelData.reply` for channels that make their
 * own form of them.
 *
 * A chart is attached as a picture, for the channels that show one and make no form of their own.
 *
 * Buttons are imBack: pressing one shows up as if it had been typed, so the conversation reads on for everybody.
 */
import { type Activity, ActivityTypes, type CardAction, InputHints } from 'botbuilder';
import type { Answer, Reply } from '../engine/answer-form';

/** Of the parts that an activity carries, the reply they are of: what is known of a reply is found again by it. */
const WHOLE = new WeakMap<object, Reply>();

/** `card` names this reply where its buttons may be pressed later: they carry it back. */
export function replyActivity(reply: Reply, card?: string): Partial<Activity> {
  const buttons = [
    ...reply.options.map(({ label, say }) => button(label, say)),
    ...reply.suggestions.map((question) => button(question, question)),
  ];
  const asksBack = reply.answer.kind === 'clarify';
  const { answer, ...parts } = reply;
  const { chart, chartUrl } = reply;
  WHOLE.set(parts, reply);
  return {
    ...plainActivity(reply.text, buttons, asksBack),
    ...(chart && chartUrl && { attachments: [{ contentType: 'image/png', contentUrl: chartUrl, name: chart.alt }] }),
    channelData: { answer, reply: parts, ...(card !== undefined && { card }) },
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

/** The structured answer of an activity this bot sent; undefined for its own texts. */
export function answerOf(activity: Partial<Activity>): Answer | undefined {
  const { answer }: { answer?: Answer } = activity.channelData ?? {};
  return answer;
}

/** The whole reply of an activity this bot sent, as it was handed over where that is known; undefined for its own texts. */
export function replyOf(activity: Partial<Activity>): Reply | undefined {
  const { answer, reply }: { answer?: Answer; reply?: Omit<Reply, 'answer'> } = activity.channelData ?? {};
  return answer && reply && (WHOLE.get(reply) ?? { ...reply, answer });
}

/** The name by which the bot will know this reply when a button of it is pressed. */
export function cardOf(activity: Partial<Activity>): string | undefined {
  const { card }: { card?: string } = activity.channelData ?? {};
  return card;
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
