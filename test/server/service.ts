/** The service with the fake engine on a free port, for tests of the wire. */
import type * as restify from 'restify';
import { BoundedStorage } from '../../src/bot/bounded-storage';
import { ReportBot } from '../../src/bot/report-bot';
import type { TurnObserver } from '../../src/bot/turn-observer';
import { messagesRoute } from '../../src/channels/botframework';
import type { MicrosoftApp } from '../../src/config';
import { createServer, type Route, type ServerParts } from '../../src/server/create-server';
import { healthRoutes } from '../../src/server/health';
import { close, listen } from '../../src/server/run-server';
import { fakeAsk, recordingLogger, TODAY, WORDING } from '../bot/fake-engine';

export interface Service {
  port: number;
  url: string;
  server: restify.Server;
  log: Record<string, unknown>[];
  stop: () => Promise<boolean>;
}

export async function startService({
  app,
  routes = [],
  protection,
  timeouts,
  observers,
}: {
  app?: MicrosoftApp;
  routes?: Route[];
  protection?: Route;
  timeouts?: ServerParts['timeouts'];
  observers?: TurnObserver[];
} = {}): Promise<Service> {
  const { logger, lines } = recordingLogger();
  const bot = new ReportBot({
    ask: fakeAsk,
    storage: new BoundedStorage(),
    wording: WORDING,
    today: () => TODAY,
    observers,
  });
  const messages = messagesRoute({ bot, apology: WORDING.apology, microsoftApp: app, logger });
  const server = createServer({ routes: [healthRoutes([]), messages, ...routes], logger, protection, timeouts });
  const { port } = await listen(server, 0, '127.0.0.1');
  return { port, url: `http://127.0.0.1:${port}`, server, log: lines, stop: () => close(server, 2000) };
}

/** The smallest activity that gets its replies in the response. */
export function message(text: string, more: Record<string, unknown> = {}) {
  return {
    type: 'message',
    text,
    deliveryMode: 'expectReplies',
    channelId: 'test',
    from: { id: 'me' },
    conversation: { id: 'c' },
    ...more,
  };
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
