/**
 * Bot Framework over HTTP: Azure Bot Service (Teams and others), the Emulator, and programs that ask with
 * `"deliveryMode": "expectReplies"` and get the replies in the response:
 *
 *     curl localhost:3978/api/messages -H 'Content-Type: application/json' -d '{"type":"message","text":"满意率是多少",
 *       "deliveryMode":"expectReplies","channelId":"test","from":{"id":"me"},"conversation":{"id":"1"}}'
 *
 * Verifies the sender and passes the turn on; the mention, the state and the errors of a turn are the bot's.
 */
import type { Activity, TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type * as restify from 'restify';
import type { Bot } from '../../bot/bot';
import { type Apology, turnFailed } from '../../bot/turn-failed';
import type { MicrosoftApp } from '../../config';
import { faultForLog } from '../../fault';
import type { Route } from '../../server/create-server';
import { jsonBody } from '../../server/json-body';
import { NO_LIMITS, type RateLimits } from '../../server/limits/rate-limits';
import { Refusal, refusalStatus } from '../../server/refusal';
import { type Authority, MessagesAdapter, WrongSender } from './cloud-adapter';
import { isFromThisMachine, isOnThisMachine } from './from-this-machine';
import { readActivity } from './incoming-activity';
import type { TakeTurn } from './teams';

export interface MessagesParts {
  bot: Bot;
  apology: Apology;
  microsoftApp: MicrosoftApp | undefined;
  logger: Logger;
  /** What Teams has of its own, around the bot's turn. */
  teams?: (takeTurn: TakeTurn) => TakeTurn;
  /** Who signs the channel's tokens; without it Microsoft's public cloud. */
  authority?: Authority;
  limits?: RateLimits;
}

/** Each waits for the connector, and a connector may be slow; beyond this the channel is told to come back. */
const MOST_UNDER_WAY = 500;

export function messagesRoute({
  bot,
  apology,
  microsoftApp,
  logger,
  teams,
  authority,
  limits = NO_LIMITS,
}: MessagesParts): Route {
  const botTurn = (context: TurnContext) => bot.run(context);
  const takeTurn = teams ? teams(botTurn) : botTurn;
  const adapter = new MessagesAdapter(microsoftApp, authority);
  adapter.onTurnError = turnFailed(logger, apology);

  const onlyFromHere: restify.RequestHandler = (req, _res, next) => {
    next(microsoftApp || isFromThisMachine(req) ? undefined : new Refusal(403));
  };

  let underWay = 0;
  const refuse = (error: unknown): never => {
    if (error instanceof WrongSender) throw new Refusal(401);
    logger.error({ fault: faultForLog(error) }, 'sender not verified');
    throw new Refusal(503);
  };

  return (server) => {
    server.post('/api/messages', onlyFromHere, ...jsonBody(), async (req: restify.Request, res: restify.Response) => {
      const activity = readActivity(req.body);
      if (!activity) throw new Refusal(400);
      if (!microsoftApp && !isAnsweredHere(activity)) throw new Refusal(403);
      const sender = await adapter.verify(req.headers.authorization ?? '', activity).catch(refuse);
      // Programs of this machine may ask as fast as they like.
      if (microsoftApp) await limits.message(personKey(activity));
      if (underWay >= MOST_UNDER_WAY) throw new Refusal(503, 2);
      underWay += 1;
      const outcome = await adapter.take(sender, activity, takeTurn).finally(() => {
        underWay -= 1;
      });
      const status = outcome?.status ?? 200;
      if (status >= 400 && !outcome?.body) throw new Refusal(refusalStatus(status)); // an invoke nobody knows
      res.send(status, outcome?.body);
    });
  };
}

function personKey({ channelId, conversation, from }: Activity): string {
  return JSON.stringify([channelId, conversation.id, from.id]);
}

function isAnsweredHere({ deliveryMode, serviceUrl }: Activity): boolean {
  return deliveryMode === 'expectReplies' || isOnThisMachine(serviceUrl);
}
