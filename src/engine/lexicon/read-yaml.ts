/** YAML files that people write: the lexicon and the wording. */
import { readFileSync } from 'node:fs';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../../problems';

/** Parses one YAML file by its schema; what is wrong goes to `problems`, with its place in the file. */
export function readYaml<S extends z.ZodTypeAny>(
  file: string,
  schema: S,
  problems: Problem[],
): z.output<S> | undefined {
  let raw: unknown;
  try {
    raw = parseYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    problems.push({
      file,
      place: line ? `第 ${line} 行` : '',
      expected: '能读取的 YAML 文件',
      found: error instanceof YAMLParseError ? '格式有误（多为缩进、冒号或方括号）' : '读不到这个文件',
    });
    return undefined;
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    problems.push({ file, place: issue.path.join(' / '), expected: '格式说明中的内容', found: issue.message });
  }
  return undefined;
}
