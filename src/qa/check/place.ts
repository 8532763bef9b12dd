/**
 * Where a figure stands in the report, and whether that is the place a script names: 「话务服务 › 平均等待时长」 names a cell by
 * pieces of its path, `lianyungang-2024/calls/all/average-wait`, or the end of it, by its id.
 */
import type { AnswerFigure, Provenance } from '../../engine/answer-form';
import type { Cell } from '../../report/report';

/** A cell by its id; undefined where the report isn't the one that is loaded here. */
export type FindCell = (id: string) => Cell | undefined;

/** From the outside in: part, table, row, headers. */
export function pathOf({ table, row, column }: Cell): string[] {
  return [table.part.title, table.title, row.label, ...column.path.map(({ label }) => label)].filter(Boolean);
}

export function sayPlace(path: readonly string[]): string {
  return path.filter((piece, index) => piece !== path[index - 1]).join(' › ');
}

/** The path of a figure; of one that is computed, the paths of all that it comes from. */
export function placesOf(figure: AnswerFigure, provenance: Provenance[], findCell: FindCell): string[][] {
  const cell = figure.cell ? findCell(figure.cell) : undefined;
  if (cell) return [[...pathOf(cell), cell.id]];
  return provenance.map(placeIn);
}

export function placeIn({ section, table, row, column }: Provenance): string[] {
  return [section, table, row, ...column.split(' › ')].filter(Boolean);
}

export function isAt(path: readonly string[], wanted: readonly string[]): boolean {
  const pieces = path.map(bare);
  return wanted.every((piece) => pieces.some((one) => one.includes(bare(piece))));
}

/** Without the signs that are printed and not said, and without the numbers of parts and tables. */
export function bare(label: string): string {
  return label
    .normalize('NFKC')
    .replace(/^[一二三四五六七八九十]+、|^\d{1,2}\.(?=\D)/u, '')
    .replace(/[\s"'“”‘’《》()、,·.]/gu, '')
    .toLowerCase();
}
