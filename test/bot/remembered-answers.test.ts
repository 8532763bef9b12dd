import { expect } from 'chai';
import type { Ask } from '../../src/bot/ask';
import { remembering } from '../../src/bot/remembered-answers';
import { fakeAsk, TODAY } from './fake-engine';

function counted(): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: (question, focus, today) => {
      asked.push(question);
      return fakeAsk(question, focus, today);
    },
  };
}

describe('remembering', () => {
  it('asks once what is asked twice', () => {
    const { ask, asked } = counted();
    const remembered = remembering(ask);
    expect(remembered('甲', undefined, TODAY)).to.equal(remembered('甲', undefined, TODAY));
    expect(asked).to.deep.equal(['甲']);
  });

  it('asks again on another day, after another turn, and for another question', () => {
    const { ask, asked } = counted();
    const remembered = remembering(ask);
    const { focus } = remembered('甲', undefined, TODAY);
    expect(remembered('甲', focus, TODAY).reply.text).to.match(/^2\./);
    remembered('甲', undefined, '2027-01-01');
    remembered('乙', undefined, TODAY);
    expect(asked).to.have.length(4);
  });

  it('keeps so many, and forgets what was not asked for longest', () => {
    const { ask, asked } = counted();
    const remembered = remembering(ask, 2);
    for (const question of ['甲', '乙', '甲', '丙', '甲', '乙']) remembered(question, undefined, TODAY);
    expect(asked).to.deep.equal(['甲', '乙', '丙', '乙']);
  });

  it('hands out what nobody can change for the next', () => {
    const { reply } = remembering(fakeAsk)('甲', undefined, TODAY);
    expect(() => reply.suggestions.push({} as never)).to.throw(TypeError);
    expect(() => Object.assign(reply.answer, { kind: 'decline' })).to.throw(TypeError);
  });

  it('lets an error of the engine through, and tries again', () => {
    const { ask, asked } = counted();
    const remembered = remembering(ask);
    for (let i = 0; i < 2; i += 1) expect(() => remembered('崩溃', undefined, TODAY)).to.throw();
    expect(asked).to.have.length(2);
  });
});
