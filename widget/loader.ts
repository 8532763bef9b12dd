/**
 * What a site puts into its pages: `<script src="https://HOST/widget.js" defer></script>`.
 *
 * It draws a button, and nothing else is loaded until that is pressed; then the panel opens in a frame of our origin. No
 * cookie, nothing global, and the page's own style can't reach in. On a phone the panel fills the screen above the
 * keyboard. `data-label` on the script tag changes the words on the button; a link of the page with `data-ask="…"` opens the
 * panel and asks that.
 */
interface FromPanel {
  widget?: 'close' | 'ready';
}

function start(home: URL, label: string): void {
  const place = document.createElement('div');
  const root = place.attachShadow({ mode: 'open' });
  addStyle(root);
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  button.append(icon(), label);
  root.append(button);
  document.body.append(place);

  let box: HTMLElement | undefined;
  let frame: HTMLIFrameElement | undefined;
  let overflowBefore = '';
  const isPhone = () => matchMedia('(max-width: 600px), (max-height: 480px)').matches;

  const adjust = () => {
    if (!box || box.hidden) return;
    const { visualViewport: seen } = window;
    const isFull = isPhone();
    box.classList.toggle('full', isFull);
    // The keyboard covers the page without changing its height; only the visual viewport tells.
    box.style.height = isFull && seen ? `${seen.height}px` : '';
    box.style.top = isFull && seen ? `${seen.offsetTop}px` : '';
  };

  const close = () => {
    if (!box || box.hidden) return;
    box.hidden = true;
    button.hidden = false;
    button.setAttribute('aria-expanded', 'false');
    document.documentElement.style.overflow = overflowBefore;
    button.focus();
  };

  let isReady = false;
  let question: string | undefined;
  const tellOpen = () => {
    if (!isReady) return; // it says when it is
    frame?.contentWindow?.postMessage({ widget: 'open', ask: question }, home.origin);
    question = undefined;
  };

  const open = () => {
    if (!box || !frame) [box, frame] = addPanel(root, home, label);
    box.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    button.hidden = true;
    overflowBefore = document.documentElement.style.overflow;
    if (isPhone()) document.documentElement.style.overflow = 'hidden';
    adjust();
    frame.focus();
    tellOpen();
  };

  button.addEventListener('click', open);
  window.addEventListener('message', ({ data, origin, source }: MessageEvent<FromPanel | undefined>) => {
    if (origin !== home.origin || !frame || source !== frame.contentWindow) return;
    if (data?.widget === 'close') close();
    if (data?.widget === 'ready') {
      isReady = true;
      tellOpen();
    }
  });
  document.addEventListener('click', (event) => {
    const asking = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-ask]') : null;
    if (!asking || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    question = asking.dataset['ask'];
    open();
  });
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  for (const name of ['resize', 'scroll']) window.visualViewport?.addEventListener(name, adjust);
  window.addEventListener('resize', adjust);
}

function addPanel(root: ShadowRoot, home: URL, label: string): [HTMLElement, HTMLIFrameElement] {
  const box = document.createElement('div');
  box.className = 'box';
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-label', label);
  const frame = document.createElement('iframe');
  frame.title = label;
  frame.allow = 'clipboard-write';
  frame.src = new URL('webchat', home).href;
  box.append(frame);
  root.append(box);
  return [box, frame];
}

/** A speech bubble with three bars. */
function icon(): SVGElement {
  const name = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(name, 'svg');
  svg.setAttribute('viewBox', '0 0 32 32');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(name, 'path');
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  path.setAttribute(
    'd',
    'M6 3h20a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H15l-7 5v-5H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4zm2 11v6h4v-6zm6-6v12h4V8zm6 3v9h4v-9z',
  );
  svg.append(path);
  return svg;
}

const STYLE = `
:host { all: initial; }
[hidden] { display: none !important; }
button {
  position: fixed; z-index: 2147483000; right: calc(16px + env(safe-area-inset-right)); bottom: calc(16px + env(safe-area-inset-bottom));
  display: flex; align-items: center; gap: 8px; min-height: 48px; padding: 0 18px 0 14px; border: 2px solid #fff; border-radius: 26px;
  background: #0a4f9c; color: #fff; font: 600 16px/1.2 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  box-shadow: 0 4px 16px rgba(0, 20, 50, .35); cursor: pointer;
}
button:hover { background: #083f7d; }
button:focus-visible { outline: 3px solid #ffb300; outline-offset: 2px; }
svg { width: 26px; height: 26px; }
.box {
  position: fixed; z-index: 2147483001; right: 16px; bottom: 16px; width: 400px; max-width: calc(100vw - 32px);
  height: min(680px, calc(100vh - 32px)); border-radius: 14px; overflow: hidden; box-shadow: 0 8px 40px rgba(0, 20, 50, .4); background: #0a4f9c;
}
.box.full {
  top: 0; right: 0; left: 0; width: auto; max-width: none; height: 100%; bottom: auto; border-radius: 0; box-sizing: border-box;
  padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
}
iframe { display: block; width: 100%; height: 100%; border: 0; background: #fff; color-scheme: normal; }
@media (prefers-color-scheme: dark) { iframe { background: #14181d; } button { border-color: #14181d; } }
@media print { button, .box { display: none; } }
`;

/** As a sheet object: a page whose policy forbids inline styles takes it all the same. */
function addStyle(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement('style'); // Safari before 16.4
    style.textContent = STYLE;
    root.append(style);
  }
}

const script = document.currentScript as HTMLScriptElement | null;
if (script) start(new URL('.', script.src), script.dataset['label'] ?? '问年报数据');
