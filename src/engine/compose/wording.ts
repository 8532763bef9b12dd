/**
 * The sentences of dialogs/replies.yaml, checked at load: every one is there, and holds only placeholders
 * that the engine fills. A sentence may be a list of variants; which one is said follows from what is put into it, so that
 * the same question gets the same words.
 *
 * Not here: which sentence is said when (compose.ts).
 */
import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
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
  .catchall(z.union([z.string(), z.array(z.string()).min(1)]));

export function loadWording(file: string): Wording {
  const problems: Problem[] = [];
  const replies = readYaml(file, Replies, problems);
  if (!replies) throw new ProblemsFound(problems);
  const { 话题: topics, 帮助示例: examples, 名称: names, ...sentences } = replies;
  const placeOf = placesIn(file);
  for (const [key, allowed] of Object.entries<readonly string[]>(PLACEHOLDERS)) {
    const text = sentences[key];
    if (text === undefined) {
      problems.push({ file, place: key, expected: '有这一句', found: '没有' });
      continue;
    }
    for (const [, name] of [text]
      .flat()
      .join('\n')
      .matchAll(/\{([^}]*)\}/gu)) {
      if (!allowed.includes(name as string)) {
        problems.push({
          file,
          place: placeOf(key),
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
        problems.push({ file, place: placeOf(key), expected: '不写数字（数字只能来自报告）', found: number });
    }
  }
  for (const key of Object.keys(sentences)) {
    if (!(key in PLACEHOLDERS))
      problems.push({ file, place: placeOf(key), expected: '说明里有的句子名', found: '不认识的名字' });
  }
  if (problems.length > 0) throw new ProblemsFound(problems);
  const filled = new Map(Object.entries(sentences).map(([key, text]) => [key, [text].flat().map(filling)]));
  return {
    say: (key, values = {}) => {
      const variants = filled.get(key) ?? [];
      return variants[variants.length > 1 ? sumOf(values) % variants.length : 0]?.(values) ?? '';
    },
    topic: (name) => topics[name],
    examples,
    numbers: [...Object.values(sentences), ...Object.values(topics), ...examples].flatMap(
      (text) => String(text).match(/\d+/gu) ?? [],
    ),
    names: { site: names['网站'], encyclopedia: names['百科'] },
  };
}

/** 「占比（第 35 行）」: where each sentence stands. */
function placesIn(file: string): (key: string) => string {
  const lines = new LineCounter();
  const { contents } = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const keys = isMap(contents) ? contents.items.map(({ key }) => key) : [];
  return (name) => {
    const range = keys.find((key) => isScalar(key) && key.value === name);
    return isScalar(range) && range.range ? `${name}（第 ${lines.linePos(range.range[0]).line} 行）` : name;
  };
}

/** The sentence with its placeholders filled: 「{名称}为 {数值}」. */
function filling(sentence: string): (values: Record<string, string>) => string {
  // Every second piece is a name.
  const pieces = sentence.split(/\{([^}]*)\}/u);
  return (values) => pieces.map((piece, i) => (i % 2 === 0 ? piece : (values[piece] ?? ''))).join('');
}

/** Which variant is said follows from what is put in and from nothing else. */
function sumOf(values: Record<string, string>): number {
  let sum = 0;
  for (const character of Object.values(values).join('|')) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum;
}
