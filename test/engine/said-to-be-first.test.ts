/**
 * 「来源里电话最多吧」「警单的满意率最高吧」, over all columns that stand in one group of a row: yes only of the one that is, and
 * the one that is first is named whatever was said.
 */
import { expect } from 'chai';
import type { Cell, Report } from '../../src/report/report';
import { ask, report, said, served, some } from './asking';
import { rowOf, shortTitle } from './wordings';

interface Group {
  /** 「全市成员单位」 */
  name: string;
  cells: Cell[];
}

const CLAIMS = [
  { word: '最多', by: amount, sign: 1 },
  { word: '最少', by: amount, sign: -1 },
  { word: '涨得最快', by: rise, sign: 1 },
];
const WORDINGS: ((group: string, one: string, word: string) => string)[] = [
  (group, one, word) => `${group}里${one}${word}，对吗`,
  (group, one, word) => `${group}里${word}的是${one}吧`,
  (group, one, word) => `${group}中${word}的要数${one}，是不是`,
];

it('says of the first in its group that it is, and of no other', () => {
  const counts = { right: 0, less: 0 };
  const wrong = groupsOf(report(served(), 'lianyungang-2024')).flatMap((group) =>
    CLAIMS.flatMap(({ word, by, sign }) => {
      const able = group.cells.filter(
        (cell) => by(cell) !== undefined && (word !== '涨得最快' || (rise(cell) ?? 0) > 0),
      );
      if (able.length < 2) return [];
      const best = Math.max(...able.map((cell) => sign * (by(cell) as number)));
      const first = able.filter((cell) => sign * (by(cell) as number) === best);
      return able.flatMap((cell) =>
        WORDINGS.flatMap((wording) => {
          const question = wording(group.name, cell.column.label, word);
          const turn = ask(question);
          const answered = /^(是的|不是这样)。/u.exec(
            turn.reply.text.split('\n').slice(1).join('\n') || turn.reply.text,
          )?.[1];
          if (!answered) {
            counts.less += 1;
            return [];
          }
          const stated = new Set(turn.reply.answer.figures.flatMap(({ cell: c }) => c ?? []));
          const isRight = (answered === '是的') === (first.length === 1 && first[0] === cell);
          const isTied = first.length > 1 && first.includes(cell);
          if ((isRight || isTied) && first.every((c) => stated.has(c.id))) {
            counts.right += 1;
            return [];
          }
          return [`「${question}」 → ${said(turn)}`];
        }),
      );
    }),
  );
  console.log(`      right ${counts.right}, otherwise answered or asked back ${counts.less}`);
  expect(counts.right).to.be.greaterThan(counts.less);
  expect(some(wrong)).to.equal('');
});

it('holds a superlative that is said of one against all that are called so', () => {
  const rates = report(served(), 'lianyungang-2024').cells.filter(
    ({ figure, column }) => figure.kind === 'number' && column.label.endsWith('满意率'),
  );
  const values = rates.map((cell) => amount(cell) as number);
  const verdicts = rates.map((cell) => {
    const title = shortTitle(cell.table.title || cell.table.part.title);
    const turn = ask(`${title}的${cell.column.label}最高，对吗`);
    return [/是的|不是这样/u.exec(turn.reply.text)?.[0], amount(cell) === Math.max(...values) ? '是的' : '不是这样'];
  });
  expect(verdicts).to.have.length.greaterThan(2);
  for (const [given, right] of verdicts) expect(given).to.equal(right);
});

it('ranks what is said of each that is listed, and nothing that isn’t', () => {
  const tables = report(served(), 'lianyungang-2024').tables.filter(
    ({ isHeadline, columns }) => !isHeadline && columns.some(({ label }) => label.endsWith('诉求总量')),
  );
  const titles = tables.map(({ title, part }) => shortTitle(title || part.title));
  expect(titles).to.have.length.greaterThan(2);
  const turn = ask(`${titles.join('、')}，哪个收的诉求多`);
  const stated = turn.reply.answer.figures.flatMap(({ cell }) => cell ?? []);
  const asked = tables.flatMap(({ columns, cells }) =>
    cells.filter((cell) => cell.column === columns.find(({ label }) => label.endsWith('诉求总量'))),
  );
  expect(stated.toSorted(), said(turn)).to.deep.equal(asked.map(({ id }) => id).toSorted());
});

/** Three or more columns under one header, in each row that prints them. */
function groupsOf({ tables }: Report): Group[] {
  return tables.flatMap((table) =>
    table.rows.flatMap((row) => {
      const cells = table.cells.filter((cell) => cell.row === row && cell.figure.kind === 'number' && !cell.span);
      const headers = new Set(cells.flatMap(({ column }) => (column.path.length > 1 ? [column.path[0]] : [])));
      return [...headers].flatMap((header): Group[] => {
        const inGroup = cells.filter(({ column }) => column.path.length === 2 && column.path[0] === header);
        const [cell] = inGroup;
        const units = new Set(inGroup.map(({ column }) => column.measureUnit));
        const hasWhole = table.columnWholes.some(({ whole }) => inGroup.some(({ column }) => column === whole));
        if (!cell || !header || inGroup.length < 3 || units.size > 1 || hasWhole) return [];
        const title = table.isHeadline ? '' : shortTitle(table.title || table.part.title);
        return [{ name: `${title}${rowOf(cell)}${header.label === title ? '' : header.label}`, cells: inGroup }];
      });
    }),
  );
}

function amount({ figure }: Cell): number | undefined {
  return figure.kind === 'number' ? figure.value.valueOf() : undefined;
}

function rise({ figure }: Cell): number | undefined {
  const change = figure.kind === 'number' ? figure.change : undefined;
  return change && change.percent.valueOf() * (change.direction === 'up' ? 1 : -1);
}
