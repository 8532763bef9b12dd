/**
 * Rates: one that the file declares as part ÷ whole is computed again; one of a known count has to be possible for it (of
 * 345, some whole number has to make 98.26%).
 */
import type Fraction from '../fraction';
import { printedInterval } from '../interval';
import { nameCell, nameInRow, sayFigure, sayRounded } from '../name-cell';
import type { Finding, NumberFigure, Report } from '../report';
import { isNumberCell, type NumberCell } from '../sums';
import { compareSides, VERDICTS, type Verdict } from './verdicts';

export function checkRates({ checks }: Report): Finding[] {
  return checks.flatMap((check): Finding[] => {
    if (check.kind !== 'rate') return [];
    const { rate, part, whole } = check;
    if (!isNumberCell(rate) || !isNumberCell(part) || !isNumberCell(whole) || whole.figure.value.equals(0)) return [];
    const percent = part.figure.value.div(whole.figure.value).mul(100);
    const verdict = compareSides(
      { value: rate.figure.value, interval: printedInterval(rate.figure) },
      { value: percent, interval: { low: percent, high: percent } },
    );
    const isSameRow = [part, whole].every(({ table, row }) => table === rate.table && row === rate.row);
    const beside = isSameRow
      ? `同一行${sayBriefly(whole)}、${sayBriefly(part)}`
      : `${nameCell(whole)} ${sayFigure(whole.figure)}、${nameCell(part)} ${sayFigure(part.figure)}`;
    const ratio = sayRounded(percent, Math.max(2, rate.figure.decimals));
    const name = rate.column.label;
    const message =
      verdict === 'disagrees'
        ? `${beside}，二者之比约为 ${ratio}%，与印出的 ${sayFigure(rate.figure)} 对不上，报告未说明${name}的算法，待核实。`
        : `${beside}，二者之比为 ${sayExactly(percent, rate.figure)}，与印出的 ${sayFigure(rate.figure)} ${VERDICTS[verdict]}。`;
    return [{ verdict, check: 'rate', cells: [rate, part, whole], message }];
  });
}

/** Counts k with k ÷ whole rounding to the printed rate. */
export function checkPossibleRates({ checks }: Report): Finding[] {
  return checks.flatMap((check): Finding[] => {
    if (check.kind !== 'possible') return [];
    const { rate, whole } = check;
    if (!isNumberCell(rate) || !isNumberCell(whole)) return [];
    const { low, high } = printedInterval(rate.figure);
    const count = whole.figure.value;
    const least = count.mul(low).div(100).ceil();
    const most = count.mul(high).div(100).floor();
    const verdict: Verdict = least.lte(most) ? 'agreesWithinRounding' : 'disagrees';
    const said = `${nameCell(rate)} ${sayFigure(rate.figure)}，以${nameInRow(whole)} ${sayFigure(whole.figure)}为基数`;
    const message = `${said}，${sayCounts(least, most, whole.figure)}，${VERDICTS[verdict]}。`;
    return [{ verdict, check: 'possible', cells: [rate, whole], message }];
  });
}

function sayCounts(least: Fraction, most: Fraction, { measureUnit }: NumberFigure): string {
  if (least.gt(most)) return '没有哪个整数能得出这个比例';
  if (least.equals(most)) return `相当于 ${sayRounded(least, 0)} ${measureUnit}`;
  return `相当于 ${sayRounded(least, 0)} 至 ${sayRounded(most, 0)} ${measureUnit}`;
}

function sayExactly(percent: Fraction, { decimals }: NumberFigure): string {
  const isExact = percent.mul(10n ** BigInt(decimals)).d === 1n;
  return isExact ? `${sayRounded(percent, decimals)}%` : `约 ${sayRounded(percent, decimals + 2)}%`;
}

/** The header's own label is enough beside its rate: 转化量 4 条. */
function sayBriefly(cell: NumberCell): string {
  return `${cell.column.label} ${sayFigure(cell.figure)}`;
}
