/** One figure: the number first, then one sentence, then where it stands. Several: a small table. */
import { type Expression, formulaText, isExact } from '../compute/expression';
import type { Computed, Result, Stated } from '../compute/result';
import { cellOf, computed, numberOf } from '../compute/state';
import type { Spot } from '../vocabulary/spots';
import { changeChart, chartOf, yearsChart } from './charts';
import { type Draft, draft } from './draft';
import type { InUnit, Speaking } from './speaking';
import {
  amountText,
  changeOf,
  changeText,
  inWan,
  nameAmong,
  nameOf,
  readableText,
  serviceName,
  sharedName,
  statedText,
} from './words-for';

export function composeFigures(result: Extract<Result, { op: 'figures' }>, speaking: Speaking): Draft {
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
  if (isMerged(spot)) said.push(mergedRemark(spot, wording));
  if (figure) said.push(...howComputed(spot, wording));
  for (const finding of spot.report.findings) {
    if (finding.verdict === 'disagrees' && cell && finding.cells.includes(cell) && finding.check === 'rate')
      said.push(finding.message);
  }
  return said;
}

/** Of which rows or columns a figure of our own is computed. */
function howComputed({ source }: Spot, wording: Speaking['wording']): string[] {
  if (source.kind === 'sum')
    return [wording.say('合计得出', { 算式: source.cells.map((c) => c.column.label).join('、') })];
  return source.kind === 'rest' ? [wording.say('相减得出', { 算式: takenFromEachOther(source) })] : [];
}

/** The same of a list: each way once. */
export function howListComputed(stated: readonly Stated[], { wording }: Speaking): string[] {
  return [...new Set(stated.flatMap(({ spot }) => howComputed(spot, wording)))];
}

function isMerged(spot: Spot): boolean {
  const rows = cellOf(spot)?.span?.rows;
  return rows !== undefined && rows.length > 1;
}

/** The rows that a merged cell stands for, and what they are rows of. */
function mergedRemark(spot: Spot, wording: Speaking['wording']): string {
  const rows = cellOf(spot)?.span?.rows ?? [];
  return wording.say('合并', { 各行: rows.map(({ label }) => label).join('、'), 行头: spot.table.rowHeader || '行' });
}

/** The rows, or in one row the columns, that a remainder is computed of. */
function takenFromEachOther({ wholes, parts }: Extract<Spot['source'], { kind: 'rest' }>): string {
  const cells = [...wholes, ...parts];
  const isInOneRow = cells.every((c) => c.row === cells[0]?.row);
  return [...new Set(cells.map((c) => (isInOneRow ? c.column.label : c.row.label)))].join('、');
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

/** A table of several figures; the chart only where they can be compared. */
export function several(stated: Stated[], speaking: Speaking, aspect: 'value' | 'change' = 'value'): Draft {
  const { wording, year } = speaking;
  const spots = stated.map((s) => s.spot);
  const [first] = spots as [Spot];
  const grade = stated.some((s) => gradeOf(s) === '计算') ? '计算' : '原文';
  const isNone = spots.every((s) => s.source.kind === 'cell' && numberOf(s) && !changeOf(s));
  const isSome = aspect === 'change' && spots.some((s) => !changeOf(s));
  const unprinted = isNone ? [wording.say('都未印同比')] : isSome ? [wording.say('有的未印同比')] : [];
  const areWords = spots.every((s) => s.unitKind === 'word');
  const wordy = areWords ? [wording.say('只印文字')] : [];
  const merged = spots.every((s) => isMerged(s) && s.table === first.table) ? [mergedRemark(first, wording)] : [];
  return draft('answer', grade, {
    sentences: [
      wording.say('多个数据', { 年: String(year), 范围: sharedName(spots) }),
      ...unprinted,
      ...merged,
      ...wordy,
      ...howListComputed(stated, speaking),
    ],
    table: figureTable(stated, speaking),
    sources: spots,
    figures: stated.map((s) => ({ stated: s })),
    focus: spots,
    terms: termsOf(first),
    ...(aspect === 'change' ? changeChart(stated, speaking) : chartOf(stated, speaking)),
  });
}

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

export function formulaOf({ expression }: Computed): string {
  return formulaText(expression);
}
