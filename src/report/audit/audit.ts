/**
 * Holds a report against itself: what has to agree by its header trees, declared totals and declared checks.
 *
 * Three results: it agrees; it agrees within the rounding of what is printed; it doesn't, which is to be verified. The report
 * is a public body's, and the audit doesn't know which of two figures is meant: its words are neutral and accuse nobody.
 * In 2024, 晓苏 prints a 转化率 of 100% where 转化量 4 and 推荐信息量 42 stand in the same row.
 *
 * Pure: a report in, findings out, in the order of the checks. Not here: the printed page (../audit-cli.ts).
 */
import type { Finding, Report } from '../report';
import { checkChanges, checkSingleChanges } from './check-changes';
import { checkPossibleRates, checkRates } from './check-rates';
import { checkEqual, checkParts, checkSums } from './check-sums';
import { checkLeftovers, checkSpelling } from './check-words';

export function audit(report: Report): Finding[] {
  return [
    ...report.tables.flatMap(checkSums),
    ...report.tables.flatMap(checkParts),
    ...checkEqual(report),
    ...checkRates(report),
    ...checkPossibleRates(report),
    ...checkSingleChanges(report),
    ...report.tables.flatMap(checkChanges),
    ...checkSpelling(report),
    ...checkLeftovers(report),
  ];
}
