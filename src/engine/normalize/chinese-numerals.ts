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

/** 三千四百五十六 → 3456, 三千四 → 3400; undefined when the characters are no well-formed numeral below 万. */
export function readNumeral(text: string): number | undefined {
  if (/^[〇零幺一二两三四五六七八九]{2,}$/.test(text)) {
    return Number([...text].map((c) => DIGITS[c]).join(''));
  }
  let total = 0;
  let digit: number | undefined;
  let lastStep = 10_000;
  let isAfterZero = false;
  for (const char of text) {
    const step = STEPS[char];
    if (step !== undefined) {
      if (step >= lastStep) return undefined;
      if (digit === undefined && total > 0 && step !== 10) return undefined;
      total += (digit ?? 1) * step;
      digit = undefined;
      isAfterZero = false;
      lastStep = step;
    } else {
      if (digit !== undefined && digit !== 0) return undefined;
      isAfterZero = digit === 0;
      digit = DIGITS[char];
      if (digit === undefined) return undefined;
    }
  }
  // 三千四 is 3400, and not three thousand and four.
  const place = total > 0 && !isAfterZero ? lastStep / 10 : 1;
  return total + (digit ?? 0) * place;
}

/** 三四秒, 两三百件, 一百二三十名: between the two. */
const EITHER =
  /((?:[一二两三四五六七八九]?[千百十])*)([一二两三四五六七八])([二两三四五六七八九])([十百千]?)(?=[成万亿个件条次通名人家位秒分天元块对期篇倍小工周句笔起户单场席])/gu;

/** 三到四倍, 3至4秒 */
const FROM_TO =
  /(?<![\d.一二两三四五六七八九十百千万])(\d{1,3}|[一二两三四五六七八九])[到至](\d{1,3}|[一二两三四五六七八九])(?=[成万亿个件条次通名人家位秒天元块期篇倍%])/gu;

// 十分 is 「very」 unless a unit follows (十分钟); 千万 and 百万 alone are handled by the scale that stays.
const COMPOUND = /[〇零幺一二两三四五六七八九十百千]{2,}|十(?=分钟|秒|万|亿|期|个|件|条|名|人|家|篇|项|天|倍)/gu;
/** 123万4567 → 1234567, 8万9千 → 89000: what stands behind 万 belongs to it. */
const BEHIND_WAN =
  /(?<![\d.])(\d+|[一二两三四五六七八九])万(?:零?(\d{2,4})|零(\d|[一二三四五六七八九])|(\d|[一二两三四五六七八九])(千|百))(?![〇零一二三四五六七八九十百千万亿\d点.%分成倍个])/gu;
/** 五十八万五 → 58.5万: the last digit is of the next lower place, where nothing follows that it would count. */
const SHORTENED =
  /(?<![\d.])(\d+|[一二两三四五六七八九])(万|亿)((?:[二三四五六七八九]|[2-9])(?![〇零一二三四五六七八九十百千万亿\d点.%分成倍个])|[一1](?=$|[吗吧么呢多左,，。、？?！!\s]|对[吗吧不]))/gu;
const MINUTES_AND_SECONDS = /(?<![\d.])(\d+|[一二两三四五六七八九])分钟?零?(\d+|[一二两三四五六七八九])秒/gu;
const HALF_A_MINUTE = /(?<![\d.])(\d+|[一二两三四五六七八九])分(?:钟半|半钟)/gu;
const MINUTES_AND_MORE = /(?<![\d.])(\d+|[一二两三四五六七八九])分多钟/gu;
const FRACTION = /[〇零一二两三四五六七八九十百千\d]+点[〇零一二两三四五六七八九]+/gu;
// 「是百分百吗」 says a share; 「百分百确定」 says how sure somebody is.
const PERCENT =
  /百分(?:之([\d.]+|[〇零一二两三四五六七八九十百]+(?:点[〇零一二两三四五六七八九]+)?)|百(?=[吗吧么嘛呢了，。、？！?!\s]|$))/gu;

/** 58.5个亿 → 58.5亿 */
const COUNTED_SCALE = /(?<=[\d一二两三四五六七八九十百千])个(?=亿)/gu;
/** 破万, 上亿, 过千: one of them. */
const BARE_SCALE =
  /(?<=[破过超逾上达够满近足]了?)([万亿]|[百千](?=[件条次通名人家位个期篇对笔了吗没吧呢]|$))(?![\d%])/gu;

/** Replaces numerals of two characters and more, decimals (三点二二), 百分之四十六 (46%) and 三分十五秒 (195秒) by digits. */
export function digitsForNumerals(text: string): string {
  return (
    text
      .replace(COUNTED_SCALE, '')
      .replace(BARE_SCALE, '一$1')
      .replace(EITHER, (all, above: string, one: string, next: string, place: string, at: number, whole: string) => {
        const isNext =
          DIGITS[next] === (DIGITS[one] ?? 0) + 1 && !/[〇零一二两三四五六七八九点]/.test(whole[at - 1] ?? '');
        const [low, high] = [one, next].map((digit) => digits(above + digit + place));
        return isNext && low && high ? `${low}~${high}` : all;
      })
      .replace(FROM_TO, (all, low: string, high: string) => {
        const [from, to] = [digits(low), digits(high)];
        return from && to && Number(from) < Number(to) ? `${from}~${to}` : all;
      })
      .replace(PERCENT, (all, n = '百') => {
        const [one = '', next = ''] = n;
        const isEither = n.length === 2 && DIGITS[next] === (DIGITS[one] ?? 0) + 1;
        if (isEither) return `${DIGITS[one]}~${DIGITS[next]}%`;
        const value = digits(n);
        return value === undefined ? all : `${value}%`;
      })
      .replace(FRACTION, (all) => digits(all) ?? all)
      // 「110转12345两千五百」: two numbers.
      .replace(COMPOUND, (numeral, at: number, whole: string) => {
        const value = digits(numeral) ?? numeral;
        return /\d/.test(whole[at - 1] ?? '') ? ` ${value}` : value;
      })
      .replace(BEHIND_WAN, (_, wan, plain = '', afterZero = '', digit = '', place = '') => {
        const behind = plain || digits(afterZero) || Number(digits(digit)) * (STEPS[place] ?? 1);
        return String(Number(digits(wan)) * 10_000 + Number(behind));
      })
      .replace(
        SHORTENED,
        (_, whole: string, scale: string, tenth: string) => `${digits(whole)}.${digits(tenth)}${scale}`,
      )
      .replace(
        MINUTES_AND_SECONDS,
        (_, minutes: string, seconds: string) => `${Number(digits(minutes)) * 60 + Number(digits(seconds))}秒`,
      )
      .replace(HALF_A_MINUTE, (_, minutes: string) => `${digits(minutes)}.5分钟`)
      .replace(MINUTES_AND_MORE, '$1分钟多')
  );
}

/** 九十五 → 95, 九十五点三八 → 95.38, 5 → 5 */
function digits(text: string): string | undefined {
  if (/^[\d.]+$/.test(text)) return text;
  const [whole = '', decimals] = text.split('点');
  const value = /^\d+$/.test(whole) ? whole : (DIGITS[whole] ?? readNumeral(whole));
  if (value === undefined) return undefined;
  return decimals === undefined ? String(value) : `${value}.${[...decimals].map((c) => DIGITS[c]).join('')}`;
}
