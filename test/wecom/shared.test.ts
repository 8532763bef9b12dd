/** Two connections to one Redis stand for two processes. */
import { setTimeout as later } from 'node:timers/promises';
import { expect } from 'chai';
import { PassiveAnswers } from '../../src/channels/wecom/passive-answers';
import { type SharedWeCom, sharedWeCom } from '../../src/channels/wecom/shared';
import type { IncomingMessage } from '../../src/channels/wecom/wire/incoming-message';
import type { SharedState } from '../../src/state/connect-state';
import { Membership } from '../../src/state/membership';
import { hasRedis, type RedisServer, startRedis } from '../state/redis-server';
import { connected } from '../state/shared';

(hasRedis ? describe : describe.skip)('what processes share of 企业微信', () => {
  let server: RedisServer;
  const states: SharedState[] = [];
  const memberships: Membership[] = [];
  let one: SharedWeCom;
  let other: SharedWeCom;
  before(async () => {
    server = await startRedis();
    const made: SharedWeCom[] = [];
    for (let count = 0; count < 2; count += 1) {
      const state = await connected(server.url);
      const membership = new Membership(state);
      states.push(state);
      memberships.push(membership);
      made.push(sharedWeCom(state, membership));
    }
    [one, other] = made as [SharedWeCom, SharedWeCom];
  });
  after(async () => {
    for (const state of states) state.end();
    await server.end();
  });
  const message = (key: string): IncomingMessage => ({
    ...{ corpId: 'c', userId: 'u', agentId: '1', createdAt: new Date(1_732_000_000_000), key, id: key },
    kind: 'text',
    text: '满意率',
  });

  it('takes a message once, of many deliveries at the same moment to both', async () => {
    const deliveries = Array.from({ length: 20 }, (_, place) =>
      (place % 2 ? one : other).ofApp.taken.take(message('a')),
    );
    expect((await Promise.all(deliveries)).filter(Boolean)).to.have.length(1);
    await one.ofApp.taken.answered(message('a'));
    expect(await other.ofApp.taken.take(message('a'))).to.equal(false);
    expect(await other.ofBot.taken.take(message('a'))).to.equal(true);
  });

  it('fetches one access token for all, and another when it was refused', async () => {
    let fetched = 0;
    const fetchToken = async () => {
      fetched += 1;
      await later(50);
      return { token: `t${fetched}`, expiresInS: 7200 };
    };
    const [mine, theirs] = [one, other].map(({ token }) => token(['corp', 'app', 'secret']));
    const tokens = await Promise.all([mine, theirs, mine].map((shared) => shared?.get(fetchToken)));
    expect(tokens.map((each) => each?.token)).to.deep.equal(['t1', 't1', 't1']);
    await theirs?.drop('t0');
    expect((await mine?.get(fetchToken))?.token).to.equal('t1');
    await theirs?.drop('t1');
    expect((await mine?.get(fetchToken))?.token).to.equal('t2');
    expect((await one.token(['corp', 'app', 'another']).get(fetchToken)).token).to.equal('t3');
    expect(JSON.stringify(await states[0]?.redis.keys('*'))).not.to.include('secret');
  });

  it('gives an answer into one response, also when it was made elsewhere', async () => {
    const clock = { now: Date.now, wait: (ms: number) => later(ms) };
    const [here, there] = [one, other].map(({ ofApp }) => new PassiveAnswers(clock, 2000, ofApp.answers));
    const open = { isOpen: () => true, write: async () => true };
    here?.keep('m', async () => {
      await later(100);
      return '答';
    });
    expect(await there?.give('m', { ...open, write: async () => false })).to.equal('given'); // the connection broke
    expect(await there?.give('m', open)).to.equal('given');
    expect(await here?.give('m', open)).to.equal('nothing');
  });

  it('hands on what a process took and did not answer before it died', async () => {
    expect(await one.ofApp.taken.take(message('b'))).to.equal(true);
    expect(await other.ofApp.taken.abandoned()).to.deep.equal([]);
    await memberships[0]?.end();
    expect(await other.ofApp.taken.abandoned()).to.deep.equal([message('b')]);
    expect(await other.ofApp.taken.abandoned()).to.deep.equal([]);
  });
});
