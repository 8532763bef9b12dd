/**
 * Bot Framework over HTTP: Azure Bot Service (Teams and others), the Emulator, and programs that ask with
 * `"deliveryMode": "expectReplies"` and get the replies in the response:
 *
 *     curl localhost:3978/api/messages -H 'Content-Type: application/json' -d '{"type":"message","text":"满意率是多少",
 *       "deliveryMode":"expectReplies","channelId":"test","from":{"id":"me"},"conversation":{"id":"1"}}'
 *
 * Verifies the sender and passes the turn on; the mention, the state and the errors of a turn are the bot's.
 */
import type { Activity, ActivityHandler, TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type * as restify from 'restify';
import { turnFailed } from '../../bot/turn-failed';
import type { MicrosoftApp } from '../../config';
import { faultForLog } from '../../fault';
import type { Route } from '../../server/create-server';
import { jsonBody } from '../../server/json-body';
import { Refusal, refusalStatus } from '../../server/refusal';
import { type Authority, MessagesAdapter, WrongSender } from './cloud-adapter';
import { isFromThisMachine, isOnThisMachine } from './from-this-machine';
import { readActivity } from './incoming-activity';
import type { TakeTurn } from './teams';

export interface MessagesParts {
  bot: ActivityHandler;
  apology: string;
  microsoftApp: MicrosoftApp | undefined;
  logger: Logger;
  /** What Teams has of its own, around the bot's turn. */
  teams?: (takeTurn: TakeTurn) => TakeTurn;
  /** Who signs the channel's tokens; without it Microsoft's public cloud. */
  authority?: Authority;
}

export function messagesRoute({ bot, apology, microsoftApp, logger, teams, authority }: MessagesParts): Route {
  const botTurn = (context: TurnContext) => bot.run(context);
  const takeTurn = teams ? teams(botTurn) : botTurn;
  const adapter = new MessagesAdapter(microsoftApp, authority);
  adapter.onTurnError = turnFailed(logger, apology);

  const onlyFromHere: restify.RequestHandler = (req, _res, next) => {
    next(microsoftApp || isFromThisMachine(req) ? undefined : new Refusal(403));
  };

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
      const outcome = await adapter.take(sender, activity, takeTurn);
      const status = outcome?.status ?? 200;
      if (status >= 400 && !outcome?.body) throw new Refusal(refusalStatus(status)); // an invoke nobody knows
      res.send(status, outcome?.body);
    });
  };
}

function isAnsweredHere({ deliveryMode, serviceUrl }: Activity): boolean {
  return deliveryMode === 'expectReplies' || isOnThisMachine(serviceUrl);
}
