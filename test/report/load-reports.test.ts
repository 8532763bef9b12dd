import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parseFigure } from '../../src/report/parse-figure';
import type { Header } from '../../src/report/report';
import { cellAt, onlyReport, SERVED, SYNTHETIC } from './reports';

describe('loadReports', () => {
  describe('the served report against its source text', () => {
    const report = onlyReport(SERVED);
    const source = readFileSync('test/fixtures/report-2024.txt', 'utf8');
    const withoutSpace = (text: string) => text.replace(/\s/g, '').replace(/（/g, '(').replace(/）/g, ')');
    const solid = withoutSpace(source);

    for (const table of report.tables) {
      for (const row of table.rows) {
        it(`prints the row ${table.title} / ${row.label || row.id} as the source does`, () => {
          const strings = table.cells.filter((cell) => cell.row === row).map(({ printed }) => printed);
          expect(strings).not.to.deep.equal([]);
          const inSource = source.split('\n').some((line) => `\t${line}\t`.includes(`\t${strings.join('\t')}\t`));
          expect(inSource, strings.join(' | ')).to.equal(true);
        });
      }
    }

    it('leaves out no figure of the source', () => {
      const printed = source
        .split('\n')
        .filter((line) => line.includes('\t'))
        .flatMap((line) => line.split('\t'))
        .filter(
          (text) => !['blank', undefined].includes(parseFigure(text, { measureUnit: '', holdsWords: false })?.kind),
        );
      const numbers = report.cells.filter(({ figure }) => figure.kind === 'number').map((cell) => cell.printed);
      expect([...printed].sort()).to.deep.equal([...numbers].sort());
      expect(report.cells).to.have.length(127);
    });

    it('prints every label as the source does', () => {
      const allHeaders = (headers: Header[]): Header[] => headers.flatMap((one) => [one, ...allHeaders(one.children)]);
      const labels = report.parts.flatMap(({ title, tables }) => [
        title,
        ...tables.flatMap((table) => [
          table.title,
          table.rowHeader,
          table.note ?? '',
          ...[...table.rows, ...allHeaders(table.headers)].map(({ label, printedAs }) => printedAs ?? label),
        ]),
      ]);
      expect(labels.filter((label) => !solid.includes(withoutSpace(label)))).to.deep.equal([]);
    });

    it('takes every measure unit from the brackets of a header, but for 期数, whose label is its unit', () => {
      const unlike = report.tables
        .flatMap(({ columns }) => columns)
        .filter(({ measureUnit, path }) => {
          const printed = path.some(({ label, printedAs }) =>
            solid.includes(withoutSpace(`${printedAs ?? label}(${measureUnit})`)),
          );
          return measureUnit !== '' && !printed;
        });
      expect(unlike.map(({ id, measureUnit }) => [id, measureUnit])).to.deep.equal([['episodes', '期']]);
    });
  });

  describe('what the served report says', () => {
    const report = onlyReport(SERVED);

    it('knows region, year, parts and tables', () => {
      expect(report).to.include({ id: 'lianyungang-2024', year: 2024, comparedWith: 2023 });
      expect(report.parts.map(({ number, tables }) => number + tables.length)).to.deep.equal([
        '一2',
        '二6',
        '三1',
        '四1',
        '五4',
      ]);
      expect(report.tables.filter(({ isHeadline }) => isHeadline).map(({ id }) => id)).to.deep.equal(['requests']);
    });

    it('hands the measure unit down the header tree', () => {
      const { column } = cellAt(report, 'requests/all/phone');
      expect(column.path.map(({ label }) => label)).to.deep.equal(['诉求来源', '电话']);
      expect(column).to.include({ measureUnit: '件', isAdditive: false });
      expect(column.parent).to.include({ isAdditive: true });
      expect(column.parent?.leaves.map(({ id }) => id)).to.deep.equal(['phone', 'web', 'transfer', 'other']);
    });

    it('leaves the sign of a rate with its figure', () => {
      const { column, figure } = cellAt(report, 'zhengfeng/all/satisfaction');
      expect(column.measureUnit).to.equal('');
      expect(figure).to.include({ measureUnit: '%', digits: '99.11' });
    });

    it('keeps a merged cell once, with all that it stands for', () => {
      const { span } = cellAt(report, 'baike/city/information-uses');
      expect(span?.rows.map(({ id }) => id)).to.deep.equal(['city', 'counties', 'all']);
      expect(report.cellById.has('lianyungang-2024/baike/all/information-uses')).to.equal(false);
      expect(cellAt(report, 'performance/consultation/public-satisfaction').span?.rows).to.have.length(2);
      expect(cellAt(report, 'performance/consultation/requests').span).to.equal(undefined);
    });

    it('stands one unlabelled row for its table, and 总计 for a table that has it', () => {
      const totalRows = report.tables.map((table) => [table.id, table.totalRow?.label]);
      expect(totalRows).to.deep.include.members([
        ['requests', '总计'],
        ['zhengfeng', ''],
        ['performance', undefined],
        ['team', '全市(包含县市区平台)'],
      ]);
    });
  });

  describe('a report of another city, year and form', () => {
    const report = onlyReport(SYNTHETIC);

    it('loads three levels of headers', () => {
      const { column } = cellAt(report, 'tickets/help/same-day');
      expect(column.path.map(({ label }) => label)).to.deep.equal(['紧急程度', '加急', '当日办']);
      expect(column.measureUnit).to.equal('单');
    });

    it('tells words, full-width figures, 0, — and empty cells apart', () => {
      expect(cellAt(report, 'night-line/all/state').figure).to.deep.equal({ kind: 'text', text: '良好' });
      expect(cellAt(report, 'night-line/all/calls').figure).to.include({
        digits: '1.25',
        scale: 10000,
        baseUnit: '次',
      });
      expect(cellAt(report, 'tickets/thanks/same-day').figure).to.include({ kind: 'number', digits: '0' });
      expect(cellAt(report, 'tickets/thanks/next-day').figure).to.include({ reason: 'notPublished' });
      expect(cellAt(report, 'snapshots/harbour/hours').figure).to.include({ reason: 'empty' });
    });

    it('merges across columns as well as rows', () => {
      const { span } = cellAt(report, 'snapshots/harbour/registered');
      expect(span?.columns.map(({ label }) => label)).to.deep.equal(['注册人数', '活跃人数']);
      expect(report.cellById.has('linjiang-2023/snapshots/harbour/active')).to.equal(false);
    });
  });
});
