/**
 * One entry of the hotline's encyclopedia, and the form it has in a file.
 *
 * `data/baike/*.json` hold arrays of these; the README beside them tells the people who write them how.
 * `validFrom` and `validTo` are the first and the last day on which the entry may be offered.
 *
 * Not here: reading the files (load-entries.ts), finding an entry (entry-library.ts).
 */
import { z } from 'zod';

/** A statement of a department, or a question with its answer. The files use the words of the trade. */
export const entryKinds = ['信息', '问答'] as const;

/** What is expected of each field, as told to the person whose file breaks it. */
export const fieldExpectations: Record<string, string> = {
  id: '小写字母、数字和连字符组成的编号（如 zheng-feng），最长 80 个字符',
  title: '条目名称，1 至 120 个字',
  asks: '别的问法，写成 ["…", "…"]，没有就写 []；每个 1 至 120 个字',
  answer: '解答（Markdown），1 至 4000 个字',
  kind: entryKinds.map((kind) => `“${kind}”`).join('或'),
  level: '级别（如 全市），1 至 40 个字',
  department: '负责的单位，1 至 80 个字',
  source: '依据，1 至 300 个字',
  url: '以 https:// 或 http:// 开头的网址，没有就不写',
  validFrom: '日期，如 2024-01-31，没有就不写',
  validTo: '日期，如 2024-12-31，不早于 validFrom，没有就不写',
};

const words = (longest: number) => z.string().trim().min(1).max(longest);
/** A term of nothing but punctuation could never be asked for. */
const term = words(120).refine((text) => /[\p{L}\p{N}]/u.test(text));
const day = z.string().refine(isDay);

export const entryForm = z
  .object({
    id: z
      .string()
      .max(80)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: term,
    asks: z.array(term),
    answer: words(4000),
    kind: z.enum(entryKinds),
    level: words(40),
    department: words(80),
    source: words(300),
    url: z.string().refine(isWebAddress).optional(),
    validFrom: day.optional(),
    validTo: day.optional(),
  })
  .strict()
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, { path: ['validTo'] });

export type Entry = z.infer<typeof entryForm>;

/** May the entry be offered on this day ("2026-11-23")? */
export function isValidOn(entry: Entry, today: string): boolean {
  return (!entry.validFrom || entry.validFrom <= today) && (!entry.validTo || today <= entry.validTo);
}

/** Is there a day on which both may be offered? An entry and its successor share a title, not a day. */
export function overlaps(one: Entry, other: Entry): boolean {
  const start = [one.validFrom ?? '', other.validFrom ?? ''].sort()[1] ?? '';
  const end = [one.validTo ?? '9999-12-31', other.validTo ?? '9999-12-31'].sort()[0] ?? '';
  return start <= end;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text); // 2024-02-30 rolls over
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
