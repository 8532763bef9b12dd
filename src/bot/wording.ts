/**
 * The few texts that are the bot's and not the engine's: they answer no question. Written in dialogs/bot.yaml, which the
 * comms team edits; read and checked here.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Problem, ProblemsFound } from '../problems';

const text = z.string({ message: '一段文字' }).trim().min(1, '不为空的文字');

const BotWordingForm = z
  .object({
    welcome: text,
    suggestions: z.array(text, { message: '最多四个问题的列表' }).max(4, '最多四个问题的列表'),
    notText: text,
    apology: text,
    dataSource: z
      .object({ asked: z.array(text, { message: '问法的列表' }), says: text }, { message: '问法和答复' })
      .strict(),
  })
  .strict();

export type BotWording = z.infer<typeof BotWordingForm>;

/** Throws ProblemsFound with every fault of the file. */
export function loadBotWording(dialogsFolder: string): BotWording {
  const path = join(dialogsFolder, 'bot.yaml');
  const file = relative(process.cwd(), path);
  let written: string;
  try {
    written = readFileSync(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new ProblemsFound([{ file, place: '', expected: '一个能打开的文件', found: `打不开（${code}）` }]);
  }
  const lines = new LineCounter();
  const document = parseDocument(written, { lineCounter: lines });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, code }): Problem => {
      return { file, place: `第 ${lines.linePos(pos[0]).line} 行`, expected: 'YAML 的写法', found: code };
    });
    throw new ProblemsFound(problems);
  }
  const content: unknown = document.toJS();
  const read = BotWordingForm.safeParse(content);
  if (!read.success) throw new ProblemsFound(read.error.issues.flatMap((issue) => problemsOf(issue, file)));
  return read.data;
}

function problemsOf(issue: z.ZodIssue, file: string): Problem[] {
  const known = Object.keys(BotWordingForm.shape).join('、');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ file, place: key, expected: `${known} 之一`, found: `“${key}”` }));
  }
  if (issue.path.length === 0) return [{ file, place: '', expected: `${known} 各项`, found: '别的内容' }];
  const found = issue.code === 'invalid_type' && issue.received === 'undefined' ? '没有写' : '别的内容';
  return [
    {
      file,
      place: issue.path.join(' / '),
      expected: issue.message,
      found: issue.code === 'too_small' ? '空的' : found,
    },
  ];
}
