/** What a number that somebody says stands for: 123.5万, 120多万, 将近120万, 120万左右. */
import type Fraction from '../../report/fraction';

/** Between two numbers, with them or without. */
export interface Range {
  from: Fraction;
  to: Fraction;
  isOpen?: boolean;
}

/** 五万来件, 五万件左右 */
export function around(value: Fraction, by: Fraction): Range {
  return { from: value.sub(by), to: value.add(by) };
}

/** 五万多件, 三秒多: more than that, and not yet the next. */
export function moreThan(value: Fraction, by: Fraction): Range {
  return { from: value, to: value.add(by), isOpen: true };
}

/** 将近140万件: not more than that, nearer to it than to 130万, and by a tenth of it at most. */
export function nearly(value: Fraction, step: Fraction): Range {
  const [half, tenth] = [step.div(2), value.div(10)];
  return { from: value.sub(half.compare(tenth) < 0 ? half : tenth), to: value };
}

/** In another unit. */
export function scaled({ from, to, ...rest }: Range, factor: Fraction): Range {
  return { ...rest, from: from.mul(factor), to: to.mul(factor) };
}

export function isWithin(value: Fraction, { from, to, isOpen = false }: Range): boolean {
  const [above, below] = [value.compare(from), to.compare(value)];
  return isOpen ? above > 0 && below > 0 : above >= 0 && below >= 0;
}
