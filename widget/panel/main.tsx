/**
 * The panel: reads its settings off the page, draws at once, and connects meanwhile. What is asked before the line is up
 * waits for it.
 */
import { render } from 'preact';
import { Chat } from './chat';
import { DirectLineClient } from './direct-line';
import { Panel, type Settings } from './view';

/** The page was told to open us, perhaps with a question. */
interface FromPage {
  widget?: string;
  ask?: string;
}

const place = document.getElementById('app');
if (place) start(place);

function start(app: HTMLElement): void {
  const settings: Settings = JSON.parse(app.dataset['settings'] ?? '{}');
  const isFramed = window.parent !== window;
  // To whoever frames us, which the page's policy decides; the word is no secret.
  const tell = (widget: 'close' | 'ready') => window.parent.postMessage({ widget }, '*');
  const close = isFramed ? () => tell('close') : undefined;

  const chat = new Chat(settings.welcome, () => draw());
  const draw = () =>
    render(<Panel settings={settings} chat={chat} state={chat.state} close={close} enlarge={enlarge} />, app);
  draw();
  chat.start(new DirectLineClient(new URL('.', location.href), chat));

  const asked = new URLSearchParams(location.search).get('ask');
  if (asked) chat.say(asked);
  window.addEventListener('message', ({ data, source }: MessageEvent<FromPage | undefined>) => {
    if (source !== window.parent || data?.widget !== 'open') return;
    focusInput();
    if (typeof data.ask === 'string') chat.say(data.ask.slice(0, 500));
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) close?.();
  });
  if (isFramed) tell('ready');
  else keepAboveKeyboard(app);
}

/** On a phone the keyboard would jump up and cover the examples. */
function focusInput(): void {
  const to = matchMedia('(pointer: fine)').matches ? 'textarea' : 'h1';
  document.querySelector<HTMLElement>(to)?.focus();
}

const SIZES = ['', 'large', 'larger'];

function enlarge(): void {
  const { classList } = document.documentElement;
  const now = SIZES.findIndex((size) => size && classList.contains(size));
  const next = SIZES[(Math.max(now, 0) + 1) % SIZES.length];
  classList.remove('large', 'larger');
  if (next) classList.add(next);
  window.dispatchEvent(new Event('resize'));
}

/** As a page of its own; in a frame the loader sees to it. */
function keepAboveKeyboard(app: HTMLElement): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    app.style.height = `${seen.height}px`;
    window.scrollTo(0, 0);
  };
  seen.addEventListener('resize', fit);
}
