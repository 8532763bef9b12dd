/**
 * 「部门办理这块，群众诉求、企业诉求各多少」「尚贤，诉求总量、部门办理各多少」: what is said first is said of each that is listed
 * behind it, over all neighbouring rows of a column, and over all measures that several tables have.
 */
import { expect } from 'chai';
import type { Cell, Report } from '../../src/report/report';
import { ask, report, said, served, some, syntheticAlone } from './asking';
import { rowOf, shortTitle } from './wordings';

interface Listed {
  question: string;
  cells: Cell[];
}

for (const { name, load, id } of [
  { name: 'the served report', load: served, id: 'lianyungang-2024' },
  { name: 'a report of another city', load: syntheticAlone, id: 'linjiang-2023' },
]) {
  it(`gives of each that is listed what was said before the list, in ${name}`, () => {
    const counts = { right: 0, less: 0 };
    const asked = [...rowsListed(report(load(), id)), ...tablesListed(report(load(), id))];
    const wrong = asked.flatMap(({ question, cells }) => {
      const turn = ask(question, load());
      const stated = new Set(turn.reply.answer.figures.flatMap(({ cell }) => cell ?? []));
      if (turn.reply.answer.kind !== 'answer') {
        counts.less += 1;
        return [];
      }
      const isRight = stated.size === cells.length && cells.every((cell) => stated.has(cell.id));
      if (isRight) counts.right += 1;
      return isRight ? [] : [`「${question}」 → ${said(turn)}`];
    });
    console.log(`      right ${counts.right}, asked back or declined ${counts.less}`);
    expect(counts.right).to.be.greaterThan(counts.less);
    expect(some(wrong)).to.equal('');
  });
}

/** A column said first, two of its rows behind it. */
function rowsListed({ tables, cells }: Report): Listed[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const own = cells.filter((c) => c.table === table && c.column === column && isNumber(c) && rowOf(c) !== '');
      return own.slice(1).map((cell, i) => {
        const two = [own[i] as Cell, cell];
        const title = table.isHeadline ? '' : shortTitle(table.title || table.part.title);
        const head = `${title}${column.path.map((c) => c.label).join('')}`;
        return { question: `${head}这块，${two.map(rowOf).join('、')}各多少`, cells: two };
      });
    }),
  );
}

/** A measure said first, the services behind it that have a column of that very name. */
function tablesListed({ cells }: Report): Listed[] {
  const labels = [...new Set(cells.map(({ column }) => column.label))];
  return labels.flatMap((label) => {
    const own = cells.filter(
      (c) =>
        c.column.label === label && c.column.path.length === 1 && isNumber(c) && rowOf(c) === '' && !c.table.isHeadline,
    );
    const tables = new Set(own.map((c) => c.table));
    if (own.length < 2 || tables.size < own.length) return [];
    const titles = own.map((c) => shortTitle(c.table.title || c.table.part.title));
    return [{ question: `${label}这块，${titles.join('、')}各是多少`, cells: own }];
  });
}

function isNumber({ figure, span }: Cell): boolean {
  return figure.kind === 'number' && !span;
}
