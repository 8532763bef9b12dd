import { expect } from 'chai';
import { rateLimits } from '../../../src/server/limits/rate-limits';
import { sharedCounters } from '../../../src/server/limits/shared-counters';
import type { Refusal } from '../../../src/server/refusal';
import type { SharedState } from '../../../src/state/connect-state';
import { hasRedis, type RedisServer, startRedis } from '../../state/redis-server';
import { connected } from '../../state/shared';

(hasRedis ? describe : describe.skip)('sharedCounters', () => {
  let server: RedisServer;
  let states: SharedState[];
  before(async () => {
    server = await startRedis();
    states = [await connected(server.url), await connected(server.url)];
  });
  after(async () => {
    for (const state of states) state.end();
    await server.end();
  });
  const status = (asked: Promise<void>) =>
    asked.then(
      () => 200,
      (error: Refusal) => error.statusCode,
    );

  it('count together what a client asks of several processes, each under the prefix, and expire', async () => {
    const [mine, theirs] = states.map((state) => rateLimits(4, sharedCounters(state)));
    const statuses: (number | undefined)[] = [];
    for (let i = 0; i < 3; i += 1) {
      for (const limits of [mine, theirs]) statuses.push(limits && (await status(limits.client('192.0.2.1'))));
    }
    expect(statuses).to.deep.equal([200, 200, 200, 200, 429, 429]);
    const keys = (await states[0]?.redis.keys('*')) ?? [];
    expect(keys).to.deep.equal(['t:rate:client:192.0.2.1']);
    expect(await states[0]?.redis.pttl(keys[0] ?? '')).to.be.within(1, 60_000);
  });

  it('count alone while the store is away: nobody is refused for that, and the limit holds', async () => {
    const [state] = states as [SharedState];
    const limits = rateLimits(2, sharedCounters(state));
    await server.end();
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) statuses.push(await status(limits.client('192.0.2.9')));
    expect(statuses).to.deep.equal([200, 200, 429]);
  });
});
