/** What was computed: the result first, its formula in the sentence. */

import type { Grade } from '../answer-form';
import { isExact } from '../compute/expression';
import { daysIn } from '../compute/mean';
import type { Computed, Result } from '../compute/result';
import { state } from '../compute/state';
import type { Spot } from '../vocabulary/spots';
import { changeChart, chartOf, shareChart } from './charts';
import { formulaOf, remarks, termsOf } from './compose-figures';
import { type Draft, draft } from './draft';
import type { Speaking } from './speaking';
import { amountText, changeOf, changeText, nameOf, readableText, roughText, statedText } from './words-for';

type Arithmetic = Extract<
  Result,
  { op: 'share' | 'rateAsShare' | 'complement' | 'difference' | 'times' | 'sum' | 'mean' | 'rest' }
>;

export function composeArithmetic(result: Arithmetic, speaking: Speaking): Draft {
  switch (result.op) {
    case 'share':
      return share(result, speaking);
    case 'rateAsShare':
      return rateAsShare(result, speaking);
    case 'complement':
      return complement(result, speaking);
    case 'difference':
    case 'times':
      return comparison(result, speaking);
    case 'sum':
      return sum(result, speaking);
    case 'mean':
      return mean(result, speaking);
    case 'rest':
      return rest(result, speaking);
  }
}

/** Computed from printed figures, or from last year's estimates. */
function gradeOf(...figures: Computed[]): Grade {
  return figures.every((f) => isExact(f.value)) ? '计算' : '推算';
}

function resultText(figure: Computed): string {
  return isExact(figure.value) ? amountText(figure) : `约 ${roughText(figure.value, { ...figure, decimals: 2 })}`;
}

function share({ shares, isCarried }: Extract<Result, { op: 'share' }>, speaking: Speaking): Draft {
  const { wording, year } = speaking;
  const [first] = shares as [(typeof shares)[number]];
  const parts = [...new Set(shares.map((s) => s.part.spot))];
  return draft('answer', gradeOf(...shares.map((s) => s.share)), {
    headline: {
      figure: shares
        .map((s) => resultText(s.share))
        .slice(0, parts.length)
        .join('／'),
      label: wording.say('占比名称', { 名称: parts.map(nameOf).join('／') }),
    },
    sentences: [
      ...shares.map(({ part, whole, share: figure }) =>
        wording.say('占比', {
          年: String(year),
          部分: nameOf(part.spot),
          部分数值: statedText(part, wording),
          整体: nameOf(whole.spot),
          整体数值: statedText(whole, wording),
          结果: resultText(figure),
          算式: formulaOf(figure),
        }),
      ),
      ...(shares.some((s) => s.isApart) ? [wording.say('占比两表')] : []),
      ...(isCarried ? parts.flatMap((spot) => withChange(spot, speaking)) : []),
    ],
    sources: [...new Set(shares.flatMap((s) => [s.part.spot, s.whole.spot]))],
    figures: shares.flatMap((s) => [
      { stated: s.part },
      { stated: s.whole },
      { computed: s.share, label: nameOf(s.part.spot) },
    ]),
    focus: parts,
    terms: termsOf(first.part.spot),
    ...shareChart(shares, speaking),
  });
}

/** The figure itself, where a 同比 of it is printed. */
function withChange(spot: Spot, { wording, year }: Speaking): string[] {
  const change = changeOf(spot);
  if (!change) return [];
  const words = { 年: String(year), 名称: nameOf(spot), 数值: statedText(state(spot), wording) };
  return [wording.say('数值和同比', { ...words, 同比: changeText(change, wording) })];
}

function rateAsShare({ stated }: Extract<Result, { op: 'rateAsShare' }>, speaking: Speaking): Draft {
  const { wording, year } = speaking;
  const change = changeOf(stated.spot);
  const words = {
    年: String(year),
    名称: nameOf(stated.spot),
    数值: statedText(stated, wording),
    同比: change ? `，${changeText(change, wording)}` : '',
  };
  const sentences = [wording.say('占比本身', words), ...remarks(stated, speaking)];
  return draft('answer', '原文', {
    headline: {
      figure: statedText(stated, wording),
      label: nameOf(stated.spot),
      ...(change ? { change: changeText(change, wording) } : {}),
    },
    sentences,
    sources: [stated.spot],
    figures: [{ stated }],
    focus: [stated.spot],
    terms: termsOf(stated.spot),
  });
}

function comparison(result: Extract<Result, { op: 'difference' | 'times' }>, speaking: Speaking): Draft {
  const { wording, year } = speaking;
  const { left, right } = result;
  const stated = [left.stated, right.stated];
  const spots = stated.map(({ spot }) => spot);
  const ofChange = left.computed.expression.op === 'change';
  const said = (side: typeof left) => {
    const change = ofChange ? changeOf(side.stated.spot) : undefined;
    return change ? changeText(change, wording) : amountText(side.computed);
  };
  const words = {
    年: String(year),
    甲: nameOf(left.stated.spot),
    甲数值: said(left),
    乙: nameOf(right.stated.spot),
    乙数值: said(right),
  };
  const figures: Draft['figures'] = [{ stated: left.stated }, { stated: right.stated }];
  for (const side of [left, right])
    if (side.computed.expression.op !== 'cell')
      figures.push({ computed: side.computed, label: nameOf(side.stated.spot) });
  const sentences: string[] = [];
  let headline: string;
  let main: Computed;
  if (result.op === 'times') {
    main = result.times;
    headline = resultText(main);
    sentences.push(wording.say('倍数', { ...words, 结果: headline, 算式: formulaOf(main) }));
  } else {
    main = result.by;
    const isLess = main.value.high.compare(0) < 0;
    const size: Computed = isLess
      ? { ...main, value: { low: main.value.high.neg(), high: main.value.low.neg() } }
      : main;
    const higher = wording.say(result.isPoints ? (isLess ? '比例低' : '比例高') : isLess ? '低' : '高');
    headline = `${higher} ${resultText(size)}`;
    const areEqual = isExact(main.value) && main.value.low.equals(0);
    if (result.asksEqual) sentences.push(wording.say(areEqual ? '一样' : '不一样'));
    if (areEqual) {
      headline = words.甲数值;
      sentences.push(wording.say('相等', words));
    } else {
      sentences.push(wording.say('相差', { ...words, 高低: higher, 结果: resultText(size), 算式: formulaOf(main) }));
      if (result.times) sentences.push(wording.say('相差倍数', { 倍数: resultText(result.times) }));
      if (result.relative) {
        const relative = isLess
          ? {
              ...result.relative,
              value: { low: result.relative.value.high.neg(), high: result.relative.value.low.neg() },
            }
          : result.relative;
        sentences.push(wording.say('相差比例', { 相对: resultText(relative) }));
        figures.push({ computed: result.relative, label: '' });
      }
    }
    if (result.times) figures.push({ computed: result.times, label: '' });
  }
  const units = new Set([left, right].map(({ computed: { unit } }) => unit));
  if (units.size > 1) sentences.push(wording.say('单位不同', { 单位: [...units].join('、') }));
  figures.push({ computed: main, label: `${words.甲}／${words.乙}` });
  return draft('answer', gradeOf(main), {
    headline: { figure: headline, label: `${words.甲}／${words.乙}` },
    sentences,
    sources: spots,
    figures,
    focus: spots,
    terms: termsOf(left.stated.spot),
    ...(ofChange ? changeChart(stated, speaking) : chartOf(stated, speaking)),
  });
}

function sum({ of, sum: total, printed, asSpot, equals }: Extract<Result, { op: 'sum' }>, speaking: Speaking): Draft {
  const { wording } = speaking;
  const list = of.map((s) => `${nameOf(s.spot)} ${statedText(s, wording)}`).join('、');
  const words = { 内容: list, 结果: `${resultText(total)}${readableText(total)}`, 算式: formulaOf(total) };
  const sentences: string[] = [];
  if (equals) {
    const whole = { 整体: nameOf(equals.whole.spot), 整体数值: statedText(equals.whole, wording) };
    sentences.push(wording.say(equals.agrees ? '合计等于' : '合计不等于', { ...words, ...whole }));
  } else {
    sentences.push(wording.say('合计', words));
    const change = printed && changeOf(printed.spot);
    if (printed)
      sentences.push(
        wording.say('合计与表一致', {
          名称: nameOf(printed.spot),
          数值: ` ${statedText(printed, wording)}`,
          同比: change ? `（${changeText(change, wording)}）` : '',
        }),
      );
  }
  const spots = of.map((s) => s.spot);
  const extra = equals?.whole ?? printed;
  return draft('answer', gradeOf(total), {
    headline: { figure: resultText(total), label: spots.map(nameOf).join('＋') },
    sentences,
    sources: extra ? [...spots, extra.spot] : spots,
    figures: [
      ...of.map((stated) => ({ stated })),
      ...(extra ? [{ stated: extra }] : []),
      { computed: total, label: spots.map(nameOf).join('＋') },
    ],
    focus: printed ? [printed.spot] : asSpot ? [asSpot] : spots,
    terms: termsOf(spots[0] as Spot),
    ...chartOf(of, speaking),
  });
}

const STRETCH_SENTENCES = {
  day: '平均每天',
  week: '平均每周',
  month: '平均每月',
  hour: '平均每小时',
  minute: '平均每分钟',
} as const;

function mean({ of, per, mean: figure }: Extract<Result, { op: 'mean' }>, { wording, year }: Speaking): Draft {
  const words = {
    年: String(year),
    名称: nameOf(of.spot),
    数值: statedText(of, wording),
    结果: resultText(figure),
    算式: formulaOf(figure),
  };
  const days = String(daysIn(year));
  const sentence =
    typeof per === 'string'
      ? wording.say(STRETCH_SENTENCES[per], { ...words, 天数: days })
      : wording.say('平均', { ...words, 除以: nameOf(per.spot), 除数: statedText(per, wording) });
  const others = typeof per === 'string' ? [] : [per];
  return draft('answer', gradeOf(figure), {
    headline: { figure: resultText(figure), label: wording.say('平均名称', { 名称: nameOf(of.spot) }) },
    sentences: [sentence],
    sources: [of.spot, ...others.map((s) => s.spot)],
    figures: [{ stated: of }, ...others.map((stated) => ({ stated })), { computed: figure, label: nameOf(of.spot) }],
    focus: [of.spot],
    terms: termsOf(of.spot),
    quoted: [days],
  });
}

function rest(
  { whole, without, rest: figure, printed }: Extract<Result, { op: 'rest' }>,
  { wording, year }: Speaking,
): Draft {
  const leftOut = without.map((s) => nameOf(s.spot)).join('、');
  const sentences = [
    wording.say('除去', {
      年: String(year),
      整体: nameOf(whole.spot),
      整体数值: statedText(whole, wording),
      部分: without.map((s) => `${nameOf(s.spot)} ${statedText(s, wording)}`).join('、'),
      结果: `${resultText(figure)}${readableText(figure)}`,
      算式: formulaOf(figure),
    }),
  ];
  const change = printed && changeOf(printed.spot);
  if (printed)
    sentences.push(
      wording.say('除去即', { 名称: nameOf(printed.spot), 同比: change ? `，${changeText(change, wording)}` : '' }),
    );
  const spots = [whole.spot, ...without.map((s) => s.spot), ...(printed ? [printed.spot] : [])];
  return draft('answer', gradeOf(figure), {
    headline: {
      figure: resultText(figure),
      label: printed ? nameOf(printed.spot) : wording.say('除去名称', { 整体: nameOf(whole.spot), 部分: leftOut }),
    },
    sentences,
    sources: spots,
    figures: [
      { stated: whole },
      ...without.map((stated) => ({ stated })),
      ...(printed ? [{ stated: printed }] : []),
      { computed: figure, label: nameOf(whole.spot) },
    ],
    focus: printed ? [printed.spot] : [whole.spot],
    terms: termsOf(whole.spot),
  });
}

function complement(
  { stated, rest: figure }: Extract<Result, { op: 'complement' }>,
  { wording, year }: Speaking,
): Draft {
  const words = {
    年: String(year),
    名称: nameOf(stated.spot),
    数值: statedText(stated, wording),
    结果: resultText(figure),
    算式: formulaOf(figure),
  };
  return draft('answer', '计算', {
    headline: { figure: resultText(figure), label: wording.say('其余名称', { 名称: nameOf(stated.spot) }) },
    sentences: [wording.say('除去比率', words)],
    sources: [stated.spot],
    figures: [{ stated }, { computed: figure, label: nameOf(stated.spot) }],
    focus: [stated.spot],
    terms: termsOf(stated.spot),
    quoted: ['100'],
  });
}
