/**
 * Printed 同比: whether one is possible for its count (some whole number of last year has to give exactly that rounding), and
 * whether those of parts and total can all be true together.
 *
 * 「5.67%↑」 stands for 5.665 to 5.675, so every count has an interval for last year. If the parts' intervals, added up, miss
 * the total's, no last year fits. A part without 同比 was 0 or more.
 */
import Fraction from '../fraction';
import { type Interval, isExactCount, narrowedCounts, previousYear } from '../interval';
import { nameCell, sayFigure, sayRounded } from '../name-cell';
import type { Finding, Report, Table } from '../report';
import { isNumberCell, type NumberCell, sumsOf } from '../sums';
import { VERDICTS, type Verdict } from './verdicts';

export function checkSingleChanges(report: Report): Finding[] {
  return report.cells.flatMap((cell): Finding[] => {
    if (!isNumberCell(cell) || !cell.figure.change || !isExactCount(cell.figure)) return [];
    const range = previousYear(cell);
    if (!range) return [];
    const { integers } = range;
    const said = `${nameCell(cell)} ${sayFigure(cell.figure)}（${cell.figure.change.printed}）`;
    if (!integers) {
      const message = `${said}：${report.comparedWith} 年没有哪个整数能得出这个同比，${VERDICTS.disagrees}。`;
      return [{ verdict: 'disagrees', check: 'changes', cells: [cell], message }];
    }
    const isOne = integers.low === integers.high;
    const verdict: Verdict = isOne && isExactChange(cell, integers.low) ? 'agrees' : 'agreesWithinRounding';
    const low = sayRounded(new Fraction(integers.low), 0);
    const high = sayRounded(new Fraction(integers.high), 0);
    const unit = cell.figure.measureUnit;
    const before = isOne ? `为 ${low} ${unit}` : `在 ${low} 至 ${high} ${unit}之间`;
    const message = `${said}：相当于 ${report.comparedWith} 年${before}，${VERDICTS[verdict]}。`;
    return [{ verdict, check: 'changes', cells: [cell], message }];
  });
}

/** Is the printed change the exact one, without rounding? 21 against 25 is 16% less. */
function isExactChange({ figure }: NumberCell, before: bigint): boolean {
  if (!figure.change || before === 0n) return false;
  return figure.value.sub(before).abs().div(before).mul(100).equals(figure.change.percent);
}

export function checkChanges(table: Table): Finding[] {
  const findings = sumsOf(table).flatMap(({ whole, parts, isExhaustive }): Finding[] => {
    const isComparable = whole.every(hasChange) && parts.some(hasChange);
    if (!isComparable) return [];
    const total = lastYearOf(whole);
    const added = lastYearOf(parts);
    // Parts that aren't all there is may be less than the whole, never more.
    const fits = reaches(total.high, added.low) && (!isExhaustive || reaches(added.high, total.low));
    const verdict: Verdict = fits ? 'agreesWithinRounding' : 'disagrees';
    const year = table.report.comparedWith;
    const message =
      `按印出的同比推算 ${year} 年：${whole.map(nameCell).join(' + ')} ${sayInterval(total)}，` +
      `${parts.map((cell) => (cell.row.label === whole[0]?.row.label ? cell.column.label : cell.row.label)).join('、')}` +
      `合计 ${sayInterval(added)}，${VERDICTS[verdict]}。`;
    return [{ verdict, check: 'changes', cells: [...whole, ...parts], message }];
  });
  const disagree = findings.some(({ verdict }) => verdict === 'disagrees');
  return disagree ? findings : [...findings, ...checkAllTogether(table)];
}

/** Each sum may be possible by itself, and the table's sums still not together. Cells without a possible count are told singly. */
function checkAllTogether(table: Table): Finding[] {
  const cells = table.cells.filter(isNumberCell).filter(hasChange);
  const isPossibleSingly = cells.every(
    (cell) => !isExactCount(cell.figure) || !previousYear(cell) || previousYear(cell)?.integers,
  );
  if (!isPossibleSingly || narrowedCounts(table) !== 'contradiction') return [];
  const message = `${table.title}：表中各行各列印出的同比不能同时成立，${VERDICTS.disagrees}。`;
  return [{ verdict: 'disagrees', check: 'changes', cells, message }];
}

function hasChange({ figure }: NumberCell): boolean {
  return figure.change !== undefined;
}

/** Open at the upper end where a part has no 同比. */
interface LastYear {
  low: Fraction;
  high: Fraction | undefined;
}

function lastYearOf(cells: NumberCell[]): LastYear {
  let low = new Fraction(0);
  let high: Fraction | undefined = new Fraction(0);
  for (const cell of cells) {
    const range = wholeNumbers(cell);
    if (range) low = low.add(range.low.mul(cell.figure.scale));
    high = range && high?.add(range.high.mul(cell.figure.scale));
  }
  return { low, high };
}

function wholeNumbers(cell: NumberCell): Interval | undefined {
  const range = previousYear(cell);
  if (!range?.integers) return range;
  return { low: new Fraction(range.integers.low), high: new Fraction(range.integers.high) };
}

/** Is the upper end at least as high as the lower end of the other? */
function reaches(high: Fraction | undefined, low: Fraction): boolean {
  return high === undefined || high.gte(low);
}

function sayInterval({ low, high }: LastYear): string {
  if (high === undefined) return `不少于 ${sayRounded(low, 0)}`;
  const [least, most] = [sayRounded(low, 0), sayRounded(high, 0)];
  return least === most ? least : `${least} 至 ${most}`;
}
