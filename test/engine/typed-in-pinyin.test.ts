/** 「zhengfeng rexian qishu shi duoshao」: a question typed in pinyin, word by word, is about the same cell or about none. */
import { expect } from 'chai';
import { pinyin } from 'pinyin-pro';
import { cut } from '../../src/engine/segment';
import { ask, cellsAnswered, report, said, served, some } from './asking';
import { rowOf, shortTitle } from './wordings';

it('reads questions typed in pinyin as what they sound like', () => {
  const questions = report(served(), 'lianyungang-2024').cells.map((cell) => {
    const title = cell.table.isHeadline ? '' : shortTitle(cell.table.title || cell.table.part.title);
    return `${title}${rowOf(cell)}${cell.column.path.map(({ label }) => label).join('')}是多少`;
  });
  const counts = { same: 0, none: 0 };
  const wrong = questions
    .filter((question) => /^\p{Script=Han}+$/u.test(question))
    .flatMap((question) => {
      const typed = cut(question)
        .map((word) => pinyin(word, { toneType: 'none', type: 'array', v: true }).join(''))
        .join(' ');
      const turn = ask(typed, served());
      const [meant, answered] = [ask(question, served()), turn].map((t) => cellsAnswered(t).sort().join(' '));
      const isAnswer = turn.reply.answer.kind === 'answer' && answered !== '';
      if (!isAnswer) counts.none += 1;
      else if (answered === meant) counts.same += 1;
      return isAnswer && answered !== meant ? [`「${question}」 ${typed} → ${said(turn)}`] : [];
    });
  console.log(`      in pinyin: the same ${counts.same}, asked back or declined ${counts.none}`);
  expect(counts.same).to.be.greaterThan(counts.none);
  expect(some(wrong)).to.equal('');
});
