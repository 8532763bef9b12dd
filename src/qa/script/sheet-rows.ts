/**
 * Finds the columns of a sheet by its header and hands out its rows, field by field. Rows above the header (a title) are
 * passed over; columns behind 备注 are the team's own.
 */
import type { Problem } from '../../problems';
import type { Grid, GridCell, GridRow } from './grid';
import { FIELDS, type Field, type Place, type Written } from './script';

/** Other words for a column that people write without thinking. */
const ALSO: Record<string, Field> = {
  序号: '编号',
  编码: '编号',
  会话: '对话',
  问句: '问题',
  提问: '问题',
  期望: '期望值',
  预期值: '期望值',
  期望数值: '期望值',
  计量单位: '单位',
  同比变化: '同比',
  升降: '方向',
  来源: '出处',
  回应方式: '应答方式',
  依据等级: '等级',
  应含: '应出现',
  不应含: '不应出现',
  说明: '备注',
};
const HEADER_WITHIN_ROWS = 20;
/** Fields in which what a program took for a date was meant as something else. */
const NO_DATES: readonly Field[] = ['期望值', '同比', '单位', '方向', '应答方式', '等级'];

export interface SheetRow {
  place: Place;
  written: Written;
}

export function sheetRows(grids: Grid[], file: string, problems: Problem[]): SheetRow[] {
  const isOne = grids.length === 1;
  const found = grids.map((grid) => ({ grid, header: headerOf(grid) }));
  if (!found.some(({ header }) => header?.columns.has('问题'))) {
    const first = grids.flatMap(({ rows }) => rows).find(({ cells }) => cells.some(Boolean));
    const seen = (first?.cells ?? []).flatMap((cell) => cell?.text ?? []).slice(0, 6);
    problems.push({
      file,
      place: '表头',
      expected: `一行表头，至少有“问题”和一列要检查的（${FIELDS.slice(3, 9).join('、')}……）`,
      found: seen.length > 0 ? `最上面一行是${seen.map((text) => `“${text.slice(0, 12)}”`).join('、')}` : '空表',
    });
    return [];
  }
  return found.flatMap(({ grid, header }) => {
    if (!header) return []; // A sheet of remarks beside the scripts.
    const sheet = isOne ? {} : { sheet: grid.sheet };
    const placeOf = (row: number): Place => ({ file, ...sheet, row: `第 ${row} 行` });
    const tell = (row: number, field: string, expected: string, seen: string) => {
      problems.push({ file, place: placeText(placeOf(row), field), expected, found: seen });
    };
    tellHeader(header, tell);
    if (!header.columns.has('问题')) return [];
    return grid.rows
      .filter(
        ({ number, cells }) => number > header.row.number && cells.some((cell) => cell?.text.trim() && !cell.isMerged),
      )
      .flatMap((row) => {
        const written = writtenIn(row, header, (field, ...rest) => tell(row.number, field, ...rest));
        return written ? [{ place: placeOf(row.number), written }] : [];
      });
  });
}

export function placeText({ sheet, row }: Place, field: string): string {
  return [sheet && `工作表“${sheet}”`, row, field].filter(Boolean).join(' / ');
}

interface Header {
  row: GridRow;
  columns: Map<Field, number>;
  unknown: { column: number; text: string }[];
  twice: string[];
}

/** The first row that has two names of columns, or the one that matters. */
function headerOf({ rows }: Grid): Header | undefined {
  for (const row of rows.slice(0, HEADER_WITHIN_ROWS)) {
    const header: Header = { row, columns: new Map(), unknown: [], twice: [] };
    row.cells.forEach((cell, column) => {
      const text = cell?.text.normalize('NFKC').replace(/[\s*:]/g, '') ?? '';
      if (text === '') return;
      const field = FIELDS.find((name) => name === text) ?? ALSO[text];
      if (!field) header.unknown.push({ column, text });
      else if (header.columns.has(field)) header.twice.push(text);
      else header.columns.set(field, column);
    });
    if (header.columns.size >= 2 || header.columns.has('问题')) return header;
  }
  return undefined;
}

function tellHeader(
  { row, columns, unknown, twice }: Header,
  tell: (row: number, ...rest: [string, string, string]) => void,
) {
  const own = columns.get('备注') ?? Number.POSITIVE_INFINITY;
  if (!columns.has('问题')) tell(row.number, '表头', '有“问题”一列', '没有');
  for (const text of twice) tell(row.number, '表头', '每一列只出现一次', `“${text}”出现了两次`);
  for (const { column, text } of unknown) {
    if (column > own) continue;
    tell(row.number, '表头', `${FIELDS.join('、')} 之一（自己加的列请放在“备注”右边）`, `“${text}”`);
  }
}

/** Undefined where a program changed what was typed, which is told. */
function writtenIn(
  row: GridRow,
  { columns }: Header,
  tell: (field: string, expected: string, found: string) => void,
): Written | undefined {
  const written: Written = {};
  let isWhole = true;
  for (const [field, column] of columns) {
    const cell: GridCell | undefined = row.cells[column];
    // A merged 编号 would give several rows one number.
    if (!cell || (cell.isMerged && field === '编号')) continue;
    if (cell.trap === 'error') {
      tell(field, '文字或数', `公式出错（${cell.text}）`);
      isWhole = false;
    } else if (cell.trap === 'date' && NO_DATES.includes(field)) {
      tell(field, '文字或数', `日期 ${cell.text}（表格软件把它当成了日期；请把这一格的格式改成“文本”再填一遍）`);
      isWhole = false;
    } else {
      written[field] = cell.text.trim();
    }
  }
  return isWhole ? written : undefined;
}
