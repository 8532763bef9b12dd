/**
 * Numbers in a question: 1234567, 123.5万, 12.34%, 3成, 两百万 (its numerals are digits already).
 *
 * A number keeps how exactly it was said: 123.5万 stands for 123.45万 to 123.55万.
 */
import Fraction from '../../report/fraction';
import { readNumeral } from '../normalize/chinese-numerals';

export interface NumberRead {
  value: Fraction;
  /** Half a unit of the last place said. */
  tolerance: Fraction;
  isPercent: boolean;
  /** Said with 万 or 亿, or with 多, 近, 约. */
  isRough: boolean;
}

const NUMBER = /^(\d+(?:\.\d+)?)(多|来)?(千|百)?(万|亿)?(多)?(%|个百分点|百分点|个点|成)?/u;
const SINGLE = /^([一二两三四五六七八九十])(?=(?:个百分点|百分点|成|倍|百|千|万|亿|分钟|小时|个小时|秒|天))/u;
const HALF = /^(\d+|[一二两三四五六七八九])成半?/u;
const SCALE: Record<string, number> = { 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };

/** The number at the start of `text`, with its length there. */
export function readNumber(text: string): { read: NumberRead; length: number } | undefined {
  if (/^一半(?!天|个)/u.test(text))
    return { read: { value: new Fraction(50), tolerance: new Fraction(5), isPercent: true, isRough: true }, length: 2 };
  const tenths = HALF.exec(text);
  if (tenths?.[1]) {
    const count = readNumeral(tenths[1]) ?? Number(tenths[1]);
    const value = new Fraction(count * 10 + (tenths[0].endsWith('半') ? 5 : 0));
    return { read: { value, tolerance: new Fraction(5), isPercent: true, isRough: true }, length: tenths[0].length };
  }
  const single = SINGLE.exec(text);
  const digits = single?.[1] ? String(readNumeral(single[1])) + text.slice(1) : text;
  const match = NUMBER.exec(digits);
  if (!match?.[1]) return undefined;
  const [all, number, , hundreds, scale, , percent] = match;
  const factor = (hundreds ? (SCALE[hundreds] ?? 1) : 1) * (scale ? (SCALE[scale] ?? 1) : 1);
  const decimals = number.split('.')[1]?.length ?? 0;
  const tenfold = percent === '成' ? 10 : 1;
  return {
    read: {
      value: new Fraction(number).mul(factor * tenfold),
      tolerance: new Fraction(1, 2 * 10 ** decimals).mul(factor * tenfold),
      isPercent: percent !== undefined,
      isRough: factor > 1 || /多|来/.test(all),
    },
    length: all.length,
  };
}
