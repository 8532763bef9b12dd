import { setTimeout as later } from 'node:timers/promises';
import { expect } from 'chai';
import { SharedOrder } from '../../src/bot/shared-order';
import type { SharedState } from '../../src/state/connect-state';
import { Membership } from '../../src/state/membership';
import { hasRedis, type RedisServer, startRedis } from '../state/redis-server';
import { connected } from '../state/shared';

(hasRedis ? describe : describe.skip)('SharedOrder', () => {
  let server: RedisServer;
  const states: SharedState[] = [];
  const memberships: Membership[] = [];
  before(async () => {
    server = await startRedis();
    for (let count = 0; count < 2; count += 1) {
      const state = await connected(server.url);
      states.push(state);
      memberships.push(new Membership(state));
    }
  });
  after(async () => {
    for (const state of states) state.end();
    await server.end();
  });
  const order = (place: number) => new SharedOrder(states[place] as SharedState, memberships[place] as Membership);

  it('lets turns of one conversation wait for each other over processes, and no other conversation', async () => {
    const [one, other] = [order(0), order(1)];
    const events: string[] = [];
    const turn = (name: string, ms: number) => async () => {
      events.push(`${name} begins`);
      await later(ms);
      events.push(`${name} ends`);
    };
    const first = one.run('c', turn('1', 150));
    await later(30);
    const second = other.run('c', turn('2', 10));
    await later(30);
    const third = one.run('c', turn('3', 10));
    await other.run('elsewhere', turn('0', 0));
    await Promise.all([first, second, third]);
    expect(events).to.deep.equal([
      '1 begins',
      '0 begins',
      '0 ends',
      '1 ends',
      '2 begins',
      '2 ends',
      '3 begins',
      '3 ends',
    ]);
  });

  it('hands back what the turn gave or threw, and passes over a process that died', async () => {
    expect(await order(0).run('d', async () => 7)).to.equal(7);
    const failed = await order(0)
      .run('d', () => Promise.reject(new Error('no')))
      .catch((error) => error.message);
    expect(failed).to.equal('no');
    void order(1).run('d', () => new Promise(() => {}));
    await later(50);
    const waiting = order(0).run('d', async () => 'after all');
    await memberships[1]?.end();
    expect(await waiting).to.equal('after all');
  });
});
