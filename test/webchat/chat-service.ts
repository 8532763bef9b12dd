/** The service with the fake engine and web chat on a free port; and Microsoft's own client pointed at it. */
import { DirectLine } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import { BoundedStorage } from '../../src/bot/bounded-storage';
import { ReportBot } from '../../src/bot/report-bot';
import { type WebChat, type WebChatParts, webChat } from '../../src/channels/webchat';
import type { ConversationStore } from '../../src/channels/webchat/conversation-store';
import { MemoryConversationStore } from '../../src/channels/webchat/memory-store';
import { createServer, type Route } from '../../src/server/create-server';
import { close, listen } from '../../src/server/run-server';
import { fakeAsk, recordingLogger, TODAY, WORDING } from '../bot/fake-engine';

const XMLHttpRequest: unknown = require('xhr2');

export const SECRET = 'a secret of tests, forty characters long';

export interface ChatService {
  url: string;
  port: number;
  chat: WebChat;
  log: Record<string, unknown>[];
  stop: () => Promise<unknown>;
}

export async function startChatService({
  port = 0,
  store = new MemoryConversationStore(),
  origins = [],
  routes = [],
  limited,
}: {
  port?: number;
  store?: ConversationStore;
  origins?: string[];
  routes?: Route[];
  limited?: Pick<WebChatParts, 'limits' | 'addressOf' | 'socketsPerClient'> & { protection: Route };
} = {}): Promise<ChatService> {
  const { logger, lines } = recordingLogger();
  const bot = new ReportBot({ ask: fakeAsk, storage: new BoundedStorage(), wording: WORDING, today: () => TODAY });
  const publicUrl = 'https://bot.example.gov.cn';
  const parts = { bot, botName: '年报', apology: WORDING.apology, store, logger, secret: SECRET, publicUrl, origins };
  const { protection, ...limits } = limited ?? {};
  const chat = webChat({ ...parts, ...limits });
  const server = createServer({ routes: [chat.route, ...routes], logger, protection });
  const listening = await listen(server, port, '127.0.0.1');
  const stop = () => Promise.all([close(server, 2000), chat.end(2000)]);
  return { url: `http://127.0.0.1:${listening.port}`, port: listening.port, chat, log: lines, stop };
}

export interface Token {
  token: string;
  conversationId: string;
  expires_in: number;
}

export async function tokenFrom({ url }: { url: string }): Promise<Token> {
  return (await (await fetch(`${url}/webchat/token`, { method: 'POST' })).json()) as Token;
}

export function request(
  { url }: { url: string },
  path: string,
  {
    bearer,
    body,
    method,
    headers,
  }: { bearer?: string; body?: unknown; method?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(`${url}/v3/directline${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export const saying = (text: string, more: object = {}) => ({ type: 'message', text, from: { id: 'me' }, ...more });

type Options = ConstructorParameters<typeof DirectLine>[0];

/** Microsoft's client, with what it needs outside of a browser. */
export function microsoftClient(service: { url: string }, options: Record<string, unknown>) {
  // Without a global one it polls, even when it is handed one.
  Object.assign(globalThis, { XMLHttpRequest, WebSocket });
  const sockets: WebSocket[] = [];
  class Recorded extends WebSocket {
    constructor(address: string) {
      super(address);
      sockets.push(this);
    }
  }
  const domain = `${service.url}/v3/directline`;
  const random = () => 0; // it waits from three to fifteen seconds before it comes back: three, then
  const client = new DirectLine({
    domain,
    WebSocket: Recorded,
    random,
    timeout: 2000,
    ...options,
  } as unknown as Options);
  const heard: HeardActivity[] = [];
  const subscription = client.activity$.subscribe(
    (activity) => heard.push(activity as unknown as HeardActivity),
    () => undefined,
  );
  return {
    client,
    heard,
    sockets,
    say: (text: string) => first(client.postActivity(saying(text) as never)),
    texts: () => heard.filter(({ type, from }) => type === 'message' && from.role === 'bot').map(({ text }) => text),
    end: () => {
      subscription.unsubscribe();
      client.end();
    },
  };
}

export interface HeardActivity {
  type: string;
  id: string;
  text?: string;
  timestamp: string;
  replyToId?: string;
  from: { id: string; role?: string; name?: string };
  channelData?: Record<string, unknown>;
  suggestedActions?: { actions: { value: string }[] };
}

interface Observable<Value> {
  subscribe(next: (value: Value) => void, failed: (error: unknown) => void): unknown;
}

export function first<Value>(observable: Observable<Value>): Promise<Value> {
  return new Promise((resolve, reject) => void observable.subscribe(resolve, reject));
}

export async function until(isSo: () => boolean, what: string, withinMs = 6000): Promise<void> {
  for (const end = Date.now() + withinMs; !isSo(); ) {
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
