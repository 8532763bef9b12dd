/** The service as Teams meets it: the real engine behind /api/messages, and a connector that notes what the bot sends. */
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';
import type { Ask } from '../../src/bot/ask';
import { BoundedStorage } from '../../src/bot/bounded-storage';
import { withDataSource } from '../../src/bot/data-source';
import type { Feedback } from '../../src/bot/feedback';
import { ReportBot } from '../../src/bot/report-bot';
import { loadBotWording } from '../../src/bot/wording';
import { messagesRoute } from '../../src/channels/botframework';
import type { Authority } from '../../src/channels/botframework/cloud-adapter';
import { inTeams } from '../../src/channels/botframework/teams';
import { loadTeamsWording } from '../../src/channels/botframework/teams/wording';
import type { MicrosoftApp } from '../../src/config';
import { answer } from '../../src/engine/answer';
import { createServer } from '../../src/server/create-server';
import { close, listen } from '../../src/server/run-server';
import { recordingLogger } from '../bot/fake-engine';
import { knowledge, TODAY } from './asking';

export interface TeamsService {
  url: string;
  log: Record<string, unknown>[];
  votes: Feedback[];
  /** How many turns the engine was asked. */
  asked: () => number;
  stop: () => Promise<unknown>;
}

export async function startTeamsService({
  app,
  authority,
  onFeedback,
}: {
  app?: MicrosoftApp;
  authority?: Authority;
  onFeedback?: (feedback: Feedback) => void;
} = {}): Promise<TeamsService> {
  const { logger, lines } = recordingLogger();
  const wording = loadBotWording('dialogs');
  const votes: Feedback[] = [];
  let asked = 0;
  const engine: Ask = (question, focus, today) => {
    asked += 1;
    return answer(question, focus, knowledge(), today);
  };
  const ask = withDataSource(engine, wording, knowledge().library, 'https://hotline.example.gov.cn');
  const storage = new BoundedStorage();
  const today = () => TODAY;
  const bot = new ReportBot({ ask, storage, wording, today });
  const teams = inTeams({
    ask,
    knowledge: knowledge(),
    wording: loadTeamsWording('dialogs'),
    storage,
    today,
    onFeedback: onFeedback ?? ((vote) => void votes.push(vote)),
    logger,
  });
  const route = messagesRoute({
    bot,
    apology: wording.apology,
    microsoftApp: app,
    logger,
    teams,
    ...(authority && { authority }),
  });
  const server = createServer({ routes: [route], logger });
  const { port } = await listen(server, 0, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}`, log: lines, votes, asked: () => asked, stop: () => close(server, 2000) };
}

export interface Connector {
  url: string;
  /** In the order they came. */
  sent: { path: string; activity: Partial<Activity> }[];
  /** The next messages that have attachments are refused with this status. */
  refuseCards: (status: number | undefined) => void;
  stop: () => void;
}

export async function startConnector(): Promise<Connector> {
  const sent: Connector['sent'] = [];
  let refusal: number | undefined;
  const server: Server = createHttpServer((req, res) => {
    let body = '';
    req.on('data', (part) => {
      body += part;
    });
    req.on('end', () => {
      const activity: Partial<Activity> = JSON.parse(body);
      res.setHeader('Content-Type', 'application/json');
      if (refusal && activity.attachments) {
        res.statusCode = refusal;
        res.end(JSON.stringify({ error: { code: 'BadSyntax', message: 'no' } }));
        return;
      }
      sent.push({ path: req.url ?? '', activity });
      res.end(JSON.stringify({ id: `sent-${sent.length}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent,
    refuseCards: (status) => {
      refusal = status;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** As Teams sends it, with what tells its chats apart. */
export function fromTeams(activity: Record<string, unknown>): Record<string, unknown> {
  return {
    type: 'message',
    id: `activity-${Math.random()}`,
    channelId: 'msteams',
    deliveryMode: 'expectReplies',
    from: { id: '29:wang', name: '王', aadObjectId: 'wang' },
    recipient: { id: '28:bot', name: '年报问答' },
    conversation: { id: 'a:personal', conversationType: 'personal', tenantId: 'tenant' },
    channelData: { tenant: { id: 'tenant' } },
    ...activity,
  };
}

export function postActivity(url: string, activity: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(activity),
  });
}

export async function repliesTo(url: string, activity: Record<string, unknown>): Promise<Partial<Activity>[]> {
  const response = await postActivity(url, fromTeams(activity));
  if (response.status !== 200) throw new Error(`status ${response.status}`);
  return ((await response.json()) as { activities: Partial<Activity>[] }).activities;
}
