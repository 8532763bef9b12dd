/** The year before, by estimate from this year's figure and its 同比, and how far it is from there to this year's. */
import { previousYear } from '../../report/interval';
import { isExact } from '../compute/expression';
import type { Computed, Result, Stated } from '../compute/result';
import { cellOf } from '../compute/state';
import type { Spot } from '../vocabulary/spots';
import { yearsChart } from './charts';
import { formulaOf, termsOf } from './compose-figures';
import { type Draft, draft } from './draft';
import type { Speaking } from './speaking';
import { amountText, boundsText, changeOf, changeText, nameOf, roughText, withUnit } from './words-for';

type OfBefore = Extract<Result, { op: 'before' | 'absoluteChange' | 'timesOfBefore' }>;

export function composeBefore(result: OfBefore, speaking: Speaking): Draft {
  switch (result.op) {
    case 'before':
      return yearBefore(result, speaking);
    case 'absoluteChange':
      return absoluteChange(result, speaking);
    case 'timesOfBefore':
      return timesOfBefore(result, speaking);
  }
}

function yearBefore({ stated, before }: Extract<Result, { op: 'before' }>, speaking: Speaking): Draft {
  const { wording, comparedWith } = speaking;
  const sentences: string[] = [];
  const figures: Draft['figures'] = [];
  stated.forEach((s, i) => {
    const then = before[i];
    sentences.push(...beforeSentences(s, then, speaking));
    figures.push({ stated: s });
    if (then && 'expression' in then) figures.push({ computed: then, label: nameOf(s.spot) });
  });
  const known = before.some((b) => b !== undefined);
  const first = before[0];
  const [only] = stated as [Stated];
  const headline =
    stated.length === 1 && first && 'expression' in first
      ? {
          headline: {
            figure: beforeText(first),
            label: wording.say('上年名称', { 上年: String(comparedWith), 名称: nameOf(only.spot) }),
          },
        }
      : {};
  return draft(known ? 'answer' : 'decline', known ? '推算' : '未公布', {
    ...headline,
    sentences,
    figures,
    sources: stated.map((s) => s.spot),
    focus: stated.map((s) => s.spot),
    terms: termsOf(only.spot),
    quoted: rateReadings(before),
    ...(stated.length === 1 ? yearsChart(only, speaking) : {}),
  });
}

function beforeText(then: Computed): string {
  return isExact(then.value) ? amountText({ ...then }) : `约 ${roughText(then.value, then)}`;
}

/** What the year before was, by estimate, and how many times that this year's figure is. */
function timesOfBefore({ stated, before, times }: Extract<Result, { op: 'timesOfBefore' }>, speaking: Speaking): Draft {
  const { wording, year, comparedWith } = speaking;
  const then = yearBefore({ op: 'before', stated: [stated], before: [before] }, speaking);
  const result = isExact(times.value) ? amountText(times) : `约 ${roughText(times.value, times)}`;
  const words = { 年: String(year), 上年: String(comparedWith), 结果: result, 算式: formulaOf(times) };
  return {
    ...then,
    headline: { figure: result, label: nameOf(stated.spot) },
    sentences: [...then.sentences, wording.say('上年倍数', words)],
    figures: [...then.figures, { computed: times, label: nameOf(stated.spot) }],
  };
}

type Before = Extract<Result, { op: 'before' }>['before'][number];

function beforeSentences(
  { spot, computed: figure }: Stated,
  then: Before,
  { wording, year, comparedWith }: Speaking,
): string[] {
  const change = changeOf(spot);
  const words = {
    年: String(year),
    上年: String(comparedWith),
    名称: nameOf(spot),
    数值: figure ? amountText(figure) : wording.say('未公布格'),
    同比: change ? changeText(change, wording) : '',
  };
  if (!then) return [wording.say('上年推不出', words)];
  if (!('expression' in then)) {
    const text = (i: { low: Computed['value']['low']; high: Computed['value']['high'] }) =>
      roughText(i, { unit: '%', isPercent: true, decimals: 2 });
    return [wording.say('推算上年比率', { ...words, 百分点: text(then.points), 相对: text(then.relative) })];
  }
  const formula = formulaOf(then);
  if (isExact(then.value)) return [wording.say('推算上年准数', { ...words, 结果: amountText(then), 算式: formula })];
  const { low, high } = boundsText(then.value, then);
  return [
    wording.say('推算上年', {
      ...words,
      结果: roughText(then.value, then),
      范围: wording.say('推算范围', { 低: low, 高: high }),
      算式: formula,
      收窄: isNarrowed(spot, then) ? wording.say('收窄') : '',
    }),
  ];
}

/** Is the range tighter than the cell's own 同比 makes it, since the table's sums have to hold too? */
function isNarrowed(spot: Spot, then: Computed): boolean {
  const cell = cellOf(spot);
  const own = cell && previousYear(cell)?.integers;
  return own !== undefined && !(then.value.low.equals(own.low) && then.value.high.equals(own.high));
}

function rateReadings(before: readonly Before[]): string[] {
  return before.flatMap((b) =>
    b && !('expression' in b)
      ? [b.points, b.relative].map((i) => roughText(i, { unit: '%', isPercent: true, decimals: 2 }))
      : [],
  );
}

function absoluteChange({ stated, before, by }: Extract<Result, { op: 'absoluteChange' }>, speaking: Speaking): Draft {
  const { wording, year, comparedWith } = speaking;
  const change = changeOf(stated.spot);
  const isUp = by.value.high.compare(0) > 0;
  const amount: Computed = isUp ? by : { ...by, value: { low: by.value.high.neg(), high: by.value.low.neg() } };
  const words = {
    年: String(year),
    上年: String(comparedWith),
    名称: nameOf(stated.spot),
    数值: stated.computed ? amountText(stated.computed) : '',
    同比: change ? changeText(change, wording) : '',
    多少: wording.say(isUp ? '多了' : '少了'),
    上年数值: beforeText(before),
    算式: formulaOf(by),
  };
  const exact = isExact(amount.value);
  const { low, high } = boundsText(amount.value, amount);
  const result = exact
    ? amountText(amount)
    : withUnit(amountText({ ...amount, value: roundedMiddle(amount) }).replace(/ .*$/u, ''), amount.unit);
  const sentence = exact
    ? wording.say('变化量准数', { ...words, 结果: result })
    : wording.say('变化量', { ...words, 结果: result, 范围: wording.say('推算范围', { 低: low, 高: high }) });
  return draft('answer', '推算', {
    headline: {
      figure: `${wording.say(isUp ? '多了' : '少了')} ${exact ? '' : '约 '}${result}`,
      label: nameOf(stated.spot),
    },
    sentences: [sentence],
    figures: [
      { stated },
      { computed: before, label: nameOf(stated.spot) },
      { computed: by, label: nameOf(stated.spot) },
    ],
    sources: [stated.spot],
    focus: [stated.spot],
    terms: termsOf(stated.spot),
    ...yearsChart(stated, speaking),
  });
}

/** The middle of the interval, to the places that the measure is printed with. */
function roundedMiddle({ value, decimals }: Computed): Computed['value'] {
  const mid = value.low.add(value.high).div(2);
  const rounded = mid
    .mul(10 ** decimals)
    .add(0.5)
    .floor()
    .div(10 ** decimals);
  return { low: rounded, high: rounded };
}
