/**
 * A real browser (Debian's chromium) on the real service, with its reports and entries. Where no browser is installed, the
 * tests that need one are skipped, and one line says so.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import { freePort } from '../free-port';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PICTURES = join('out', 'screenshots');

export function describeInBrowser(name: string, tests: () => void): void {
  if (CHROMIUM) describe(name, tests);
  else describe.skip(`${name} (skipped: no chromium is installed)`, () => it('needs a browser', () => undefined));
}
if (!CHROMIUM)
  console.log('Browser tests are skipped: no chromium is installed (apt-get install chromium fonts-noto-cjk).');

export function startBrowser(): Promise<Browser> {
  mkdirSync(PICTURES, { recursive: true });
  return chromium.launch({ executablePath: String(CHROMIUM), args: QUIET });
}

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
  locale: 'zh-CN',
};

export interface RunningService {
  url: string;
  stop: () => Promise<void>;
}

export async function startService(env: NodeJS.ProcessEnv = {}): Promise<RunningService> {
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/index.js'], {
    env: { ...process.env, PORT: String(port), LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '0', KEEP_DAYS: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (said) => String(said).includes('已启动') && resolve());
    child.on('close', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  return { url: `http://localhost:${port}`, stop: () => ended(child) };
}

/** A page of another site with the widget in it. */
export async function startSite(html: () => string): Promise<{ origin: string; server: Server }> {
  const server = createServer((_req, res) => {
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end(html());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** Presses the button of the widget; the panel's inside. */
export async function openWidget(page: Page): Promise<FrameLocator> {
  await page.getByRole('button', { name: '问年报数据' }).click();
  const panel = page.frameLocator('iframe');
  await panel.getByRole('textbox').waitFor();
  return panel;
}

export async function ask(panel: FrameLocator, question: string): Promise<void> {
  const before = await answers(panel).count();
  await panel.getByRole('textbox').fill(question);
  await panel.getByRole('button', { name: '发送' }).click();
  await answers(panel).nth(before).waitFor();
}

/** What the bot has said, without the welcome. */
export function answers(panel: FrameLocator) {
  return panel.locator('.line.bot:has(.tools)');
}

/** Serious and critical findings of axe in a page or frame, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const all: string[] = [];
  for (const frame of page.frames()) {
    await frame.evaluate(source); // by the debugger, so no policy of a page stands in its way
    const { violations } = (await frame.evaluate('axe.run(document, { iframes: false })')) as {
      violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
    };
    const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    all.push(
      ...bad.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`,
      ),
    );
  }
  return all;
}

/** Reads something off an element. As text, since these tests are compiled for node, which knows no elements. */
export function read(at: Locator, expression: string): Promise<unknown> {
  return at.evaluate(new Function('element', `return ${expression}`) as (element: unknown) => unknown);
}

export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function ended(child: ChildProcess): Promise<void> {
  // One that is gone already will not close again.
  if (child.exitCode !== null || child.signalCode !== null) return;
  return new Promise((resolve) => {
    child.removeAllListeners('close');
    child.on('close', () => resolve());
    child.kill('SIGTERM');
  });
}
