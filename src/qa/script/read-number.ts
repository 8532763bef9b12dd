/**
 * Numbers as people write them into a sheet: 1,234,567, １２３４５６７, 123.4万, 约123.4万件, 98.26%, 1168268～1168378.
 *
 * Not here: which figure it is held against (../check/check-values.ts).
 */
import Fraction from '../../report/fraction';
import type { ExpectedChange, ExpectedNumber } from './script';

const SCALES: Record<string, bigint> = {
  万亿: 10n ** 12n,
  亿: 10n ** 8n,
  千万: 10n ** 7n,
  百万: 10n ** 6n,
  万: 10n ** 4n,
};
const SCALE = '万亿|亿|千万|百万|万';
const ONE = String.raw`([+-]?(?:\d+(?:\.\d+)?|\.\d+))(${SCALE})?`;
const NUMBER = new RegExp(String.raw`^(约|大约|近)?${ONE}(?:[~～—至到-]+${ONE})?([^\d\s.,+-]*?)(左右)?$`, 'u');
const CHANGE = /^(同比)?(上升|增长|增加|提高|下降|减少|降低|[↑↓升降+-])?了?(\d+(?:\.\d+)?)%([↑↓])?$/u;

/** Half width, without thousands commas and blanks, which mean nothing in a number. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .replace(/\s+/g, '');
}

/** Undefined where it is no number: words are a value too. */
export function readNumber(written: string): ExpectedNumber | undefined {
  const found = NUMBER.exec(plain(written));
  if (!found) return undefined;
  const [, about, first = '', firstScale, second, secondScale, unit = '', roughly] = found;
  const scale = SCALES[secondScale ?? firstScale ?? ''] ?? 1n;
  // 「12～13万」: the scale is written once and stands for both.
  const low = new Fraction(first).mul(firstScale ? (SCALES[firstScale] ?? 1n) : second === undefined ? 1n : scale);
  const high = second === undefined ? low : new Fraction(second).mul(scale);
  const decimals = (first.split('.')[1] ?? '').length;
  return {
    kind: 'number',
    written,
    low,
    high,
    isAbout: about !== undefined || roughly !== undefined,
    half: new Fraction(scale).div(2n * 10n ** BigInt(decimals)),
    unit,
  };
}

/** 「12.34万次」 as what stands before 次: 万 belongs to the number. "" for a unit without one. */
export function splitUnit(unit: string): { scale: Fraction; base: string } {
  const found = new RegExp(`^(${SCALE})(.+)$`, 'u').exec(unit);
  const [, scale = '', base = unit] = found ?? [];
  return { scale: new Fraction(SCALES[scale] ?? 1n), base };
}

/** 7.62%, 上升7.62%, ↑7.62%, 7.62%↓. Undefined where it is none of these. */
export function readChange(written: string): ExpectedChange | undefined {
  const found = CHANGE.exec(plain(written));
  if (!found) return undefined;
  const [, , before = '', digits = '', after = ''] = found;
  const direction = directionOf(before || after);
  return { written, percent: new Fraction(digits), ...(direction && { direction }) };
}

export function directionOf(word: string): 'up' | 'down' | undefined {
  if (/^(上升|增长|增加|提高|上涨|[↑升增涨+])$/u.test(word)) return 'up';
  if (/^(下降|减少|降低|下跌|[↓降减跌-])$/u.test(word)) return 'down';
  return undefined;
}
