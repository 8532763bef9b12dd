/**
 * A page that shows a message as Teams does, its card drawn by Microsoft's renderer: its text above, the card in a frame,
 * with the sizes and colours of Teams' light theme.
 */
import { readFileSync } from 'node:fs';
import type { Activity } from 'botbuilder';
import type { Page } from 'playwright-core';
import type { AdaptiveCard } from '../../src/channels/botframework/teams/card/elements';
import { cardIn } from './asking';

const HOST_CONFIG = {
  fontFamily: "'Noto Sans CJK SC', sans-serif",
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  spacing: { small: 8, default: 8, medium: 16, large: 20, extraLarge: 24, padding: 12 },
  containerStyles: { emphasis: { backgroundColor: '#f0f0f0' } },
  actions: { maxActions: 6, actionsOrientation: 'horizontal', buttonSpacing: 8, actionAlignment: 'left' },
};

const PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>${readFileSync('node_modules/adaptivecards/dist/adaptivecards.css', 'utf8')}
  body { margin: 0; padding: 12px; background: #f5f5f5; font: 14px/1.4 'Noto Sans CJK SC', sans-serif; color: #242424; }
  #message { background: #fff; border-radius: 6px; padding: 10px 14px; white-space: pre-line; overflow: hidden; }
  #card { border: 1px solid #e0e0e0; border-radius: 6px; margin-top: 8px; white-space: normal; }
  .ac-pushButton { border: 1px solid #d1d1d1; border-radius: 4px; background: #fff; padding: 5px 12px; font: inherit; margin-bottom: 8px; }
  .ac-input { width: 100%; box-sizing: border-box; font: inherit; min-height: 130px; }
</style><div id="message"><span id="text"></span><div id="card"></div></div>`;

export async function preparePage(page: Page): Promise<void> {
  await page.setContent(PAGE);
  await page.addScriptTag({ path: 'node_modules/adaptivecards/dist/adaptivecards.min.js' });
}

/** The number of elements drawn. A pressed button is left in `window.pressed`. */
export async function show(page: Page, message: Partial<Activity>): Promise<number> {
  const shown = { text: (message.text ?? '').replace(/\\(.)/g, '$1'), card: cardIn(message), config: HOST_CONFIG };
  return (await page.evaluate(`(({ text, card, config }) => {
    document.getElementById('text').textContent = text;
    const frame = document.getElementById('card');
    frame.replaceChildren();
    frame.hidden = !card;
    if (!card) return 0;
    const drawn = new AdaptiveCards.AdaptiveCard();
    drawn.hostConfig = new AdaptiveCards.HostConfig(config);
    drawn.onExecuteAction = (action) => { window.pressed = action.toJSON(); };
    drawn.parse(card);
    frame.append(drawn.render());
    return drawn.getItemCount();
  })(${JSON.stringify(shown)})`)) as number;
}

export function cardOnly(card: AdaptiveCard): Partial<Activity> {
  return { text: '', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] };
}
