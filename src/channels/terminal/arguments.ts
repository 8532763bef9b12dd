/**
 * What was asked of `npm run ask -- …`, in the forms of the contract: a question, a question with --json, conversations from
 * standard input with --jsonl, or a conversation in the terminal.
 */
import { parseArgs } from 'node:util';

export type Form =
  | { kind: 'text' | 'json' | 'explain'; question: string }
  | { kind: 'jsonl' }
  | { kind: 'conversation' };
export interface Asked {
  form: Form;
  /** Answers as if it were that day; undefined is the real one. */
  today: string | undefined;
}

export const USAGE = `用法：
  npm run --silent ask -- "问题"             答复（文字）
  npm run --silent ask -- --json "问题"      答复（结构化，JSON）
  npm run --silent ask -- --explain "问题"   答复和得出它的依据
  npm run --silent ask -- --jsonl            从标准输入逐行读 {"id": "…", "say": ["…", "…"]}
  npm run --silent ask                       在终端里对话，输入“退出”结束
另可加 --today YYYY-MM-DD，按那一天来答。`;

export class WrongArguments extends Error {
  readonly code = 'WRONG_ARGUMENTS';
}

/** Words without quotes count as one question: `ask -- 2024年 满意率`. Throws WrongArguments, with a Chinese sentence. */
export function readArguments(args: string[]): Asked {
  const { values, positionals } = parse(args);
  const { json, jsonl, explain, today } = values;
  if (today !== undefined && !isDay(today)) throw new WrongArguments(`--today 应写作 YYYY-MM-DD，实为“${today}”`);
  if ([json, jsonl, explain].filter(Boolean).length > 1) {
    throw new WrongArguments('--json、--jsonl、--explain 一次只能用一个');
  }
  const question = positionals.join(' ');
  const isAsked = positionals.length > 0;
  if (jsonl && isAsked) throw new WrongArguments('--jsonl 从标准输入读问题，后面不能再写问题');
  if ((json || explain) && !isAsked) throw new WrongArguments(`${json ? '--json' : '--explain'} 后面要写一个问题`);
  if (jsonl) return { form: { kind: 'jsonl' }, today };
  if (!isAsked) return { form: { kind: 'conversation' }, today };
  return { form: { kind: json ? 'json' : explain ? 'explain' : 'text', question }, today };
}

function parse(args: string[]) {
  const flag = { type: 'boolean' } as const;
  const options = { json: flag, jsonl: flag, explain: flag, today: { type: 'string' } } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    const wrong = args.find((arg) => arg.startsWith('-')) ?? '';
    throw new WrongArguments(`看不懂参数“${wrong}”`, { cause });
  }
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
