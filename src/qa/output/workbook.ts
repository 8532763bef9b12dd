/**
 * Writes workbooks: the results beside the rows as they were, and script sheets to be filled in. Every cell is text, so that
 * no program makes a date of 1-2 or drops the zeros of 12.00%.
 */
import { writeFileSync } from 'node:fs';
import type { Cell, Sheet } from 'write-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { KIND_NAMES } from '../check/check-turn';
import { sayFigure } from '../check/check-values';
import type { Outcome, ScriptOutcome } from '../run-scripts';
import { FIELDS, type Field, type Written } from '../script/script';

const WIDTHS: Partial<Record<Field, number>> = {
  编号: 12,
  对话: 16,
  问题: 44,
  期望值: 16,
  出处: 48,
  应出现: 24,
  不应出现: 20,
  备注: 30,
};
const RESULT_COLUMNS = ['结果', '问题所在', '实际答复方式', '实际数据', '实际同比', '实际答复'] as const;
const RESULT_WIDTHS = [8, 44, 12, 20, 16, 70];
const LONGEST_NAME = 31;
const NOT_IN_NAMES = /[\\/?*[\]:]/g;

/** Only the fields that somebody uses: a sheet with empty columns is hard to read. */
export function scriptSheet(rows: Written[], always: readonly Field[] = []): Omit<Sheet<never>, 'sheet'> {
  const fields = FIELDS.filter((field) => always.includes(field) || rows.some((row) => row[field]));
  return {
    data: [fields.map((field) => heading(field)), ...rows.map((row) => fields.map((field) => cell(row[field] ?? '')))],
    columns: fields.map((field) => ({ width: WIDTHS[field] ?? 9 })),
    stickyRowsCount: 1,
  };
}

export async function writeScript(path: string, rows: Written[], always: readonly Field[] = []): Promise<void> {
  const workbook = await writeExcelFile([{ ...scriptSheet(rows, always), sheet: '脚本' }]).toBuffer();
  writeFileSync(path, workbook);
}

/** A sheet for each file: its rows as they were, and what came of them. */
export async function writeResults(path: string, scripts: ScriptOutcome[]): Promise<void> {
  const used = new Set<string>();
  const sheets = scripts
    .filter(({ outcomes }) => outcomes.length > 0)
    .map(({ file, outcomes }) => {
      const fields = FIELDS.filter((field) => field === '编号' || outcomes.some(({ turn }) => turn.written[field]));
      const results = outcomes.map(resultCells);
      return {
        sheet: sheetName(file, used),
        data: [
          [...fields.map(heading), ...RESULT_COLUMNS.map(heading)],
          ...outcomes.map(({ turn }, index) => [
            ...fields.map((field) => cell(field === '编号' ? turn.id : (turn.written[field] ?? ''))),
            ...(results[index] ?? []),
          ]),
        ],
        columns: [
          ...fields.map((field) => ({ width: WIDTHS[field] ?? 9 })),
          ...RESULT_WIDTHS.map((width) => ({ width })),
        ],
        stickyRowsCount: 1,
      };
    });
  if (sheets.length > 0) writeFileSync(path, await writeExcelFile(sheets).toBuffer());
}

function resultCells({ passed, faults, answer, text }: Outcome): Cell[] {
  const told = faults.map(({ field, expected, got }) => `${field}：应为 ${expected}，实为 ${got}`).join('\n');
  const figures = (answer?.figures ?? []).map(sayFigure).join('；');
  const changes = (answer?.figures ?? []).flatMap(({ change }) => change?.printed ?? []).join('；');
  const verdict = cell(passed ? '通过' : '没通过');
  return [
    { ...verdict, backgroundColor: passed ? '#d9f2df' : '#ffd9d4', fontWeight: passed ? undefined : 'bold' } as Cell,
    cell(told),
    cell(answer ? KIND_NAMES[answer.kind] : ''),
    cell(figures),
    cell(changes),
    cell(text),
  ];
}

function heading(value: string): Cell {
  return { value, type: String, fontWeight: 'bold', backgroundColor: '#e8edf4', wrap: true };
}

function cell(value: string) {
  return { value: value.slice(0, 32_000), type: String, wrap: true, alignVertical: 'top' as const };
}

/** Of the file, shortened, and never twice. */
function sheetName(file: string, used: Set<string>): string {
  const bare = (file.split('/').at(-1) ?? file).replace(NOT_IN_NAMES, ' ');
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : ` ${number}`;
    const name = bare.slice(0, LONGEST_NAME - ending.length) + ending;
    if (used.has(name.toLowerCase())) continue;
    used.add(name.toLowerCase());
    return name;
  }
}
