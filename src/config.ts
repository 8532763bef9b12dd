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

export const Environment = z.object({
  // 0 takes any free port; start-up prints which.
  PORT: whole('0 到 65535 之间的整数').pipe(z.number().max(65535, '0 到 65535 之间的整数')).default('3978'),
  HOST: z.string().optional(), // without it: every address of the machine, IPv4 and IPv6
  PUBLIC_URL: z.string().refine(isWebAddress, 'http:// 或 https:// 开头的网址').optional(),
  MicrosoftAppId: z.string().optional(), // without it /api/messages serves this machine only
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppType: z.enum(APP_TYPES, { message: `${APP_TYPES.join('、')} 之一` }).default('MultiTenant'),
  MicrosoftAppTenantId: z.string().optional(),
  DIRECTLINE_SECRET: z.string().optional(), // without it one is made at start, and tokens end with the process
  WEBCHAT_ORIGINS: z
    .string()
    .transform((text) => text.split(/[\s,，]+/).filter(Boolean))
    .refine((origins) => origins.every(isOrigin), '用逗号隔开的网站来源，例如 https://www.example.gov.cn，不带路径')
    .default(''),
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
  webChat: {
    /** Signs the tokens of the web chat, and is what servers of ours show. Undefined: one is to be made at start. */
    secret: string | undefined;
    /** Sites that may put the widget into their pages or speak Direct Line from them. */
    origins: string[];
  };
  folders: { data: string; dialogs: string };
}

export interface MicrosoftApp {
  id: string;
  /** Empty for a managed identity, which has none. */
  password: string;
  type: (typeof APP_TYPES)[number];
  tenantId: string | undefined;
}

const SECRETS = new Set(['MicrosoftAppPassword', 'DIRECTLINE_SECRET']);

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const read = Environment.safeParse(given);
  const problems = [...(read.error?.issues ?? []).map((issue) => wrongValue(issue, given)), ...appProblems(given)];
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
    webChat: { secret: settings.DIRECTLINE_SECRET, origins: settings.WEBCHAT_ORIGINS },
    folders: { data: settings.DATA_DIR, dialogs: settings.DIALOGS_DIR },
  };
}

function whole(expected: string) {
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number);
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
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
