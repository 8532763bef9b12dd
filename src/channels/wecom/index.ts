/**
 * WeChat Work (企业微信): the two ways in, a self-built app and the AI bot, each on as far as it is set up. docs/wecom.md says
 * what is to be set where.
 */
import type { Logger } from 'pino';
import type { Bot } from '../../bot/bot';
import type { Apology } from '../../bot/turn-failed';
import type { WeComApp, WeComBot } from '../../config';
import type { Route } from '../../server/create-server';
import { NO_LIMITS, type RateLimits } from '../../server/limits/rate-limits';
import { aiBotRoute } from './ai-bot';
import { selfBuiltAppRoute } from './self-built-app';
import type { DrawChart } from './sending/chart-images';
import { type Clock, REAL_CLOCK } from './sending/clock';
import type { SharedWeCom } from './shared';
import { TurnsUnderWay } from './turns-under-way';
import type { WeComWording } from './wording';

export interface WeComParts {
  bot: Bot;
  app: WeComApp | undefined;
  aiBot: WeComBot | undefined;
  wording: WeComWording;
  apology: Apology;
  logger: Logger;
  clock?: Clock;
  /** A chart as PNG, for the app to send as an image; undefined: charts are links. */
  drawChart?: DrawChart;
  limits?: RateLimits;
  /** With other processes of the service; undefined: this is the only one. */
  shared?: SharedWeCom | undefined;
}

export interface WeComChannel {
  routes: Route[];
  /** For whoever starts the service: what is on, and how it answers. */
  states: { app: string; aiBot: string };
  /** True once everything accepted so far is answered; false if the time was up before. */
  settled: (withinMs: number) => Promise<boolean>;
}

export function wecomChannel({
  app,
  aiBot,
  clock = REAL_CLOCK,
  limits = NO_LIMITS,
  shared,
  ...parts
}: WeComParts): WeComChannel {
  const turns = new TurnsUnderWay(parts.logger);
  const routes: Route[] = [];
  if (app) routes.push(selfBuiltAppRoute({ ...parts, app, clock, turns, limits, shared }));
  if (aiBot) routes.push(aiBotRoute({ ...parts, keys: aiBot, clock, turns, limits, shared }));
  return {
    routes,
    states: wecomStates(app, aiBot),
    settled: (withinMs) => Promise.race([turns.settled(), clock.wait(withinMs).then(() => false)]),
  };
}

export function wecomStates(app: WeComApp | undefined, aiBot: WeComBot | undefined): WeComChannel['states'] {
  return {
    app: app ? stateOf(app) : '没有开（没有设置 WECOM_TOKEN、WECOM_ENCODING_AES_KEY）',
    aiBot: aiBot ? '开，在回调里答复' : '没有开（没有设置 WECOM_BOT_TOKEN、WECOM_BOT_ENCODING_AES_KEY）',
  };
}

function stateOf({ secret, corpId }: WeComApp): string {
  if (secret) return '开，主动发送答复';
  const anyCorp = corpId ? '' : '；没有设置 WECOM_CORP_ID，不核对企业 ID';
  return `开，只在回调里答复一段文字（没有设置 WECOM_SECRET${anyCorp}）`;
}
