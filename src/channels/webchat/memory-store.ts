/**
 * The store of one process: in memory, limited in what one conversation keeps, in how many there are, in all their
 * bytes, and in age. What is over goes, the oldest untouched conversation first.
 *
 * A conversation's numbers begin at the millisecond it is opened. So when one is dropped and opened again, or the process
 * starts anew, they go on above the old ones: no id is given twice, and an old watermark doesn't hide what is new.
 */
import type { Activity } from 'botbuilder';
import { utf8 } from '../../bot/utf8';
import {
  type ActivitySet,
  activityId,
  type ConversationStore,
  type Heard,
  type Hold,
  type Listener,
  type LoggedActivity,
  type Taken,
  type Turn,
} from './conversation-store';

export interface StoreLimits {
  activitiesEach: number;
  /** A person types one message after the other; a program must wait for answers. */
  waitingTurns: number;
  conversations: number;
  bytesInAll: number;
  idleMs: number;
}

export const STORE_LIMITS: StoreLimits = {
  activitiesEach: 200,
  waitingTurns: 20,
  conversations: 20_000,
  bytesInAll: 100_000_000,
  idleMs: 8 * 60 * 60 * 1000, // as long as the bot remembers what was talked about
};

const ONE_READING = 100;

interface KeptActivity {
  number: number;
  bytes: Buffer;
}

interface Log {
  activities: KeptActivity[];
  number: number;
  lastTime: number;
  touchedAt: number;
  bytes: number;
  /** Client's name of a message → its number here. */
  once: Map<string, number>;
}

export class MemoryConversationStore implements ConversationStore {
  /** In the order of the last touch, oldest first: a Map keeps the order of insertion. */
  private readonly logs = new Map<string, Log>();
  /** Apart from the logs: who listens goes on listening when the log is dropped. */
  private readonly listeners = new Map<string, Set<Listener>>();
  /** Apart from the logs too: what was accepted is answered. The first of each is under way. */
  private readonly turns = new Map<string, Turn[]>();
  private bytes = 0;

  constructor(
    private readonly limits: StoreLimits = STORE_LIMITS,
    private readonly now: () => number = Date.now,
  ) {}

  async open(conversationId: string, greeting: Partial<Activity>): Promise<{ isNew: boolean; hold: Hold | undefined }> {
    const isNew = !this.logs.has(conversationId);
    this.touch(conversationId);
    return { isNew, hold: isNew ? this.line(conversationId, { name: 'open', activity: greeting }) : undefined };
  }

  async say(conversationId: string, activity: Partial<Activity>, onceKey?: string): Promise<Taken> {
    const known = onceKey === undefined ? undefined : this.logs.get(conversationId)?.once.get(onceKey);
    if (known !== undefined) return { is: 'taken', id: activityId(conversationId, known), hold: undefined };
    const waiting = this.turns.get(conversationId)?.length ?? 0;
    if (waiting >= this.limits.waitingTurns) return { is: 'too many' };
    const id = this.keep(conversationId, activity, onceKey);
    return { is: 'taken', id, hold: this.line(conversationId, { name: id, activity: { ...activity, id } }) };
  }

  async append(conversationId: string, activity: Partial<Activity>): Promise<string> {
    return this.keep(conversationId, activity);
  }

  async reply({ conversationId }: Hold, activity: Partial<Activity>): Promise<string> {
    return this.keep(conversationId, activity);
  }

  async done(hold: Hold): Promise<Hold | undefined> {
    const turns = this.turns.get(hold.conversationId);
    turns?.shift();
    const turn = turns?.[0];
    if (turn) return { ...hold, turn };
    this.turns.delete(hold.conversationId);
    return undefined;
  }

  /** Nothing of this store goes away, so nothing breaks off. */
  breakOff(): void {}

  async abandoned(): Promise<Hold[]> {
    return [];
  }

  async replace(conversationId: string, activity: Partial<Activity>): Promise<void> {
    const log = this.logs.get(conversationId);
    const place = log?.activities.findIndex(({ number }) => activityId(conversationId, number) === activity.id) ?? -1;
    const before = log?.activities[place];
    if (!log || !before) return; // Forgotten already: nobody can come back for it.
    const { timestamp }: { timestamp: string } = JSON.parse(before.bytes.toString());
    const changed = { ...before, bytes: utf8(JSON.stringify({ ...activity, timestamp })) };
    log.activities[place] = changed;
    this.weigh(log, changed.bytes.length - before.bytes.length);
    this.tell(conversationId, { is: 'changed', activity: logged(conversationId, changed) });
  }

  async pass(conversationId: string, activity: Partial<Activity>): Promise<void> {
    this.tell(conversationId, { is: 'passing', json: JSON.stringify(activity) });
  }

  async after(conversationId: string, watermark: number): Promise<ActivitySet> {
    const log = this.logs.get(conversationId);
    if (!log) return { activities: [], watermark };
    this.touch(conversationId);
    // A watermark we never gave is none.
    const from = watermark > log.number ? 0 : watermark;
    const activities = log.activities
      .filter(({ number }) => number > from)
      .slice(0, ONE_READING)
      .map((activity) => logged(conversationId, activity));
    return { activities, watermark: activities.at(-1)?.number ?? from };
  }

  async listen(conversationId: string, listener: Listener): Promise<() => void> {
    const all = this.listeners.get(conversationId) ?? new Set();
    this.listeners.set(conversationId, all.add(listener));
    return () => {
      all.delete(listener);
      if (all.size === 0 && this.listeners.get(conversationId) === all) this.listeners.delete(conversationId);
    };
  }

  /** The hold, if nobody has it. */
  private line(conversationId: string, { name, activity }: Omit<Turn, 'brokeOff'>): Hold | undefined {
    const turn = { name, activity, brokeOff: 0 };
    const turns = this.turns.get(conversationId);
    if (turns) {
      turns.push(turn);
      return undefined;
    }
    this.turns.set(conversationId, [turn]);
    return { conversationId, token: '', turn };
  }

  private keep(conversationId: string, activity: Partial<Activity>, onceKey?: string): string {
    const log = this.touch(conversationId);
    log.number += 1;
    log.lastTime = Math.max(this.now(), log.lastTime + 1); // clients order by it
    const id = activityId(conversationId, log.number);
    const json = JSON.stringify({ ...activity, id, timestamp: new Date(log.lastTime).toISOString() });
    const bytes = utf8(json);
    log.activities.push({ number: log.number, bytes });
    if (onceKey !== undefined) log.once.set(onceKey, log.number);
    this.weigh(log, bytes.length);
    while (log.activities.length > this.limits.activitiesEach) this.forgetFirst(log);
    this.dropWhatIsOver();
    this.tell(conversationId, { is: 'new', activity: { number: log.number, id, json } });
    return id;
  }

  get size(): { conversations: number; bytes: number; listeners: number } {
    return { conversations: this.logs.size, bytes: this.bytes, listeners: this.listeners.size };
  }

  private touch(conversationId: string): Log {
    this.dropWhatIsOver();
    const log = this.logs.get(conversationId) ?? {
      activities: [],
      number: this.now(),
      lastTime: 0,
      touchedAt: 0,
      bytes: 0,
      once: new Map(),
    };
    log.touchedAt = this.now();
    this.logs.delete(conversationId);
    this.logs.set(conversationId, log);
    return log;
  }

  private forgetFirst(log: Log): void {
    const first = log.activities.shift();
    if (!first) return;
    this.weigh(log, -first.bytes.length);
    // They were set in the order of their activities.
    for (const [key, number] of log.once) {
      if (number > first.number) break;
      log.once.delete(key);
    }
  }

  private dropWhatIsOver(): void {
    const oldest = this.now() - this.limits.idleMs;
    for (const [id, log] of this.logs) {
      const isOver = this.logs.size > this.limits.conversations || this.bytes > this.limits.bytesInAll;
      if (!isOver && log.touchedAt > oldest) break;
      this.logs.delete(id);
      this.bytes -= log.bytes;
    }
  }

  private weigh(log: Log, bytes: number): void {
    log.bytes += bytes;
    this.bytes += bytes;
  }

  private tell(conversationId: string, heard: Heard): void {
    for (const listener of this.listeners.get(conversationId) ?? []) listener(heard);
  }
}

function logged(conversationId: string, { number, bytes }: KeptActivity): LoggedActivity {
  return { number, id: activityId(conversationId, number), json: bytes.toString() };
}
