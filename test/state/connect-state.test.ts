import { expect } from 'chai';
import { connectState, type SharedState } from '../../src/state/connect-state';
import { LuaScript } from '../../src/state/lua-script';
import { asStateFault, isStateAway, StateAway } from '../../src/state/state-away';
import { recordingLogger } from '../bot/fake-engine';
import { hasRedis, type RedisServer, startRedis } from './redis-server';

(hasRedis ? describe : describe.skip)('connectState', () => {
  let server: RedisServer;
  let state: SharedState;
  const { logger, lines } = recordingLogger();
  before(async () => {
    server = await startRedis();
    state = connectState({ url: server.url, prefix: 't:' }, logger);
    await new Promise((resolve) => state.redis.once('ready', resolve));
  });
  after(async () => {
    state.end();
    await server.end();
  });

  it('asks, with keys that begin with the prefix', async () => {
    await state.ask((redis) => redis.set(state.key('a', 'b'), '1'));
    expect(await state.ask((redis) => redis.keys('*'))).to.deep.equal(['t:a:b']);
    expect(await state.isThere()).to.equal(true);
  });

  it('runs a script, also when Redis has forgotten its text', async () => {
    const script = new LuaScript("return {KEYS[1], ARGV[1], redis.call('incr', KEYS[1])}");
    expect(await script.run(state, ['t:n'], ['x'])).to.deep.equal(['t:n', 'x', 1]);
    await state.ask((redis) => redis.script('FLUSH'));
    expect(await script.run(state, ['t:n'], ['x'])).to.deep.equal(['t:n', 'x', 2]);
  });

  it('tells a wrong command from a Redis that is away', async () => {
    const wrong = await state.ask((redis) => redis.lpush(state.key('a', 'b'), '1')).catch((error) => error);
    expect(wrong.name).to.equal('ReplyError');
    expect(isStateAway(wrong)).to.equal(false);
  });

  it('fails at once while Redis is away, says so once, and comes back by itself', async () => {
    await server.stop();
    const began = performance.now();
    for (let tries = 0; tries < 5; tries += 1) {
      const error = await state.ask((redis) => redis.get('x')).catch((caught) => caught);
      expect(error).to.be.instanceOf(StateAway);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(performance.now() - began).to.be.lessThan(2000);
    await server.start();
    await new Promise((resolve) => state.redis.once('ready', resolve));
    expect(await state.isThere()).to.equal(true);
    expect(await state.ask((redis) => redis.get(state.key('a', 'b')))).to.equal('1');
    expect(lines.map(({ msg }) => msg)).to.deep.equal(['redis: away', 'redis: back']);
  });
});

describe('asStateFault', () => {
  const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

  it('takes a lost connection and a Redis that can not answer now for away', () => {
    for (const error of [new Error('Connection is closed.'), reply('LOADING Redis is loading'), reply('OOM command')]) {
      expect(asStateFault(error)).to.be.instanceOf(StateAway);
    }
    expect(asStateFault(reply('ERR unknown command'))).not.to.be.instanceOf(StateAway);
    expect(isStateAway(new Error('turn', { cause: new StateAway(undefined) }))).to.equal(true);
  });
});
