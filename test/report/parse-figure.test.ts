import { expect } from 'chai';
import { parseFigure } from '../../src/report/parse-figure';

const counts = { measureUnit: '件', holdsWords: false };
const rates = { measureUnit: '%', holdsWords: false };
const bare = { measureUnit: '', holdsWords: false };
const words = { measureUnit: '', holdsWords: true };

/** What a number figure says, in plain values. */
function read(printed: string, kind = counts) {
  const figure = parseFigure(printed, kind);
  if (figure?.kind !== 'number') return figure;
  const { value, digits, decimals, measureUnit, isPercent, change } = figure;
  const said = change && `${change.direction} ${change.percent.toFraction()} (${change.decimals}) ${change.printed}`;
  return { value: value.toFraction(), digits, decimals, measureUnit, isPercent, change: said };
}

describe('parseFigure', () => {
  it('reads a count with its 同比', () => {
    expect(read('1344025 (7.96%↑)')).to.deep.equal({
      value: '1344025',
      digits: '1344025',
      decimals: 0,
      measureUnit: '件',
      isPercent: false,
      change: 'up 199/25 (2) 7.96%↑',
    });
  });

  it('takes the arrow on either side of the 同比, but not on both and not on neither', () => {
    expect(read('1281174 (↑15.66%)')).to.have.property('change', 'up 783/50 (2) ↑15.66%');
    expect(read('21 (16%↓)')).to.have.property('change', 'down 16 (0) 16%↓');
    expect(read('21 (↓16%↓)')).to.equal(undefined);
    expect(read('21 (16%)')).to.equal(undefined);
  });

  it('keeps the printed decimals, zeros at the end too', () => {
    expect(read('2418 (20.00%↑)')).to.have.property('change', 'up 20 (2) 20.00%↑');
    expect(read('1204.0')).to.include({ value: '1204', digits: '1204.0', decimals: 1 });
  });

  it('reads a rate, and asks for the sign where the header says that all are rates', () => {
    expect(read('99.11% (4.3%↑)', rates)).to.include({ value: '9911/100', measureUnit: '%', isPercent: true });
    expect(read('97.52', rates)).to.equal(undefined);
    expect(read('97.52%', counts)).to.equal(undefined);
    expect(read('97.52%', bare)).to.include({ isPercent: true, measureUnit: '%' });
  });

  it('splits the scale off the measure unit', () => {
    expect(parseFigure('116.95', { measureUnit: '万次', holdsWords: false })).to.include({
      scale: 10000,
      baseUnit: '次',
    });
    expect(parseFigure('3', counts)).to.include({ scale: 1, baseUnit: '件' });
  });

  it('tolerates full-width digits and brackets, and thousands separators', () => {
    expect(read('１３４４０２５（７.９６％↑）')).to.include({ value: '1344025', change: 'up 199/25 (2) 7.96%↑' });
    expect(read('1,344,025')).to.include({ digits: '1344025' });
    expect(read('13,44,025')).to.equal(undefined);
  });

  it('tells not published from empty, and both from 0', () => {
    expect(parseFigure('—', counts)).to.deep.equal({ kind: 'blank', reason: 'notPublished' });
    expect(parseFigure('', counts)).to.deep.equal({ kind: 'blank', reason: 'empty' });
    expect(read('0')).to.include({ value: '0', digits: '0' });
  });

  it('takes words only where the header says that words stand there', () => {
    expect(parseFigure('优秀', words)).to.deep.equal({ kind: 'text', text: '优秀' });
    expect(parseFigure('优秀', bare)).to.equal(undefined);
  });

  for (const printed of ['约三秒', '1344025 7.96%↑', '1344025 (7.96↑)', '12.', '.5', '-3', '1 (0.5%↑', '30期', '1e5']) {
    it(`does not half understand 「${printed}」`, () => {
      expect(read(printed)).to.equal(undefined);
    });
  }
});
