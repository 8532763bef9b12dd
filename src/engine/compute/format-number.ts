/** Numbers as people read them: 1,234,567; 3.01; rounded half up, never longer than asked. */
import type Fraction from '../../report/fraction';

/** Rounds half away from zero to at most `decimals` places; at least `atLeast` places are kept. */
export function formatNumber(value: Fraction, decimals: number, atLeast = 0): string {
  const isNegative = value.compare(0) < 0;
  const { n, d } = value.abs();
  const scaled = (2n * n * 10n ** BigInt(decimals) + d) / (2n * d);
  const digits = scaled.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  let fraction = decimals > 0 ? digits.slice(-decimals) : '';
  while (fraction.length > atLeast && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${isNegative && /[1-9]/.test(digits) ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
