import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { replyCard } from '../../src/channels/botframework/teams/card/reply-card';
import { describeInBrowser, PHONE, startBrowser } from '../browser/browser';
import { cardIn, cardParts, KINDS, messageFor, replyTo } from './asking';
import { cardOnly, preparePage, show } from './card-page';

/** A picture of 1 by 1, so that a card with a chart needs no network. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describeInBrowser('cards drawn as on a phone', function (this: Mocha.Suite) {
  this.timeout(60_000);
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await startBrowser();
    page = await browser.newPage(PHONE);
    await preparePage(page);
  });
  after(() => browser?.close());

  const draw = async (name: string, message: Parameters<typeof show>[1]) => {
    const drawn = await show(page, message);
    await page.locator('#message').screenshot({ path: join('out', 'screenshots', `teams-${name}.png`) });
    return drawn;
  };
  /** Pixels by which something is wider than the card. */
  const overflow = () =>
    page.evaluate('document.getElementById("card").scrollWidth - document.getElementById("card").clientWidth');

  for (const [kind, said] of Object.entries(KINDS)) {
    it(`draws every element of ${kind}: 「${said.join('」「')}」`, async () => {
      const message = messageFor(replyTo(...said));
      expect(await draw(kind, message)).to.equal(cardIn(message)?.body.length);
      expect(await overflow()).to.equal(0);
    });
  }

  it('draws the card that a person puts into a message, with a chart', async () => {
    const card = replyCard({ ...replyTo('各渠道诉求排名'), chartUrl: PIXEL }, cardParts(), { hasBot: false });
    expect(await draw('插入消息', cardOnly(card))).to.equal(card.body.length);
    expect(await page.locator('#card img').count()).to.equal(1);
  });

  it('opens the line to copy, and closes it again', async () => {
    await draw('引用', messageFor(replyTo('2024年政风热线满意率')));
    const line = page.locator('#card textarea');
    expect(await line.isVisible()).to.equal(false);
    await page.getByRole('button', { name: '复制引用' }).click();
    expect(await line.inputValue())
      .to.include('99.11%')
      .and.include('同比上升 4.3%')
      .and.include('群众诉求办理满意率');
    await page.locator('#message').screenshot({ path: join('out', 'screenshots', 'teams-引用.png') });
    await page.getByRole('button', { name: '复制引用' }).click();
    expect(await line.isVisible()).to.equal(false);
  });

  it('says what is pressed, be it a button or a row', async () => {
    await draw('反问', messageFor(replyTo('满意率是多少')));
    await page.getByRole('button', { name: '2', exact: true }).click();
    const byButton = await page.evaluate('window.pressed.data.say');
    await page.locator('#card .ac-container.ac-selectable').nth(1).click();
    expect(await page.evaluate('window.pressed.data.say'))
      .to.equal(byButton)
      .and.be.a('string');
  });
});
