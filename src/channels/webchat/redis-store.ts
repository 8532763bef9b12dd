/**
 * The store of several processes: conversations in Redis, as streams that are trimmed and expire, with the turns that are to
 * be done and who is at them. What each step does is in redis-scripts.ts; here its words become activities again.
 *
 * A turn is done by the process that holds its conversation, known by a token; of a process that died the holds pass on. So
 * an accepted message is answered, once, whichever process ends in the middle of it.
 */
import type { Activity } from 'botbuilder';
import { NotOurTurn } from '../../bot/named-turn';
import type { SharedState } from '../../state/connect-state';
import { Membership } from '../../state/membership';
import {
  type ActivitySet,
  activityId,
  type ConversationStore,
  type Hold,
  type Listener,
  type Taken,
} from './conversation-store';
import { type Entry, loggedActivity, SharedListening, typedActivity, untypedJson } from './redis-listening';
import { AFTER, APPEND, DONE, OPEN, REPLACE, TAKE_OVER, WAITING } from './redis-scripts';

export interface RedisStoreLimits {
  activitiesEach: number;
  waitingTurns: number;
  idleMs: number;
  /** A turn takes milliseconds: a line in which nothing happened for so long may have nobody at it. */
  quietMs: number;
}

export const REDIS_STORE_LIMITS: RedisStoreLimits = {
  activitiesEach: 200,
  waitingTurns: 20,
  idleMs: 8 * 60 * 60 * 1000,
  quietMs: 500,
};

const ONE_READING = 100;
/** A turn as the scripts hand it out: `<name> <time> <json>`, and how many processes ended in it. */
type GivenTurn = [text: string, brokeOff: string];
type Outcome = ['known' | 'new', number: string, turn: GivenTurn | null] | ['full'] | ['not held'];

export class RedisConversationStore implements ConversationStore {
  private readonly listening: SharedListening;
  /** Tokens of holds at which this process is. */
  private readonly held = new Set<string>();

  constructor(
    private readonly state: SharedState,
    private readonly membership: Membership = new Membership(state),
    private readonly limits: RedisStoreLimits = REDIS_STORE_LIMITS,
  ) {
    this.listening = new SharedListening(state, (id) => this.channel(id), {
      after: (id, watermark) => this.after(id, watermark),
      lastNumber: (id) => this.lastNumber(id),
    });
  }

  async open(conversationId: string, greeting: Partial<Activity>): Promise<{ isNew: boolean; hold: Hold | undefined }> {
    const token = this.membership.token();
    const keys = [this.key(conversationId, 'meta'), this.key(conversationId, 'turns'), this.pending];
    const { prefix } = this.membership;
    const args = [conversationId, this.limits.idleMs, untypedJson(greeting), token, prefix];
    const [isNew, turn] = (await OPEN.run(this.state, keys, args)) as [number, GivenTurn | null];
    return { isNew: isNew === 1, hold: this.hold(conversationId, token, turn) };
  }

  async say(conversationId: string, activity: Partial<Activity>, onceKey = ''): Promise<Taken> {
    const token = this.membership.token();
    const [is, number, turn] = await this.keep(conversationId, activity, { onceKey, token });
    if (is === 'full' || number === undefined) return { is: 'too many' };
    const hold = this.hold(conversationId, token, turn ?? null);
    return { is: 'taken', id: activityId(conversationId, Number(number)), hold };
  }

  async append(conversationId: string, activity: Partial<Activity>): Promise<string> {
    return this.idOf(conversationId, await this.keep(conversationId, activity));
  }

  async reply({ conversationId, token }: Hold, activity: Partial<Activity>, place: number): Promise<string> {
    return this.idOf(conversationId, await this.keep(conversationId, activity, { held: token, onceKey: `${place}` }));
  }

  async done({ conversationId, token, turn }: Hold): Promise<Hold | undefined> {
    const keys = ['meta', 'turns', 'replied'].map((part) => this.key(conversationId, part));
    const next = await DONE.run(this.state, [...keys, this.pending], [conversationId, token, turn.name]);
    if (next === null) this.held.delete(token);
    return this.hold(conversationId, token, next as GivenTurn | null);
  }

  breakOff({ token }: Hold): void {
    this.held.delete(token);
  }

  async abandoned(): Promise<Hold[]> {
    const [before, after] = [this.state.key('chat', ''), ':meta'];
    const args = [this.limits.quietMs, this.membership.prefix, before, after];
    const waiting = (await WAITING.run(this.state, [this.pending], args)) as [string, string, number][];
    const holds: Hold[] = [];
    for (const [conversationId, owner, isAlive] of waiting) {
      const isFree = isAlive === 0 || (this.membership.isMine(owner) && !this.held.has(owner));
      const hold = isFree ? await this.takeOver(conversationId, owner) : undefined;
      if (hold) holds.push(hold);
    }
    return holds;
  }

  async replace(conversationId: string, activity: Partial<Activity>): Promise<void> {
    const number = /\|0*(\d+)$/.exec(activity.id ?? '')?.[1];
    if (number === undefined || activity.id !== activityId(conversationId, Number(number))) return;
    const keys = [this.key(conversationId, 'log'), this.key(conversationId, 'changed')];
    const { idleMs, activitiesEach } = this.limits;
    const args = [idleMs, activitiesEach, number, untypedJson(activity), this.channel(conversationId)];
    await REPLACE.run(this.state, keys, args);
  }

  async pass(conversationId: string, activity: Partial<Activity>): Promise<void> {
    const text = `passing 0 0 ${JSON.stringify(activity)}`;
    await this.state.ask((redis) => redis.publish(this.channel(conversationId), text));
  }

  async after(conversationId: string, watermark: number): Promise<ActivitySet> {
    const keys = ['log', 'meta', 'changed'].map((part) => this.key(conversationId, part));
    const found = await AFTER.run(this.state, keys, [this.limits.idleMs, watermark, ONE_READING]);
    if (found === null) return { activities: [], watermark };
    const [from, entries, changed] = found as [string, Entry[], string[]];
    const changes = new Map(changed.flatMap((key, place) => (place % 2 ? [] : [[key, changed[place + 1] ?? '']])));
    const activities = entries.map(([id, [, time = '', , json = '']]) => {
      const number = id.replace(/-.*/, '');
      return loggedActivity(conversationId, number, time, changes.get(number) ?? json);
    });
    return { activities, watermark: activities.at(-1)?.number ?? Number(from) };
  }

  listen(conversationId: string, listener: Listener): Promise<() => void> {
    return this.listening.listen(conversationId, listener);
  }

  private async keep(
    conversationId: string,
    activity: Partial<Activity>,
    { onceKey = '', held = '', token = '' }: { onceKey?: string; held?: string; token?: string } = {},
  ): Promise<Outcome> {
    const named = ['log', 'meta', held === '' ? 'once' : 'replied', 'turns'].map((part) =>
      this.key(conversationId, part),
    );
    const { idleMs, activitiesEach, waitingTurns } = this.limits;
    const log = [conversationId, idleMs, activitiesEach, untypedJson(activity), onceKey, held];
    const line = [token === '' ? '0' : '1', waitingTurns, token, this.membership.prefix, this.channel(conversationId)];
    return (await APPEND.run(this.state, [...named, this.pending], [...log, ...line])) as Outcome;
  }

  private async takeOver(conversationId: string, owner: string): Promise<Hold | undefined> {
    const token = this.membership.token();
    const keys = [this.key(conversationId, 'meta'), this.key(conversationId, 'turns'), this.pending];
    const isDead = owner !== '' && !this.membership.isMine(owner);
    const turn = await TAKE_OVER.run(this.state, keys, [conversationId, owner, token, isDead ? '1' : '0']);
    return this.hold(conversationId, token, turn as GivenTurn | null);
  }

  private hold(conversationId: string, token: string, given: GivenTurn | null): Hold | undefined {
    if (!given) return undefined;
    this.held.add(token);
    const [text, brokeOff] = given;
    const [, name = '', time = '', json = ''] = /^(\S+) (\S+) (.*)$/s.exec(text) ?? [];
    const activity = typedActivity(json, time);
    if (name !== 'open') activity.id = activityId(conversationId, Number(name));
    return { conversationId, token, turn: { name, activity, brokeOff: Number(brokeOff) } };
  }

  private idOf(conversationId: string, [is, number]: Outcome): string {
    if (number === undefined) throw new NotOurTurn(is);
    return activityId(conversationId, Number(number));
  }

  private async lastNumber(conversationId: string): Promise<number> {
    return Number((await this.state.ask((redis) => redis.hget(this.key(conversationId, 'meta'), 'number'))) ?? 0);
  }

  private key(conversationId: string, part: string): string {
    return this.state.key('chat', conversationId, part);
  }

  private channel(conversationId: string): string {
    return this.state.key('heard', conversationId);
  }

  private get pending(): string {
    return this.state.key('chat-pending');
  }
}
