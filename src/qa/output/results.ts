/**
 * A run as plain data (results.json): what another run is compared with, and what programs read. No clock stands in it, so
 * that the same scripts on the same service give the same file.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ProblemsFound } from '../../problems';
import { KIND_NAMES } from '../check/check-turn';
import { type Coverage, shareCovered } from '../check/coverage';
import type { Outcome, ScriptOutcome } from '../run-scripts';

const ResultRow = z.object({
  id: z.string(),
  file: z.string(),
  sheet: z.string().optional(),
  row: z.string(),
  conversation: z.string(),
  question: z.string(),
  passed: z.boolean(),
  faults: z.array(z.object({ field: z.string(), expected: z.string(), got: z.string() })),
  kind: z.string().nullable(),
  grade: z.string().nullable(),
  cells: z.array(z.string()),
  text: z.string(),
});
const Results = z.object({
  version: z.literal(1),
  road: z.string(),
  passed: z.number(),
  failed: z.number(),
  coverage: z.array(z.object({ report: z.string(), covered: z.number(), cells: z.number(), share: z.string() })),
  rows: z.array(ResultRow),
});
export type ResultRow = z.infer<typeof ResultRow>;
export type Results = z.infer<typeof Results>;

export function resultsOf(road: string, scripts: ScriptOutcome[], coverages: Coverage[]): Results {
  const rows = scripts.flatMap(({ outcomes }) => outcomes.map(resultRow));
  return {
    version: 1,
    road,
    passed: rows.filter(({ passed }) => passed).length,
    failed: rows.filter(({ passed }) => !passed).length,
    coverage: coverages.map((coverage) => ({
      report: coverage.report.id,
      covered: coverage.report.cells.length - coverage.missing.length,
      cells: coverage.report.cells.length,
      share: shareCovered(coverage),
    })),
    rows,
  };
}

function resultRow({ turn, conversation, passed, faults, answer, cells, text }: Outcome): ResultRow {
  const { file, sheet, row } = turn.place;
  return {
    id: turn.id,
    file,
    ...(sheet !== undefined && { sheet }),
    row,
    conversation,
    question: sayQuestion(turn),
    passed,
    faults,
    kind: answer ? KIND_NAMES[answer.kind] : null,
    grade: answer?.grade ?? null,
    cells,
    text,
  };
}

export function sayQuestion({ isOpening, question }: Outcome['turn']): string {
  return isOpening ? '（打开对话）' : question;
}

/** Throws ProblemsFound where it isn't a file of an earlier run. */
export function readResults(file: string): Results {
  const problem = (found: string) =>
    new ProblemsFound([{ file, place: '', expected: '上一次检查写下的 results.json', found }]);
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw problem(cause instanceof SyntaxError ? '不是 JSON' : '打不开');
  }
  const read = Results.safeParse(written);
  if (!read.success) throw problem('别的内容');
  return read.data;
}
