/** The widget in a real browser, on the front page of the real service and in the pages of other sites. */
import type { Server } from 'node:http';
import { expect } from 'chai';
import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core';
import {
  answers,
  ask,
  DESKTOP,
  describeInBrowser,
  openWidget,
  PHONE,
  picture,
  type RunningService,
  read,
  seriousFindings,
  startBrowser,
  startService,
  startSite,
} from './browser';

const QUESTION = '2024年政风热线满意率';

describeInBrowser('the widget', function (this: Mocha.Suite) {
  this.timeout(60_000);
  let browser: Browser;
  let service: RunningService;
  let allowed: { origin: string; server: Server };
  let stranger: { origin: string; server: Server };
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];

  before(async () => {
    const site =
      () => `<!doctype html><meta name=viewport content="width=device-width"><title>某网站</title><p>某网站的网页</p>
      <script src="${service.url}/widget.js" defer></script>`;
    allowed = await startSite(site);
    stranger = await startSite(site);
    [browser, service] = await Promise.all([startBrowser(), startService({ WEBCHAT_ORIGINS: allowed.origin })]);
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(faults.splice(0), 'errors in the page').to.deep.equal([]);
  });
  after(async () => {
    allowed?.server.close();
    stranger?.server.close();
    await Promise.all([browser?.close(), service?.stop()]);
  });

  async function pageWith(options: BrowserContextOptions, address = `${service.url}/`): Promise<Page> {
    const context = await browser.newContext(options);
    contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(address);
    return page;
  }

  async function opened(options: BrowserContextOptions): Promise<{ page: Page; panel: FrameLocator }> {
    const page = await pageWith(options);
    return { page, panel: await openWidget(page) };
  }

  it('loads nothing but the button until it is pressed, and sets no cookie', async () => {
    const page = await pageWith(DESKTOP);
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.reload();
    const at = await page.getByRole('button', { name: '问年报数据' }).boundingBox();
    expect(at && [at.x + at.width, at.y + at.height]).to.deep.equal([1280 - 16, 800 - 16]);
    await picture(page, 'front-page-desktop');
    await page.waitForTimeout(300);
    expect(loaded.filter((path) => !path.includes('site.css') && !path.includes('icon'))).to.deep.equal([
      '/',
      '/widget.js',
    ]);
    await openWidget(page);
    expect(loaded).to.include('/webchat');
    expect(await page.context().cookies()).to.deep.equal([]);
  });

  for (const [name, options] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    it(`answers with the figure, the arrow, the grade and the source (${name})`, async () => {
      const { page, panel } = await opened(options);
      expect(await panel.getByRole('list', { name: '可以这样问' }).getByRole('button').count()).to.equal(6);
      const box = await page.locator('iframe').boundingBox();
      const screen = page.viewportSize();
      if (name === 'phone') expect(box).to.deep.equal({ x: 0, y: 0, ...screen });
      else expect(box).to.deep.equal({ x: 1280 - 16 - 400, y: 800 - 16 - 680, width: 400, height: 680 });
      await picture(page, `welcome-${name}`);
      await ask(panel, QUESTION);
      const answer = answers(panel).last();
      expect(await answer.locator('.headline strong').textContent()).to.equal('99.11%');
      expect(await answer.locator('.headline .change').textContent()).to.include('↑');
      expect(await answer.locator('.badge').textContent()).to.equal('原文');
      await picture(page, `answer-${name}`);
      const [report] = await Promise.all([
        page.context().waitForEvent('page'),
        answer.getByRole('link', { name: /出处/ }).click(),
      ]);
      const cell = report.locator('td:target');
      await cell.waitFor();
      expect(await cell.textContent()).to.include('99.11%');
      const colour = (at: Locator) => read(at, 'getComputedStyle(element).backgroundColor');
      expect(await colour(cell)).not.to.equal(await colour(report.locator('td:not(:target)').first()));
      await picture(report, `lit-cell-${name}`);
    });
  }

  it('asks back with chips, and a chip answers', async () => {
    const { page, panel } = await opened(PHONE);
    await ask(panel, '满意率是多少');
    const chips = panel.getByRole('group', { name: '可以接着问' }).getByRole('button');
    expect(await chips.count()).to.be.greaterThan(2);
    await picture(page, 'clarify-phone');
    await chips.first().click();
    await answers(panel).nth(1).waitFor();
    expect(await answers(panel).last().textContent()).to.include('%');
    await picture(page, 'clarified-phone');
  });

  it('draws a table, and follows up', async () => {
    const { page, panel } = await opened(DESKTOP);
    await ask(panel, '概括一下政风热线');
    const table = answers(panel).last().getByRole('table');
    expect(await table.getByRole('row').count()).to.be.greaterThan(5);
    await picture(page, 'table-desktop');
  });

  it('sends nothing while the input method is at work, and sends on Enter after it', async () => {
    const { panel } = await opened(DESKTOP);
    const field = panel.getByRole('textbox');
    await field.fill('诉求总量');
    for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
      await field.dispatchEvent('keydown', { key: 'Enter', bubbles: true, ...composing });
    }
    expect(await panel.locator('.line.person').count()).to.equal(0);
    await field.press('Shift+Enter');
    expect(await panel.locator('.line.person').count()).to.equal(0);
    await field.press('Enter');
    await answers(panel).first().waitFor();
    expect(await panel.locator('.line.person .words').textContent()).to.include('诉求总量');
  });

  it('works by keyboard alone: opens, asks, reaches every control, closes with Escape', async () => {
    const page = await pageWith(DESKTOP);
    const button = page.getByRole('button', { name: '问年报数据' });
    await button.focus();
    await page.keyboard.press('Enter');
    const panel = page.frameLocator('iframe');
    await panel.locator('textarea:focus').waitFor();
    await page.keyboard.type(QUESTION);
    await page.keyboard.press('Enter');
    await answers(panel).first().waitFor();
    const reached: string[] = [];
    const focused = panel.locator(':focus');
    for (let presses = 0; presses < 14; presses += 1) {
      await page.keyboard.press('Shift+Tab');
      if ((await focused.count()) === 0) break;
      reached.push(String(await read(focused, 'element.getAttribute("aria-label") || element.textContent')));
    }
    for (const control of ['复制', '有用', '没用', '对话', '新对话', '关闭', '大字']) {
      expect(reached.join(' | ')).to.include(control);
    }
    await panel.locator('textarea').focus();
    await page.keyboard.press('Escape');
    await page.locator('iframe').waitFor({ state: 'hidden' });
    expect(await read(button, 'element.getRootNode().activeElement === element')).to.equal(true);
  });

  it('goes on with the same conversation after a reload, and begins anew when told to', async () => {
    const { page, panel } = await opened(DESKTOP);
    await ask(panel, QUESTION);
    await answers(panel).last().getByRole('button', { name: '有用' }).click();
    await answers(panel).last().getByText('谢谢评价').waitFor();
    await page.reload();
    const again = await openWidget(page);
    await answers(again).first().waitFor();
    expect(await answers(again).count()).to.equal(1);
    await again.getByText('谢谢评价').waitFor();
    await again.getByRole('button', { name: '新对话' }).click();
    await again.getByRole('list', { name: '可以这样问' }).waitFor();
    await ask(again, QUESTION);
    expect(await answers(again).count()).to.equal(1);
  });

  it('says when the line is down, marks what could not be sent, and goes on when it is up again', async () => {
    const { page, panel } = await opened(PHONE);
    await ask(panel, QUESTION);
    await page.context().setOffline(true);
    await panel.getByText('网络断开了').waitFor();
    await panel.getByRole('textbox').fill('诉求总量');
    await panel.getByRole('button', { name: '发送' }).click();
    await panel.getByText('没有发出去').waitFor();
    await picture(page, 'offline-phone');
    await page.context().setOffline(false);
    await panel.getByText('网络断开了').waitFor({ state: 'hidden' });
    await panel.getByRole('button', { name: '再发一次' }).click();
    await answers(panel).nth(1).waitFor();
    expect(await panel.getByText('没有发出去').count()).to.equal(0);
    faults.splice(0); // the browser itself reports requests that fail offline
  });

  it('asks again and again where WebSockets are blocked', async () => {
    const context = await browser.newContext(DESKTOP);
    contexts.push(context);
    const page = await context.newPage();
    await page.addInitScript(`
      window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.(), 10); } close() {} send() {} };
      window.WebSocket.OPEN = 1;
    `);
    await page.goto(`${service.url}/webchat`);
    await page.getByRole('textbox').fill(QUESTION);
    await page.getByRole('button', { name: '发送' }).click();
    await page.getByText('99.11%').first().waitFor();
  });

  it('says that a new conversation begins when the old token has died', async () => {
    const { page, panel } = await opened(DESKTOP);
    await ask(panel, QUESTION);
    await page.route('**/v3/directline/conversations/*?watermark=*', (route) =>
      route.fulfill({ status: 403, body: '{}' }),
    );
    await page.context().setOffline(true);
    await panel.getByText('网络断开了').waitFor();
    await page.context().setOffline(false);
    await panel.getByText('从这里开始是新的对话').waitFor();
    await ask(panel, QUESTION);
    expect(await answers(panel).count()).to.equal(2);
    faults.splice(0); // the browser itself reports requests that fail
  });

  for (const [name, options, ending] of [
    ['phone', PHONE, '.svg'],
    ['desktop', DESKTOP, '.svg'],
    ['dark-phone', { ...PHONE, colorScheme: 'dark' }, '.dark.svg'],
  ] as const) {
    it(`shows the chart of a comparison, with its figures for whoever doesn't see it (${name})`, async () => {
      const { page, panel } = await opened(options);
      await ask(panel, '群众诉求和企业诉求哪个多');
      const chart = answers(panel).last().getByRole('img', { name: '群众诉求 1,344,025 件；企业诉求 49,722 件' });
      await chart.waitFor();
      await read(chart, 'element.decode()');
      expect(await read(chart, 'element.naturalWidth')).to.equal(360);
      expect(await read(chart, 'element.currentSrc')).to.match(new RegExp(`charts/[\\w.-]{22,}\\${ending}$`));
      await picture(page, `chart-${name}`);
      expect(Number(await read(panel.locator('#log'), 'element.scrollWidth - element.clientWidth'))).to.equal(0);
    });
  }

  it('does without a chart that can’t be loaded', async () => {
    const page = await pageWith(PHONE);
    await page.route('**/charts/**', (route) => route.abort());
    const panel = await openWidget(page);
    await ask(panel, '群众诉求和企业诉求哪个多');
    await answers(panel).last().locator('td').first().waitFor();
    await answers(panel).last().locator('img').waitFor({ state: 'detached' });
    faults.splice(0); // the browser itself reports requests that fail
  });

  it('copies an answer with its source', async () => {
    const { page, panel } = await opened(DESKTOP);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ask(panel, QUESTION);
    await answers(panel).last().getByRole('button', { name: '复制' }).click();
    await panel.getByText('已复制').waitFor();
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(copied).to.include('99.11%').and.include('出处');
  });

  it('shows markup in a question as it was typed', async () => {
    const { page, panel } = await opened(DESKTOP);
    const vectors = ['<img src=x onerror="top.pwned=1">', '<svg/onload=top.pwned=1>', '[x](javascript:top.pwned=1)'];
    for (const vector of vectors) await ask(panel, `${vector}满意率`);
    expect(await panel.locator('#log .words *:not(.unseen), #log img, #log a[href^="javascript"]').count()).to.equal(0);
    expect(await page.evaluate('window.pwned')).to.equal(undefined);
    expect(await panel.locator('.line.person').first().textContent()).to.include(vectors[0]);
  });

  it('shows markup in a reply as text, and makes no link of what would run', async () => {
    const evil = '<img src=x onerror="top.pwned=1">';
    const link = { title: evil, line: evil, url: 'javascript:top.pwned=1' };
    const reply = {
      headline: { figure: evil, label: evil, change: evil },
      sentences: [evil],
      table: { head: [evil, evil, evil], rows: [[evil, evil, evil]] },
      sources: [link],
      chart: { title: evil, unit: evil, bars: [{ label: evil, value: 1, text: evil }], alt: evil },
      chartUrl: evil,
    };
    const answer = { kind: 'answer', grade: '原文', options: [evil], entries: [link] };
    const suggestedActions = { actions: [{ title: evil, value: evil }] };
    const from = { id: 'bot', role: 'bot' };
    const activities = [
      { type: 'message', id: '1', from, text: evil },
      { type: 'message', id: '2', from, text: evil, channelData: { answer, reply }, suggestedActions },
    ];
    const page = await pageWith(DESKTOP);
    await page.routeWebSocket(/stream/, (socket) => socket.send(JSON.stringify({ activities, watermark: '2' })));
    const panel = await openWidget(page);
    await answers(panel).nth(1).waitFor();
    await picture(page, 'markup-desktop');
    expect(await panel.locator('img, a[href^="javascript"]').count()).to.equal(0);
    expect(await panel.getByText(evil).count()).to.be.greaterThan(12);
    expect(await page.evaluate('window.pwned')).to.equal(undefined);
  });

  it('looks right in the dark, with large letters, and on a screen of 320 pixels', async () => {
    const dark = await opened({ ...PHONE, colorScheme: 'dark' });
    await ask(dark.panel, QUESTION);
    await picture(dark.page, 'dark-phone');
    const body = await read(dark.panel.locator('body'), 'getComputedStyle(element).backgroundColor');
    expect(body).to.equal('rgb(20, 24, 29)');

    const small = await opened({ ...PHONE, viewport: { width: 320, height: 568 } });
    await small.panel.getByRole('button', { name: /大字/ }).click();
    await ask(small.panel, '概括一下政风热线');
    await picture(small.page, 'small-and-large-letters');
    const isTooWide = 'document.documentElement.scrollWidth > innerWidth';
    expect(await read(small.panel.locator('body'), isTooWide)).to.equal(false);
  });

  it('opens with the question when an example of the page is pressed', async () => {
    const page = await pageWith(PHONE);
    await page.getByRole('link', { name: QUESTION }).click();
    const panel = page.frameLocator('iframe');
    await answers(panel).first().waitFor();
    expect(await answers(panel).last().textContent()).to.include('99.11%');
    expect(await panel.locator('.line.person').count()).to.equal(1);
    await panel.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('link', { name: '企业诉求占多少' }).click();
    await answers(panel).nth(1).waitFor();
  });

  it('is a page of its own too, which takes a question in its address', async () => {
    const page = await pageWith(PHONE, `${service.url}/webchat?ask=${encodeURIComponent(QUESTION)}`);
    await page.getByText('99.11%').first().waitFor();
    expect(await page.getByRole('button', { name: '关闭' }).count()).to.equal(0);
    await picture(page, 'own-page-phone');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no serious finding of axe, nor have report and encyclopedia (${colorScheme})`, async () => {
      const { page, panel } = await opened({ ...DESKTOP, colorScheme, reducedMotion: 'reduce' });
      for (const question of ['满意率是多少', QUESTION, '概括一下政风热线', '南京12345一年多少电话'])
        await ask(panel, question);
      expect(await seriousFindings(page), 'chat').to.deep.equal([]);
      for (const path of [
        '/report/lianyungang-2024#zhengfeng/all/satisfaction',
        '/baike',
        '/baike?q=政风',
        '/baike/zhengfeng',
      ]) {
        await page.goto(service.url + path);
        expect(await seriousFindings(page), path).to.deep.equal([]);
      }
    });
  }

  it('is embedded by a site that is allowed', async () => {
    const page = await pageWith(DESKTOP, allowed.origin);
    const panel = await openWidget(page);
    await ask(panel, QUESTION);
    expect(await answers(panel).last().textContent()).to.include('99.11%');
    await picture(page, 'other-site-desktop');
    await panel.getByRole('button', { name: '关闭' }).click();
    await page.locator('iframe').waitFor({ state: 'hidden' });
  });

  it('is not embedded by a site that is not', async () => {
    const page = await pageWith(DESKTOP, stranger.origin);
    await page.getByRole('button', { name: '问年报数据' }).click();
    await page.waitForTimeout(1000);
    expect(await page.frameLocator('iframe').getByRole('textbox').count()).to.equal(0);
    expect(faults.splice(0).join(' ')).to.include('frame-ancestors');
  });
});
