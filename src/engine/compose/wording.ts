/**
 * The sentences of dialogs/replies.yaml, checked at load: every one is there, and holds only placeholders
 * that the engine fills.
 *
 * Not here: which sentence is said when (compose.ts).
 */
import { z } from 'zod';
import { type Problem, ProblemsFound } from '../../problems';
import { readYaml } from '../lexicon/read-yaml';
import { PLACEHOLDERS, type SentenceKey } from './placeholders';

export interface Wording {
  say(key: SentenceKey, values?: Record<string, string>): string;
  topic(name: string): string | undefined;
  examples: string[];
  /** Numbers that the sentences themselves hold: 12345, 12 个月. */
  numbers: string[];
  /** What the site and the encyclopedia are called. */
  names: { site: string; encyclopedia: string };
}

const Replies = z
  .object({
    话题: z.record(z.string()),
    帮助示例: z.array(z.string()),
    名称: z.object({ 网站: z.string(), 百科: z.string(), 号码: z.string() }).strict(),
  })
  .catchall(z.string());

export function loadWording(file: string): Wording {
  const problems: Problem[] = [];
  const replies = readYaml(file, Replies, problems);
  if (!replies) throw new ProblemsFound(problems);
  const { 话题: topics, 帮助示例: examples, 名称: names, ...sentences } = replies;
  for (const [key, allowed] of Object.entries<readonly string[]>(PLACEHOLDERS)) {
    const text = sentences[key];
    if (text === undefined) {
      problems.push({ file, place: key, expected: '有这一句', found: '没有' });
      continue;
    }
    for (const [, name] of (text as string).matchAll(/\{([^}]*)\}/gu)) {
      if (!allowed.includes(name as string)) {
        problems.push({
          file,
          place: key,
          expected: allowed.length > 0 ? `占位符只用 ${allowed.map((a) => `{${a}}`).join('、')}` : '没有占位符',
          found: `{${name}}`,
        });
      }
    }
  }
  // A number in a sentence would be let out in every reply: figures come from reports alone. Years may stand in examples.
  for (const [key, text] of [...Object.entries(sentences), ...Object.entries(topics)]) {
    for (const [number] of String(text).matchAll(/\d+(?:\.\d+)?/gu)) {
      if (number !== names['号码'] && !/^20\d\d$/.test(number))
        problems.push({ file, place: key, expected: '不写数字（数字只能来自报告）', found: number });
    }
  }
  for (const key of Object.keys(sentences)) {
    if (!(key in PLACEHOLDERS))
      problems.push({ file, place: key, expected: '说明里有的句子名', found: '不认识的名字' });
  }
  if (problems.length > 0) throw new ProblemsFound(problems);
  return {
    say: (key, values = {}) =>
      (sentences[key] as string).replace(/\{([^}]*)\}/gu, (_all: string, name: string) => values[name] ?? ''),
    topic: (name) => topics[name],
    examples,
    numbers: [...Object.values(sentences), ...Object.values(topics), ...examples].flatMap(
      (text) => String(text).match(/\d+/gu) ?? [],
    ),
    names: { site: names['网站'], encyclopedia: names['百科'] },
  };
}
