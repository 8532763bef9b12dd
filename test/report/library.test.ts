import { expect } from 'chai';
import { libraryOf } from '../../src/report/library';
import { loadReports } from '../../src/report/load-reports';
import { SERVED, SYNTHETIC } from './reports';

describe('libraryOf', () => {
  const library = libraryOf([...loadReports(SYNTHETIC), ...loadReports(SERVED)]);

  it('puts the newest report first, whatever the order of the files', () => {
    expect(library.reports.map(({ id }) => id)).to.deep.equal(['lianyungang-2024', 'linjiang-2023']);
    expect(library.newest().id).to.equal('lianyungang-2024');
  });

  it('finds by region in any of its names, by year, and by both', () => {
    expect(library.find({ region: '临江市' })?.id).to.equal('linjiang-2023');
    expect(library.find({ year: 2023 })?.id).to.equal('linjiang-2023');
    expect(library.find({ region: '连云港', year: 2024 })?.id).to.equal('lianyungang-2024');
    expect(library.find({})?.id).to.equal('lianyungang-2024');
  });

  it('finds nothing rather than the nearest', () => {
    expect(library.find({ region: '南京' })?.id).to.equal(undefined);
    expect(library.find({ region: '连云港', year: 2023 })?.id).to.equal(undefined);
    expect(library.find({ year: 2025 })?.id).to.equal(undefined);
  });

  it('knows every cell of every report by its id', () => {
    for (const cell of library.reports.flatMap(({ cells }) => cells))
      expect(library.cell(cell.id) === cell, cell.id).to.equal(true);
    expect(library.cell('lianyungang-2024/requests/all/nothing')?.id).to.equal(undefined);
    expect(library.cell('nothing')?.id).to.equal(undefined);
  });

  it('finds each of a thousand reports', () => {
    const [one] = loadReports(SYNTHETIC);
    if (!one) throw new Error('the synthetic report is missing');
    const many = Array.from({ length: 1000 }, (_, index) => ({ ...one, id: `report-${index}`, year: 1000 + index }));
    const large = libraryOf(many);
    for (let year = 1000; year < 2000; year += 1) expect(large.find({ year })?.year).to.equal(year);
  });
});
