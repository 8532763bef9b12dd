/**
 * 「电话占多少，互联网占多少」, asked and claimed, over all pairs of columns of the headline table that are part of its total: each is a
 * share of that total, and the one is no whole of the other.
 */
import { expect } from 'chai';
import { ask, report, said, served, some } from './asking';

interface Part {
  name: string;
  percent: number;
}

/** The columns of each row, with their share of its total in per cent. */
function partsOf(rowLabel: string): Part[] {
  const headline = report(served(), 'lianyungang-2024').tables.find(({ isHeadline }) => isHeadline);
  const row = headline?.rows.find(({ label }) => label === rowLabel);
  const amounts = (headline?.columns ?? []).map((column) => {
    const figure = headline?.cells.find((cell) => cell.row === row && cell.column === column)?.figure;
    const value = figure?.kind === 'number' ? Number(figure.value.valueOf()) : Number.NaN;
    return { name: column.path.map(({ label }) => label).join(''), value };
  });
  const [total, ...parts] = amounts;
  return parts.map(({ name, value }) => ({ name, percent: (100 * value) / (total?.value ?? Number.NaN) }));
}

function pairsIn(rowLabel: string): [Part, Part][] {
  const parts = partsOf(rowLabel);
  return parts.flatMap((one, i) => parts.slice(i + 1).map((other): [Part, Part] => [one, other]));
}

const rows = ['群众诉求', '企业诉求', '总计'];

function shares(parts: readonly Part[]): string[] {
  return parts.map(({ percent }) => `${Number(percent.toFixed(2))}%`);
}

it('answers two shares that are asked in one sentence', () => {
  let answered = 0;
  const wrong = rows.flatMap((row) =>
    pairsIn(row).flatMap(([one, other]) => {
      const turn = ask(`${row}里${one.name}占多少，${other.name}占多少`);
      answered += turn.reply.answer.kind === 'answer' ? 1 : 0;
      const isRight = shares([one, other]).every((share) => turn.reply.text.includes(share));
      return isRight || turn.reply.answer.kind !== 'answer' ? [] : [`${row} ${one.name} ${other.name}: ${said(turn)}`];
    }),
  );
  console.log(`      two shares in one sentence: ${answered} of ${rows.flatMap(pairsIn).length} answered`);
  expect(some(wrong)).to.equal('');
  expect(answered).to.be.greaterThan(rows.flatMap(pairsIn).length * 0.8);
});

it('holds each of two shares that are claimed in one sentence', () => {
  let judged = 0;
  const wrong = pairsIn('总计').flatMap(([one, other]) => {
    if (one.percent < 1 || other.percent < 1) return [];
    const [first, second] = shares([one, other]);
    const isSo = ask(`${one.name}占${first}，${other.name}占${second}，对吗`);
    const isNot = ask(`${one.name}占${first}，${other.name}占${Number((other.percent / 2).toFixed(1))}%，对吗`);
    judged += isSo.reply.answer.kind === 'answer' ? 1 : 0;
    return [
      ...(/不是|不符|没有达到/u.test(isSo.reply.text) ? [`${one.name} ${other.name}: ${said(isSo)}`] : []),
      ...(isNot.reply.answer.kind === 'answer' && !/不是|不符/u.test(isNot.reply.text)
        ? [`${one.name} ${other.name}, halved: ${said(isNot)}`]
        : []),
    ];
  });
  expect(some(wrong)).to.equal('');
  expect(judged).to.be.greaterThan(4);
});
