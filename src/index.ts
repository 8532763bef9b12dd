/**
 * Start-up of the service, top to bottom: settings, knowledge, bot, routes, listening; and its end on SIGTERM or SIGINT.
 * Whatever is wrong with settings, reports or wording is told whole, and nothing starts.
 */
import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { type Ask, dayInChina, withChartUrls } from './bot/ask';
import { BoundedStorage } from './bot/bounded-storage';
import { withDataSource } from './bot/data-source';
import { keeping } from './bot/kept/keeping';
import { ReportBot } from './bot/report-bot';
import { loadBotWording } from './bot/wording';
import { messagesRoute } from './channels/botframework';
import { inTeams } from './channels/botframework/teams';
import { loadTeamsWording } from './channels/botframework/teams/wording';
import { webChat } from './channels/webchat';
import { MemoryConversationStore } from './channels/webchat/memory-store';
import { wecomChannel } from './channels/wecom';
import { loadWeComWording } from './channels/wecom/wording';
import { readConfig } from './config';
import { answer } from './engine/answer';
import type { ChartData } from './engine/answer-form';
import { loadKnowledge } from './engine/knowledge';
import { faultForStarter } from './fault';
import { together } from './problems';
import { ChartAddresses } from './server/charts/chart-address';
import { ChartPictures } from './server/charts/chart-pictures';
import { chartRoutes } from './server/charts/chart-routes';
import { assertFont } from './server/charts/draw-png';
import { createServer } from './server/create-server';
import { healthRoutes } from './server/health';
import { mountPages } from './server/mount-pages';
import { pageRoutes } from './server/pages/page-routes';
import { CLOSE_WITHIN_MS, close, listen } from './server/run-server';
import { widgetRoutes } from './server/widget/widget-routes';

async function start(): Promise<void> {
  const config = readConfig();
  const { port, host, publicUrl, microsoftApp, wecomApp, wecomBot, webChat: chatSettings, folders } = config;
  const logger = pino(pino.destination({ fd: 2, sync: true }));
  const [wording, teamsWording, wecomWording, knowledge] = together(
    () => loadBotWording(folders.dialogs),
    () => loadTeamsWording(folders.dialogs),
    () => loadWeComWording(folders.dialogs),
    () => loadKnowledge(folders, { publicUrl, template: config.entryUrlTemplate }),
    () => assertFont(),
  );

  const secret = chatSettings.secret ?? randomBytes(48).toString('base64url');
  const charts = { addresses: new ChartAddresses(secret, publicUrl), pictures: new ChartPictures() };
  const chartUrl = (chart: ChartData) => charts.addresses.urlOf(chart);
  const engine: Ask = (question, focus, today) => answer(question, focus, knowledge, today);
  const ask = withChartUrls(withDataSource(engine, wording, knowledge.library, publicUrl), chartUrl);
  const storage = new BoundedStorage();
  const today = () => dayInChina();
  const keepers = keeping(config.kept, today, logger);
  const bot = new ReportBot({ ask, storage, wording, today, ...keepers });
  const teams = inTeams({
    ask,
    knowledge,
    wording: teamsWording,
    storage,
    today,
    chartUrl,
    onFeedback: (vote) => keepers.onFeedback?.(vote),
    logger,
  });

  const wecom = wecomChannel({
    bot,
    app: wecomApp,
    aiBot: wecomBot,
    wording: wecomWording,
    apology: wording.apology,
    logger,
    drawChart: (chart) => charts.pictures.picture(chart, 'png'),
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
  const chat = webChat({
    bot,
    botName: knowledge.wording.names.site,
    apology: wording.apology,
    store: new MemoryConversationStore(),
    card: {
      wording: teamsWording.card,
      reportTitles: new Map(knowledge.library.reports.map(({ id, title }) => [id, title])),
      chartUrl,
    },
    logger,
    secret,
    publicUrl,
    origins: chatSettings.origins,
  });
  const routes = [
    mountPages(pages),
    chartRoutes(charts),
    chat.route,
    widgetRoutes({
      settings: { title: knowledge.wording.names.site, welcome: wording.welcome, examples: knowledge.wording.examples },
      origins: chatSettings.origins,
    }),
    healthRoutes([() => !isClosing]),
    messagesRoute({ bot, apology: wording.apology, microsoftApp, logger, teams }),
    ...wecom.routes,
  ];
  const server = createServer({ routes, logger });
  const listening = await listen(server, port, host);
  void knowledge.entries.warmUp();

  const end = async () => {
    if (isClosing) return;
    isClosing = true;
    const ended = await Promise.all([close(server), chat.end()]);
    const isFinished = ended[0] && (await wecom.settled(CLOSE_WITHIN_MS));
    console.log(isFinished ? '已停止。' : '已停止；到时限还没答完的请求被切断了。');
    process.exit(0);
  };
  process.on('SIGTERM', end).on('SIGINT', end);

  console.log(`已启动，用时 ${Math.round(performance.now())} 毫秒：http://localhost:${listening.port}（公众网址 ${publicUrl}）
  Bot Framework（/api/messages）：${microsoftApp ? `开，${microsoftApp.type}` : '只限本机（没有设置 MicrosoftAppId）'}
  企业微信应用（/wecom/callback）：${wecom.states.app}
  企业微信智能机器人（/wecom/bot）：${wecom.states.aiBot}
  网页对话（/v3/directline）：${secretRemark(chatSettings.secret)}，可嵌入的网站：${chatSettings.origins.join('、') || '只有本站'}
  没答上来的问题和评价：${config.kept.days > 0 ? `隐去证件号和姓名后记在 ${config.kept.folder}，保留 ${config.kept.days} 天` : '不记（KEEP_DAYS=0）'}`);
}

function secretRemark(secret: string | undefined): string {
  if (secret === undefined) return '开，密钥随机生成（没有设置 DIRECTLINE_SECRET，重启后旧令牌作废）';
  return secret.length < 32 ? '开，但 DIRECTLINE_SECRET 太短，请换成 32 个字符以上的' : '开';
}

start().catch((error: unknown) => {
  console.error(faultForStarter(error));
  process.exit(1);
});
