/**
 * Through POST /api/messages, as Bot Framework channels come in: at a service that runs, or at one that is started here for
 * the length of the run. The replies come in the response (expectReplies), so no connector is needed.
 */
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { messagesRoute } from '../../channels/botframework';
import { createServer } from '../../server/create-server';
import { close, listen } from '../../server/run-server';
import { type SeenActivity, type SeenReply, seenReply } from '../check/seen-reply';
import { type BotParts, botOf } from './in-process-road';
import { jsonOf, patientFetch, type Road } from './road';

const TEAMS = 'msteams';

export async function ownMessagesRoad(parts: BotParts): Promise<Road> {
  const logger = pino({ level: 'silent' });
  const route = messagesRoute({ bot: botOf(parts), apology: parts.wording.apology, microsoftApp: undefined, logger });
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
