/**
 * Reads the folder of reports: every .json file in it is one report. The only file of this folder that touches the disk,
 * besides the two commands.
 *
 * All faults of all files are thrown together (ProblemsFound), each with file, part, table, row and column.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Problem, ProblemsFound } from '../problems';
import { audit } from './audit/audit';
import { buildReport } from './build-report';
import { readForm } from './read-form';
import type { Report } from './report';

export function loadReports(folder: string): Report[] {
  const problems: Problem[] = [];
  const loaded: { file: string; report: Report }[] = [];
  for (const path of reportFiles(folder, problems)) {
    const file = relative(process.cwd(), path);
    const tell = (place: string[], expected: string, found: string) => {
      problems.push({ file, place: place.filter(Boolean).join(' / '), expected, found });
    };
    const form = readForm(readFileSync(path), tell);
    if (form) loaded.push({ file, report: buildReport(form, tell) });
  }
  problems.push(...sameReportTwice(loaded));
  if (problems.length > 0) throw new ProblemsFound(problems);
  for (const { report } of loaded) report.findings = audit(report);
  return loaded.map(({ report }) => report);
}

function reportFiles(folder: string, problems: Problem[]): string[] {
  const missing = (found: string) => {
    problems.push({ file: folder, place: '', expected: '放报告文件的文件夹，里面至少有一个 .json 文件', found });
    return [];
  };
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  } catch (cause) {
    return missing(cause instanceof Error && 'code' in cause ? `打不开（${String(cause.code)}）` : '打不开');
  }
  return names.length > 0 ? names.sort().map((name) => join(folder, name)) : missing('一个也没有');
}

/** Two files that claim the same region and year, or the same id: one of them would hide the other. */
function sameReportTwice(loaded: { file: string; report: Report }[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const { file, report } of loaded) {
    const claims = [`编号 ${report.id}`, `${report.region.name} ${report.year} 年的报告`];
    for (const claim of claims) {
      const earlier = seen.get(claim);
      if (earlier) problems.push({ file, place: '', expected: `${claim}只有一份`, found: `${earlier} 里也有` });
      else seen.set(claim, file);
    }
  }
  return problems;
}
