/** Two stores on one Redis stand for two processes. */
import { setTimeout as later } from 'node:timers/promises';
import { expect } from 'chai';
import { NotOurTurn } from '../../src/bot/named-turn';
import type { Heard, Hold, Listener, Taken } from '../../src/channels/webchat/conversation-store';
import { REDIS_STORE_LIMITS, RedisConversationStore } from '../../src/channels/webchat/redis-store';
import type { SharedState } from '../../src/state/connect-state';
import { Membership } from '../../src/state/membership';
import { isStateAway } from '../../src/state/state-away';
import { hasRedis, type RedisServer, startRedis } from '../state/redis-server';
import { connected, ready } from '../state/shared';
import { until } from './chat-service';

const saying = (text: string) => ({ type: 'message', text });

(hasRedis ? describe : describe.skip)('RedisConversationStore', () => {
  let server: RedisServer;
  const states: SharedState[] = [];
  const memberships: Membership[] = [];
  before(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    for (const membership of memberships.splice(0)) await membership.end();
    await states[0]?.redis.flushall();
    for (const state of states.splice(0)) state.end();
  });
  after(() => server.end());

  async function process(limits = {}) {
    const state = await connected(server.url);
    const membership = new Membership(state);
    states.push(state);
    memberships.push(membership);
    const store = new RedisConversationStore(state, membership, { ...REDIS_STORE_LIMITS, quietMs: 0, ...limits });
    return { state, membership, store };
  }
  const texts = async (store: RedisConversationStore, id: string, watermark = 0) =>
    (await store.after(id, watermark)).activities.map(({ json }) => JSON.parse(json).text);
  /** The connection that listens may not be there yet. */
  const listening = async (store: RedisConversationStore, listener: Listener): Promise<() => void> => {
    for (;;) {
      const stop = await store.listen('c', listener).catch(() => later(20));
      if (stop) return stop;
    }
  };
  const holdOf = (taken: Taken): Hold => {
    if (taken.is !== 'taken' || !taken.hold) throw new Error('no hold');
    return taken.hold;
  };

  it('gives another process what came after a watermark, in order, with ids and growing times', async () => {
    const [{ store: one }, { store: other }] = [await process(), await process()];
    const ids = [];
    for (const text of ['a', 'b', 'c']) ids.push(await one.append('c', { ...saying(text), entities: [] }));
    const all = await other.after('c', 0);
    const read = all.activities.map(({ json }) => JSON.parse(json));
    expect(read.map(({ id }) => id)).to.deep.equal(ids);
    expect(read[0]).to.deep.include({ text: 'a', entities: [] });
    expect(new Set(read.map(({ timestamp }) => timestamp)).size).to.equal(3);
    expect(await texts(other, 'c', all.activities[0]?.number)).to.deep.equal(['b', 'c']);
    expect(await other.after('c', all.watermark)).to.deep.equal({ activities: [], watermark: all.watermark });
    expect(await texts(other, 'c', all.watermark + 1000)).to.deep.equal(['a', 'b', 'c']);
  });

  it('keeps the last activities of a conversation, and forgets what is untouched for the time set', async () => {
    const { store, state } = await process({ activitiesEach: 2, idleMs: 300 });
    for (const text of ['a', 'b', 'c']) await store.append('c', saying(text));
    expect(await texts(store, 'c')).to.deep.equal(['b', 'c']);
    await later(450);
    expect(await state.redis.keys('t:chat:*')).to.deep.equal([]);
    expect((await store.open('c', { type: 'conversationUpdate' })).isNew).to.equal(true);
  });

  it('goes on above the old numbers when a forgotten conversation is opened again', async () => {
    const { store, state } = await process();
    await store.append('c', saying('a'));
    const { watermark } = await store.after('c', 0);
    await state.redis.flushall();
    await store.append('c', saying('b'));
    expect(await texts(store, 'c', watermark)).to.deep.equal(['b']);
  });

  it('keeps a message of one name once, whichever process it reaches', async () => {
    const [{ store: one }, { store: other }] = [await process(), await process()];
    const first = await one.say('c', saying('a'), 'k');
    expect(await other.say('c', saying('a'), 'k')).to.deep.equal({ ...first, hold: undefined });
    expect(await texts(one, 'c')).to.deep.equal(['a']);
  });

  it('gives the turns of a conversation to one process, in order, and refuses more than may wait', async () => {
    const [{ store: one }, { store: other }] = [await process({ waitingTurns: 3 }), await process({ waitingTurns: 3 })];
    const opened = await one.open('c', { type: 'conversationUpdate' });
    expect((await other.open('c', { type: 'conversationUpdate' })).isNew).to.equal(false);
    expect(await other.say('c', saying('a'))).to.deep.include({ hold: undefined });
    expect(await one.say('c', saying('b'))).to.deep.include({ hold: undefined });
    expect(await other.say('c', saying('c'))).to.deep.equal({ is: 'too many' });
    const done: unknown[] = [];
    for (let hold = opened.hold; hold; hold = await one.done(hold)) done.push(hold.turn.activity.text ?? 'greeting');
    expect(done).to.deep.equal(['greeting', 'a', 'b']);
    expect(holdOf(await other.say('c', saying('d'))).turn.activity).to.deep.include({ text: 'd' });
  });

  it('passes the turns of a dead process on, fills each place once, and refuses what the dead one still does', async () => {
    const [dead, living] = [await process(), await process()];
    const hold = holdOf(await dead.store.say('c', saying('a')));
    await dead.store.reply(hold, saying('first'), 1);
    expect(await living.store.abandoned()).to.deep.equal([]);
    await dead.membership.end();
    const [taken] = await living.store.abandoned();
    expect(taken?.turn).to.deep.include({ name: hold.turn.name, brokeOff: 1 });
    if (!taken) throw new Error('not taken');
    for (const [text, place] of [['first', 1] as const, ['second', 2] as const])
      await living.store.reply(taken, saying(text), place);
    const late = await dead.store.reply(hold, saying('second'), 2).catch((error) => error);
    expect(late).to.be.instanceOf(NotOurTurn);
    expect(await dead.store.done(hold)).to.equal(undefined);
    expect(await living.store.done(taken)).to.equal(undefined);
    expect(await texts(living.store, 'c')).to.deep.equal(['a', 'first', 'second']);
    expect(await living.store.abandoned()).to.deep.equal([]);
  });

  it('takes up again what broke off in the same process', async () => {
    const { store } = await process();
    const hold = holdOf(await store.say('c', saying('a')));
    expect(await store.abandoned()).to.deep.equal([]);
    store.breakOff(hold);
    const [again] = await store.abandoned();
    expect(again?.turn).to.deep.include({ name: hold.turn.name, brokeOff: 0 });
  });

  it('tells the listeners of all processes what is new, changed or passing, until they stop', async () => {
    const [{ store: one }, { store: other }] = [await process(), await process()];
    const heard: Heard[] = [];
    const stop = await listening(other, (each) => heard.push(each));
    const id = await one.append('c', saying('a'));
    await one.replace('c', { ...saying('b'), id });
    await one.pass('c', { type: 'typing' });
    await until(() => heard.length === 3, 'all three');
    expect(heard.map(({ is }) => is)).to.deep.equal(['new', 'changed', 'passing']);
    const [first, second] = heard.map((each) => (each.is === 'passing' ? {} : JSON.parse(each.activity.json)));
    expect(second).to.deep.equal({ ...first, text: 'b' });
    expect(await texts(other, 'c')).to.deep.equal(['b']);
    stop();
    await one.append('c', saying('c'));
    await later(50);
    expect(heard).to.have.length(3);
  });

  it('tells a listener after an outage what it missed, each once and in order; while it lasts it says so', async () => {
    const [{ store: one, state }, { store: other }] = [await process(), await process()];
    const heard: string[] = [];
    const listener = (each: Heard) => void (each.is === 'new' && heard.push(JSON.parse(each.activity.json).text));
    await listening(other, listener);
    await one.append('c', saying('a'));
    await server.stop();
    expect(isStateAway(await one.append('c', saying('lost')).catch((error) => error))).to.equal(true);
    await server.start();
    await ready(state);
    for (const text of ['b', 'c']) await one.append('c', saying(text));
    await until(() => heard.length >= 3, 'what was missed');
    await one.append('c', saying('d'));
    await until(() => heard.length >= 4, 'what is new');
    expect(heard).to.deep.equal(['a', 'b', 'c', 'd']);
  });
});
