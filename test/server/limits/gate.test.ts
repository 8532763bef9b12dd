import { setImmediate as round } from 'node:timers/promises';
import { expect } from 'chai';
import { Gate } from '../../../src/server/limits/gate';

describe('Gate', () => {
  it('lets in a few a round of the event loop, in the order they came', async () => {
    const gate = new Gate({ longestWaitMs: 500, aFew: 20, mostWaiting: 100, atOnce: 2 });
    const entered: number[] = [];
    for (const n of [1, 2, 3, 4, 5]) gate.wait(() => entered.push(n));
    expect(entered).to.deep.equal([]);
    for (const so of [
      [1, 2],
      [1, 2, 3, 4],
      [1, 2, 3, 4, 5],
    ]) {
      await round();
      expect(entered).to.deep.equal(so);
    }
    expect(gate.waiting).to.equal(0);
  });

  it('lets nobody in while new connections come, but not for ever', async () => {
    const gate = new Gate();
    let rounds = 0;
    let hasEntered = false;
    gate.wait(() => {
      hasEntered = true;
    });
    for (gate.seeConnection(); !hasEntered && rounds < 1000; gate.seeConnection()) {
      await round();
      rounds += 1;
    }
    expect(rounds).to.be.within(10, 100);
  });

  it('is full once the first has waited too long, and has room again when the crowd is through', async () => {
    let now = 0;
    const gate = new Gate({ longestWaitMs: 500, aFew: 1, mostWaiting: 100, atOnce: 1 }, () => now);
    expect(gate.isFull).to.equal(false);
    gate.wait(() => {});
    now = 9000;
    expect(gate.isFull, 'one is no crowd').to.equal(false);
    now = 0;
    gate.wait(() => {});
    now = 500;
    expect(gate.isFull).to.equal(false);
    now = 501;
    expect(gate.isFull).to.equal(true);
    await round();
    expect(gate.isFull).to.equal(false);
  });

  it('is full with as many as it may hold, and lets through thousands one after the other', async () => {
    const gate = new Gate({ longestWaitMs: 1e9, aFew: 0, mostWaiting: 5000, atOnce: 8 });
    let entered = 0;
    while (!gate.isFull)
      gate.wait(() => {
        entered += 1;
      });
    expect(gate.waiting).to.equal(5000);
    while (gate.waiting > 0) await round();
    expect(entered).to.equal(5000);
  });
});
