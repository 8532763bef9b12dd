/**
 * Many more conversations than the samples, in other words: as staff, the public, the comms team and a tester might have
 * them. Not all are answered yet; none may mislead.
 *
 * What is wrong is printed by `npx tsx test/engine/wrong-conversations.ts`, a line each.
 */
import { expect } from 'chai';
import { conversations, type Outcome, outcomeOf } from './conversations';

/** Seen when they were last gone through; it may only rise. */
const SHARE_RIGHT = 0.98;

describe('many more conversations', () => {
  let outcomes: Outcome[] = [];

  before(function () {
    this.timeout(120_000);
    outcomes = conversations().map(outcomeOf);
  });

  it('are there', () => {
    expect(outcomes).to.have.length.greaterThan(4000);
  });

  it('mislead nobody', () => {
    expect(outcomes.filter(({ isMisled }) => isMisled).map(({ id }) => id)).to.deep.equal([]);
  });

  it('quote something where they quote', () => {
    expect(outcomes.filter(({ quotesNothing }) => quotesNothing).map(({ id }) => id)).to.deep.equal([]);
  });

  it(`are right in ${SHARE_RIGHT * 100} of 100`, () => {
    const right = outcomes.filter(({ isRight }) => isRight).length;
    console.log(`      ${right} of ${outcomes.length} conversations right`);
    expect(right / outcomes.length).to.be.at.least(SHARE_RIGHT);
  });
});
