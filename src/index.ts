/**
 * Start-up of the service, top to bottom: settings, knowledge, bot, routes, listening; its end on SIGTERM or SIGINT; and on
 * SIGHUP another look at reports, entries, lexicon and wording.
 * Whatever is wrong with settings, reports or wording is told whole, and nothing starts.
 */
import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { type Ask, dayInChina, withChartUrls } from './bot/ask';
import { withDataSource } from './bot/data-source';
import { keeping } from './bot/kept/keeping';
import { logTurns } from './bot/log-turns';
import { remembering } from './bot/remembered-answers';
import { ReportBot } from './bot/report-bot';
import { loadBotWording } from './bot/wording';
import { messagesRoute } from './channels/botframework';
import { inTeams, type TakeTurn } from './channels/botframework/teams';
import { loadTeamsWording } from './channels/botframework/teams/wording';
import { keptState } from './channels/kept-state';
import { webChat } from './channels/webchat';
import { wecomChannel } from './channels/wecom';
import { loadWeComWording } from './channels/wecom/wording';
import { readConfig } from './config';
import { answer } from './engine/answer';
import type { ChartData } from './engine/answer-form';
import { loadKnowledge } from './engine/knowledge';
import { faultForLog, faultForStarter } from './fault';
import { Live, presently } from './live';
import { together } from './problems';
import { ChartAddresses } from './server/charts/chart-address';
import { ChartPictures } from './server/charts/chart-pictures';
import { chartRoutes } from './server/charts/chart-routes';
import { assertFont } from './server/charts/draw-png';
import { createServer } from './server/create-server';
import { healthRoutes } from './server/health';
import { addressOf, TrustedProxies } from './server/limits/client-address';
import { Gate } from './server/limits/gate';
import { protect } from './server/limits/protect';
import { rateLimits } from './server/limits/rate-limits';
import { sharedCounters } from './server/limits/shared-counters';
import { createLogger, pseudonyms } from './server/logger';
import { Metrics } from './server/metrics';
import { metricsRoute } from './server/metrics-route';
import { mountPages } from './server/mount-pages';
import { pageRoutes } from './server/pages/page-routes';
import { close, listen, requestsAnswered } from './server/run-server';
import { tellingFaults } from './server/telling-faults';
import { widgetRoutes } from './server/widget/widget-routes';
import { sharedSecret } from './state/shared-secret';

const LOG_EVERY_MS = 100;

async function start(): Promise<void> {
  const config = readConfig();
  const { port, host, publicUrl, microsoftApp, wecomApp, wecomBot, webChat: chatSettings, folders, limits } = config;
  const metrics = new Metrics();
  // Lines are written together, each at the latest when LOG_EVERY_MS is over.
  const output = pino.destination({ fd: 2, sync: false, minLength: 4096, maxLength: 10_000_000 });
  setInterval(() => output.flush(), LOG_EVERY_MS).unref();
  const logger = createLogger({
    level: config.logLevel,
    secrets: config.secrets,
    onFault: metrics.seeFault,
    write: (line) => output.write(line),
  });

  const state = keptState(config.state, logger);
  const storage = tellingFaults(state.storage, (call) => metrics.seeStoreFault('memory', call));
  const store = tellingFaults(state.conversations, (call) => metrics.seeStoreFault('conversations', call));
  const secret =
    chatSettings.secret ?? (state.shared ? await sharedSecret(state.shared, 'DIRECTLINE_SECRET') : madeSecret());
  const charts = { addresses: new ChartAddresses(secret, publicUrl), pictures: new ChartPictures() };
  const chartUrl = (chart: ChartData) => charts.addresses.urlOf(chart);

  const today = () => dayInChina();
  const keepers = keeping(config.kept, today, logger);

  const live = new Live(() => {
    const [wording, teamsWording, wecomWording, knowledge] = together(
      () => loadBotWording(folders.dialogs),
      () => loadTeamsWording(folders.dialogs),
      () => loadWeComWording(folders.dialogs),
      () => loadKnowledge(folders, { publicUrl, template: config.entryUrlTemplate }),
      () => assertFont(),
    );
    const engine = withChartUrls((question, focus, today) => answer(question, focus, knowledge, today), chartUrl);
    const ask = withDataSource(remembering(engine), wording, knowledge.library, publicUrl);
    const pages = pageRoutes({
      library: knowledge.library,
      entries: knowledge.entries,
      links: knowledge.links,
      names: knowledge.wording.names,
      examples: knowledge.wording.examples,
      today,
    });
    const card = {
      wording: teamsWording.card,
      reportTitles: new Map(knowledge.library.reports.map(({ id, title }) => [id, title])),
    };
    // Its search has an index of the knowledge, and keeps what it found.
    const teams = inTeams({
      ask,
      knowledge,
      wording: teamsWording,
      storage,
      today,
      onFeedback: (vote) => keepers.onFeedback?.(vote),
      logger,
    });
    return { wording, wecomWording, knowledge, ask, pages, card, teams };
  });
  const wording = presently(() => live.now.wording);
  const knowledge = presently(() => live.now.knowledge);
  const apology = () => wording.apology;
  const ask: Ask = (question, focus, day) => live.now.ask(question, focus, day);

  const bot = new ReportBot({
    ask,
    storage,
    order: state.order,
    wording,
    today,
    onFeedback: keepers.onFeedback,
    observers: [metrics.seeTurn, logTurns(logger, pseudonyms(secret)), ...keepers.observers],
    observerFailed: (error) => logger.error({ fault: faultForLog(error) }, 'observer failed'),
  });

  let isClosing = false;
  const gate = new Gate();
  const trusted = new TrustedProxies(limits.trustedProxies);
  const clientAddress = addressOf(trusted);
  const clientLimits = rateLimits(limits.perMinute, state.shared && sharedCounters(state.shared));
  const connectionsPerClient = limits.perMinute === 0 ? 0 : limits.connectionsPerClient;

  const wecom = wecomChannel({
    bot,
    app: wecomApp,
    aiBot: wecomBot,
    wording: presently(() => live.now.wecomWording),
    apology,
    logger,
    drawChart: (chart) => charts.pictures.picture(chart, 'png'),
    shared: state.wecom,
    limits: clientLimits,
  });
  const chat = webChat({
    bot,
    get botName() {
      return knowledge.wording.names.site;
    },
    apology,
    store,
    card: presently(() => live.now.card),
    logger,
    secret,
    publicUrl,
    origins: chatSettings.origins,
    limits: clientLimits,
    addressOf: clientAddress,
    socketsPerClient: connectionsPerClient,
  });
  const panel = {
    get title() {
      return knowledge.wording.names.site;
    },
    get welcome() {
      return wording.welcome;
    },
    get examples() {
      return knowledge.wording.examples;
    },
  };
  const teamsNow =
    (takeTurn: TakeTurn): TakeTurn =>
    (context) =>
      live.now.teams(takeTurn)(context);
  const routes = [
    mountPages(() => live.now.pages),
    chartRoutes(charts),
    chat.route,
    widgetRoutes({ settings: panel, origins: chatSettings.origins }),
    healthRoutes([() => !isClosing, state.isThere]),
    metricsRoute(metrics),
    messagesRoute({ bot, apology, microsoftApp, logger, teams: teamsNow, limits: clientLimits }),
    ...wecom.routes,
  ];
  const protection = protect({
    gate,
    limits: clientLimits,
    addressOf: clientAddress,
    trusted,
    connections: { inAll: limits.connections, ofOneClient: connectionsPerClient },
    verifiesSenders: /^\/(api\/messages|wecom\/)/,
    isHttps: publicUrl.startsWith('https:'),
    isClosing: () => isClosing,
    onShed: () => metrics.seeShed(),
  });
  metrics.read({
    sockets: chat.sockets,
    waitingRequests: () => gate.waiting,
    reports: () => knowledge.library.reports.length,
    entries: () => knowledge.entries.entries.length,
  });
  const server = createServer({ routes, logger, protection });
  const listening = await listen(server, port, host);
  void knowledge.entries.warmUp();

  const end = async () => {
    if (isClosing) return;
    isClosing = true;
    const within = config.shutdownMs;
    const closed = close(server, within);
    // Whoever listens is told to come back last: until then a message may be taken whose answer has to reach them.
    await requestsAnswered(server, chat.sockets, within);
    const ended = await Promise.all([chat.end(within), wecom.settled(within), closed]);
    console.log(ended.every(Boolean) ? '已停止。' : '已停止；到时限还没答完的请求被切断了。');
    await Promise.all([keepers.settled(), state.end()]);
    output.flushSync();
    process.exit(0);
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  // What nobody caught leaves nobody knows what behind; whoever watches the service starts it anew.
  process.on('uncaughtException', (error) => {
    logger.fatal({ fault: faultForLog(error) }, 'crashed');
    output.flushSync();
    process.exit(1);
  });
  process.on('SIGHUP', () => {
    const refused = live.reload();
    metrics.seeReload(refused === undefined);
    if (!refused) void knowledge.entries.warmUp();
    console.log(
      refused ? faultForStarter(refused, '没有重新载入，继续用原来的') : '已重新载入报告、百科、词表和用语。',
    );
    logger.info({ isDone: refused === undefined }, 'reload');
  });

  console.log(`已启动，用时 ${Math.round(performance.now())} 毫秒：http://localhost:${listening.port}（公众网址 ${publicUrl}）
  Bot Framework（/api/messages）：${microsoftApp ? `开，${microsoftApp.type}` : '只限本机（没有设置 MicrosoftAppId）'}
  企业微信应用（/wecom/callback）：${wecom.states.app}
  企业微信智能机器人（/wecom/bot）：${wecom.states.aiBot}
  状态：${state.shared ? `Redis（STATE_URL），键以 ${config.state.prefix} 开头` : '只在本进程的内存里（没有设置 STATE_URL）'}
  网页对话（/v3/directline）：${secretRemark(chatSettings.secret, state.shared !== undefined)}，可嵌入的网站：${chatSettings.origins.join('、') || '只有本站'}
  没答上来的问题和评价：${config.kept.days > 0 ? `隐去证件号和姓名后记在 ${config.kept.folder}，保留 ${config.kept.days} 天` : '不记（KEEP_DAYS=0）'}`);
}

function madeSecret(): string {
  return randomBytes(48).toString('base64url');
}

function secretRemark(secret: string | undefined, isShared: boolean): string {
  if (secret === undefined && isShared) return '开，密钥随机生成、放在 Redis 里（没有设置 DIRECTLINE_SECRET）';
  if (secret === undefined) return '开，密钥随机生成（没有设置 DIRECTLINE_SECRET，重启后旧令牌作废）';
  return secret.length < 32 ? '开，但 DIRECTLINE_SECRET 太短，请换成 32 个字符以上的' : '开';
}

start().catch((error: unknown) => {
  console.error(faultForStarter(error));
  process.exit(1);
});
