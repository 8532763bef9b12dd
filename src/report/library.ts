/**
 * All reports, newest year first, and their cells by id.
 *
 * Not here: reading files (load-reports.ts).
 */
import type { Cell, Report } from './report';

export interface Library {
  /** Newest year first; within a year, in the order they were loaded. */
  reports: Report[];
  newest(): Report;
  /** The newest report that fits what is asked; a region by its name or another way of saying it. */
  find(wanted: { region?: string | undefined; year?: number | undefined }): Report | undefined;
  /** By its whole id: `<report>/<table>/<row>/<column>`. */
  cell(id: string): Cell | undefined;
}

/** Throws when there is no report at all: load-reports.ts has said so before, in the reader's words. */
export function libraryOf(loaded: Report[]): Library {
  const reports = [...loaded].sort((a, b) => b.year - a.year);
  const [first] = reports;
  if (!first) throw new Error('a library needs at least one report');
  const byId = new Map(reports.map((report) => [report.id, report]));
  const byRegion = new Map<string, Report[]>();
  for (const report of reports) {
    for (const name of new Set([report.region.name, ...report.region.alsoSaid])) {
      const sameName = byRegion.get(name);
      if (sameName) sameName.push(report);
      else byRegion.set(name, [report]);
    }
  }
  const byYear = new Map<number, Report>();
  for (const report of reports) if (!byYear.has(report.year)) byYear.set(report.year, report);

  return {
    reports,
    newest: () => first,
    find({ region, year }) {
      if (region === undefined) return year === undefined ? first : byYear.get(year);
      const candidates = byRegion.get(region);
      return year === undefined ? candidates?.[0] : candidates?.find((report) => report.year === year);
    },
    cell: (id) => byId.get(id.slice(0, id.indexOf('/')))?.cellById.get(id),
  };
}
