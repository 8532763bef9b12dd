/** The two reports that the tests of this folder read: the one that is served, and one of another city, year and form. */
import { loadReports } from '../../src/report/load-reports';
import type { Cell, Report } from '../../src/report/report';

export const SERVED = 'data/reports';
export const SYNTHETIC = 'test/fixtures/reports';

export function onlyReport(folder: string): Report {
  const [report, ...others] = loadReports(folder);
  if (!report || others.length > 0) throw new Error(`expected one report in ${folder}`);
  return report;
}

/** By table, row and column. */
export function cellAt(report: Report, path: string): Cell {
  const cell = report.cellById.get(`${report.id}/${path}`);
  if (!cell) throw new Error(`no cell ${path} in ${report.id}`);
  return cell;
}
