/**
 * Microsoft's Web Chat in the page of an allowed site, pointed at our Direct Line; and how long it takes until one can type,
 * beside our widget, on a slow phone.
 *
 * Web Chat is no dependency: it would bring 300 MB to everybody. .ci/run fetches its bundle into out/web-chat; where that
 * isn't there, these tests are skipped.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, describeInBrowser, PHONE, picture, type RunningService, startBrowser, startService } from './browser';

const BUNDLE = 'out/web-chat/webchat.js';
const QUESTION = '2024年政风热线满意率';
const SEND_BOX = '[data-id="webchat-sendbox-input"]';

/** What a site with a Web Chat of its own has to write. */
const pageWithWebChat = (service: string) => `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>某网站</title><div id="webchat" style="height:100vh"></div>
<script src="/webchat.js"></script>
<script>
  fetch('${service}/webchat/token', { method: 'POST' }).then((answer) => answer.json()).then(({ token }) =>
    WebChat.renderWebChat({
      directLine: WebChat.createDirectLine({ token, domain: '${service}/v3/directline' }),
      locale: 'zh-CN',
    }, document.getElementById('webchat')));
</script>`;

const describeWithWebChat = existsSync(BUNDLE)
  ? describeInBrowser
  : (name: string, _tests: () => void) => {
      console.log('Web Chat tests are skipped: its bundle is not there (.ci/run fetches it).');
      describe.skip(name, () => it('needs the bundle of Web Chat', () => undefined));
    };

describeWithWebChat("Microsoft's Web Chat", function (this: Mocha.Suite) {
  this.timeout(90_000);
  let browser: Browser;
  let service: RunningService;
  let site: Server;
  let origin: string;

  before(async () => {
    // As compressed as a site would serve it.
    const bundle = brotliCompressSync(readFileSync(BUNDLE), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    site = createServer((req, res) => {
      const isBundle = req.url === '/webchat.js';
      res.setHeader('Content-Type', isBundle ? 'text/javascript' : 'text/html; charset=utf-8');
      if (isBundle) res.setHeader('Content-Encoding', 'br');
      res.end(isBundle ? bundle : pageWithWebChat(service.url));
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    [browser, service] = await Promise.all([startBrowser(), startService({ WEBCHAT_ORIGINS: origin })]);
  });
  after(async () => {
    site?.close();
    site?.closeAllConnections();
    await Promise.all([browser?.close(), service?.stop()]);
  });

  async function say(page: Page, text: string): Promise<void> {
    await page.locator(SEND_BOX).fill(text);
    await page.locator(SEND_BOX).press('Enter');
  }
  const bubbles = (page: Page, text: string) => page.locator('.webchat__bubble', { hasText: text });

  it('holds the conversation: greeting, answer, chips, and goes on after a dropped socket', async () => {
    const context = await browser.newContext(DESKTOP);
    const page = await context.newPage();
    await page.addInitScript(`
      window.sockets = [];
      window.WebSocket = class extends WebSocket { constructor(...all) { super(...all); sockets.push(this); } };
    `);
    await page.goto(origin);
    await bubbles(page, '您好').waitFor();
    // The chart of a comparison and the table beside it, in a card.
    await say(page, '群众诉求和企业诉求哪个多');
    await page.locator('.ac-adaptiveCard img[alt*="群众诉求 1,344,025 件；企业诉求 49,722 件"]').waitFor();
    await page.waitForFunction('document.querySelector(".ac-adaptiveCard img").naturalWidth > 0');
    await page.locator('.ac-adaptiveCard', { hasText: '1,344,025' }).getByText('上升').first().waitFor();
    await picture(page, 'web-chat-chart-desktop');
    // A figure's card, with its place in the report.
    await say(page, QUESTION);
    await bubbles(page, '99.11%').first().waitFor();
    const card = page.locator('.ac-adaptiveCard', { hasText: '99.11%' });
    await card.locator('a', { hasText: '群众诉求办理满意率' }).first().waitFor();
    await picture(page, 'web-chat-card-desktop');
    await say(page, '满意率是多少');
    const chips = page.locator('.webchat__suggested-action');
    await chips.nth(2).waitFor();
    await picture(page, 'web-chat-desktop');
    await chips.first().click();
    await page.waitForFunction('document.querySelectorAll(".webchat__bubble").length >= 9');
    await page.evaluate('sockets[0].close()');
    await page.waitForFunction('window.sockets.length > 1', undefined, { timeout: 20_000 });
    await say(page, '企业诉求总量');
    await bubbles(page, '49,722').first().waitFor();
    expect(await page.locator('.webchat__bubble', { hasText: '您好' }).count()).to.equal(1);
    await context.close();
  });

  it('takes at least four times as long as our widget until one can type, on a slow phone', async () => {
    const slowPage = async (address: string) => {
      const context = await browser.newContext(PHONE);
      const page = await context.newPage();
      const slow = async () => {
        const session = await context.newCDPSession(page);
        const rate = (1.6 * 1024 * 1024) / 8;
        await session.send('Network.enable');
        const conditions = { offline: false, latency: 150, downloadThroughput: rate, uploadThroughput: rate };
        await session.send('Network.emulateNetworkConditions', conditions);
        await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      };
      return { context, page, slow, address };
    };

    const ours = await slowPage(`${service.url}/`);
    await ours.page.goto(ours.address);
    await ours.slow();
    const button = ours.page.getByRole('button', { name: '问年报数据' });
    await button.waitFor();
    const pressed = performance.now();
    await button.click();
    await ours.page.frameLocator('iframe').getByRole('textbox').waitFor();
    const oursMs = performance.now() - pressed;
    await ours.context.close();

    const theirs = await slowPage(origin);
    await theirs.slow();
    const started = performance.now();
    await theirs.page.goto(theirs.address);
    await theirs.page.locator(SEND_BOX).waitFor();
    const theirsMs = performance.now() - started;
    await theirs.context.close();

    const share = Math.round((100 * oursMs) / theirsMs);
    console.log(`    press to ready: ${Math.round(oursMs)} ms; Web Chat: ${Math.round(theirsMs)} ms; ${share}%`);
    expect(share).to.be.at.most(25);
  });
});
