/**
 * `npm run audit`: loads the reports and prints what the audit found; `-- --all` every check, `-- <folder>` another folder.
 * Exit code 1 only where a file can't be loaded: what a report prints is as it is.
 */
import { join, relative } from 'node:path';
import { ProblemsFound, problemLine } from '../problems';
import { auditPage } from './audit/audit-page';
import { loadReports } from './load-reports';

const options = process.argv.slice(2);
const folder = options.find((option) => !option.startsWith('--')) ?? join(__dirname, '../../data/reports');

try {
  const pages = loadReports(relative(process.cwd(), folder) || '.').map((report) =>
    auditPage(report, { all: options.includes('--all') }),
  );
  console.log(pages.join('\n\n'));
} catch (error) {
  if (!(error instanceof ProblemsFound)) throw error;
  console.error(`有 ${error.problems.length} 处需要改：\n${error.problems.map(problemLine).join('\n')}`);
  process.exitCode = 1;
}
