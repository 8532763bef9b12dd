/**
 * What Direct Line keeps of a conversation: the activities in their order, each with a number that only grows (the
 * watermark), for clients that come back after a lost connection; and who is listening right now.
 *
 * An interface, since several processes may share one store: a browser posts to one and listens at another. So nothing
 * here is a live object, and an activity is kept as its JSON: whatever a handler does to it afterwards stays outside.
 */
import type { Activity } from 'botbuilder';

export interface LoggedActivity {
  /** The watermark after it. */
  number: number;
  id: string;
  json: string;
}

export interface ActivitySet {
  activities: LoggedActivity[];
  watermark: number;
}

/** A new activity, a kept one in another form, or one that only passes by (typing) and has no number. */
export type Heard =
  | { is: 'new'; activity: LoggedActivity }
  | { is: 'changed'; activity: LoggedActivity }
  | { is: 'passing'; json: string };
export type Listener = (heard: Heard) => void;

export interface Appended {
  id: string;
  /** False: this very message had come before (a client that heard no answer sends it again). */
  isNew: boolean;
}

export interface ConversationStore {
  /** False: it was open already. */
  open(conversationId: string): Promise<boolean>;

  /**
   * Gives the activity its id and a time later than the one before, keeps it and tells the listeners. A conversation that
   * was dropped meanwhile is opened again: its token proves that it was one. `onceKey` names a message of a client; the
   * same one is kept once.
   */
  append(conversationId: string, activity: Partial<Activity>, onceKey?: string): Promise<Appended>;

  /** Puts another form of a kept activity in its place, under its id and its time, and tells the listeners. */
  replace(conversationId: string, activity: Partial<Activity>): Promise<void>;

  /** Tells the listeners and keeps nothing. */
  pass(conversationId: string, activity: Partial<Activity>): Promise<void>;

  /** What came after the watermark, oldest first; of a long log perhaps only the beginning. */
  after(conversationId: string, watermark: number): Promise<ActivitySet>;

  /** Until the returned function is called. */
  listen(conversationId: string, listener: Listener): Promise<() => void>;
}

/** Clients send back what they were given, or nothing, `""`, `"-"`, or garbage: all that is from the beginning. */
export function readWatermark(text: string | null | undefined): number {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** The body of a response and the frame of a stream. Always a string: the client takes the number 0 for none. */
export function activitySetJson({ activities, watermark }: ActivitySet): string {
  return `{"activities":[${activities.map(({ json }) => json).join(',')}],"watermark":"${watermark}"}`;
}
