/**
 * The self-built app (自建应用) in callback mode: a callback is acknowledged at once and the answer sent when it is there; or,
 * without a secret, the answer is the response.
 */
import type { ActivityHandler } from 'botbuilder';
import type { Logger } from 'pino';
import type * as restify from 'restify';
import type { WeComApp } from '../../config';
import type { Route } from '../../server/create-server';
import { Refusal } from '../../server/refusal';
import { callbackRoute, type Exchange, sendText } from './callback-route';
import { IN_RESPONSE } from './form/activity-messages';
import { PassiveAnswers } from './passive-answers';
import { Refusals } from './refusals';
import { Seen } from './seen';
import { ChartImages, type DrawChart } from './sending/chart-images';
import type { Clock } from './sending/clock';
import { MessageSender } from './sending/message-sender';
import { WeComApi } from './sending/wecom-api';
import type { TurnsUnderWay } from './turns-under-way';
import { WeComAdapter } from './wecom-adapter';
import { CallbackCrypto } from './wire/callback-crypto';
import { APP_WIRE, type IncomingMessage } from './wire/incoming-message';
import { passiveReply } from './wire/write-xml';
import type { WeComWording } from './wording';

export interface AppParts {
  bot: ActivityHandler;
  app: WeComApp;
  wording: WeComWording;
  apology: string;
  logger: Logger;
  clock: Clock;
  turns: TurnsUnderWay;
  drawChart?: DrawChart | undefined;
}

export function selfBuiltAppRoute({ bot, app, wording, apology, logger, clock, turns, drawChart }: AppParts): Route {
  const crypto = new CallbackCrypto(app.token, app.encodingAesKey, app.corpId);
  const sender = senderOf(app, logger, clock);
  const inResponse = IN_RESPONSE.app;
  const charts = sender && drawChart && new ChartImages(sender, drawChart, clock);
  const adapter = new WeComAdapter({ sender, charts, form: app.form, inResponse, wording, apology, logger, clock });
  const seen = new Seen(clock.now);
  const passive = new PassiveAnswers(clock);
  const take = (message: IncomingMessage): Promise<string> =>
    turns.run(message.id, () => adapter.take(message, (context) => bot.run(context)));

  const receive = async (message: IncomingMessage, { req, res }: Exchange) => {
    const isOurs = app.agentId === undefined || message.agentId === '' || message.agentId === app.agentId;
    if (!isOurs) logger.warn({ message: message.id }, 'wecom: meant for another app (WECOM_AGENT_ID)');
    if (!isOurs || message.kind === 'nothing') return sendText(res, '');
    if (turns.isFull) throw new Refusal(503);
    const isNew = seen.isNew(message.key);
    if (sender) {
      sendText(res, '');
      if (isNew) void take(message);
      return;
    }
    if (isNew) passive.keep(message.key, () => take(message));
    const outcome = await passive.give(message.key, {
      isOpen: () => !req.socket.destroyed,
      write: (content) => {
        const xml = passiveReply({ to: message.userId, from: message.corpId, content }, crypto, clock.now());
        return written(res, () => sendText(res, xml, 'application/xml; charset=utf-8'));
      },
    });
    if (outcome === 'late') throw new Refusal(503);
    if (outcome === 'nothing') sendText(res, '');
  };

  const refusals = new Refusals(logger, clock);
  return callbackRoute({ path: '/wecom/callback', crypto, wire: APP_WIRE, refusals, clock, receive });
}

function senderOf(
  { secret, corpId, agentId, apiBase }: WeComApp,
  logger: Logger,
  clock: Clock,
): MessageSender | undefined {
  if (!secret || !corpId || !agentId) return undefined;
  const api = new WeComApi({ base: apiBase, corpId, secret }, clock);
  return new MessageSender({ api, agentId, clock, logger });
}

function written(res: restify.Response, write: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    res.once('finish', () => resolve(true));
    res.once('close', () => resolve(res.writableFinished));
    write();
  });
}
