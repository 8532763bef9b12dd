/** The service with the 企业微信 channel and a stand-in platform, on free ports. */

import type { Ask } from '../../src/bot/ask';
import { BoundedStorage } from '../../src/bot/bounded-storage';
import { ReportBot } from '../../src/bot/report-bot';
import { wecomChannel } from '../../src/channels/wecom';
import type { Clock } from '../../src/channels/wecom/sending/clock';
import { loadWeComWording } from '../../src/channels/wecom/wording';
import type { WeComApp } from '../../src/config';
import type { ChartData } from '../../src/engine/answer-form';
import { createServer } from '../../src/server/create-server';
import { close, listen } from '../../src/server/run-server';
import { fakeAsk, recordingLogger, TODAY, WORDING } from '../bot/fake-engine';
import { AES_KEY, AGENT, CORP, StandInClient, TOKEN } from './stand-in-client';
import { StandInPlatform } from './stand-in-platform';

export const WECOM_WORDING = loadWeComWording('dialogs');

export interface Options {
  ask?: Ask;
  app?: Partial<WeComApp>;
  clock?: Clock;
  drawChart?: (chart: ChartData) => Promise<Buffer>;
}

export async function startWeCom({ ask = fakeAsk, app = {}, clock = hastyClock(), drawChart }: Options = {}) {
  const platform = new StandInPlatform();
  const apiBase = await platform.start();
  const { logger, lines } = recordingLogger();
  const turns: string[] = [];
  const counted: Ask = (question, focus, today) => {
    turns.push(question);
    return ask(question, focus, today);
  };
  const bot = new ReportBot({ ask: counted, storage: new BoundedStorage(), wording: WORDING, today: () => TODAY });
  const channel = wecomChannel({
    bot,
    app: {
      token: TOKEN,
      encodingAesKey: AES_KEY,
      corpId: CORP,
      agentId: AGENT,
      secret: platform.secret,
      apiBase,
      form: 'cards',
      ...app,
    },
    aiBot: { token: TOKEN, encodingAesKey: AES_KEY },
    wording: WECOM_WORDING,
    apology: WORDING.apology,
    logger,
    clock,
    ...(drawChart && { drawChart }),
  });
  const server = createServer({ routes: channel.routes, logger });
  const { port } = await listen(server, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    platform,
    client: new StandInClient(url, clock.now),
    channel,
    log: lines,
    /** What the engine was asked. */
    turns,
    /** Resolves when nothing is under way any more. */
    quiet: () => channel.settled(60_000 * SPEED),
    stop: async () => {
      await close(server, 2000);
      await platform.stop();
    },
  };
}

export type WeComService = Awaited<ReturnType<typeof startWeCom>>;

const SPEED = 1000;

/** Waits a thousandth of what it should: a minute's pause takes 60 ms. Time-outs of calls stay as they are. */
export function hastyClock(): Clock {
  return {
    now: Date.now,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms / SPEED).unref()),
    random: () => 0.5,
  };
}

/** Waits as long as it should, for what has to be ready in time. */
export function patientClock(): Clock {
  return { ...hastyClock(), wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()) };
}
