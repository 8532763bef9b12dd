import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import readXlsxFile, { readSheet } from 'read-excel-file/node';
import type { Finding, Report } from '../../src/report/report';
import { download, get, siteOf } from './site';

const unescaped = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** Attributes and content of the cell with that anchor. */
function cellOf(body: string, anchor: string): { attributes: string; content: string } {
  const [, attributes, content] = new RegExp(`<td id="${anchor}"([^>]*)>(.*?)</td>`, 's').exec(body) ?? [];
  if (attributes === undefined || content === undefined) throw new Error(`no cell ${anchor}`);
  return { attributes, content };
}

describe('the page of a report', () => {
  const site = siteOf();
  const [report] = site.library.reports as [Report];
  const address = `/report/${report.id}`;
  const { body, status, headers } = get(site, address);

  it('shows every cell as printed, each under its own anchor', () => {
    expect(status).to.equal(200);
    for (const cell of report.cells) {
      const { content } = cellOf(body, cell.id.slice(report.id.length + 1));
      const shown = unescaped(content.replace(/<span class="unseen">.*?<\/span>|<sup>.*?<\/sup>/g, ''));
      expect(shown.trim(), cell.id).to.equal(cell.printed.trim());
    }
    const anchors = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(anchors).size).to.equal(anchors.length);
  });

  it('gives the cells of each row as many places as the table has columns', () => {
    for (const table of report.tables) {
      const [, html = ''] = new RegExp(`id="table/${table.id}"(.*?)</table>`, 's').exec(body) ?? [];
      const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => row);
      const wanted = table.columns.length + (table.rows.some(({ label }) => label) ? 1 : 0);
      // A rowspan takes a place in the rows below as well.
      const reaching: number[] = [];
      rows.forEach((row, place) => {
        let width = reaching[place] ?? 0;
        for (const [, attributes = ''] of row.matchAll(/<t[hd]([^>]*)>/g)) {
          const columns = Number(/colspan="(\d+)"/.exec(attributes)?.[1] ?? 1);
          const down = Number(/rowspan="(\d+)"/.exec(attributes)?.[1] ?? 1);
          width += columns;
          for (let below = 1; below < down; below++) reaching[place + below] = (reaching[place + below] ?? 0) + columns;
        }
        expect(width, `${table.id}, line ${place + 1}`).to.equal(wanted);
      });
    }
  });

  it('tells which headers belong to a cell, by scope and by the classes that light up', () => {
    expect(body).to.match(/<th scope="colgroup" class="c2 c3 c4 c5" colspan="4">.*?诉求来源.*?（件）/);
    expect(body).to.match(/<th scope="col" class="c2"[^>]*>.*?电话/);
    expect(body).to.match(/<th scope="row" class="r2">企业诉求<\/th>/);
    expect(cellOf(body, 'requests/business/phone').attributes).to.include('class="r2 c2"');
  });

  it('keeps merged cells merged and lights the headers of all their rows', () => {
    const { attributes } = cellOf(body, 'baike/city/qa-uses');
    expect(attributes).to.include('rowspan="3"').and.to.include('class="r1 r2 r3 c6"');
    expect(body).to.not.include('id="baike/all/qa-uses"');
  });

  it('prints a unit once, on the topmost header that has it', () => {
    expect(body).to.match(/诉求来源<\/span><span class="measure-unit">（件）/);
    expect(body).to.not.match(/电话<\/span><span class="measure-unit">/);
  });

  it('shows a misprint as it is printed and says so', () => {
    expect(body).to.include('民生接听员服务满意率<span class="measure-unit">（原文如此）');
  });

  it('says that a dash is not a number', () => {
    expect(cellOf(body, 'zhengfeng/all/hot-topics').content).to.include('未公布');
  });

  it('weighs at most 60 KB compressed', () => {
    const bytes = gzipSync(body).length + gzipSync(get(site, '/assets/site.css').body).length;
    console.log(`      report page with its style sheet: ${(bytes / 1024).toFixed(1)} KB compressed`);
    expect(bytes).to.be.at.most(60 * 1024);
  });

  it('needs no script and no inline style', () => {
    expect(body).to.not.match(/<script|<style| style=| on\w+=/i);
    expect(headers['Content-Security-Policy']).to.include("default-src 'none'");
  });

  it('answers 404 for a report that is not there', () => {
    expect(get(site, '/report/nanjing-2024').status).to.equal(404);
    expect(get(site, '/report/..%2F..%2Fetc').status).to.equal(404);
  });

  describe('with findings of the audit', () => {
    const [one, other] = report.tables.map(({ cells }) => cells[0]);
    const findings = [
      { verdict: 'agrees', check: 'sum', cells: [], message: '这一项对得上。' },
      { verdict: 'disagrees', check: 'rate', cells: [one, other], message: '这一项<b>对不上</b>。' },
    ] as Finding[];
    const withFindings = get(siteOf({ library: { reports: [{ ...report, findings }] } }), address).body;

    it('marks each cell with the number of its footnote, and the footnote leads back to the cells', () => {
      for (const cell of [one, other]) {
        const anchor = cell?.id.slice(report.id.length + 1) ?? '';
        expect(cellOf(withFindings, anchor).content).to.include('href="#note-1"');
        expect(withFindings).to.match(new RegExp(`<li id="note-1">.*?href="#${anchor}"`, 's'));
      }
      expect(withFindings.match(/<li id="note-/g)).to.have.length(1);
    });

    it('numbers no finding that has no cell', () => {
      const finding = { verdict: 'disagrees', check: 'spelling', cells: [], message: '有一处写法不同。' } as Finding;
      const { body: shown } = get(siteOf({ library: { reports: [{ ...report, findings: [finding] }] } }), address);
      expect(shown).to.include('<li>有一处写法不同。</li>').and.not.include('id="note-');
    });

    it('lists what agrees apart, and escapes what the audit says', () => {
      expect(withFindings).to.include('这一项对得上。');
      expect(withFindings).to.include('这一项&lt;b&gt;对不上&lt;/b&gt;。');
    });
  });

  it('shows markup in a report as text', () => {
    const vector = '"><img src=x onerror=alert(1)>';
    const table = report.tables[0] as Report['tables'][number];
    const hostile = {
      ...report,
      title: vector,
      parts: [{ ...table.part, title: vector, tables: [{ ...table, rowHeader: vector }] }],
    };
    const shown = get(siteOf({ library: { reports: [hostile] } }), address).body;
    expect(shown).to.not.include('<img');
    expect(shown.match(/&lt;img/g)).to.have.length.at.least(4);
  });
});

describe('the files of a report', () => {
  const site = siteOf();
  const [report] = site.library.reports as [Report];
  const file = (name: string) => get(site, `/report/${report.id}/${name}`);

  it('gives a table as CSV laid out as printed, changes beside the numbers', () => {
    const { body, contentType, headers } = file('tables/requests.csv');
    expect(contentType).to.equal('text/csv; charset=utf-8');
    expect(headers['Content-Disposition']).to.match(/^attachment;.*\.csv$/);
    const [head, , enterprises] = body.slice(1).split('\r\n');
    expect(body.charCodeAt(0)).to.equal(0xfeff);
    expect(head).to.match(/^诉求类别,诉求总量（件）,诉求总量 同比,诉求来源 \/ 电话（件）,/);
    expect(enterprises).to.match(/^企业诉求,49722,-0\.76%,49124,0\.31%,/);
  });

  it('gives the whole report as CSV with one line for each cell', () => {
    const lines = file('report.csv').body.trim().split('\r\n');
    expect(lines).to.have.length(report.cells.length + 1);
    expect(lines.find((line) => line.startsWith(`${report.id}/zhengfeng/all/hot-topics,`)))
      .to.include('—')
      .and.to.include('未公布');
  });

  it('gives JSON with the passport of every cell', () => {
    const whole = JSON.parse(file('report.json').body) as { tables: { cells: { id: string }[] }[] };
    expect(whole.tables.flatMap(({ cells }) => cells.map(({ id }) => id))).to.deep.equal(
      report.cells.map(({ id }) => id),
    );
    const table = JSON.parse(file('tables/requests.json').body) as { cells: object[] };
    expect(table.cells).to.deep.include({
      id: `${report.id}/requests/business/total`,
      row: 'business',
      column: 'total',
      printed: '49722 (0.76%↓)',
      value: 49722,
      measureUnit: '件',
      change: { percent: 0.76, direction: 'down' },
    });
  });

  it('lets no text of a report be run as a formula', () => {
    const [table] = report.tables;
    if (!table) throw new Error('no table');
    const hostile = { ...table, report, rows: table.rows.map((row) => ({ ...row, label: '=HYPERLINK("http://x")' })) };
    const { body } = get(
      siteOf({ library: { reports: [{ ...report, tables: [hostile] }] } }),
      `/report/${report.id}/tables/${table.id}.csv`,
    );
    expect(body).to.include(`"'=HYPERLINK(""http://x"")"`);
  });

  it('gives every table as XLSX, its numbers as numbers', async () => {
    for (const table of report.tables) {
      const response = await download(site, `/report/${report.id}/tables/${encodeURIComponent(table.id)}.xlsx`);
      expect(response.contentType).to.include('spreadsheetml.sheet');
      expect(response.headers['Content-Disposition']).to.match(/^attachment;.*\.xlsx$/);
      const [head = [], ...rows] = await readSheet(response.body as Buffer);
      const [csvHead, ...csvRows] = file(`tables/${encodeURIComponent(table.id)}.csv`)
        .body.slice(1)
        .trim()
        .split('\r\n');
      expect(head.join(','), table.id).to.equal(csvHead);
      expect(rows, table.id).to.have.length(csvRows.length);
    }
    const { body } = await download(site, `/report/${report.id}/tables/requests.xlsx`);
    const enterprises = (await readSheet(body as Buffer)).find(([name]) => name === '企业诉求');
    expect(enterprises?.slice(0, 4)).to.deep.equal(['企业诉求', 49722, -0.0076, 49124]);
  });

  it('gives the whole report as one workbook: all cells with their passports, and a sheet for each table', async () => {
    const { body } = await download(site, `/report/${report.id}/report.xlsx`);
    const sheets = await readXlsxFile(body as Buffer);
    expect(sheets).to.have.length(report.tables.length + 1);
    expect(new Set(sheets.map(({ sheet }) => sheet)).size).to.equal(sheets.length);
    expect(sheets[0]?.data.slice(1).map(([id]) => id)).to.deep.equal(report.cells.map(({ id }) => id));
  });

  it('keeps a text that starts like a formula a text in XLSX', async () => {
    const [table] = report.tables;
    if (!table) throw new Error('no table');
    const rows = table.rows.map((row) => ({ ...row, label: '=HYPERLINK("http://x")' }));
    const hostile = { ...report, tables: [{ ...table, report, rows }] };
    const { body } = await download(
      siteOf({ library: { reports: [hostile] } }),
      `/report/${report.id}/tables/${table.id}.xlsx`,
    );
    expect((await readSheet(body as Buffer))[1]?.[0]).to.equal('=HYPERLINK("http://x")');
  });

  it('links every form of every table on its page', () => {
    const { body } = get(site, `/report/${report.id}`);
    for (const form of ['xlsx', 'csv', 'json'])
      for (const name of ['report', ...report.tables.map(({ id }) => `tables/${encodeURIComponent(id)}`)])
        expect(body).to.include(`href="/report/${report.id}/${name}.${form}"`);
  });

  for (const name of ['tables/none.csv', 'tables/none.xlsx', 'tables/requests.xml', 'report.xml', 'tables/requests']) {
    it(`answers 404 for ${name}`, () => expect(file(name).status).to.equal(404));
  }
});
