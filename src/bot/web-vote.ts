/** 👍 and 👎 of the web chat: an event `feedback` with `{"activity": <id of the reply>, "feedback": "up" | "down"}`. */
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Feedback } from './feedback';

const Value = z.object({ activity: z.string().min(1).max(200), feedback: z.enum(['up', 'down']) });

export function webVoteOf({ name, value }: Activity): Pick<Feedback, 'vote' | 'replyId' | 'comment'> | undefined {
  if (name !== 'feedback') return undefined;
  const read = Value.safeParse(value).data;
  return read && { vote: read.feedback, replyId: read.activity, comment: undefined };
}
