/**
 * Which question a reply answered, for as long as somebody may vote on it. In memory and limited: after a restart a vote is
 * kept without its question.
 */
import type { TurnContext } from 'botbuilder';
import { conversationKey } from './memory';

const MOST = 5000;

export class RecentReplies {
  private readonly questions = new Map<string, string>();

  remember(context: TurnContext, replyId: string | undefined, question: string): void {
    if (!replyId) return;
    this.questions.set(keyOf(context, replyId), question);
    for (const key of this.questions.keys()) {
      if (this.questions.size <= MOST) break;
      this.questions.delete(key);
    }
  }

  questionOf(context: TurnContext, replyId: string): string | undefined {
    return this.questions.get(keyOf(context, replyId));
  }
}

/** Nobody learns by an id what was asked in another conversation. */
function keyOf(context: TurnContext, replyId: string): string {
  return JSON.stringify([conversationKey(context), replyId]);
}
