import { expect } from 'chai';
import { PassiveAnswers } from '../../src/channels/wecom/passive-answers';
import { REMEMBERED_MS, Seen } from '../../src/channels/wecom/seen';
import { AccessToken } from '../../src/channels/wecom/sending/access-token';
import { brokenOff, CallFailed, httpStatus, refusedWith } from '../../src/channels/wecom/sending/call-failed';
import { GivenUp, Retrying } from '../../src/channels/wecom/sending/retry';
import { TurnsUnderWay } from '../../src/channels/wecom/turns-under-way';
import { recordingLogger } from '../bot/fake-engine';

/** Time that only goes on when somebody waits. */
function stillClock() {
  const waits: number[] = [];
  let now = 1_000_000;
  return {
    waits,
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    wait: async (ms: number) => {
      waits.push(ms);
      now += ms;
    },
    random: () => 0.5,
  };
}

describe('AccessToken', () => {
  const tokens = (expiresInS = 7200) => {
    const clock = stillClock();
    let count = 0;
    const token = new AccessToken(async () => {
      count += 1;
      return { token: `t${count}`, expiresInS };
    }, clock);
    return { clock, token };
  };

  it('is fetched again five minutes before it ends, and no sooner', async () => {
    const { clock, token } = tokens();
    expect(await token.get()).to.equal('t1');
    clock.pass((7200 - 301) * 1000);
    expect(await token.get()).to.equal('t1');
    clock.pass(2000);
    expect(await token.get()).to.equal('t2');
  });

  it('is used for half of its life if that is short', async () => {
    const { clock, token } = tokens(60);
    await token.get();
    clock.pass(29_000);
    expect(await token.get()).to.equal('t1');
    clock.pass(2000);
    expect(await token.get()).to.equal('t2');
  });

  it('stays when a call complains that used the one before', async () => {
    const { token } = tokens();
    await token.get();
    token.drop('t1');
    expect(await token.get()).to.equal('t2');
    token.drop('t1');
    expect(await token.get()).to.equal('t2');
  });

  it('is asked for again a minute after a wrong secret', async () => {
    const clock = stillClock();
    let count = 0;
    const token = new AccessToken(async () => {
      count += 1;
      if (count === 1) throw new CallFailed(40001, 'never', false);
      return { token: 't', expiresInS: 7200 };
    }, clock);
    const refused = () => token.get().catch((error: CallFailed) => error.code);
    expect([await refused(), await refused(), count]).to.deep.equal([40001, 40001, 1]);
    clock.pass(60_000);
    expect(await token.get()).to.equal('t');
  });
});

describe('Retrying', () => {
  const failing = (faults: CallFailed[]) => async () => {
    const fault = faults.shift();
    if (fault) throw fault;
    return 'done';
  };

  it('waits twice as long each time, up to half a minute', async () => {
    const clock = stillClock();
    const faults = Array.from({ length: 7 }, () => httpStatus(500));
    expect(await new Retrying(clock).run(failing(faults), () => {})).to.equal('done');
    expect(clock.waits).to.deep.equal([500, 1000, 2000, 4000, 8000, 16_000, 30_000]);
  });

  it('lets everybody wait a minute after the frequency limit', async () => {
    const clock = stillClock();
    const retrying = new Retrying(clock);
    const one = retrying.run(failing([refusedWith(45009)]), () => {});
    await Promise.resolve();
    const other = retrying.run(failing([]), () => {});
    expect(await Promise.all([one, other])).to.deep.equal(['done', 'done']);
    expect(clock.waits[0]).to.be.within(60_000, 61_000);
  });

  it('ends within five minutes', async () => {
    const clock = stillClock();
    const start = clock.now();
    const faults = Array.from({ length: 100 }, () => refusedWith(45009));
    const error = await new Retrying(clock).run(failing(faults), () => {}).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(GivenUp);
    expect(clock.now() - start).to.be.within(200_000, 305_000);
  });
});

describe('PassiveAnswers', () => {
  const open = { isOpen: () => true, write: async () => true };

  it('keeps the answer for the next delivery when the first one has hung up, or hangs up while it is written', async () => {
    const answers = new PassiveAnswers({ now: Date.now, wait: () => new Promise<void>(() => {}) });
    answers.keep('m', async () => '答');
    expect(await answers.give('m', { ...open, isOpen: () => false })).to.equal('nothing');
    expect(await answers.give('m', { ...open, write: async () => false })).to.equal('given');
    expect(await answers.give('m', open)).to.equal('given');
    expect(await answers.give('m', open)).to.equal('nothing');
  });
});

describe('Seen', () => {
  it('remembers for half an hour and within bounds', () => {
    const clock = stillClock();
    const seen = new Seen(clock.now, 3);
    expect([seen.isNew('a'), seen.isNew('a')]).to.deep.equal([true, false]);
    clock.pass(REMEMBERED_MS - 1);
    expect(seen.isNew('a')).to.equal(false);
    clock.pass(2);
    expect(seen.isNew('a')).to.equal(true);
    for (const key of ['b', 'c', 'd', 'e']) seen.isNew(key);
    expect(seen.size).to.equal(3);
    expect(seen.isNew('e')).to.equal(false);
  });
});

describe('a broken call', () => {
  it('is known not to have been done if it never left, and may have been done otherwise', () => {
    const faultOf = (code: string) =>
      brokenOff(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }));
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']) {
      expect(faultOf(code)).to.include({ code, cure: 'again', isOutcomeOpen: false });
    }
    for (const code of ['ECONNRESET', 'UND_ERR_SOCKET'])
      expect(faultOf(code)).to.include({ code, isOutcomeOpen: true });
    expect(brokenOff(new DOMException('', 'TimeoutError'))).to.include({ code: 'timeout', isOutcomeOpen: true });
  });
});

describe('TurnsUnderWay', () => {
  it('is full at its bound, empty when all have ended, and keeps a fault to itself and the log', async () => {
    const { logger, lines } = recordingLogger();
    const turns = new TurnsUnderWay(logger, 2);
    const ends: ((text: string) => void)[] = [];
    const first = turns.run('1', () => new Promise<string>((resolve) => ends.push(resolve)));
    expect(turns.isFull).to.equal(false);
    const second = turns.run('2', async () => {
      throw new Error('秘密');
    });
    expect(turns.isFull).to.equal(true);
    expect(await second).to.equal('');
    expect(turns.isFull).to.equal(false);
    ends[0]?.('答');
    expect([await first, await turns.settled()]).to.deep.equal(['答', true]);
    expect(lines.map(({ msg, message }) => [msg, message])).to.deep.equal([['wecom: turn lost', '2']]);
    expect(JSON.stringify(lines)).not.to.include('秘密');
  });
});
