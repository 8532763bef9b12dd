/** 「15秒人工接通率」: of a label that holds a time, another time makes another figure, which isn't there. */
import { expect } from 'chai';
import { ask, cellsAnswered, report, served, some } from './asking';

const TIME = /(\d+)\s*(秒|分钟|小时)/u;

it('answers the times that labels of the report hold, and no other', () => {
  const labels = report(served(), 'lianyungang-2024').cells.flatMap(
    ({ column }) => column.path[column.path.length - 1]?.label ?? [],
  );
  const timed = [...new Set(labels)].filter((label) => TIME.test(label));
  expect(timed).not.to.have.length(0);
  const wrong = timed.flatMap((label) => {
    const own = ask(`${label}是多少`, served()).reply.answer.kind === 'answer' ? [] : [label];
    const printed = TIME.exec(label)?.[1];
    const others = ['3', '5', '15', '20', '45', '60', '90']
      .filter((other) => other !== printed)
      .map((other) => label.replace(TIME, `${other}$2`))
      .filter(
        (question) =>
          cellsAnswered(ask(question, served())).length > 0 && ask(question, served()).reply.answer.kind === 'answer',
      );
    return [...own, ...others];
  });
  expect(some(wrong)).to.equal('');
});
