/**
 * WeChat Work (企业微信), self-built app in callback mode: joins the callback, the adapter and the sending. docs/wecom.md says
 * what is to be set where.
 */
import { setImmediate } from 'node:timers/promises';
import type { ActivityHandler } from 'botbuilder';
import type { Logger } from 'pino';
import type * as restify from 'restify';
import type { WeComApp } from '../../config';
import { faultForLog } from '../../fault';
import type { Route } from '../../server/create-server';
import { Refusal } from '../../server/refusal';
import { callbackRoute, sendText } from './callback-route';
import { PassiveAnswers } from './passive-answers';
import { Refusals } from './refusals';
import { Seen } from './seen';
import { type Clock, REAL_CLOCK } from './sending/clock';
import { MessageSender } from './sending/message-sender';
import { WeComApi } from './sending/wecom-api';
import { WeComAdapter } from './wecom-adapter';
import { CallbackCrypto } from './wire/callback-crypto';
import type { IncomingMessage } from './wire/incoming-message';
import { passiveReply } from './wire/write-xml';
import type { WeComWording } from './wording';

export interface WeComParts {
  bot: ActivityHandler;
  app: WeComApp;
  wording: WeComWording;
  apology: string;
  logger: Logger;
  clock?: Clock;
}

export interface WeComChannel {
  route: Route;
  /** For whoever starts the service: how it answers. */
  state: string;
  /** True once everything accepted so far is answered; false if the time was up before. */
  settled: (withinMs: number) => Promise<boolean>;
}

/** More are not accepted: the platform keeps them and delivers them again. */
const MOST_UNDER_WAY = 1000;

export function wecomChannel({ bot, app, wording, apology, logger, clock = REAL_CLOCK }: WeComParts): WeComChannel {
  const crypto = new CallbackCrypto(app.token, app.encodingAesKey, app.corpId);
  const sender = senderOf(app, logger, clock);
  const adapter = new WeComAdapter({ sender, form: app.form, wording, apology, logger, clock });
  const seen = new Seen(clock.now);
  const passive = new PassiveAnswers(clock);
  const underWay = new Set<Promise<string>>();

  // Between two turns the process looks at what has come in: acknowledging is quick, and has less time than answering.
  let lastBreath: Promise<void> = Promise.resolve();
  const breath = (): Promise<void> => {
    lastBreath = lastBreath.then(() => setImmediate());
    return lastBreath;
  };

  const runTurn = async (message: IncomingMessage): Promise<string> => {
    await breath();
    try {
      return await adapter.take(message, (context) => bot.run(context));
    } catch (error) {
      logger.error({ message: message.id, fault: faultForLog(error) }, 'wecom: turn lost');
      return '';
    }
  };

  const take = (message: IncomingMessage): Promise<string> => {
    const turn = runTurn(message).finally(() => underWay.delete(turn));
    underWay.add(turn);
    return turn;
  };

  const receive = async (message: IncomingMessage, req: restify.Request, res: restify.Response) => {
    const isOurs = app.agentId === undefined || message.agentId === '' || message.agentId === app.agentId;
    if (!isOurs) logger.warn({ message: message.id }, 'wecom: meant for another app (WECOM_AGENT_ID)');
    if (!isOurs || message.kind === 'nothing') return sendText(res, '');
    if (underWay.size >= MOST_UNDER_WAY) throw new Refusal(503);
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

  return {
    route: callbackRoute({ crypto, refusals: new Refusals(logger, clock), clock, receive }),
    state: stateOf(app),
    settled: (withinMs) => {
      const all = async () => {
        while (underWay.size > 0) await Promise.all(underWay);
        return true;
      };
      return Promise.race([all(), clock.wait(withinMs).then(() => false)]);
    },
  };
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

function stateOf({ secret, corpId }: WeComApp): string {
  if (secret) return '开，主动发送答复';
  const anyCorp = corpId ? '' : '；没有设置 WECOM_CORP_ID，不核对企业 ID';
  return `开，只在回调里答复一段文字（没有设置 WECOM_SECRET${anyCorp}）`;
}

function written(res: restify.Response, write: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    res.once('finish', () => resolve(true));
    res.once('close', () => resolve(res.writableFinished));
    write();
  });
}
