/**
 * What Teams asks of a bot beside messages: the search of the compose box, and a vote on an answer. Each gets its response
 * in the response to the request; a malformed one a refusal in the fixed words, and one that nobody knows goes on to the
 * bot, which refuses it.
 */
import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { OnFeedback } from '../../../bot/feedback';
import { refusalBody } from '../../../server/refusal';
import { type SearchParts, searchFigures } from './message-extension';

export interface InvokeParts {
  search: SearchParts;
  onFeedback: OnFeedback;
  /** What the message with this id answered. */
  questionOf: (context: TurnContext, replyId: string) => Promise<string | undefined>;
}

const Vote = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({
    reaction: z.enum(['like', 'dislike']),
    // A text of JSON: {"feedbackText": "…"}
    feedback: z.string().max(10_000).nullish(),
  }),
});
const VoteText = z.object({ feedbackText: z.string() });

/** False: none of Teams' own. */
export async function takeInvoke(context: TurnContext, parts: InvokeParts): Promise<boolean> {
  const { name } = context.activity;
  if (name !== 'composeExtension/query' && name !== 'message/submitAction') return false;
  try {
    const body = name === 'composeExtension/query' ? search(context, parts) : await vote(context, parts);
    await (body ? respond(context, 200, body) : respond(context, 400, refusalBody(400)));
  } catch (error) {
    await respond(context, 500, refusalBody(500));
    throw error; // to the turn's one handler of errors
  }
  return true;
}

function search({ activity }: TurnContext, parts: InvokeParts): object | undefined {
  return searchFigures(activity.value, parts.search);
}

async function vote(context: TurnContext, { onFeedback, questionOf }: InvokeParts): Promise<object | undefined> {
  const { value, replyToId, channelId } = context.activity;
  const read = Vote.safeParse(value);
  if (!read.success) return undefined;
  const { reaction, feedback } = read.data.actionValue;
  await onFeedback({
    channel: channelId,
    vote: reaction === 'like' ? 'up' : 'down',
    comment: commentOf(feedback),
    replyId: replyToId,
    question: replyToId === undefined ? undefined : await questionOf(context, replyToId),
  });
  return {};
}

function commentOf(feedback: string | null | undefined): string | undefined {
  if (!feedback) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(feedback);
  } catch {
    return undefined; // a vote counts without its words
  }
  return VoteText.safeParse(parsed).data?.feedbackText.trim().slice(0, 1000) || undefined;
}

function respond(context: TurnContext, status: number, body: object): Promise<unknown> {
  const response: Partial<Activity> = { type: ActivityTypes.InvokeResponse, value: { status, body } };
  return context.sendActivity(response);
}
