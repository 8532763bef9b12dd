/**
 * Start-up of the service, top to bottom: settings, knowledge, bot, routes, listening; and its end on SIGTERM or SIGINT.
 * Whatever is wrong with settings, reports or wording is told whole, and nothing starts.
 */
import pino from 'pino';
import { type Ask, dayInChina } from './bot/ask';
import { BoundedStorage } from './bot/bounded-storage';
import { ReportBot } from './bot/report-bot';
import { loadBotWording } from './bot/wording';
import { messagesRoute } from './channels/botframework';
import { wecomChannel } from './channels/wecom';
import { loadWeComWording } from './channels/wecom/wording';
import { readConfig } from './config';
import { answer } from './engine/answer';
import { loadKnowledge } from './engine/knowledge';
import { faultForStarter, together } from './fault';
import { createServer } from './server/create-server';
import { healthRoutes } from './server/health';
import { mountPages } from './server/mount-pages';
import { pageRoutes } from './server/pages/page-routes';
import { CLOSE_WITHIN_MS, close, listen } from './server/run-server';

async function start(): Promise<void> {
  const { port, host, publicUrl, microsoftApp, wecomApp, wecomBot, folders } = readConfig();
  const logger = pino(pino.destination({ fd: 2, sync: true }));
  const [wording, wecomWording, knowledge] = together(
    () => loadBotWording(folders.dialogs),
    () => loadWeComWording(folders.dialogs),
    () => loadKnowledge(folders, { publicUrl }),
  );

  const ask: Ask = (question, focus, today) => answer(question, focus, knowledge, today);
  const bot = new ReportBot({ ask, storage: new BoundedStorage(), wording, today: () => dayInChina() });

  const wecom = wecomChannel({
    bot,
    app: wecomApp,
    aiBot: wecomBot,
    wording: wecomWording,
    apology: wording.apology,
    logger,
  });

  let isClosing = false;
  const pages = pageRoutes({
    library: knowledge.library,
    entries: knowledge.entries,
    links: knowledge.links,
    names: knowledge.wording.names,
    examples: knowledge.wording.examples,
    today: () => dayInChina(),
  });
  const routes = [
    mountPages(pages),
    healthRoutes([() => !isClosing]),
    messagesRoute({ bot, apology: wording.apology, microsoftApp, logger }),
    ...wecom.routes,
  ];
  const server = createServer({ routes, logger });
  const listening = await listen(server, port, host);

  const end = async () => {
    if (isClosing) return;
    isClosing = true;
    const isFinished = (await close(server)) && (await wecom.settled(CLOSE_WITHIN_MS));
    console.log(isFinished ? '已停止。' : '已停止；到时限还没答完的请求被切断了。');
    process.exit(0);
  };
  process.on('SIGTERM', end).on('SIGINT', end);

  console.log(`已启动，用时 ${Math.round(performance.now())} 毫秒：http://localhost:${listening.port}（公众网址 ${publicUrl}）
  Bot Framework（/api/messages）：${microsoftApp ? `开，${microsoftApp.type}` : '只限本机（没有设置 MicrosoftAppId）'}
  企业微信应用（/wecom/callback）：${wecom.states.app}
  企业微信智能机器人（/wecom/bot）：${wecom.states.aiBot}`);
}

start().catch((error: unknown) => {
  console.error(faultForStarter(error));
  process.exit(1);
});
