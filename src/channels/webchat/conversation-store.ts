/**
 * What Direct Line keeps of a conversation: the activities in their order, each with a number that only grows (the
 * watermark), for clients that come back after a lost connection; who is listening right now; and the turns that are still
 * to be done, so that what was accepted is answered even if the process that accepted it is gone.
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

export interface Turn {
  /** Its own among the turns of its conversation. */
  name: string;
  activity: Partial<Activity>;
  /** How many processes ended in the middle of it. */
  brokeOff: number;
}

/**
 * The right to do the turns of a conversation, one after the other until none waits, and the turn that is next. Nobody else
 * has it meanwhile. If its process dies it passes on (`abandoned`), and what the dead one still does is refused.
 */
export interface Hold {
  conversationId: string;
  token: string;
  turn: Turn;
}

/** `hold`: whoever asked is now the one to do the turns; without one, somebody is at it already. */
export type Taken = { is: 'taken'; id: string; hold: Hold | undefined } | { is: 'too many' };

export interface ConversationStore {
  /** `isNew` false: it was open already, and the greeting isn't needed. */
  open(conversationId: string, greeting: Partial<Activity>): Promise<{ isNew: boolean; hold: Hold | undefined }>;

  /**
   * What a person says: kept as by `append`, and its turn put in line, both or neither. `onceKey` names a message of a
   * client; the same one is kept once. Too many: more turns wait than one conversation may have.
   */
  say(conversationId: string, activity: Partial<Activity>, onceKey?: string): Promise<Taken>;

  /**
   * Gives the activity its id and a time later than the one before, keeps it and tells the listeners; returns the id. A
   * conversation that was dropped meanwhile is opened again: its token proves that it was one.
   */
  append(conversationId: string, activity: Partial<Activity>): Promise<string>;

  /**
   * As `append`, for the answers of a turn: the first of a turn is place 1, and each place is filled once, even if the turn
   * was begun before. Throws NotOurTurn when the turn has passed to another process.
   */
  reply(hold: Hold, activity: Partial<Activity>, place: number): Promise<string>;

  /** The turn is done: the hold with the next one, or undefined when none waits or the hold has passed on. */
  done(hold: Hold): Promise<Hold | undefined>;

  /** The turn broke off here, and goes on when the store is there again. */
  breakOff(hold: Hold): void;

  /** Turns that nobody is at: their process died, or broke off. They are now the caller's. */
  abandoned(): Promise<Hold[]>;

  /** Puts another form of a kept activity in its place, under its id and its time, and tells the listeners. */
  replace(conversationId: string, activity: Partial<Activity>): Promise<void>;

  /** Tells the listeners and keeps nothing. */
  pass(conversationId: string, activity: Partial<Activity>): Promise<void>;

  /** What came after the watermark, oldest first; of a long log perhaps only the beginning. */
  after(conversationId: string, watermark: number): Promise<ActivitySet>;

  /** Until the returned function is called. */
  listen(conversationId: string, listener: Listener): Promise<() => void>;
}

export function activityId(conversationId: string, number: number): string {
  return `${conversationId}|${String(number).padStart(7, '0')}`;
}

/** Clients send back what they were given, or nothing, `""`, `"-"`, or garbage: all that is from the beginning. */
export function readWatermark(text: string | null | undefined): number {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** The body of a response and the frame of a stream. Always a string: the client takes the number 0 for none. */
export function activitySetJson({ activities, watermark }: ActivitySet): string {
  return `{"activities":[${activities.map(({ json }) => json).join(',')}],"watermark":"${watermark}"}`;
}
