/** One figure: the number first, then one sentence, then where it stands. Several: a small table. */
import { previousYear } from '../../report/interval';
import { type Expression, formulaText, isExact } from '../compute/expression';
import type { Computed, Result, Stated } from '../compute/result';
import { cellOf, computed, numberOf } from '../compute/state';
import type { Spot } from '../vocabulary/spots';
import { changeChart, chartOf, yearsChart } from './charts';
import { type Draft, draft } from './draft';
import type { InUnit, Speaking } from './speaking';
import {
  amountText,
  boundsText,
  changeOf,
  changeText,
  inWan,
  nameAmong,
  nameOf,
  readableText,
  roughText,
  serviceName,
  statedText,
  withUnit,
} from './words-for';

export function composeFigures(
  result: Extract<Result, { op: 'figures' | 'before' | 'absoluteChange' | 'timesOfBefore' }>,
  speaking: Speaking,
): Draft {
  if (result.op === 'absoluteChange') return absoluteChange(result, speaking);
  if (result.op === 'before') return yearBefore(result, speaking);
  if (result.op === 'timesOfBefore') return timesOfBefore(result, speaking);
  const { stated, aspect } = result;
  if (stated.length > 1) {
    const all = withWhole(several(stated, speaking, aspect), result.whole, speaking);
    const { areSame } = result;
    if (areSame === undefined) return all;
    return { ...all, sentences: [speaking.wording.say(areSame ? '一样' : '不一样'), ...all.sentences] };
  }
  const [only] = stated as [Stated];
  const said = aspect === 'change' ? changeOnly(only, speaking) : oneFigure(only, speaking);
  return result.isUndivided ? { ...said, sentences: [...said.sentences, speaking.wording.say('没有细分')] } : said;
}

export function gradeOf({ spot, computed: figure }: Stated): '原文' | '计算' | '未公布' {
  if (spot.source.kind !== 'cell') return '计算';
  return figure || cellOf(spot)?.figure.kind === 'text' ? '原文' : '未公布';
}

export function oneFigure(stated: Stated, speaking: Speaking): Draft {
  const { wording, year } = speaking;
  const { spot, computed: figure } = stated;
  const name = nameOf(spot);
  if (!figure) return withoutNumber(stated, speaking);
  const change = changeOf(spot);
  const words = { 年: String(year), 名称: name, 数值: `${amountText(figure)}${readableText(figure)}` };
  const sentences = [
    change ? wording.say('数值和同比', { ...words, 同比: changeText(change, wording) }) : wording.say('数值', words),
  ];
  sentences.push(...remarks(stated, speaking), ...inOtherScale(figure, speaking));
  return draft('answer', gradeOf(stated), {
    headline: { figure: amountText(figure), label: name, ...(change ? { change: changeText(change, wording) } : {}) },
    sentences,
    sources: [spot],
    figures: [{ stated }, ...scaledFigure(figure, speaking)],
    focus: [spot],
    terms: termsOf(spot),
  });
}

/** What has to be said beside a figure: an unclear 同比, none printed, a merged cell, a sum of our own. */
export function remarks({ spot, computed: figure }: Stated, { wording }: Speaking): string[] {
  const change = changeOf(spot);
  const number = numberOf(spot);
  const said: string[] = [];
  if (change && number?.isPercent) said.push(wording.say('百分率的同比', { 幅度: `${change.digits}%` }));
  if (!change && spot.source.kind === 'cell') said.push(wording.say('未印同比'));
  const cell = cellOf(spot);
  if (cell?.span && cell.span.rows.length > 1) said.push(wording.say('合并', { 行头: spot.table.rowHeader || '行' }));
  if (spot.source.kind === 'sum' && figure)
    said.push(wording.say('合计得出', { 算式: spot.source.cells.map((c) => c.column.label).join('、') }));
  if (spot.source.kind === 'rest')
    said.push(
      wording.say('相减得出', { 算式: [spot.source.whole, ...spot.source.parts].map((c) => c.row.label).join('、') }),
    );
  for (const finding of spot.report.findings) {
    if (finding.verdict === 'disagrees' && cell && finding.cells.includes(cell) && finding.check === 'rate')
      said.push(finding.message);
  }
  return said;
}

function inOtherScale(figure: Computed, { wording, scale }: Speaking): string[] {
  const [other] = scaledFigure(figure, { scale } as Speaking);
  if (other && 'computed' in other) {
    const { computed: scaled } = other;
    return [
      scale === 'plain'
        ? wording.say('等于', { 数值: amountText(scaled) })
        : wording.say('折合', { 数值: amountText(scaled), 算式: formulaOf(scaled) }),
    ];
  }
  if (scale === 'wan' && !figure.isPercent && isExact(figure.value) && figure.value.low.compare(1000) >= 0) {
    return [wording.say('等于', { 数值: `约 ${inWan(figure.value.low, figure.unit, 2)}` })];
  }
  return [];
}

/** 12.34 万次 is 123,400 次: a figure of its own, with its formula. */
function scaledFigure(figure: Computed, { scale }: Speaking): Draft['figures'] {
  const { expression, unit } = figure;
  if (typeof scale === 'object') return inTimeUnit(figure, scale);
  if (scale !== 'plain' || expression.op !== 'cell' || expression.cell.figure.kind !== 'number') return [];
  const { scale: factor, baseUnit } = expression.cell.figure;
  if (factor === 1) return [];
  return [
    {
      computed: computed({ op: 'scaled', of: expression, factor }, { unit: baseUnit, isPercent: false, decimals: 0 }),
      label: unit,
    },
  ];
}

/** 150 秒 are 2.5 分钟. 工作日 are no 24 hours, and aren't converted. */
function inTimeUnit({ expression, unit }: Computed, { unit: asked, secondsIn }: InUnit): Draft['figures'] {
  const [from, to] = [secondsIn.get(unit), secondsIn.get(asked)];
  if (!from || !to || from === to) return [];
  const of: Expression = from > to ? { op: 'scaled', of: expression, factor: from / to } : expression;
  const inUnit: Expression = from > to ? of : { op: 'mean', of, per: { op: 'constant', value: to / from } };
  return [{ computed: computed(inUnit, { unit: asked, isPercent: false, decimals: 2 }), label: unit }];
}

function withoutNumber(stated: Stated, speaking: Speaking): Draft {
  const { wording, year } = speaking;
  const { spot } = stated;
  const cell = cellOf(spot);
  const name = nameOf(spot);
  if (cell?.figure.kind === 'text') {
    return draft('answer', '原文', {
      headline: { figure: cell.figure.text, label: name },
      sentences: [wording.say('文字值', { 年: String(year), 名称: name, 数值: cell.figure.text })],
      sources: [spot],
      figures: [{ stated }],
      focus: [spot],
      terms: termsOf(spot),
    });
  }
  const isBlank = cell?.figure.kind === 'blank' && cell.figure.reason === 'empty';
  return draft('answer', '未公布', {
    sentences: [wording.say(isBlank ? '空白' : '未公布', { 名称: name, 原文: cell?.printed ?? '' })],
    sources: [spot],
    figures: [{ stated }],
    focus: [spot],
    terms: termsOf(spot),
  });
}

function changeOnly(stated: Stated, speaking: Speaking): Draft {
  const { wording, year } = speaking;
  const { spot, computed: figure } = stated;
  if (!figure) return withoutNumber(stated, speaking);
  const change = changeOf(spot);
  const words = { 年: String(year), 名称: nameOf(spot), 数值: `${amountText(figure)}${readableText(figure)}` };
  if (!change) {
    return draft('answer', '未公布', {
      sentences: [wording.say('没有同比', words), ...remarks(stated, speaking).slice(1)],
      sources: [spot],
      figures: [{ stated }],
      focus: [spot],
      terms: termsOf(spot),
    });
  }
  return draft('answer', '原文', {
    headline: { figure: changeText(change, wording), label: nameOf(spot) },
    sentences: [wording.say('只说同比', { ...words, 同比: changeText(change, wording) }), ...remarks(stated, speaking)],
    sources: [spot],
    figures: [{ stated }],
    focus: [spot],
    terms: termsOf(spot),
    ...yearsChart(stated, speaking),
  });
}

/** A table of several figures; the chart only where they can be compared. */
/** Above the parts what they make up, where it is printed; the talk goes on with the parts. */
function withWhole(parts: Draft, whole: Stated | undefined, { wording, year }: Speaking): Draft {
  if (!whole?.computed) return parts;
  const change = changeOf(whole.spot);
  const words = { 年: String(year), 名称: nameOf(whole.spot), 数值: statedText(whole, wording) };
  const sentence = change
    ? wording.say('数值和同比', { ...words, 同比: changeText(change, wording) })
    : wording.say('数值', words);
  return { ...parts, sentences: [sentence, ...parts.sentences], figures: [...parts.figures, { stated: whole }] };
}

export function several(stated: Stated[], speaking: Speaking, aspect: 'value' | 'change' = 'value'): Draft {
  const { wording, year } = speaking;
  const spots = stated.map((s) => s.spot);
  const [first] = spots as [Spot];
  const sameTable = spots.every((s) => s.table === first.table);
  const scope = sameTable
    ? `${serviceName(first.table.title || first.table.part.title)}${sameLeaf(spots) ? `·${first.leaf.label}` : ''}`
    : '';
  const grade = stated.some((s) => gradeOf(s) === '计算') ? '计算' : '原文';
  const unprinted = aspect === 'change' && spots.some((s) => !changeOf(s)) ? [wording.say('有的未印同比')] : [];
  return draft('answer', grade, {
    sentences: [wording.say('多个数据', { 年: String(year), 范围: scope }), ...unprinted],
    table: figureTable(stated, speaking),
    sources: spots,
    figures: stated.map((s) => ({ stated: s })),
    focus: spots,
    terms: termsOf(first),
    ...(aspect === 'change' ? changeChart(stated, speaking) : chartOf(stated, speaking)),
  });
}

const sameLeaf = (spots: readonly Spot[]) => spots.every((s) => s.leaf === spots[0]?.leaf);

export function figureTable(stated: readonly Stated[], { wording }: Speaking): NonNullable<Draft['table']> {
  const spots = stated.map((s) => s.spot);
  const withChange = spots.some((s) => changeOf(s));
  const head = [wording.say('表头项目'), wording.say('表头数据'), ...(withChange ? [wording.say('表头同比')] : [])];
  const rows = stated.map((s) => {
    const change = changeOf(s.spot);
    return [
      nameAmong(s.spot, spots),
      statedText(s, wording),
      ...(withChange ? [change ? changeText(change, wording) : '—'] : []),
    ];
  });
  return { head, rows };
}

/** Names that the encyclopedia may explain. */
export function termsOf({ table, leaf, groups, row }: Spot): string[] {
  return [serviceName(table.title), leaf.label, ...groups.map((g) => g.label), ...(row ? [row.label] : [])];
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

export function formulaOf({ expression }: Computed): string {
  return formulaText(expression);
}
