/**
 * The settings of the service, read once from the environment. The only file that sees process.env.
 *
 * An empty variable counts as missing, so a line `PORT=` in a .env does no harm. All problems are thrown together
 * (ProblemsFound), each naming its variable; what a secret holds is never repeated in them.
 *
 * .env.example lists the same keys, one remark each; a test holds the two together.
 */
import { z } from 'zod';
import { type Problem, ProblemsFound } from './problems';

const APP_TYPES = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const WECOM_FORMS = ['cards', 'markdown', 'text'] as const;

export const Environment = z.object({
  // 0 takes any free port; start-up prints which.
  PORT: whole('0 到 65535 之间的整数').pipe(z.number().max(65535, '0 到 65535 之间的整数')).default('3978'),
  HOST: z.string().optional(), // without it: every address of the machine, IPv4 and IPv6
  PUBLIC_URL: z.string().refine(isWebAddress, 'http:// 或 https:// 开头的网址').optional(),
  MicrosoftAppId: z.string().optional(), // without it /api/messages serves this machine only
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppType: z.enum(APP_TYPES, { message: `${APP_TYPES.join('、')} 之一` }).default('MultiTenant'),
  MicrosoftAppTenantId: z.string().optional(),
  // 企业微信. Without token and key the channel stays off.
  WECOM_CORP_ID: z.string().optional(), // who the app belongs to; needed to send
  WECOM_AGENT_ID: z
    .string()
    .regex(/^\d{1,12}$/, '应用页上的一串数字')
    .optional(), // needed to send
  WECOM_SECRET: z.string().optional(), // without it answers go into the response, as one text
  WECOM_TOKEN: z.string().optional(),
  WECOM_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9]{43}$/, '43 个字母或数字')
    .optional(),
  WECOM_API_BASE: z
    .string()
    .refine(isWebAddress, 'http:// 或 https:// 开头的网址')
    .default('https://qyapi.weixin.qq.com'),
  // 企业微信智能机器人, the second way in. Without both it stays off.
  WECOM_BOT_TOKEN: z.string().optional(),
  WECOM_BOT_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9]{43}$/, '43 个字母或数字')
    .optional(),
  WECOM_FORM: z.enum(WECOM_FORMS, { message: `${WECOM_FORMS.join('、')} 之一` }).default('cards'),
  DIRECTLINE_SECRET: z.string().optional(), // without it one is made at start, and tokens end with the process
  WEBCHAT_ORIGINS: z
    .string()
    .transform((text) => text.split(/[\s,，]+/).filter(Boolean))
    .refine((origins) => origins.every(isOrigin), '用逗号隔开的网站来源，例如 https://www.example.gov.cn，不带路径')
    .default(''),
  // Questions that weren't answered and votes, masked; 0 days keeps none.
  KEEP_DIR: z.string().default('var/kept'),
  KEEP_DAYS: whole('0 到 3650 之间的天数').pipe(z.number().max(3650, '0 到 3650 之间的天数')).default('90'),
  BAIKE_URL_TEMPLATE: z
    .string()
    .refine(
      (text) => isWebAddress(text) && /\{(id|title)\}/.test(text),
      'http:// 或 https:// 开头的网址，里面有 {id} 或 {title}，例如 https://www.example.gov.cn/baike?id={id}',
    )
    .optional(), // without it entries are read on this service
  // What several processes share: redis:// or rediss://. memory: keeps it in this process, bounded.
  STATE_URL: z.string().refine(isStateAddress, 'memory: 或 redis://、rediss:// 开头的地址').default('memory:'),
  STATE_PREFIX: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, '1 到 64 个字母、数字或 . : _ -')
    .default('lyg12345:'), // what every key in Redis begins with
  STATE_EXPIRE_HOURS: whole('1 到 720 之间的整数')
    .pipe(z.number().min(1, '1 到 720 之间的整数').max(720, '1 到 720 之间的整数'))
    .default('8'), // how long an untouched conversation is remembered
  // Requests of one client in a minute; 0 turns off every limit of a client, for load tests.
  RATE_LIMIT_PER_MINUTE: whole('0（不限）或每分钟的次数').default('600'),
  // Proxies of ours, whose X-Forwarded-For is believed.
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(/[\s,，]+/).filter(Boolean))
    .refine((all) => all.every(isAddressOrNetwork), '用逗号隔开的 IP 地址或网段，例如 127.0.0.1,10.0.0.0/8')
    .default(''),
  MAX_CONNECTIONS: atLeastOne('同时连接数，1 以上的整数').default('12000'), // HTTP and WebSocket together
  MAX_CONNECTIONS_PER_CLIENT: atLeastOne('一个地址的同时连接数，1 以上的整数').default('500'),
  SHUTDOWN_SECONDS: atLeastOne('停止时最多等几秒，1 以上的整数').default('8'), // Docker kills after ten
  LOG_LEVEL: z.enum(LOG_LEVELS, { message: `${LOG_LEVELS.join('、')} 之一` }).default('info'),
  DATA_DIR: z.string().default('data'),
  DIALOGS_DIR: z.string().default('dialogs'),
});

export interface Config {
  port: number;
  /** Undefined listens on every address. */
  host: string | undefined;
  /** Where people reach the service, without a slash at the end: links in answers start with it. */
  publicUrl: string;
  /** Undefined: no Bot Framework registration, so requests from this machine only. */
  microsoftApp: MicrosoftApp | undefined;
  /** Undefined: the 企业微信 channel is off. */
  wecomApp: WeComApp | undefined;
  /** Undefined: the AI bot of 企业微信 is off. */
  wecomBot: WeComBot | undefined;
  webChat: {
    /** Signs the tokens of the web chat, and is what servers of ours show. Undefined: one is to be made at start. */
    secret: string | undefined;
    /** Sites that may put the widget into their pages or speak Direct Line from them. */
    origins: string[];
  };
  /** Where an entry of the encyclopedia is read; undefined: on this service. */
  entryUrlTemplate: string | undefined;
  state: {
    /** Undefined: kept in this process. */
    redisUrl: string | undefined;
    prefix: string;
    /** An untouched conversation is forgotten after this. */
    expireMs: number;
  };
  limits: {
    /** 0: none of a client's limits holds. */
    perMinute: number;
    trustedProxies: string[];
    connections: number;
    connectionsPerClient: number;
  };
  /** Closing is over after this, whatever is still under way. */
  shutdownMs: number;
  logLevel: (typeof LOG_LEVELS)[number];
  folders: { data: string; dialogs: string };
  /** What may stand in no log. */
  secrets: string[];
  /** What wasn't answered and what was voted on, kept so many days; 0 is not at all. */
  kept: { folder: string; days: number };
}

export interface MicrosoftApp {
  id: string;
  /** Empty for a managed identity, which has none. */
  password: string;
  type: (typeof APP_TYPES)[number];
  tenantId: string | undefined;
}

export interface WeComApp {
  token: string;
  encodingAesKey: string;
  /** Undefined: whoever holds token and key is believed. */
  corpId: string | undefined;
  agentId: string | undefined;
  /** Undefined: answers go into the response to the callback. */
  secret: string | undefined;
  /** Without a slash at the end. */
  apiBase: string;
  form: (typeof WECOM_FORMS)[number];
}

export interface WeComBot {
  token: string;
  encodingAesKey: string;
}

const SECRETS = new Set([
  'STATE_URL', // may hold a password
  'DIRECTLINE_SECRET',
  'WECOM_BOT_TOKEN',
  'WECOM_BOT_ENCODING_AES_KEY',
  'MicrosoftAppPassword',
  'WECOM_SECRET',
  'WECOM_TOKEN',
  'WECOM_ENCODING_AES_KEY',
]);

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const read = Environment.safeParse(given);
  const problems = [
    ...(read.error?.issues ?? []).map((issue) => wrongValue(issue, given)),
    ...appProblems(given),
    ...wecomProblems(given),
  ];
  if (!read.success || problems.length > 0) throw new ProblemsFound(problems);
  const settings = read.data;
  return {
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, ''),
    microsoftApp: settings.MicrosoftAppId
      ? {
          id: settings.MicrosoftAppId,
          password: settings.MicrosoftAppPassword ?? '',
          type: settings.MicrosoftAppType,
          tenantId: settings.MicrosoftAppTenantId,
        }
      : undefined,
    wecomApp: wecomAppOf(settings),
    wecomBot: wecomBotOf(settings),
    webChat: { secret: settings.DIRECTLINE_SECRET, origins: settings.WEBCHAT_ORIGINS },
    entryUrlTemplate: settings.BAIKE_URL_TEMPLATE,
    state: {
      redisUrl: settings.STATE_URL === 'memory:' ? undefined : settings.STATE_URL,
      prefix: settings.STATE_PREFIX,
      expireMs: settings.STATE_EXPIRE_HOURS * 60 * 60 * 1000,
    },
    limits: {
      perMinute: settings.RATE_LIMIT_PER_MINUTE,
      trustedProxies: settings.TRUSTED_PROXIES,
      connections: settings.MAX_CONNECTIONS,
      connectionsPerClient: settings.MAX_CONNECTIONS_PER_CLIENT,
    },
    shutdownMs: settings.SHUTDOWN_SECONDS * 1000,
    logLevel: settings.LOG_LEVEL,
    folders: { data: settings.DATA_DIR, dialogs: settings.DIALOGS_DIR },
    secrets: secretsIn(given),
    kept: { folder: settings.KEEP_DIR, days: settings.KEEP_DAYS },
  };
}

/** Of an address with a password in it, the password. */
function secretsIn(given: NodeJS.ProcessEnv): string[] {
  return [...SECRETS].flatMap((key) => {
    const value = given[key];
    if (value === undefined) return [];
    if (!URL.canParse(value)) return [value];
    const { password } = new URL(value);
    return password ? [password, decodeURIComponent(password)] : [];
  });
}

function wecomBotOf(settings: z.infer<typeof Environment>): WeComBot | undefined {
  const { WECOM_BOT_TOKEN: token, WECOM_BOT_ENCODING_AES_KEY: encodingAesKey } = settings;
  return token && encodingAesKey ? { token, encodingAesKey } : undefined;
}

function wecomAppOf(settings: z.infer<typeof Environment>): WeComApp | undefined {
  const { WECOM_TOKEN: token, WECOM_ENCODING_AES_KEY: encodingAesKey } = settings;
  if (!token || !encodingAesKey) return undefined;
  return {
    token,
    encodingAesKey,
    corpId: settings.WECOM_CORP_ID,
    agentId: settings.WECOM_AGENT_ID,
    secret: settings.WECOM_SECRET,
    apiBase: settings.WECOM_API_BASE.replace(/\/+$/, ''),
    form: settings.WECOM_FORM,
  };
}

function whole(expected: string) {
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number);
}

function atLeastOne(expected: string) {
  return whole(expected).pipe(z.number().min(1, expected));
}

/** 192.0.2.1, 2001:db8::/32 */
function isAddressOrNetwork(text: string): boolean {
  return z.string().ip().or(z.string().cidr()).safeParse(text).success;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function isStateAddress(text: string): boolean {
  return text === 'memory:' || (/^rediss?:\/\/[^/]/i.test(text) && URL.canParse(text));
}

/** As browsers write it: scheme and host, a port only where it isn't the usual one. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[\w.-]+(:\d+)?$/.test(text) && isWebAddress(text) && new URL(text).origin === text;
}

function wrongValue(issue: z.ZodIssue, given: NodeJS.ProcessEnv): Problem {
  const key = String(issue.path[0]);
  const found = SECRETS.has(key) ? '（不显示）' : `“${given[key]?.slice(0, 60)}”`;
  return { file: '环境变量', place: key, expected: issue.message, found };
}

/** What the registration's type asks for. The SDK would throw at the first request, one fault at a time. */
function appProblems(given: NodeJS.ProcessEnv): Problem[] {
  const set = (key: string) => given[key] !== undefined;
  const told = (place: string, expected: string, found: string) => ({ file: '环境变量', place, expected, found });
  if (!set('MicrosoftAppId')) {
    const others = ['MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId'].filter(set);
    return others.length > 0 ? [told('MicrosoftAppId', `有值（已设置了 ${others.join('、')}）`, '没有设置')] : [];
  }
  const managed = given['MicrosoftAppType'] === 'UserAssignedMSI';
  const oneTenant = managed || given['MicrosoftAppType'] === 'SingleTenant';
  const problems: Problem[] = [];
  if (!managed && !set('MicrosoftAppPassword')) problems.push(told('MicrosoftAppPassword', '有值', '没有设置'));
  if (managed && set('MicrosoftAppPassword')) {
    problems.push(told('MicrosoftAppPassword', '不设置（UserAssignedMSI 不用密码）', '设置了（不显示）'));
  }
  if (oneTenant && !set('MicrosoftAppTenantId')) {
    problems.push(told('MicrosoftAppTenantId', `有值（${given['MicrosoftAppType']} 需要）`, '没有设置'));
  }
  return problems;
}

/** What one 企业微信 setting needs of the others: half a channel would take messages and never answer. */
function wecomProblems(given: NodeJS.ProcessEnv): Problem[] {
  const set = (key: string) => given[key] !== undefined;
  const toReceive = ['WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'];
  const toSend = ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET'];
  const ofBot = ['WECOM_BOT_TOKEN', 'WECOM_BOT_ENCODING_AES_KEY'];
  const missing = (all: string[], needed: string[]): Problem[] => {
    const there = all.filter(set);
    if (there.length === 0) return [];
    const expected = `有值（已设置了 ${there.join('、')}）`;
    return needed.filter((key) => !set(key)).map((place) => ({ file: '环境变量', place, expected, found: '没有设置' }));
  };
  const needed = set('WECOM_SECRET') ? [...toReceive, ...toSend] : toReceive;
  return [...missing([...toReceive, ...toSend], needed), ...missing(ofBot, ofBot)];
}
