/**
 * 「企业诉求电话多少，占比多少，同比多少」, over all figures of the headline table that print a 同比: what each clause asks for is
 * answered, and none of it is left out.
 */
import { expect } from 'chai';
import type { Cell } from '../../src/report/report';
import { ask, report, said, served, some } from './asking';

function numberIn(cell: Cell | undefined): number {
  return cell?.figure.kind === 'number' ? Number(cell.figure.value.valueOf()) : Number.NaN;
}

it('answers each of several questions in one sentence', () => {
  const headline = report(served(), 'lianyungang-2024').tables.find(({ isHeadline }) => isHeadline);
  if (!headline) throw new Error('no headline table');
  const [total, ...columns] = headline.columns;
  const at = (row: Cell['row'], column: Cell['column'] | undefined) =>
    headline.cells.find((cell) => cell.row === row && cell.column === column);
  const asked = headline.rows.flatMap((row) =>
    columns.flatMap((column) => {
      const cell = at(row, column);
      const change = cell?.figure.kind === 'number' ? cell.figure.change : undefined;
      if (!cell || !change) return [];
      const value = numberIn(cell);
      const share = `${Number(((100 * value) / numberIn(at(row, total))).toFixed(2))}%`;
      const name = `${row.label}${column.path.map(({ label }) => label).join('')}`;
      return [{ name, expected: [value.toLocaleString('en-US'), share, `${change.digits}%`] }];
    }),
  );
  const wrong = asked.flatMap(({ name, expected }) => {
    const turn = ask(`${name}多少，占比多少，同比多少`);
    const left = expected.filter((figure) => !turn.reply.text.includes(figure));
    return left.length === 0 ? [] : [`${name} without ${left.join(' and ')}: ${said(turn)}`];
  });
  expect(asked).to.have.length.greaterThan(15);
  expect(some(wrong)).to.equal('');
});
