/**
 * The AI bot (智能机器人) in callback mode: JSON in place of XML, answers in the response as a finished stream, with tables.
 * It needs no secret and no list of trusted addresses; it also hears groups that address it.
 *
 * Not the long connection: of the package published for it, connecting again leaves two connections of one bot alive, which
 * put each other out, and a handshake that is never answered is waited for without end (1.0.7).
 */
import type { Logger } from 'pino';
import type { Bot } from '../../bot/bot';
import type { Apology } from '../../bot/turn-failed';
import type { Route } from '../../server/create-server';
import type { RateLimits } from '../../server/limits/rate-limits';
import { Refusal } from '../../server/refusal';
import { BotAnswers } from './bot-answers';
import { callbackRoute, type Exchange, sendText } from './callback-route';
import { IN_RESPONSE } from './form/activity-messages';
import { Refusals } from './refusals';
import type { Clock } from './sending/clock';
import type { SharedWeCom } from './shared';
import type { TurnsUnderWay } from './turns-under-way';
import { WeComAdapter } from './wecom-adapter';
import { type BotCallback, botWire } from './wire/bot-message';
import { CallbackCrypto } from './wire/callback-crypto';
import type { WeComWording } from './wording';

export interface AiBotParts {
  bot: Bot;
  keys: { token: string; encodingAesKey: string };
  wording: WeComWording;
  apology: Apology;
  logger: Logger;
  clock: Clock;
  turns: TurnsUnderWay;
  limits: RateLimits;
  shared: SharedWeCom | undefined;
}

export function aiBotRoute({ bot, keys, wording, apology, logger, clock, turns, limits, shared }: AiBotParts): Route {
  const crypto = new CallbackCrypto(keys.token, keys.encodingAesKey, '');
  const inResponse = IN_RESPONSE.bot;
  const adapter = new WeComAdapter({
    sender: undefined,
    form: 'markdown',
    inResponse,
    wording,
    apology,
    logger,
    clock,
    isShared: shared !== undefined,
  });
  const answers = new BotAnswers(clock, wording, shared?.ofBot.answers);
  const taken = shared?.ofBot.taken;

  const replyTo = async (callback: BotCallback) => {
    if (callback.kind === 'poll') return answers.poll(callback.streamId);
    const { message } = callback;
    if (message.kind === 'nothing') return undefined;
    if (turns.isFull) throw new Refusal(503);
    await limits.message(message.userId);
    let text: string | undefined;
    const make = () =>
      turns.run(message.id, async () => {
        text ??= await adapter.take(message, (context) => bot.run(context));
        await taken?.answered(message);
        return text;
      });
    // Shared, it is the first process that makes the answer; alone, BotAnswers knows what it has.
    const isElsewhere = taken !== undefined && !(await taken.take(message));
    return answers.open(message.key, isElsewhere ? undefined : make);
  };

  const receive = async (callback: BotCallback, { res, nonce }: Exchange) => {
    const stream = await replyTo(callback);
    if (!stream) return sendText(res, '');
    // Somebody who comes in is greeted with a text: a stream answers a message only.
    const isEntering = callback.kind === 'message' && callback.message.kind === 'enter';
    const reply = isEntering ? { msgtype: 'text', text: { content: stream.stream.content } } : stream;
    const timestamp = Math.floor(clock.now() / 1000);
    // The nonce is the request's own here, and the signature's name has no underscore.
    const sealed = crypto.seal(JSON.stringify(reply), { timestamp: String(timestamp), nonce });
    const packet = { encrypt: sealed.encrypt, msgsignature: sealed.signature, timestamp, nonce };
    sendText(res, JSON.stringify(packet), 'application/json; charset=utf-8');
  };

  const refusals = new Refusals(logger, clock);
  return callbackRoute({ path: '/wecom/bot', crypto, wire: botWire(clock.now), refusals, clock, receive });
}
