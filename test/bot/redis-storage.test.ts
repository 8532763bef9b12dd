import { setTimeout as later } from 'node:timers/promises';
import { expect } from 'chai';
import { RedisStorage } from '../../src/bot/redis-storage';
import type { SharedState } from '../../src/state/connect-state';
import { hasRedis, type RedisServer, startRedis } from '../state/redis-server';
import { connected } from '../state/shared';

(hasRedis ? describe : describe.skip)('RedisStorage', () => {
  let server: RedisServer;
  let state: SharedState;
  before(async () => {
    server = await startRedis();
    state = await connected(server.url);
  });
  beforeEach(() => state.redis.flushall());
  after(async () => {
    state.end();
    await server.end();
  });
  const storage = (expireMs = 60_000) => new RedisStorage(state, expireMs);

  it('gives another process what was written, with an eTag', async () => {
    await storage().write({ a: { list: [], deep: { empty: {} } } });
    const read = await storage().read(['a', 'b', '__proto__']);
    expect(Object.keys(read)).to.deep.equal(['a']);
    const { eTag, ...item } = read['a'];
    expect(item).to.deep.equal({ list: [], deep: { empty: {} } });
    expect(eTag).to.be.a('string').that.is.not.empty;
  });

  it('refuses a write over what someone else has written since, and leaves the other keys of it unwritten', async () => {
    const [mine, theirs] = [storage(), storage()];
    await mine.write({ a: { value: 1 } });
    const { a } = await mine.read(['a']);
    await theirs.write({ a: { value: 2, eTag: a.eTag } });
    const late = await mine.write({ b: { value: 9 }, a: { value: 3, eTag: a.eTag } }).catch((error) => error);
    expect(late.code).to.equal('STORAGE_CONFLICT');
    const now = await mine.read(['a', 'b']);
    expect(now['a'].value).to.equal(2);
    expect(now['b']).to.equal(undefined);
  });

  it('lets one of many writes at the same moment win', async () => {
    await storage().write({ a: { value: 0 } });
    const { a } = await storage().read(['a']);
    const writes = Array.from({ length: 20 }, (_, value) => storage().write({ a: { value, eTag: a.eTag } }));
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });

  it('refuses a write with an eTag over what is gone, and writes with "*" whatever is there', async () => {
    const error = await storage()
      .write({ a: { eTag: '1' } })
      .catch((caught) => caught);
    expect(error.code).to.equal('STORAGE_CONFLICT');
    await storage().write({ a: { value: 1 } });
    await storage().write({ a: { value: 2, eTag: '*' } });
    expect((await storage().read(['a']))['a'].value).to.equal(2);
    await storage().delete(['a']);
    expect(await storage().read(['a'])).to.deep.equal({});
  });

  it('forgets what is untouched for the time set, and keeps what is read', async () => {
    await storage(300).write({ a: {}, b: {} });
    for (let part = 0; part < 3; part += 1) {
      await later(150);
      await storage(300).read(['a']);
    }
    expect(Object.keys(await storage(300).read(['a', 'b']))).to.deep.equal(['a']);
  });
});
