/**
 * Parts and totals: exhaustive parts add up to the whole, other parts are no larger than it, and sums that the file declares
 * across tables are equal (咨询类 + 非咨询类 = 诉求总量).
 */
import { nameCell, sayFigure } from '../name-cell';
import type { Cell, Finding, Report, Table } from '../report';
import { isNumberCell, type NumberCell, sumsOf } from '../sums';
import { compareSides, sideOf, VERDICTS, type Verdict } from './verdicts';

export function checkSums(table: Table): Finding[] {
  return sumsOf(table)
    .filter(({ isExhaustive }) => isExhaustive)
    .map(({ whole, parts }) => {
      const verdict = compareSides(sideOf(whole), sideOf(parts));
      const message = `${nameCells(whole)}：${sayFigures(whole)}；各部分 ${sayFigures(parts)}，${VERDICTS[verdict]}。`;
      return { verdict, check: 'sum', cells: [...whole, ...parts], message };
    });
}

/** For wholes that list only some of their parts: no part larger than the whole. */
export function checkParts(table: Table): Finding[] {
  return sumsOf(table)
    .filter(({ isExhaustive }) => !isExhaustive)
    .map(({ whole, parts }) => {
      const fits = sideOf(parts).interval.low.lte(sideOf(whole).interval.high);
      const verdict: Verdict = fits ? 'agrees' : 'disagrees';
      const relation = fits ? '不大于' : '大于';
      const message = `${nameCells(parts)} ${sayFigures(parts)}，${relation}${nameCells(whole)} ${sayFigures(whole)}，${VERDICTS[verdict]}。`;
      return { verdict, check: 'part', cells: [...whole, ...parts], message };
    });
}

export function checkEqual({ checks }: Report): Finding[] {
  return checks.flatMap((check): Finding[] => {
    if (check.kind !== 'equal') return [];
    const left = numbersOf(check.left);
    const right = numbersOf(check.right);
    if (!left || !right) return []; // A blank can't be compared; it is known as a blank.
    const verdict = compareSides(sideOf(left), sideOf(right));
    const message = `${check.title}：${sayFigures(left)}；${sayFigures(right)}，${VERDICTS[verdict]}。`;
    return [{ verdict, check: 'equal', cells: [...left, ...right], message }];
  });
}

function numbersOf(cells: Cell[]): NumberCell[] | undefined {
  return cells.every(isNumberCell) ? cells : undefined;
}

function nameCells(cells: Cell[]): string {
  return cells.map(nameCell).join(' + ');
}

function sayFigures(cells: NumberCell[]): string {
  return cells.map(({ figure }) => sayFigure(figure)).join(' + ');
}
