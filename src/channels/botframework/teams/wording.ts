/**
 * The words that only Teams needs, from dialogs/teams.yaml: buttons of cards, the search, the commands, and what the app
 * package says of the app. Lengths are those of the app manifest, counted as Teams counts them.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '../../../engine/lexicon/read-yaml';
import { type Problem, ProblemsFound } from '../../../problems';

const text = (most: number) =>
  z
    .string({ message: '不是文字，或没有写' })
    .trim()
    .refine(
      (value) => value.length >= 1 && value.length <= most,
      (value) => ({ message: `“${value.slice(0, 40)}”（${value.length} 个字），应为 1 到 ${most} 个字` }),
    );

/** A sentence that must hold these placeholders, and no others. */
const sentence = (most: number, ...placeholders: string[]) =>
  text(most).refine(
    (value) =>
      [...value.matchAll(/\{([^}]*)\}/g)]
        .map(([, name]) => name)
        .sort()
        .join() === [...placeholders].sort().join(),
    (value) => ({
      message: `“${value.slice(0, 40)}”，占位符应为 ${placeholders.map((name) => `{${name}}`).join('、')}`,
    }),
  );

const address = z
  .string({ message: '不是文字，或没有写' })
  .trim()
  .refine(
    (value) => value === '' || (/^https:\/\//.test(value) && URL.canParse(value)),
    (value) => ({ message: `“${value.slice(0, 40)}”，应为空，或 https:// 开头的网址` }),
  );

const Command = z.object({ title: text(32), description: text(128) }).strict();

const TeamsWordingForm = z
  .object({
    card: z
      .object({
        seeTable: text(20),
        copyQuote: text(20),
        quoteHint: text(60),
        quote: sentence(60, '内容', '报告', '位置'),
        entries: text(20),
        optionNumber: sentence(20, '序号'),
        moreRows: text(60),
      })
      .strict(),
    search: z
      .object({
        title: text(32),
        description: text(128),
        hint: text(32),
        hintDescription: text(128),
        nothing: text(60),
      })
      .strict(),
    commands: z.array(Command, { message: '不是列表，或没有写' }).min(1, '一条也没有').max(10, '多于十条'),
    app: z
      .object({
        name: text(30),
        fullName: text(100),
        summary: text(80),
        description: text(4000),
        developer: text(32),
        websiteUrl: address,
        privacyUrl: address,
        termsUrl: address,
        accentColor: z.string({ message: '没有写' }).regex(/^#[0-9A-Fa-f]{6}$/, '不是 # 加六位十六进制数的颜色'),
      })
      .strict(),
  })
  .strict();

export type TeamsWording = z.infer<typeof TeamsWordingForm>;

/** Throws ProblemsFound with every fault of the file. */
export function loadTeamsWording(dialogsFolder: string): TeamsWording {
  const problems: Problem[] = [];
  const wording = readYaml(join(dialogsFolder, 'teams.yaml'), TeamsWordingForm, problems);
  if (!wording) throw new ProblemsFound(problems);
  return wording;
}

export function filled(template: string, values: Record<string, string>): string {
  return template.replace(/\{([^}]*)\}/g, (_all, name: string) => values[name] ?? '');
}
