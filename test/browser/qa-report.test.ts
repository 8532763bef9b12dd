/** The page of a run in a real browser: searched, filtered, read by axe, on a screen and on paper. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { coverageOf } from '../../src/qa/check/coverage';
import { changesSince } from '../../src/qa/output/compare';
import { htmlReport } from '../../src/qa/output/html-report';
import { resultsOf } from '../../src/qa/output/results';
import { readScripts } from '../../src/qa/script/read-scripts';
import { served, TODAY } from '../engine/asking';
import { outcomesOf, ownScripts } from '../qa/running';
import { DESKTOP, describeInBrowser, PHONE, picture, seriousFindings, startBrowser } from './browser';

describeInBrowser('the page of a run of the scripts', () => {
  let browser: Browser;
  let folder = '';

  before(async function () {
    this.timeout(60_000);
    browser = await startBrowser();
    folder = mkdtempSync(join(tmpdir(), 'page-'));
    const [script] = ownScripts().filter(({ file }) => file.endsWith('.yaml'));
    if (!script) throw new Error('no script');
    const right = await outcomesOf([script]);
    // A figure copied wrongly, and a question that would be markup.
    const wrong = join(folder, '抄错的.csv');
    writeFileSync(wrong, '编号,问题,期望值\nx1,诉求总量,1393774\nx2,<img src=x onerror=alert(1)>,1\n');
    const outcomes = [...(await outcomesOf(readScripts([wrong]).scripts)), ...right];
    const results = resultsOf('direct', [{ file: script.file, outcomes }], []);
    const parts = {
      ...{ title: '年报问答 · 脚本检查', day: TODAY, results, scripts: [{ file: script.file, outcomes }] },
      coverages: served().library.reports.map((report) => coverageOf(report, outcomes)),
      problems: [{ file: 'a.xlsx', place: '第 3 行', expected: '有“问题”', found: '空的' }],
      changes: changesSince({ ...results, rows: results.rows.slice(3) }, results),
      publicUrl: 'http://localhost:3978',
    };
    writeFileSync(join(folder, 'report.html'), htmlReport(parts));
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const open = async (device = DESKTOP): Promise<{ page: Page; faults: string[] }> => {
    const page = await (await browser.newContext({ ...device, offline: true })).newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('requestfailed', (request) => faults.push(request.url()));
    await page.goto(`file://${join(folder, 'report.html')}`);
    return { page, faults };
  };

  it('shows what failed first, open, the expected beside what was got', async () => {
    const { page, faults } = await open();
    const first = page.locator('details.conversation').first();
    expect(await first.getAttribute('class')).to.include('failed');
    expect(await first.getAttribute('open')).to.equal('');
    expect(await first.locator('tr.wrong').first().textContent()).to.match(/期望值\s*1393774\s*✗ 1393747 件/);
    expect(await page.locator('#failed').textContent()).to.include('<img src=x');
    expect(await page.locator('img').count()).to.equal(0);
    expect(faults).to.deep.equal([]);
    await picture(page, 'qa-report');
  });

  it('is searched, and filtered to what failed', async () => {
    const { page } = await open();
    const shown = () => page.locator('details.conversation:visible').count();
    const all = await shown();
    await page.getByLabel('查找').fill('警单按时办结率');
    expect(await shown()).to.equal(1);
    expect(await page.locator('details.conversation:not(.failed)[open]').count()).to.equal(1);
    await page.getByLabel('查找').fill('');
    expect(await page.locator('details.conversation:not(.failed)[open]').count()).to.equal(0);
    await page.getByLabel('只看没通过的').check();
    expect(await shown()).to.be.within(1, all - 1);
  });

  it('colours the report’s own tables, and leads from a cell to who asks', async () => {
    const { page } = await open();
    const cell = page.locator('td[id="lianyungang-2024/requests/all/total"]');
    expect(await cell.getAttribute('class')).to.match(/heat-[1-4]/);
    await cell.getByRole('link').click();
    expect(await page.locator('article:target').isVisible()).to.equal(true);
    const other = page.locator('td[id="lianyungang-2024/seats/all/seats-per-100000"]');
    expect(await other.textContent()).to.match(/6\s*没问到/);
    await page.locator('#coverage').scrollIntoViewIfNeeded();
    await picture(page, 'qa-coverage');
  });

  for (const [name, device] of [
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ] as const) {
    it(`has nothing serious for axe on ${name}, and nothing wider than the screen`, async () => {
      const { page } = await open(device);
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      expect(await seriousFindings(page)).to.deep.equal([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
    });
  }

  it('shows on paper what failed, whole, and what passed in a line each, but for what somebody opened', async () => {
    const { page } = await open();
    await page.locator('details.conversation:not(.failed) > summary').first().click();
    await page.locator('details.failed > summary').first().click();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('details.failed:not([open])').count()).to.equal(0);
    expect(await page.locator('details.conversation:not(.failed)[open]').count()).to.equal(1);
    expect(await page.getByText('纸上只列题目').isVisible()).to.equal(true);
    expect(await page.locator('form.search').isVisible()).to.equal(false);
  });
});
