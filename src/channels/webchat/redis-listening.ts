/**
 * Who listens in this process to what is said in any: one subscription for each conversation that somebody here listens to.
 *
 * Redis forgets what it published, so after a lost connection, or when a number is missing, what was kept meanwhile is read
 * from the log: a listener hears every activity, in order, each once.
 */
import { setTimeout as later } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import type { Redis } from 'ioredis';
import type { SharedState } from '../../state/connect-state';
import { asStateFault } from '../../state/state-away';
import { type ActivitySet, activityId, type Heard, type Listener, type LoggedActivity } from './conversation-store';

export type Entry = [id: string, fields: string[]];

export interface KeptLog {
  after: (conversationId: string, watermark: number) => Promise<ActivitySet>;
  lastNumber: (conversationId: string) => Promise<number>;
}

interface Conversation {
  id: string;
  listeners: Set<Listener>;
  /** Resolves when it is subscribed to. */
  isSubscribed: Promise<void>;
  heardUpTo: number;
  /** While the log is being read, what is heard waits here. */
  waiting: Heard[] | undefined;
}

const AT_ONCE = 100;
const TRY_AGAIN_MS = 500;

export class SharedListening {
  private readonly redis: Redis;
  private readonly conversations = new Map<string, Conversation>();

  constructor(
    state: SharedState,
    private readonly channelOf: (conversationId: string) => string,
    private readonly log: KeptLog,
  ) {
    this.redis = state.subscriber();
    this.redis.on('message', (channel: string, text: string) => this.hear(channel, text));
    this.redis.on('ready', () => this.comeBack().catch(() => undefined)); // lost again: the next ready does it
  }

  /** Throws StateAway. */
  async listen(conversationId: string, listener: Listener): Promise<() => void> {
    const channel = this.channelOf(conversationId);
    let conversation = this.conversations.get(channel);
    if (!conversation) {
      conversation = {
        id: conversationId,
        listeners: new Set(),
        isSubscribed: Promise.resolve(),
        heardUpTo: 0,
        waiting: undefined,
      };
      this.conversations.set(channel, conversation);
      conversation.isSubscribed = this.subscribe(channel, conversation);
    }
    conversation.listeners.add(listener);
    const stop = () => this.stop(channel, conversation, listener);
    try {
      await conversation.isSubscribed;
    } catch (error) {
      stop();
      throw asStateFault(error);
    }
    return stop;
  }

  private async subscribe(channel: string, conversation: Conversation): Promise<void> {
    await this.redis.subscribe(channel);
    conversation.heardUpTo = Math.max(conversation.heardUpTo, await this.log.lastNumber(conversation.id));
  }

  private stop(channel: string, conversation: Conversation, listener: Listener): void {
    conversation.listeners.delete(listener);
    if (conversation.listeners.size > 0 || this.conversations.get(channel) !== conversation) return;
    this.conversations.delete(channel);
    this.redis.unsubscribe(channel).catch(() => undefined); // without a connection there is no subscription either
  }

  private async comeBack(): Promise<void> {
    const all = [...this.conversations];
    for (let first = 0; first < all.length; first += AT_ONCE) {
      const some = all.slice(first, first + AT_ONCE);
      await this.redis.subscribe(...some.map(([channel]) => channel));
      await Promise.all(some.map(([, conversation]) => this.catchUp(conversation)));
    }
  }

  private hear(channel: string, text: string): void {
    const conversation = this.conversations.get(channel);
    const [, is, number = '', time = '', json = ''] = /^(\w+) (\d+) (\d+) (.*)$/s.exec(text) ?? [];
    if (!conversation) return;
    if (is === 'passing') this.pass(conversation, { is, json });
    else if (is === 'new' || is === 'changed') {
      const activity = loggedActivity(conversation.id, number, time, json);
      const isAfterGap = is === 'new' && conversation.heardUpTo > 0 && activity.number > conversation.heardUpTo + 1;
      if (isAfterGap) void this.catchUp(conversation); // from now on what is heard waits, this one too
      this.pass(conversation, { is, activity });
    }
  }

  private pass(conversation: Conversation, heard: Heard): void {
    if (conversation.waiting) conversation.waiting.push(heard);
    else tell(conversation, heard);
  }

  /** Reads what is missing, until it has been read or nobody listens any more. */
  private async catchUp(conversation: Conversation): Promise<void> {
    if (conversation.waiting) return;
    conversation.waiting = [];
    while (conversation.listeners.size > 0) {
      try {
        await this.readOn(conversation);
        break;
      } catch {
        await later(TRY_AGAIN_MS); // Redis is away, which is told of elsewhere.
      }
    }
    const { waiting } = conversation;
    conversation.waiting = undefined;
    for (const heard of waiting) tell(conversation, heard);
  }

  private async readOn(conversation: Conversation): Promise<void> {
    for (;;) {
      const { activities } = await this.log.after(conversation.id, conversation.heardUpTo);
      if (activities.length === 0) return;
      for (const activity of activities) tell(conversation, { is: 'new', activity });
    }
  }
}

function tell(conversation: Conversation, heard: Heard): void {
  if (heard.is === 'new') {
    if (heard.activity.number <= conversation.heardUpTo) return;
    conversation.heardUpTo = heard.activity.number;
  }
  for (const listener of conversation.listeners) listener(heard);
}

/** Id and time are given by Redis, so they are put in front of what is kept. */
export function loggedActivity(conversationId: string, number: string, time: string, json: string): LoggedActivity {
  const id = activityId(conversationId, Number(number));
  const head = JSON.stringify({ id, timestamp: new Date(Number(time)).toISOString() });
  return { number: Number(number), id, json: `${head.slice(0, -1)},${json.slice(1)}` };
}

export function untypedJson(activity: Partial<Activity>): string {
  const { id: _, timestamp: __, ...rest } = activity;
  return JSON.stringify({ type: 'message', ...rest });
}

/** As it was before it became JSON: the SDK expects dates. */
export function typedActivity(json: string, time: string): Partial<Activity> {
  const activity: Partial<Activity> = JSON.parse(json);
  activity.timestamp = new Date(Number(time));
  if (activity.localTimestamp) activity.localTimestamp = new Date(activity.localTimestamp);
  if (activity.expiration) activity.expiration = new Date(activity.expiration);
  return activity;
}
