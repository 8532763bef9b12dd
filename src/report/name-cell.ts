/**
 * Names cells and figures in sentences about the report: 「“晓苏”政策问答台 › 县(市、区) › 转化率」, 「1,234,567 件」.
 */
import type Fraction from './fraction';
import type { Cell, NumberFigure } from './report';

/** Table, row and headers, from the outside in. A table that is called like its part is named once. */
export function nameCell({ table, row, column }: Cell): string {
  return [table.title, row.label, ...column.path.map(({ label }) => label)].filter(Boolean).join(' › ');
}

/** What tells a cell apart inside its row: 诉求来源 › 电话. */
export function nameInRow({ column }: Cell): string {
  return column.path.map(({ label }) => label).join(' › ');
}

/** 1,234,567 件; 98.26% */
export function sayFigure(figure: NumberFigure): string {
  if (figure.isPercent) return `${figure.digits}%`;
  return [groupDigits(figure.digits), figure.measureUnit].filter(Boolean).join(' ');
}

/** Rounded half up to some places, with trailing zeros: 9.52. */
export function sayRounded(value: Fraction, places: number): string {
  const unit = 10n ** BigInt(places);
  const { s, n } = value.mul(unit).round();
  const digits = n.toString().padStart(places + 1, '0');
  const whole = groupDigits(digits.slice(0, digits.length - places));
  const rest = places > 0 ? `.${digits.slice(-places)}` : '';
  return `${s < 0n ? '-' : ''}${whole}${rest}`;
}

/** 1234567 becomes 1,234,567; what follows a decimal point stays. */
export function groupDigits(digits: string): string {
  const [whole = '', rest] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
