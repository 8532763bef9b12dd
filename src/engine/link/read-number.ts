/**
 * Numbers in a question: 1234567, 123.5万, 12.34%, 3成, 两百万 (its numerals are digits already).
 *
 * A number keeps how exactly it was said: 123.5万 stands for 123.45万 to 123.55万, 120多万 for what lies between 120万 and 130万.
 */
import Fraction from '../../report/fraction';
import { readNumeral } from '../normalize/chinese-numerals';
import { around, moreThan, type Range } from './range';

export interface NumberRead {
  value: Fraction;
  /** What it stands for. */
  range: Range;
  /** One of the last place that isn't zero: 10万 of 120万. */
  step: Fraction;
  isPercent: boolean;
  /** Said with 万 or 亿, or with 多, 近, 约. */
  isRough: boolean;
  /** 三成, 一半, 三分之一: so much of something. */
  isPart?: boolean;
  /** 翻番: that, or more; 过半: more than that. */
  least?: 'reached' | 'exceeded';
}

const NUMBER =
  /^(\d+(?:\.\d+)?)(多|余|(?<=0)几(?=[百千万亿])|来)?(千|百)?(万|亿)?(多|余|(?<=\d)个多(?=百分点|点))?(%|个百分点|百分点|个点|(?<=个多)点|成)?(多|余)?/u;
/** 3~4秒, 7~8成 */
const BETWEEN = /^(\d+)~(\d+)(万|亿)?(%|个百分点|百分点|个点|成)?/u;
/** 破百万, 上千万: one of them. */
const ROUND = /^[百千](?=[万亿])/u;
const SINGLE =
  /^([一二两三四五六七八九十])(?=(?:个多?百分点|个多?点|百分点|成|倍|百|千|万|亿|分钟|小时|个小时|秒|天|对[吗不吧么]|[吗吧么]))/u;
const TENTHS = /^(\d+|[一二两三四五六七八九])成(半|[一二两三四五六七八九])?(多|余)?/u;
const HALF = /^(?:一半|半数)(?!天|个)/u;
const FRACTION = /^([一二两三四五六七八九十]|\d{1,2})分之([一二两三四五六七八九十]|\d{1,2})/u;
const SCALE: Record<string, number> = { 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };

/** The number at the start of `text`, with its length there. */
export function readNumber(text: string): { read: NumberRead; length: number } | undefined {
  const part = betweenSaid(text) ?? partSaid(text);
  if (part) return part;
  const single = SINGLE.exec(text);
  const isRound = ROUND.test(text);
  const digits = single?.[1] ? String(readNumeral(single[1])) + text.slice(1) : isRound ? `1${text}` : text;
  const match = NUMBER.exec(digits);
  if (!match?.[1]) return undefined;
  const [all, number, over, hundreds, scale, overScale, percent, overPercent] = match;
  const tenfold = percent === '成' ? 10 : 1;
  const factor = (hundreds ? (SCALE[hundreds] ?? 1) : 1) * (scale ? (SCALE[scale] ?? 1) : 1) * tenfold;
  const last = new Fraction(1, 10 ** (number.split('.')[1]?.length ?? 0)).mul(factor);
  const step = lastPlace(number).mul(factor);
  const value = new Fraction(number).mul(factor);
  const isAround = over === '来';
  // 20多万 is less than 30万, 20万多 less than 21万.
  const above = over && !isAround ? step : overScale || overPercent ? last : undefined;
  return {
    read: {
      value,
      // 450来条: from a little less to hardly the next.
      range: above
        ? moreThan(value, above)
        : isAround
          ? { from: value.sub(step.div(2)), to: value.add(step) }
          : around(value, scale ? smaller(last.div(2), value.div(WITHIN)) : last.div(2)),
      step,
      isPercent: percent !== undefined,
      isRough: factor > tenfold || over !== undefined || above !== undefined,
    },
    length: all.length - (isRound ? 1 : 0),
  };
}

/** 两万 is rounded, but 23,000 isn't two: by a twentieth at most. */
const WITHIN = 20;

function smaller(a: Fraction, b: Fraction): Fraction {
  return a.compare(b) < 0 ? a : b;
}

/** 三四秒 is more than three, and hardly more than four. */
function betweenSaid(text: string): { read: NumberRead; length: number } | undefined {
  const [all, low, high, scale, percent] = BETWEEN.exec(text) ?? [];
  if (!all || !low || !high) return undefined;
  const factor = (scale ? (SCALE[scale] ?? 1) : 1) * (percent === '成' ? 10 : 1);
  const [from, to] = [new Fraction(low).mul(factor), new Fraction(high).mul(factor)];
  const step = to.sub(from);
  return {
    read: {
      value: from,
      range: { from, to: to.add(step.div(2)) },
      step,
      isPercent: percent !== undefined,
      isRough: true,
      ...(percent === '成' ? { isPart: true } : {}),
    },
    length: all.length,
  };
}

/** 前三, 翻番: no rounding in it. */
export function exactly(value: Fraction): NumberRead {
  const none = new Fraction(0);
  return { value, range: around(value, none), step: none, isPercent: false, isRough: false };
}

/** 大部分, 过半: more than half of something. */
export const MORE_THAN_HALF: NumberRead = {
  ...exactly(new Fraction(50)),
  isPercent: true,
  isRough: true,
  isPart: true,
  least: 'exceeded',
};

/** 10 of 120, 0.1 of 1.2. */
function lastPlace(number: string): Fraction {
  const [whole = '', decimals = ''] = number.split('.');
  if (decimals) return new Fraction(`0.${decimals.replace(/./g, '0').slice(1)}1`);
  return new Fraction(Number(whole) === 0 ? 1 : `1${/0*$/.exec(whole)?.[0] ?? ''}`);
}

/** 三成, 九成五, 一半, 过半, 三分之一: in per cent, and how roughly. */
function partSaid(text: string): { read: NumberRead; length: number } | undefined {
  const part = (all: string, percent: Fraction, by: number, isOver = false) => ({
    read: {
      value: percent,
      range: isOver ? moreThan(percent, new Fraction(2 * by)) : around(percent, new Fraction(by)),
      step: new Fraction(2 * by),
      isPercent: true,
      isRough: true,
      isPart: true,
    },
    length: all.length,
  });
  const [half] = HALF.exec(text) ?? [];
  if (half) return part(half, new Fraction(50), 5);
  const [fraction, of, parts] = FRACTION.exec(text) ?? [];
  if (fraction && of && parts) return part(fraction, new Fraction(100 * digit(parts), digit(of)), 3);
  const [tenths, count, rest, over] = TENTHS.exec(text) ?? [];
  if (!tenths || !count) return undefined;
  const percent = digit(count) * 10 + (rest === '半' ? 5 : rest ? digit(rest) : 0);
  return part(tenths, new Fraction(percent), rest && rest !== '半' ? 0.5 : 5, over !== undefined);
}

function digit(text: string): number {
  return readNumeral(text) ?? Number(text);
}
