/** What was asked of `npm run qa`, `qa:draft`, `qa:rollover` and `qa:misses`. */
import { parseArgs } from 'node:util';

export const CHANNELS = ['direct', 'teams', 'wecom'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface CheckOptions {
  files: string[];
  /** A service that runs; undefined: the bot in this process. */
  target: string | undefined;
  secret: string | undefined;
  channel: Channel;
  filter: string | undefined;
  compare: string | undefined;
  out: string | undefined;
  today: string | undefined;
}

export type Asked =
  | { task: 'check'; options: CheckOptions }
  | { task: 'draft'; options: { report: string | undefined; all: boolean; out: string | undefined; files: string[] } }
  | { task: 'rollover'; options: { from: string; to: string; out: string | undefined; files: string[] } }
  | { task: 'misses'; options: { days: number | undefined; out: string | undefined } };

export const USAGE = `用法：
  npm run qa                                 检查 dialogs/scripts 里的全部脚本
  npm run qa -- 文件或文件夹 ……              只检查这些
      --filter 文字                          只检查编号、对话、问题、文件名里有这几个字的
      --channel direct|teams|wecom           按哪个渠道的样子检查（默认 direct）
      --target 网址 [--secret 密钥]          检查正在运行的服务（网页对话的接口；加 --channel teams 走 /api/messages）
      --compare 上一次的results.json         列出与上一次的不同
      --out 文件夹                           结果写到哪里（默认 out/qa）
      --today YYYY-MM-DD                     按那一天来答
  npm run qa:draft [-- --report 报告编号] [--all] [--out 文件.xlsx]
                                             给没问到的格子各拟一问
  npm run qa:rollover -- --from 年份 --to 年份或新报告.json [--out 文件.xlsx]
                                             换新一年的报告时，哪些期望要改
  npm run qa:misses [-- --days 天数] [--out 文件.xlsx]
                                             没答上来的问题，归类列出`;

export class WrongArguments extends Error {
  readonly code = 'WRONG_ARGUMENTS';
}

export function readArguments([task, ...args]: string[]): Asked {
  switch (task) {
    case 'check':
      return { task, options: readCheck(args) };
    case 'draft': {
      const { values, positionals } = parse(args, { report: text, all: flag, out: text });
      return {
        task,
        options: { report: values.report, all: values.all ?? false, out: values.out, files: positionals },
      };
    }
    case 'rollover': {
      const { values, positionals } = parse(args, { from: text, to: text, out: text });
      if (!values.from || !values.to) throw new WrongArguments('--from 和 --to 都要写，例如 --from 2024 --to 2025');
      return { task, options: { from: values.from, to: values.to, out: values.out, files: positionals } };
    }
    case 'misses': {
      const { values, positionals } = parse(args, { days: text, out: text });
      if (positionals.length > 0) throw new WrongArguments(`看不懂“${positionals[0]}”`);
      const days = values.days === undefined ? undefined : Number(values.days);
      if (days !== undefined && !(Number.isInteger(days) && days > 0))
        throw new WrongArguments('--days 应为天数，例如 --days 30');
      return { task, options: { days, out: values.out } };
    }
    default:
      throw new WrongArguments(`看不懂“${task ?? ''}”`);
  }
}

function readCheck(args: string[]): CheckOptions {
  const { values, positionals: files } = parse(args, {
    target: text,
    secret: text,
    channel: text,
    filter: text,
    compare: text,
    out: text,
    today: text,
  });
  const { target, secret, channel: named = 'direct', filter, compare, out, today } = values;
  const channel = CHANNELS.find((one) => one === named);
  if (!channel) throw new WrongArguments(`--channel 应为 ${CHANNELS.join('、')} 之一，实为“${named}”`);
  if (target !== undefined && !(URL.canParse(target) && /^https?:$/.test(new URL(target).protocol))) {
    throw new WrongArguments(`--target 应为 http:// 或 https:// 开头的网址，实为“${target}”`);
  }
  if (target && channel === 'wecom') {
    throw new WrongArguments(
      '--channel wecom 不能和 --target 一起用：它的服务只收平台加密的消息。去掉 --target，就在本机按它的卡片和文字检查',
    );
  }
  if (secret !== undefined && !target) throw new WrongArguments('--secret 要和 --target 一起用');
  if (today !== undefined && target)
    throw new WrongArguments('--today 不能和 --target 一起用：正在运行的服务按它自己的日期来答');
  if (today !== undefined && !isDay(today)) throw new WrongArguments(`--today 应写作 YYYY-MM-DD，实为“${today}”`);
  return { files, target: target?.replace(/\/+$/, ''), secret, channel, filter, compare, out, today };
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

function parse<Options extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    const [name] = args
      .flatMap((arg) => (arg.startsWith('-') ? [arg.split('=')[0] ?? ''] : []))
      .filter((arg) => !(arg.replace(/^--/, '') in (options ?? {})));
    throw new WrongArguments(name ? `看不懂参数“${name}”` : '参数后面少写了内容，或者多写了', { cause });
  }
}

export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
