import { expect } from 'chai';
import { InOrder } from '../../src/bot/in-order';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('InOrder', () => {
  it('runs tasks of one key one after the other, those of another meanwhile', async () => {
    const order = new InOrder();
    const seen: string[] = [];
    const task = (name: string, ms: number) => async () => {
      seen.push(`${name} begins`);
      await later(ms);
      seen.push(`${name} ends`);
    };
    await Promise.all([order.run('a', task('a1', 10)), order.run('a', task('a2', 0)), order.run('b', task('b', 0))]);
    expect(seen.indexOf('a2 begins')).to.be.greaterThan(seen.indexOf('a1 ends'));
    expect(seen.indexOf('b ends')).to.be.lessThan(seen.indexOf('a1 ends'));
  });

  it('goes on after a failure, and forgets keys that are done', async () => {
    const order = new InOrder();
    const failed = order.run('a', async () => {
      throw new Error('first');
    });
    const second = order.run('a', async () => 'second');
    expect(await failed.catch((error: Error) => error.message)).to.equal('first');
    expect(await second).to.equal('second');
    await later(0);
    expect(order.size).to.equal(0);
  });
});
