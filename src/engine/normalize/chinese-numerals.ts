/**
 * Chinese numerals as people write them: 二〇二四 → 2024, 三十 → 30, 一百二十万 → 120万.
 *
 * The scales 万 and 亿 stay as they are, since the report and people both say 123.5万. A single
 * numeral is left alone (一企来办, 三方): whether it is a number, the linker knows.
 */
const DIGITS: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  幺: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const STEPS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** 三千四百五十六 → 3456; undefined when the characters are no well-formed numeral below 万. */
export function readNumeral(text: string): number | undefined {
  if (/^[〇零幺一二两三四五六七八九]{2,}$/.test(text)) {
    return Number([...text].map((c) => DIGITS[c]).join(''));
  }
  let total = 0;
  let digit: number | undefined;
  let lastStep = 10_000;
  for (const char of text) {
    const step = STEPS[char];
    if (step !== undefined) {
      if (step >= lastStep) return undefined;
      if (digit === undefined && total > 0 && step !== 10) return undefined;
      total += (digit ?? 1) * step;
      digit = undefined;
      lastStep = step;
    } else {
      if (digit !== undefined && digit !== 0) return undefined;
      digit = DIGITS[char];
      if (digit === undefined) return undefined;
    }
  }
  return total + (digit ?? 0);
}

// 十分 is 「very」 unless a unit follows (十分钟); 千万 and 百万 alone are handled by the scale that stays.
const COMPOUND = /[〇零幺一二两三四五六七八九十百千]{2,}|十(?=分钟|秒|万|亿|期|个|件|条|名|人|家|篇|项|天|倍)/gu;
const FRACTION = /([〇零一二两三四五六七八九十百千\d]+)点([〇零一二两三四五六七八九]+)/gu;
// 「是百分百吗」 says a share; 「百分百确定」 says how sure somebody is.
const PERCENT = /百分(?:之([\d.]+|[〇零一二两三四五六七八九十百]+)|百(?=[吗吧么嘛呢了，。、？！?!\s]|$))/gu;

/** Replaces numerals of two characters and more, decimals (三点二二) and 百分之四十六 (46%) by digits. */
export function digitsForNumerals(text: string): string {
  return text
    .replace(PERCENT, (all, n = '百') => {
      const value = /^[\d.]+$/.test(n) ? n : numeralOrDigit(n);
      return value === undefined ? all : `${value}%`;
    })
    .replace(FRACTION, (all, whole: string, decimals: string) => {
      const value = /^\d+$/.test(whole) ? whole : numeralOrDigit(whole);
      return value === undefined ? all : `${value}.${[...decimals].map((c) => DIGITS[c]).join('')}`;
    })
    .replace(COMPOUND, (numeral) => {
      const value = readNumeral(numeral);
      return value === undefined ? numeral : String(value);
    });
}

function numeralOrDigit(text: string): number | undefined {
  return text.length === 1 && text in DIGITS ? DIGITS[text] : readNumeral(text);
}
