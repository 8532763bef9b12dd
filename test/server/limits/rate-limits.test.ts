import { expect } from 'chai';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { rateLimits } from '../../../src/server/limits/rate-limits';
import { Refusal } from '../../../src/server/refusal';

const outcome = async (asked: Promise<void>) =>
  asked.then(
    () => undefined,
    (error: Refusal) => error,
  );

describe('rateLimits', () => {
  it('refuses the client that asks too often, says when to come back, and lets others be', async () => {
    const limits = rateLimits(3);
    for (let i = 0; i < 3; i += 1) expect(await outcome(limits.client('a'))).to.equal(undefined);
    const refused = await outcome(limits.client('a'));
    expect(refused).to.be.instanceOf(Refusal);
    expect(refused?.statusCode).to.equal(429);
    expect(refused?.retryAfterS).to.be.within(1, 60);
    expect(await outcome(limits.client('b'))).to.equal(undefined);
    expect(await outcome(limits.message('a'))).to.equal(undefined); // counted apart
  });

  it('holds no limit at 0', async () => {
    const limits = rateLimits(0);
    for (let i = 0; i < 1000; i += 1) await limits.client('a');
  });

  it('shuts out who was refused again and again, and nobody else', async () => {
    const { refused } = rateLimits(3);
    for (let i = 0; i < 60; i += 1) await refused.count('a');
    expect(await outcome(refused.check('a'))).to.equal(undefined);
    await refused.count('a');
    expect((await outcome(refused.check('a')))?.statusCode).to.equal(429);
    expect(await outcome(refused.check('b'))).to.equal(undefined);
  });

  it('answers 503 where nothing can be counted', async () => {
    class Away extends RateLimiterMemory {
      override consume(): Promise<never> {
        return Promise.reject(new Error('away'));
      }
    }
    const limits = rateLimits(3, (allowance) => new Away(allowance));
    expect((await outcome(limits.client('a')))?.statusCode).to.equal(503);
  });
});
