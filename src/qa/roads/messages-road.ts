/**
 * Through POST /api/messages, as Bot Framework channels come in: at a service that runs, or at one that is started here for
 * the length of the run. The replies come in the response (expectReplies), so no connector is needed.
 */
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { BoundedStorage } from '../../bot/bounded-storage';
import { messagesRoute } from '../../channels/botframework';
import { inTeams } from '../../channels/botframework/teams';
import { createServer } from '../../server/create-server';
import { close, listen } from '../../server/run-server';
import { type SeenActivity, type SeenReply, seenReply } from '../check/seen-reply';
import type { Service } from '../service';
import { botOf } from './in-process-road';
import { jsonOf, patientFetch, type Road } from './road';

const TEAMS = 'msteams';

export async function ownMessagesRoad(service: Service): Promise<Road> {
  const { ask, knowledge, today, teamsWording, wording } = service;
  const logger = pino({ level: 'silent' });
  const storage = new BoundedStorage();
  const ofTeams = { ask, knowledge, storage, today, logger, wording: teamsWording };
  const teams = inTeams({ ...ofTeams, onFeedback: () => undefined });
  const apology = wording.apology;
  const route = messagesRoute({ bot: botOf(service), apology, microsoftApp: undefined, logger, teams });
  const server = createServer({ routes: [route], logger });
  const { port } = await listen(server, 0, '127.0.0.1');
  const road = messagesRoad(`http://127.0.0.1:${port}`);
  return {
    ...road,
    close: async () => {
      await close(server, 1000);
    },
  };
}

export function messagesRoad(target: string): Road {
  return {
    begin() {
      const conversation = randomUUID();
      const send = (activity: object) => post(target, conversation, activity);
      return {
        greeting: () => send({ type: 'conversationUpdate', membersAdded: [{ id: 'person' }, { id: 'bot' }] }),
        say: (text) => send({ type: 'message', text }),
      };
    },
    close: async () => undefined,
  };
}

async function post(target: string, conversation: string, activity: object): Promise<SeenReply> {
  const response = await patientFetch(`${target}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      channelId: TEAMS,
      id: randomUUID(),
      from: { id: 'person' },
      recipient: { id: 'bot' },
      conversation: { id: conversation, conversationType: 'personal' },
      locale: 'zh-CN',
      deliveryMode: 'expectReplies',
      ...activity,
    }),
  });
  const body = (await jsonOf(response, '/api/messages')) as { activities?: (SeenActivity & { type?: string })[] };
  return seenReply((body.activities ?? []).filter(({ type }) => type === 'message'));
}
