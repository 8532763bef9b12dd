/**
 * The self-built app (自建应用) in callback mode: a callback is acknowledged at once and the answer sent when it is there; or,
 * without a secret, the answer is the response.
 */
import type { Logger } from 'pino';
import type * as restify from 'restify';
import type { Bot } from '../../bot/bot';
import type { Apology } from '../../bot/turn-failed';
import type { WeComApp } from '../../config';
import type { Route } from '../../server/create-server';
import type { RateLimits } from '../../server/limits/rate-limits';
import { Refusal } from '../../server/refusal';
import { callbackRoute, type Exchange, sendText } from './callback-route';
import { IN_RESPONSE } from './form/activity-messages';
import { PassiveAnswers } from './passive-answers';
import { Refusals } from './refusals';
import { ChartImages, type DrawChart } from './sending/chart-images';
import type { Clock } from './sending/clock';
import { MessageSender } from './sending/message-sender';
import { WeComApi } from './sending/wecom-api';
import type { SharedWeCom } from './shared';
import { takenHere } from './shared/taken-messages';
import type { TurnsUnderWay } from './turns-under-way';
import { WeComAdapter } from './wecom-adapter';
import { CallbackCrypto } from './wire/callback-crypto';
import { APP_WIRE, type IncomingMessage } from './wire/incoming-message';
import { passiveReply } from './wire/write-xml';
import type { WeComWording } from './wording';

export interface AppParts {
  bot: Bot;
  app: WeComApp;
  wording: WeComWording;
  apology: Apology;
  logger: Logger;
  clock: Clock;
  turns: TurnsUnderWay;
  drawChart?: DrawChart | undefined;
  limits: RateLimits;
  shared: SharedWeCom | undefined;
}

export function selfBuiltAppRoute({
  bot,
  app,
  wording,
  apology,
  logger,
  clock,
  turns,
  drawChart,
  limits,
  shared,
}: AppParts): Route {
  const crypto = new CallbackCrypto(app.token, app.encodingAesKey, app.corpId);
  const sender = senderOf(app, logger, clock, shared);
  const inResponse = IN_RESPONSE.app;
  const charts = sender && drawChart && new ChartImages(sender, drawChart, clock);
  const adapter = new WeComAdapter({
    sender,
    charts,
    form: app.form,
    inResponse,
    wording,
    apology,
    logger,
    clock,
    isShared: shared !== undefined,
  });
  const taken = shared?.ofApp.taken ?? takenHere(clock.now);
  const passive = new PassiveAnswers(clock, undefined, shared?.ofApp.answers);
  const take = (message: IncomingMessage): Promise<string> => {
    let text: string | undefined;
    return turns.run(message.id, async () => {
      text ??= await adapter.take(message, (context) => bot.run(context));
      await taken.answered(message);
      return text;
    });
  };
  // Of a process that died; without a sender the platform delivers what it got no answer to again.
  if (sender && shared) turns.watch(taken, take);

  const receive = async (message: IncomingMessage, { req, res }: Exchange) => {
    const isOurs = app.agentId === undefined || message.agentId === '' || message.agentId === app.agentId;
    if (!isOurs) logger.warn({ message: message.id }, 'wecom: meant for another app (WECOM_AGENT_ID)');
    if (!isOurs || message.kind === 'nothing') return sendText(res, '');
    if (turns.isFull) throw new Refusal(503);
    await limits.message(message.userId); // The platform delivers again what is refused.
    const isNew = await taken.take(message);
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
  shared: SharedWeCom | undefined,
): MessageSender | undefined {
  if (!secret || !corpId || !agentId) return undefined;
  const token = shared?.token([apiBase, corpId, agentId, secret]);
  const api = new WeComApi({ base: apiBase, corpId, secret }, clock, undefined, token);
  return new MessageSender({ api, agentId, clock, logger });
}

function written(res: restify.Response, write: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    res.once('finish', () => resolve(true));
    res.once('close', () => resolve(res.writableFinished));
    write();
  });
}
