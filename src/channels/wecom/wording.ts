/** The few words that only this channel needs, from dialogs/wecom.yaml: titles and links of cards, the end of a cut text. */
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '../../engine/lexicon/read-yaml';
import { type Problem, ProblemsFound } from '../../problems';
import { fits, LIMITS } from './form/limits';

const text = (most: number) =>
  z
    .string({ message: '不是文字，或没有写' })
    .trim()
    .refine(
      (value) => fits(value, most),
      (value) => ({ message: `“${value}”，应为 1 到 ${most} 个字` }),
    );

const WeComWordingForm = z
  .object({
    cardSource: text(20),
    seeTable: text(LIMITS.jumpTitle - 3), // several tables: 看原表（2）
    seeChart: text(LIMITS.jumpTitle),
    askNext: text(40),
    askNextMenu: text(20),
    choose: text(LIMITS.title),
    chosen: text(20),
    chosenNumber: text(20),
    tooLong: text(60),
    waiting: text(40),
  })
  .strict();

export type WeComWording = z.infer<typeof WeComWordingForm>;

/** Throws ProblemsFound with every fault of the file. */
export function loadWeComWording(dialogsFolder: string): WeComWording {
  const problems: Problem[] = [];
  const wording = readYaml(join(dialogsFolder, 'wecom.yaml'), WeComWordingForm, problems);
  if (!wording) throw new ProblemsFound(problems);
  return wording;
}
