/** The results as JUnit XML, which CI systems read: a suite for each file, a case for each turn. */
import { XMLBuilder } from 'fast-xml-parser';
import type { Problem } from '../../problems';
import { problemLine } from '../../problems';
import type { Results } from './results';

export function junitXml({ rows }: Results, problems: Problem[]): string {
  const files = [...new Set(rows.map(({ file }) => file))];
  const suites = files.map((file) => {
    const own = rows.filter((row) => row.file === file);
    return suite(
      file,
      own.map(({ id, question, conversation, passed, faults, text }) => ({
        '@name': `${id} ${question}`,
        '@classname': conversation,
        ...(!passed && {
          failure: {
            '@message': faults.map(({ field, expected, got }) => `${field}：应为${expected}，实为${got}`).join('；'),
            '#text': text,
          },
        }),
      })),
    );
  });
  // A row that can't be read is a failure too: it checks nothing.
  const unread = problems.map((problem) => ({
    '@name': `${problem.file} ${problem.place}`.trim(),
    '@classname': '读不了的行',
    failure: { '@message': problemLine(problem) },
  }));
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true });
  const all = unread.length > 0 ? [...suites, suite('读不了的行', unread)] : suites;
  const xml = builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, testsuites: { testsuite: all } });
  return xml.replace(NOT_IN_XML, '');
}

/** Characters that no XML may hold, however written. */
const NOT_IN_XML = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;

function suite(name: string, cases: { failure?: unknown }[]) {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  return { '@name': name, '@tests': cases.length, '@failures': failures, testcase: cases };
}
