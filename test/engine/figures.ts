/** What a cell says, read from the report alone, and whether a figure of an answer says the same. */
import type { AnswerFigure } from '../../src/engine/answer-form';
import type { Cell, Report } from '../../src/report/report';
import { computeFormula, numbersOf } from './formula';

/** As it should stand in a reply: 1,393,747, 99.11%, 优秀; the printed string for a blank. */
export function sayCell({ figure, printed }: Cell): string {
  if (figure.kind === 'text') return figure.text;
  if (figure.kind === 'blank') return printed;
  const [whole = '', decimals] = figure.digits.split('.');
  const grouped = Number(whole).toLocaleString('en-US');
  return `${grouped}${decimals === undefined ? '' : `.${decimals}`}${figure.isPercent ? '%' : ''}`;
}

/** Value, unit, direction and size of the 同比: all as printed. */
export function statesRightly({ value, unit, change }: AnswerFigure, { figure, printed }: Cell): boolean {
  if (figure.kind === 'text') return value === figure.text && change === null;
  if (figure.kind === 'blank') return value === printed && change === null;
  if (value !== Number(figure.digits)) return false;
  if (unit !== (figure.isPercent ? '%' : figure.measureUnit)) return false;
  if (!figure.change) return change === null;
  return (
    change !== null &&
    change.value === Number(figure.change.digits) &&
    change.direction === figure.change.direction &&
    change.printed === figure.change.printed
  );
}

/** A figure that isn't printed: of printed numbers only, and what its formula makes of them to four places. */
export function followsFromItsFormula({ value, unit, formula }: AnswerFigure, { cells }: Report): boolean {
  if (!formula || typeof value !== 'number') return false;
  const printed = new Set(cells.flatMap(({ figure }) => (figure.kind === 'number' ? figure.digits : [])));
  if (!numbersOf(formula).every((number) => printed.has(number))) return false;
  const computed = computeFormula(formula);
  const isShare = unit === '%' && formula.includes('÷');
  return Math.abs((isShare ? computed * 100 : computed) - value) < 1e-4;
}
