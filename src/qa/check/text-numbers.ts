/**
 * The numbers that a person reads in a text: 1,234,567 件, 123.4 万件, 98.26%, 同比下降 5.67%（↓）.
 *
 * Not here: numbers written into a script (../script/read-number.ts).
 */
import Fraction from '../../report/fraction';

export interface TextNumber {
  /** In units: 1234000 for 123.4万. */
  value: Fraction;
  /** Half a unit of its last place, scaled. */
  half: Fraction;
  /** What comes right behind it; "%…" behind a percentage. */
  behind: string;
}

const SCALES: Record<string, bigint> = { 万亿: 10n ** 12n, 亿: 10n ** 8n, 万: 10n ** 4n };
const NUMBER = /(?<![\d.])(\d+)(\.\d+)?(万亿|亿|万)?(?![\d])/gu;
const UP = '上升|增长|增加|提高|上涨|升|增|↑|[+＋]';
const DOWN = '下降|减少|降低|下跌|降|减|↓';
const BEFORE = new RegExp(`(?:(${UP})|(${DOWN}))了?约?(\\d+(?:\\.\\d+)?)%`, 'gu');
const BEHIND = /(\d+(?:\.\d+)?)%[（(]?(?:(↑)|(↓))/gu;

/** Half width; no thousands commas; no blanks but between two numbers. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .replace(/(?<!\d)\s+|\s+(?!\d)/g, '')
    .toLowerCase();
}

export function numbersIn(foldedText: string): TextNumber[] {
  return [...foldedText.matchAll(NUMBER)].map(({ 0: all, 1: whole = '', 2: decimals = '', 3: scaleWord, index }) => {
    const scale = SCALES[scaleWord ?? ''] ?? 1n;
    const places = Math.max(decimals.length - 1, 0);
    return {
      value: new Fraction(whole + decimals).mul(scale),
      half: new Fraction(scale).div(2n * 10n ** BigInt(places)),
      behind: foldedText.slice(index + all.length, index + all.length + 12),
    };
  });
}

/** Every percentage that the text calls a rise or a fall. */
export function changesIn(foldedText: string): { percent: Fraction; direction: 'up' | 'down' }[] {
  const before = [...foldedText.matchAll(BEFORE)].map(([, up, , digits = '']) => ({ up, digits }));
  const behind = [...foldedText.matchAll(BEHIND)].map(([, digits = '', up]) => ({ up, digits }));
  return [...before, ...behind].map(({ up, digits }) => ({
    percent: new Fraction(digits),
    direction: up ? 'up' : 'down',
  }));
}

/** Does it stand in the text, and not as part of a longer number? 3.22 doesn't stand in 13.22. */
export function standsIn(foldedText: string, words: string): boolean {
  const wanted = folded(words);
  for (let at = foldedText.indexOf(wanted); at >= 0; at = foldedText.indexOf(wanted, at + 1)) {
    const before = foldedText.slice(Math.max(0, at - 2), at);
    const behind = foldedText.slice(at + wanted.length, at + wanted.length + 2);
    const isCutBefore = /^\d/.test(wanted) && /\d\.?$/.test(before);
    const isCutBehind = /\d$/.test(wanted) && /^(\d|\.\d)/.test(behind);
    if (!isCutBefore && !isCutBehind) return true;
  }
  return false;
}
