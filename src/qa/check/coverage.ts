/**
 * Which cells of a report the scripts ask for. A cell counts as asked for when a turn that passed expected a figure (or that
 * there is none) and it was this cell's; a cell that merely stood in a list beside it doesn't count.
 */
import type { Cell, Report } from '../../report/report';
import type { Outcome } from '../run-scripts';

export interface Coverage {
  report: Report;
  /** Turns by the id of the cell that they ask for. */
  asked: ReadonlyMap<string, Outcome[]>;
  missing: Cell[];
}

export function coverageOf(report: Report, outcomes: Outcome[]): Coverage {
  const asked = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    for (const cell of outcome.cells) {
      if (report.cellById.has(cell)) asked.set(cell, [...(asked.get(cell) ?? []), outcome]);
    }
  }
  return { report, asked, missing: report.cells.filter(({ id }) => !asked.has(id)) };
}

/** 100% only when nothing is missing: 99.96% is not all. */
export function shareCovered({ report, missing }: Coverage): string {
  const share = (report.cells.length - missing.length) / Math.max(report.cells.length, 1);
  return `${Math.floor(share * 1000) / 10}%`;
}
