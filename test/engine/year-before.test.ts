/**
 * Last year's counts, worked out from the printed 同比, against a search that tries every whole number: which of them would
 * have made the printed percentage? And what is said to people, against the same search.
 */
import { expect } from 'chai';
import { isExactCount, previousYear, previousYears } from '../../src/report/interval';
import type { Cell, NumberFigure } from '../../src/report/report';
import { ask, report, said, served, some, syntheticAlone } from './asking';

const counts = [report(served(), 'lianyungang-2024'), report(syntheticAlone(), 'linjiang-2023')]
  .flatMap(({ cells }) => cells)
  .filter(({ figure }) => figure.kind === 'number' && figure.change !== undefined && isExactCount(figure));

describe('what a count was the year before', () => {
  it('is worked out for every count with a 同比', () => {
    console.log(`      ${counts.length} counts`);
    expect(counts).to.have.length.greaterThan(20);
  });

  for (const cell of counts) {
    it(`agrees with every whole number tried, for ${cell.id}`, () => {
      const found = tryAll(cell);
      expect(found).to.have.length.greaterThan(0);
      const { integers } = previousYear(cell) ?? {};
      expect(integers && [Number(integers.low), Number(integers.high)]).to.deep.equal([found[0], found.at(-1)]);
      // Whole numbers that fit lie side by side: the range is what fits and nothing else.
      expect(found).to.have.length((found.at(-1) ?? 0) - (found[0] ?? 0) + 1);
    });

    it(`is narrowed by the table's sums to some of them, for ${cell.id}`, () => {
      const found = new Set(tryAll(cell));
      const { integers } = previousYears(cell.table).get(cell.id) ?? {};
      expect(integers && found.has(Number(integers.low)) && found.has(Number(integers.high))).to.equal(true);
    });
  }

  it('is said with no number outside of what fits', () => {
    const faults = counts
      .filter(({ report: { id } }) => id === 'lianyungang-2024')
      .flatMap((cell) => {
        const { table, row, column, report: whole } = cell;
        const path = [table.title, row.label, ...column.path.map(({ label }) => label)].join('');
        const turn = ask(`${whole.comparedWith}年${path}是多少`);
        const { kind, grade, figures } = turn.reply.answer;
        const found = tryAll(cell);
        const isEstimate = kind === 'answer' && grade === '推算';
        // The printed figure is stated, and behind it what follows for the year before.
        const value = Number(figures[figures.findIndex((figure) => figure.cell === cell.id) + 1]?.value);
        const fits = value >= (found[0] ?? 0) && value <= (found.at(-1) ?? 0);
        const isToldExactly = found.length > 1 || turn.reply.text.includes((found[0] ?? 0).toLocaleString('en-US'));
        return isEstimate && fits && isToldExactly
          ? []
          : [`${cell.id} (${found[0]} to ${found.at(-1)}): ${said(turn)}`];
      });
    expect(some(faults)).to.equal('');
  });
});

/**
 * All n for which |now − n| ÷ n, in percent, may have been printed as it was: half a unit of the last place to either side,
 * ends included. In whole numbers throughout, so that nothing is rounded here.
 */
function tryAll({ figure }: Cell): number[] {
  const { value, change } = figure as NumberFigure;
  if (!change) return [];
  const now = Number(value.valueOf());
  const places = 10 ** change.decimals;
  const printed = Math.round(Number(change.digits) * places);
  const found: number[] = [];
  for (let n = 1; n <= now * 3 + 10; n += 1) {
    const difference = change.direction === 'up' ? now - n : n - now;
    if (difference < 0) continue;
    const twice = 200 * places * difference;
    if (twice >= (2 * printed - 1) * n && twice <= (2 * printed + 1) * n) found.push(n);
  }
  return found;
}
