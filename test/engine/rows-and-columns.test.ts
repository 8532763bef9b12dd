/**
 * Two rows and two columns of one table in one question, over all tables: the four figures where they cross, or a question
 * back or a decline, and never one that wasn't asked.
 */
import { expect } from 'chai';
import type { Cell, Report, Row, Table } from '../../src/report/report';
import { ask, report, said, served, some, syntheticAlone } from './asking';
import { othersFor, rowOf, shortTitle } from './wordings';

const WORDINGS: ((title: string, rows: [string, string], columns: [string, string]) => string)[] = [
  (title, [a, b], [c, d]) => `${title}${a}和${b}的${c}、${d}各多少`,
  (title, [a, b], [c, d]) => `${title}的${c}和${d}，${a}、${b}分别多少`,
];

interface Crossing {
  questions: string[];
  cells: Cell[];
}

it('gives the shares of both rows where neither is a total and none is named', () => {
  const members = report(served(), 'lianyungang-2024').tables.find(({ title }) => title === '成员单位');
  const columns = members?.columns ?? [];
  expect(columns).to.have.length.greaterThan(3);
  const shown = columns.map(({ label }) => {
    const { figures } = ask(`${label}占成员单位的几成`).reply.answer;
    return figures.filter(({ cell, unit }) => cell === null && unit === '%').length;
  });
  expect(shown.filter((count) => count === 1)).to.deep.equal([]);
});

for (const { name, load, id } of [
  { name: 'the served report', load: served, id: 'lianyungang-2024' },
  { name: 'a report of another city', load: syntheticAlone, id: 'linjiang-2023' },
]) {
  it(`states what was asked where rows and columns of ${name} cross`, () => {
    const crossings = crossingsOf(report(load(), id));
    const counts = { right: 0, less: 0 };
    const wrong = crossings.flatMap(({ questions, cells }) =>
      questions.flatMap((question) => {
        const turn = ask(question, load());
        const { kind, figures } = turn.reply.answer;
        if (kind !== 'answer') {
          counts.less += 1;
          return [];
        }
        const stated = new Set(figures.flatMap(({ cell }) => cell ?? []));
        const isRight = stated.size === cells.length && cells.every((cell) => stated.has(cell.id));
        if (isRight) counts.right += 1;
        return isRight ? [] : [`「${question}」 → ${said(turn)}`];
      }),
    );
    console.log(`      ${crossings.length} crossings: right ${counts.right}, asked back or declined ${counts.less}`);
    expect(counts.right).to.be.greaterThan(counts.less);
    expect(some(wrong)).to.equal('');
  });
}

it('says of which row it is where two columns of one row are listed', () => {
  const crossings = crossingsOf(report(served(), 'lianyungang-2024'));
  const checked = crossings.flatMap(({ cells: [first, second] }) => {
    if (!first || !second) return [];
    const labels = [first, second].map(({ column }) => column.path.map(({ label }) => label).join(''));
    const question = `${shortTitle(first.table.title || first.table.part.title)}${rowOf(first)}的${labels.join('和')}各多少`;
    const turn = ask(question, served());
    const row = first.row.label.replace(/ /g, '');
    const isList = turn.reply.answer.kind === 'answer' && turn.reply.answer.figures.length === 2;
    return isList ? [turn.reply.text.includes(row) ? '' : `「${question}」 → ${said(turn)}`] : [];
  });
  expect(checked).to.have.length.greaterThan(20);
  expect(some(checked.filter(Boolean))).to.equal('');
});

it('gives both rows that are listed, whatever each is called', () => {
  const counts = { right: 0, less: 0 };
  const wrong = crossingsOf(report(served(), 'lianyungang-2024')).flatMap(({ cells: [first, , second] }) => {
    // 「市里县里」 is the total's, and is no row beside others.
    if (!first || !second || [first, second].some(({ row, table }) => row === table.totalRow)) return [];
    const [others, more] = [first, second].map((cell) =>
      othersFor(rowOf(cell)).filter((word) => /\p{Script=Han}$/u.test(word)),
    );
    const column = `${shortTitle(first.table.title || first.table.part.title)}${first.column.path.map((c) => c.label).join('')}`;
    const asked = (others ?? []).slice(0, CALLED_AT_MOST).flatMap((one, i) => {
      const other = more?.[i % more.length];
      return other ? [`${one}和${other}的${column}各多少`, `${column}，${one}跟${other}分别是多少`] : [];
    });
    return asked.flatMap((question) => {
      const turn = ask(question, served());
      const stated = new Set(turn.reply.answer.figures.flatMap(({ cell }) => cell ?? []));
      if (turn.reply.answer.kind !== 'answer') {
        counts.less += 1;
        return [];
      }
      if (stated.has(first.id) && stated.has(second.id)) {
        counts.right += 1;
        return [];
      }
      return [`「${question}」 → ${said(turn)}`];
    });
  });
  console.log(`      right ${counts.right}, asked back or declined ${counts.less}`);
  expect(counts.right).to.be.greaterThan(2 * counts.less);
  expect(some(wrong)).to.equal('');
});

const CALLED_AT_MOST = 24;

it('means the total where a column is named after an overview of its table, or after what it is', () => {
  const asked = report(served(), 'lianyungang-2024').tables.flatMap((table) => {
    const title = table.title || table.part.title;
    return [`概括一下${title}`, `${shortTitle(title)}是什么`].map((question) => ({ table, question }));
  });
  const checked = asked.flatMap(({ table, question }) => {
    const { totalRow } = table;
    const { focus, reply } = ask(question, served());
    // 诉求总量 is a figure too.
    if (!totalRow || (question.endsWith('是什么') && reply.answer.figures.length > 0)) return [];
    return table.columns.flatMap((column) => {
      const cell = cellAt(table, totalRow, column);
      if (cell?.figure.kind !== 'number' || cell.span) return [];
      const turn = ask(`${column.path.map(({ label }) => label).join('')}呢`, served(), focus);
      const stated = turn.reply.answer.figures.flatMap(({ cell: c }) => c ?? []);
      // Where the rows don't add up to the total, each is given.
      const isMeant = stated.includes(cell.id) && (stated.length === 1 || stated.length === table.rows.length);
      return [isMeant || turn.reply.answer.kind !== 'answer' ? '' : `${cell.id}: ${said(turn)}`];
    });
  });
  expect(checked).to.have.length.greaterThan(10);
  expect(some(checked.filter(Boolean))).to.equal('');
});

/** Neighbouring rows with neighbouring columns, where all four cells print a number of their own. */
function crossingsOf({ tables }: Report): Crossing[] {
  return tables.flatMap((table) =>
    neighbours(table.rows.filter(({ label }) => label !== '')).flatMap((rows) =>
      neighbours(table.columns).flatMap((columns): Crossing[] => {
        const cells = rows.flatMap((row) => columns.flatMap((column) => cellAt(table, row, column) ?? []));
        if (cells.length < 4 || cells.some(({ figure, span }) => figure.kind !== 'number' || span)) return [];
        const title = shortTitle(table.title || table.part.title);
        const named = [cells[0], cells[2]].map((cell) => (cell ? rowOf(cell) : '')) as [string, string];
        const labels = columns.map(({ path }) => path.map(({ label }) => label).join('')) as [string, string];
        return [{ questions: WORDINGS.map((wording) => wording(title, named, labels)), cells }];
      }),
    ),
  );
}

function neighbours<T>(all: readonly T[]): [T, T][] {
  return all.slice(1).map((one, i) => [all[i] as T, one]);
}

function cellAt({ cells }: Table, row: Row, column: Cell['column']): Cell | undefined {
  return cells.find((cell) => cell.row === row && cell.column === column);
}
