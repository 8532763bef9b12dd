import { expect } from 'chai';
import { isExactCount, previousRate, previousYear, previousYears } from '../../src/report/interval';
import { isNumberCell } from '../../src/report/sums';
import { cellAt, onlyReport, SERVED, SYNTHETIC } from './reports';

describe('last year by the printed 同比', () => {
  const served = onlyReport(SERVED);
  const synthetic = onlyReport(SYNTHETIC);
  const integers = (path: string) => previousYear(cellAt(served, path))?.integers;
  const narrowed = (path: string) => {
    const cell = cellAt(served, path);
    return previousYears(cell.table).get(cell.id)?.integers;
  };

  it('finds the one whole number that a small count leaves', () => {
    expect(integers('zhengfeng/all/episodes')).to.deep.equal({ low: 36n, high: 36n });
    expect(integers('zhengfeng/all/participants-total')).to.deep.equal({ low: 41n, high: 41n });
    expect(integers('requests/business/transfer')).to.deep.equal({ low: 14n, high: 14n });
  });

  it('gives a large count as a range of whole numbers', () => {
    expect(integers('requests/all/total')).to.deep.equal({ low: 1295004n, high: 1295123n });
  });

  it('narrows it by the sums of its table, downwards and across', () => {
    expect(narrowed('requests/all/total')).to.deep.equal({ low: 1295005n, high: 1295071n });
    expect(narrowed('requests/public/web')).to.deep.equal({ low: 96303n, high: 96308n });
  });

  it('narrows to a range in which the sums can hold and every printed 同比 is right', () => {
    for (const table of [...served.tables, ...synthetic.tables]) {
      for (const [id, range] of previousYears(table)) {
        const cell = table.report.cellById.get(id);
        const single = cell && previousYear(cell);
        expect(single?.low.lte(range.low), id).to.equal(true);
        expect(single?.high.gte(range.high), id).to.equal(true);
        expect(range.low.lte(range.high), id).to.equal(true);
      }
    }
  });

  it('takes any whole number of the range back to the printed 同比, and none beside it', () => {
    for (const cell of served.cells) {
      const range = previousYear(cell)?.integers;
      if (!range || !isNumberCell(cell) || !cell.figure.change) continue;
      const { value, change } = cell.figure;
      const half = 0.5 / 10 ** change.decimals;
      const distance = (before: bigint) =>
        Math.abs(Math.abs(Number(value.valueOf()) / Number(before) - 1) * 100 - change.percent.valueOf());
      expect(distance(range.low), cell.id).to.be.at.most(half + 1e-9);
      expect(distance(range.high), cell.id).to.be.at.most(half + 1e-9);
      expect(distance(range.low - 1n), cell.id).to.be.above(half - 1e-9);
      expect(distance(range.high + 1n), cell.id).to.be.above(half - 1e-9);
    }
  });

  it('has a range without whole numbers for what is measured', () => {
    const wait = previousYear(cellAt(served, 'calls/all/average-wait'));
    expect(wait).not.to.have.property('integers');
    expect(wait?.low.valueOf()).to.be.closeTo(3.215 / 0.53675, 1e-9);
    expect(wait?.high.valueOf()).to.be.closeTo(3.225 / 0.53665, 1e-9);
  });

  it('has nothing where no 同比 is printed, even if the other terms of a sum have one', () => {
    const cell = cellAt(served, 'requests/public/other');
    expect(previousYear(cell)).to.equal(undefined);
    expect(previousYears(cell.table).has(cell.id)).to.equal(false);
  });

  it('reads the change of a rate both ways, since the report does not say which is meant', () => {
    const rate = cellAt(served, 'zhengfeng/all/satisfaction');
    expect(previousYear(rate)).to.equal(undefined);
    const both = previousRate(rate);
    expect(both?.points.low.valueOf()).to.be.closeTo(99.105 - 4.35, 1e-9);
    expect(both?.relative.high.valueOf()).to.be.closeTo(99.115 / 1.0425, 1e-9);
  });

  it('takes a whole number for exact only where things are counted', () => {
    const isExact = (path: string) => {
      const cell = cellAt(served, path);
      return isNumberCell(cell) && isExactCount(cell.figure);
    };
    expect(isExact('requests/all/total')).to.equal(true);
    expect(isExact('seats/all/seats-per-100000')).to.equal(false);
    expect(isExact('xiaosu/all/conversion-rate')).to.equal(false);
    expect(isExact('yiqilaiban/all/pushes')).to.equal(false);
  });
});
