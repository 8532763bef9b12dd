/**
 * Which column of a sheet is which field of an entry: data/baike/columns.yaml, or a file of the same form. A field's own name
 * is always understood; a heading counts as the same whatever its case, spaces and punctuation.
 */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { type Problem, ProblemsFound } from '../../problems';
import { fieldExpectations } from '../entry';
import { termKey } from '../term-key';

export const FIELDS = Object.keys(fieldExpectations);

const names = z.record(z.enum(FIELDS as [string, ...string[]]), z.array(z.string().trim().min(1)).min(1));
const ColumnsForm = z
  .object({ 列: names, 默认: z.record(z.enum(FIELDS as [string, ...string[]]), z.string().trim().min(1)).default({}) })
  .strict();

export interface Columns {
  /** By field: the headings that it may have. */
  headings: Readonly<Record<string, readonly string[]>>;
  /** By field: what stands for a missing column or an empty cell. */
  defaults: Readonly<Record<string, string>>;
}

/** Throws ProblemsFound. */
export function loadColumns(file: string): Columns {
  let content: unknown;
  try {
    const document = parseDocument(readFileSync(file, 'utf8'));
    if (document.errors.length > 0) throw document.errors[0];
    content = document.toJS();
  } catch {
    throw new ProblemsFound([{ file, place: '', expected: '能读的 YAML 文件', found: '打不开或读不通的内容' }]);
  }
  const read = ColumnsForm.safeParse(content);
  if (!read.success) {
    const expected = `“列”和“默认”两部分，项目名用 ${FIELDS.join('、')}，列名写成 [ … ]`;
    throw new ProblemsFound(
      read.error.issues.map(({ path }) => ({ file, place: path.join(' / '), expected, found: '别的写法' })),
    );
  }
  return { headings: read.data.列, defaults: read.data.默认 };
}

/** By field: the heading of this sheet that it has. Two headings for one field are told, since one would be dropped. */
export function matchHeadings(
  found: readonly string[],
  { headings, defaults }: Columns,
  file: string,
  problems: Problem[],
): Map<string, string> {
  const matched = new Map<string, string>();
  for (const field of FIELDS) {
    const known = new Set([field, ...(headings[field] ?? [])].map(termKey));
    const [first, ...others] = found.filter((heading) => known.has(termKey(heading)));
    if (first !== undefined) matched.set(field, first);
    if (others.length > 0) {
      problems.push({ file, place: '表头', expected: `${field} 只有一列`, found: [first, ...others].join('、') });
    }
    if (first === undefined && isNeeded(field) && defaults[field] === undefined) {
      const wanted = [...(headings[field] ?? []), field].join('、');
      problems.push({ file, place: '表头', expected: `有 ${field} 这一列（${wanted} 之一）`, found: found.join('、') });
    }
  }
  return matched;
}

/** An id can be made of the title, other ways to ask and the rest may be missing. */
function isNeeded(field: string): boolean {
  return !['id', 'asks', 'url', 'validFrom', 'validTo'].includes(field);
}
