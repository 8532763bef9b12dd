/**
 * Whatever is asked of a figure, a year or a time that the report isn't about is never overlooked: the year before is
 * estimated or said to be unknown, any other period is declined. This year's figure as the answer would be a wrong one.
 */
import { expect } from 'chai';
import type { Cell } from '../../src/report/report';
import { ask, report, said, served, some } from './asking';
import { rowOf, shortTitle } from './wordings';

const cells = report(served(), 'lianyungang-2024').cells.filter(({ figure }) => figure.kind === 'number');
const title = ({ table }: Cell) => shortTitle(table.title || table.part.title);
const path = (cell: Cell) => [title(cell), rowOf(cell), ...cell.column.path.map(({ label }) => label)].join('');
/** The next figure of the same row and unit, if there is one. */
const beside = (cell: Cell) =>
  cells.find(
    (other) =>
      other !== cell &&
      other.table === cell.table &&
      other.row === cell.row &&
      other.column.measureUnit === cell.column.measureUnit,
  );

const WAYS: { name: string; ask: (cell: Cell) => string | undefined }[] = [
  { name: 'the figure', ask: (cell) => `${path(cell)}是多少` },
  { name: 'the figure, shortly', ask: (cell) => path(cell) },
  { name: 'altogether', ask: (cell) => `${path(cell)}一共多少` },
  { name: 'the state of things', ask: (cell) => `${path(cell)}情况怎么样` },
  { name: 'a table', ask: (cell) => `概括一下${title(cell)}` },
  { name: 'a share', ask: (cell) => beside(cell) && `${path(cell)}占${path(beside(cell) as Cell)}的比例` },
  { name: 'a difference', ask: (cell) => beside(cell) && `${path(cell)}和${path(beside(cell) as Cell)}相差多少` },
  { name: 'which is more', ask: (cell) => beside(cell) && `${path(cell)}和${path(beside(cell) as Cell)}哪个多` },
  { name: 'the most of a table', ask: (cell) => `${title(cell)}里最高的是哪项` },
  { name: 'a claim', ask: (cell) => `${path(cell)}超过1了吗` },
  { name: 'a mean', ask: (cell) => `平均每天${path(cell)}多少` },
];

/** 2022 is before what the 同比 compares with; the clock says 2026. */
const NOT_COVERED = ['2025年', '去年', '今年', '2022年', '2019年', '上半年', '三季度', '3月份'];

describe('another period than the report\u2019s', () => {
  for (const way of WAYS) {
    const questions = [...new Set(cells.flatMap((cell) => way.ask(cell) ?? []))];

    it(`is not overlooked where ${way.name} is asked for the year before`, () => {
      const faults = questions.flatMap((question) => {
        const turn = ask(`2023年${question}`);
        const { kind, grade } = turn.reply.answer;
        const isEstimate = grade === '推算' || turn.reply.text.includes('2023');
        return kind !== 'answer' || isEstimate ? [] : [`「2023年${question}」 → ${said(turn)}`];
      });
      expect(some(faults)).to.equal('');
    });

    it(`is not overlooked where ${way.name} is asked for a time not covered`, () => {
      const faults = questions.flatMap((question, i) => {
        const period = NOT_COVERED[i % NOT_COVERED.length];
        const turn = ask(`${period}${question}`);
        return turn.reply.answer.kind === 'answer' ? [`「${period}${question}」 → ${said(turn)}`] : [];
      });
      expect(some(faults)).to.equal('');
    });
  }

  it('is not taken for the one that the printed 同比 compares with', () => {
    const questions = cells.flatMap((cell) =>
      ['前年', '2022年', '2020年'].flatMap((year) => [`${path(cell)}比${year}高吗`, `${path(cell)}比${year}多了多少`]),
    );
    const faults = questions.flatMap((question) => {
      const turn = ask(question);
      return turn.reply.answer.kind === 'answer' ? [`「${question}」 → ${said(turn)}`] : [];
    });
    expect(some(faults)).to.equal('');
  });
});
