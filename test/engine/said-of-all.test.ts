/** 「A和B都涨了吗」「A和B一样是往上走的吧」, over neighbouring columns and rows that print a 同比: yes only where both have risen. */
import { expect } from 'chai';
import type { Cell, Report } from '../../src/report/report';
import { ask, report, said, served, some, syntheticAlone } from './asking';
import { rowOf, shortTitle } from './wordings';

for (const { name, load, id } of [
  { name: 'the served report', load: served, id: 'lianyungang-2024' },
  { name: 'a report of another city', load: syntheticAlone, id: 'linjiang-2023' },
]) {
  it(`says that both have risen only where both have, in ${name}`, () => {
    const counts = { right: 0, less: 0 };
    const wrong = pairsOf(report(load(), id)).flatMap(({ cells, names }) =>
      (
        [
          ['up', '都涨了吗'],
          ['down', '都降了吗'],
          ['up', '一样是往上走的吧'],
        ] as const
      ).flatMap(([direction, doubt]) => {
        const question = `${names}${doubt}`;
        const turn = ask(question, load());
        const holds = cells.every(({ figure }) => figure.kind === 'number' && figure.change?.direction === direction);
        const answered = /^(是的|不是这样)。/u.exec(turn.reply.text)?.[1];
        if (!answered) {
          counts.less += 1;
          return [];
        }
        const stated = new Set(turn.reply.answer.figures.flatMap(({ cell }) => cell ?? []));
        const isRight = (answered === '是的') === holds && cells.every((cell) => stated.has(cell.id));
        if (isRight) counts.right += 1;
        return isRight ? [] : [`「${question}」 → ${said(turn)}`];
      }),
    );
    console.log(`      right ${counts.right}, otherwise answered or asked back ${counts.less}`);
    expect(counts.right).to.be.greaterThan(counts.less);
    expect(some(wrong)).to.equal('');
  });
}

it('finds the greater change of two, whichever way they went', () => {
  const counts = { right: 0, less: 0 };
  const wrong = pairsOf(report(served(), 'lianyungang-2024')).flatMap(({ cells, names }) => {
    const [a, b] = cells.map(({ figure }) => (figure.kind === 'number' ? Number(figure.change?.digits) : Number.NaN));
    const question = `${names}哪个变动幅度大`;
    const turn = ask(question, served());
    const [first] = turn.reply.answer.figures.flatMap(({ cell }) => cell ?? []);
    if (turn.reply.answer.kind !== 'answer' || a === b || first === undefined) {
      counts.less += 1;
      return [];
    }
    const isRight = first === cells[(a ?? 0) > (b ?? 0) ? 0 : 1]?.id;
    if (isRight) counts.right += 1;
    return isRight ? [] : [`「${question}」 → ${said(turn)}`];
  });
  console.log(`      right ${counts.right}, otherwise answered or asked back ${counts.less}`);
  expect(counts.right).to.be.greaterThan(counts.less);
  expect(some(wrong)).to.equal('');
});

/** Two columns of one row, or two rows of one column, that both print a 同比, and how they are named side by side. */
function pairsOf({ tables }: Report): { cells: [Cell, Cell]; names: string }[] {
  return tables.flatMap((table) => {
    // The headline table's title begins with the name of its first column.
    const title = table.isHeadline ? '' : shortTitle(table.title || table.part.title);
    const label = ({ column }: Cell) => column.path.map((c) => c.label).join('');
    const cells = table.cells.filter(({ figure }) => figure.kind === 'number' && figure.change);
    return cells.flatMap((cell, at) => {
      const beside = cells.slice(at + 1).find((c) => c.row === cell.row);
      const below = cells.slice(at + 1).find((c) => c.column === cell.column);
      return [
        ...(beside
          ? [{ cells: [cell, beside] as [Cell, Cell], names: `${title}${rowOf(cell)}${label(cell)}和${label(beside)}` }]
          : []),
        ...(below
          ? [{ cells: [cell, below] as [Cell, Cell], names: `${title}${rowOf(cell)}和${rowOf(below)}的${label(cell)}` }]
          : []),
      ];
    });
  });
}
