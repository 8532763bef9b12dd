/**
 * A vote on an answer (👍 or 👎), as a channel hands it on. Who keeps it is passed in by index.ts.
 *
 * It names the reply, not the person: `replyId` is the channel's id of the message that was voted on, and `question` what it
 * answered, as far as that is still remembered.
 */
export interface Feedback {
  channel: string;
  vote: 'up' | 'down';
  /** What the person wrote with it; undefined if nothing. */
  comment: string | undefined;
  replyId: string | undefined;
  question: string | undefined;
}

export type OnFeedback = (feedback: Feedback) => void | Promise<void>;
