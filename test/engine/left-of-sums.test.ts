/**
 * 「县区的政策专员有多少」: where a table declares what is left of a row without another, that is asked of the sums that its
 * headers declare as of the printed columns, against the cells themselves.
 */
import { expect } from 'chai';
import type { Cell, Header, Row, Table } from '../../src/report/report';
import { ask, report, said, served, some } from './asking';

interface Left {
  table: Table;
  remainder: string;
  header: Header;
  value: number;
}

function amount(table: Table, row: Row, column: Header): number {
  const figure = table.cells.find((cell: Cell) => cell.row === row && cell.column === column)?.figure;
  return figure?.kind === 'number' && !figure.isPercent ? Number(figure.value.valueOf()) : Number.NaN;
}

function leftOfSums(): Left[] {
  return report(served(), 'lianyungang-2024').tables.flatMap((table) => {
    const groups = [...new Set(table.columns.flatMap(({ path }) => path))].filter((h) => h.isAdditive);
    return table.rowWholes.flatMap(({ whole, parts, isExhaustive, remainder }) =>
      isExhaustive || !remainder
        ? []
        : groups.map((header) => {
            const sum = (row: Row) => header.leaves.reduce((all, leaf) => all + amount(table, row, leaf), 0);
            return { table, remainder, header, value: sum(whole) - parts.reduce((all, part) => all + sum(part), 0) };
          }),
    );
  });
}

it('says what is left of a sum, and what each of its columns makes of it', () => {
  const all = leftOfSums();
  const wrong = all.flatMap(({ header, value }) => {
    const asked = ask(`县区的${header.label}一共有多少`);
    const [first] = asked.reply.answer.figures;
    const isRight = asked.reply.answer.kind === 'answer' && first?.value === value;
    const apart = ask(`县区的${header.label}里各类分别多少`);
    const values = apart.reply.answer.figures.map((figure) => Number(figure.value));
    const isDivided = values.length === header.leaves.length && values.reduce((a, b) => a + b, 0) === value;
    return [
      ...(isRight ? [] : [`${header.label}: ${said(asked)}`]),
      ...(isDivided ? [] : [`${header.label}, apart: ${said(apart)}`]),
    ];
  });
  expect(all).to.have.length.greaterThan(1);
  expect(some(wrong)).to.equal('');
});
