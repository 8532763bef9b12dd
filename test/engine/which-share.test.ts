/**
 * 「群众诉求电话占比」「企业诉求的呢」「哪个高」, over all columns of the headline table that are part of its total: the greater share
 * is named, whichever row has more.
 */
import { expect } from 'chai';
import type { Focus } from '../../src/engine/answer';
import type { Cell } from '../../src/report/report';
import { ask, report, said, served, some } from './asking';

it('compares the shares where shares were asked for', () => {
  const headline = report(served(), 'lianyungang-2024').tables.find(({ isHeadline }) => isHeadline);
  const [one, other] = headline?.rows ?? [];
  const [total, ...columns] = headline?.columns ?? [];
  if (!headline || !one || !other || !total) throw new Error('no headline table with two rows');
  const amountIn = (row: typeof one, column: typeof total): number => {
    const figure = headline.cells.find((cell: Cell) => cell.row === row && cell.column === column)?.figure;
    return figure?.kind === 'number' ? Number(figure.value.valueOf()) : Number.NaN;
  };
  const wrong = columns.flatMap((column) => {
    const [a, b] = [one, other].map((row) => amountIn(row, column) / amountIn(row, total)) as [number, number];
    const name = column.path.map(({ label }) => label).join('');
    let focus: Focus | undefined;
    const turns = [`${one.label}${name}占比`, `${other.label}的呢`, '哪个高'].map((question) => {
      const turn = ask(question, served(), focus);
      focus = turn.focus;
      return turn;
    });
    const last = turns[turns.length - 1] as ReturnType<typeof ask>;
    const greater = a > b ? one.label : other.label;
    const isRight = last.reply.text.includes(`占比最高的是${greater}`);
    return isRight ? [] : [`${name}: ${said(last)}`];
  });
  expect(columns).to.have.length.greaterThan(5);
  expect(some(wrong)).to.equal('');
});
