/**
 * `npm run doctor`: looks at the settings, the data and what the service needs, and says of each channel whether it is on, off
 * or lacks something. Changes nothing. The exit code is 1 if the service would not start.
 *
 *     ✓ 好  – 没有开  ! 能用，但请看一眼  ✗ 要改
 */
import pino from 'pino';
import { loadBotWording } from './bot/wording';
import { loadTeamsWording } from './channels/botframework/teams/wording';
import { wecomStates } from './channels/wecom';
import { loadWeComWording } from './channels/wecom/wording';
import { type Config, readConfig } from './config';
import { loadKnowledge } from './engine/knowledge';
import { ProblemsFound, problemLine, together } from './problems';
import { assertFont } from './server/charts/draw-png';
import { portState } from './server/port-state';
import { connectState } from './state/connect-state';

type Mark = '✓' | '–' | '!' | '✗';
interface Finding {
  mark: Mark;
  about: string;
  found: string;
}

const STORE_WITHIN_MS = 4000;
const SHORTEST_SECRET = 32;

async function examine(): Promise<Finding[]> {
  const config = attempt('设置', readConfig);
  if (Array.isArray(config)) return config;
  return [
    { mark: '✓', about: '设置', found: '写法都对' },
    ...ofData(config),
    ...ofAddress(config),
    ...ofChannels(config),
    ...(await ofSurroundings(config)),
  ];
}

/** What is loaded, or every problem that the loading tells. */
function attempt<Loaded>(about: string, load: () => Loaded): Loaded | Finding[] {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof ProblemsFound)) throw error;
    return error.problems.map((problem) => ({ mark: '✗', about, found: problemLine(problem) }));
  }
}

function ofData({ folders, publicUrl, entryUrlTemplate }: Config): Finding[] {
  const loaded = attempt('数据和用语', () =>
    together(
      () => loadKnowledge(folders, { publicUrl, template: entryUrlTemplate }),
      () => loadBotWording(folders.dialogs),
      () => loadTeamsWording(folders.dialogs),
      () => loadWeComWording(folders.dialogs),
      () => assertFont(),
    ),
  );
  if (!isLoaded(loaded)) return loaded;
  const [{ library, entries }] = loaded;
  const found = `报告 ${library.reports.length} 份，百科条目 ${entries.entries.length} 条，用语都能用`;
  return [{ mark: '✓', about: '数据和用语', found }];
}

function isLoaded<Loaded extends unknown[]>(loaded: Loaded | Finding[]): loaded is Loaded {
  return !loaded.some((one) => typeof one === 'object' && one !== null && 'mark' in one);
}

function ofAddress({ publicUrl, limits }: Config): Finding[] {
  const { protocol, hostname } = new URL(publicUrl);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const address: Finding = isHere
    ? { mark: '!', about: '公众网址', found: `${publicUrl}，只有本机打得开；公众要用就设置 PUBLIC_URL` }
    : protocol === 'https:'
      ? { mark: '✓', about: '公众网址', found: publicUrl }
      : { mark: '!', about: '公众网址', found: `${publicUrl} 没有加密；企业微信和 Teams 只接 https` };
  const rate: Finding =
    limits.perMinute === 0
      ? { mark: '!', about: '访问限制', found: '关着（RATE_LIMIT_PER_MINUTE=0），只应在压力测试时这样' }
      : { mark: '✓', about: '访问限制', found: `每个地址每分钟 ${limits.perMinute} 次` };
  const isBehindProxy = limits.trustedProxies.length > 0;
  const proxies: Finding = isBehindProxy
    ? { mark: '✓', about: '反向代理', found: `相信 ${limits.trustedProxies.join('、')} 转来的访客地址` }
    : {
        mark: isHere ? '–' : '!',
        about: '反向代理',
        found: '没有设置 TRUSTED_PROXIES；前面如果有代理，所有访客会算成一个',
      };
  return [address, rate, proxies];
}

function ofChannels({ microsoftApp, wecomApp, wecomBot, webChat }: Config): Finding[] {
  const states = wecomStates(wecomApp, wecomBot);
  const isWhole = (state: string) => !/没有|只在/.test(state);
  const mark = (isOn: boolean, state: string): Mark => (!isOn ? '–' : isWhole(state) ? '✓' : '!');
  const { secret, origins } = webChat;
  return [
    microsoftApp
      ? { mark: '✓', about: 'Teams、Bot Framework', found: `开，${microsoftApp.type}` }
      : { mark: '–', about: 'Teams、Bot Framework', found: '只答本机（没有设置 MicrosoftAppId）' },
    { mark: mark(wecomApp !== undefined, states.app), about: '企业微信应用', found: states.app },
    { mark: mark(wecomBot !== undefined, states.aiBot), about: '企业微信智能机器人', found: states.aiBot },
    secret === undefined
      ? {
          mark: '!',
          about: '网页对话',
          found: '开，但没有设置 DIRECTLINE_SECRET：重启后对话要重新开始，也不能多个进程共用',
        }
      : secret.length < SHORTEST_SECRET
        ? { mark: '!', about: '网页对话', found: `开，但 DIRECTLINE_SECRET 不到 ${SHORTEST_SECRET} 个字符，请换长的` }
        : { mark: '✓', about: '网页对话', found: '开' },
    origins.length > 0
      ? { mark: '✓', about: '可嵌入的网站', found: origins.join('、') }
      : { mark: '–', about: '可嵌入的网站', found: '只有本站（没有设置 WEBCHAT_ORIGINS）' },
  ];
}

async function ofSurroundings({ port, host, state }: Config): Promise<Finding[]> {
  return [await ofPort(port, host), await ofStore(state)];
}

async function ofPort(port: number, host: string | undefined): Promise<Finding> {
  const found = await portState(port, host);
  const about = '端口';
  if (found === 'free') return { mark: '✓', about, found: port === 0 ? '任选' : `${port} 空着` };
  if (found === 'EADDRINUSE') return { mark: '!', about, found: `${port} 有程序在用；如果就是本服务，没有问题` };
  return { mark: '✗', about, found: `${port} 不能用（${found}）` };
}

async function ofStore({ redisUrl, prefix }: Config['state']): Promise<Finding> {
  const about = '共用状态';
  if (redisUrl === undefined)
    return { mark: '–', about, found: '在进程的内存里，只能开一个进程（没有设置 STATE_URL）' };
  const state = connectState({ url: redisUrl, prefix }, pino({ level: 'silent' }));
  for (const end = Date.now() + STORE_WITHIN_MS; Date.now() < end; ) {
    const isThere = await state.isThere().catch(() => false); // not yet
    if (isThere) {
      state.end();
      return { mark: '✓', about, found: `连得上 Redis，键以 ${prefix} 开头` };
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  state.end();
  return { mark: '✗', about, found: 'STATE_URL 指的 Redis 连不上：请看它开着没有，地址和密码对不对' };
}

examine().then(
  (findings) => {
    const wrong = findings.filter(({ mark }) => mark === '✗').length;
    for (const { mark, about, found } of findings) console.log(`${mark} ${about}：${found}`);
    console.log(wrong > 0 ? `\n有 ${wrong} 处要改，改好才能启动。` : '\n可以启动。');
    process.exit(wrong > 0 ? 1 : 0);
  },
  (error: unknown) => {
    console.error(`✗ 检查没有做完：${error instanceof Error ? error.name : typeof error}`);
    process.exit(1);
  },
);
