/** Ranks, searches, and the question back. */
import { PERCENT } from '../compute/operands';
import type { Computed, Result, Stated } from '../compute/result';
import { cellOf, computed, inBaseUnit, scaleOf } from '../compute/state';
import type { Extreme } from '../parse/query';
import { pathLabels, type Spot } from '../vocabulary/spots';
import { changeChart, chartOf } from './charts';
import { figureTable, formulaOf, gradeOf, termsOf } from './compose-figures';
import { type Draft, draft } from './draft';
import type { SentenceKey } from './placeholders';
import type { Speaking } from './speaking';
import { amountText, changeOf, changeText, nameOf, serviceName, statedText } from './words-for';

export function composeComparing(
  result: Extract<Result, { op: 'rank' | 'filter' | 'clarify' }>,
  speaking: Speaking,
): Draft {
  switch (result.op) {
    case 'rank':
      return rank(result, speaking);
    case 'filter':
      return filter(result, speaking);
    case 'clarify':
      return clarify(result, speaking);
  }
}

/** Shares side by side: each with its formula. */
function rankOfShares(
  ranked: readonly Stated[],
  shares: readonly Computed[],
  { extreme, verdict }: { extreme: Extreme; verdict: string[] },
  { wording }: Speaking,
): Draft {
  const line = (s: Stated, i: number) => {
    const share = shares[i] as Computed;
    return wording.say('占比一项', { 名称: nameOf(s.spot), 结果: amountText(share), 算式: formulaOf(share) });
  };
  const [top] = ranked as [Stated];
  const best = amountText(shares[0] as Computed);
  return draft('answer', '计算', {
    headline: { figure: best, label: wording.say('占比名称', { 名称: nameOf(top.spot) }) },
    sentences: [
      ...verdict,
      wording.say(extreme === 'most' ? '占比最高' : '占比最低', { 名称: nameOf(top.spot), 结果: best }),
      ...ranked.map(line),
    ],
    sources: ranked.map((s) => s.spot),
    figures: ranked.flatMap((stated, i) => [
      { stated },
      { computed: shares[i] as Computed, label: nameOf(stated.spot) },
    ]),
    focus: ranked.map((s) => s.spot),
    terms: termsOf(top.spot),
  });
}

function rank(
  { ranked, by, shares, extreme, count, nth, direction, bySize, holds }: Extract<Result, { op: 'rank' }>,
  speaking: Speaking,
): Draft {
  const { wording } = speaking;
  const verdict = holds === undefined ? [] : [wording.say(holds ? '说得对' : '说得不对')];
  if (shares) return rankOfShares(ranked, shares, { extreme, verdict }, speaking);
  const shown = ranked.slice(0, Math.max(1, Math.min(count, 20)));
  const top = ranked[(nth ?? 1) - 1] as Stated;
  const change = changeOf(top.spot);
  const sentences = [
    wording.say(EXTREMES[by === 'value' ? 'value' : (direction ?? (bySize ? 'size' : 'change'))][extreme], {
      名称: nameOf(top.spot),
      数值: statedText(top, wording),
      同比: change ? changeText(change, wording) : '',
    }),
  ];
  // The runners-up belong to an extreme: whoever compares wants to see against what.
  const listed = shown.length > 1 ? shown : ranked.slice(0, Math.min(ranked.length, 6));
  // 「市本级高还是县区高」, and both are the same.
  const text = (s: Stated) => {
    const own = changeOf(s.spot);
    return by === 'change' ? (own ? changeText(own, wording) : '') : statedText(s, wording);
  };
  const tied = ranked.filter((s) => text(s) === text(top));
  if (tied.length > 1 && !nth) {
    const words = { 个数: String(tied.length), 内容: tied.map((s) => nameOf(s.spot)).join('、'), 数值: text(top) };
    const areAll = tied.length === ranked.length;
    sentences.splice(0, 1, wording.say(areAll ? '不分高低' : extreme === 'most' ? '并列最高' : '并列最低', words));
  }
  if (nth)
    sentences.splice(
      0,
      1,
      wording.say(extreme === 'most' ? '第几高' : '第几低', {
        名次: String(nth),
        名称: nameOf(top.spot),
        数值: statedText(top, wording),
        同比: change ? `，${changeText(change, wording)}` : '',
      }),
    );
  if (shown.length > 1)
    sentences.unshift(wording.say('排名', { 依据: wording.say(by === 'value' ? '依据数值' : '依据同比') }));
  sentences.unshift(...verdict);
  const apart = ranked.length === 2 && tied.length < 2 ? differenceOf(ranked as [Stated, Stated], by) : undefined;
  if (apart) sentences.push(wording.say('两者相差', { 结果: amountText(apart), 算式: formulaOf(apart) }));
  return draft('answer', apart || listed.some((s) => gradeOf(s) === '计算') ? '计算' : '原文', {
    headline: {
      figure: by === 'change' && change ? changeText(change, wording) : statedText(top, wording),
      label: nameOf(top.spot),
    },
    sentences,
    ...(listed.length > 1 ? { table: figureTable(listed, speaking) } : {}),
    sources: listed.map((s) => s.spot),
    figures: [...listed.map((stated) => ({ stated })), ...(apart ? [{ computed: apart, label: '' }] : [])],
    focus: listed.map((s) => s.spot),
    quoted: nth ? [String(nth)] : tied.length > 1 ? [String(tied.length)] : [],
    terms: termsOf(top.spot),
    ...(by === 'value' ? chartOf(listed, speaking) : changeChart(listed, speaking)),
  });
}

/** What is greatest, and what least, of what is compared. */
const EXTREMES = {
  value: { most: '最高', least: '最低' },
  up: { most: '升幅最大', least: '升幅最小' },
  down: { most: '降幅最大', least: '降幅最小' },
  size: { most: '变化最大', least: '变化最小' },
  change: { most: '同比最高', least: '同比最低' },
} as const satisfies Record<string, Record<Extreme, SentenceKey>>;

/** Two ranked figures: by how much they lie apart. */
function differenceOf([a, b]: [Stated, Stated], by: 'value' | 'change'): Computed | undefined {
  const isScaled = scaleOf(a.spot) !== scaleOf(b.spot);
  const side = ({ spot, computed: figure }: Stated): Computed | undefined => {
    const cell = cellOf(spot);
    if (by === 'change') return cell && changeOf(spot) && computed({ op: 'change', cell }, PERCENT);
    return figure && isScaled ? inBaseUnit(spot, figure.expression) : figure;
  };
  const [left, right] = [side(a), side(b)];
  if (!left || !right) return undefined;
  const { unit, decimals, isPercent } = left;
  const of = computed(
    { op: 'difference', left: left.expression, right: right.expression },
    { unit: isPercent ? '个百分点' : unit, isPercent: false, decimals },
  );
  return of.value.low.compare(0) < 0
    ? computed({ op: 'difference', left: right.expression, right: left.expression }, of)
    : of;
}

function filter({ matching, others, by, holds }: Extract<Result, { op: 'filter' }>, speaking: Speaking): Draft {
  const { wording } = speaking;
  const verdict = holds === undefined ? [] : [wording.say(holds ? '说得对' : '说得不对')];
  if (matching.length === 0) {
    return draft('answer', '原文', {
      sentences: [
        ...verdict,
        wording.say('筛选没有'),
        ...(others.length <= 6 ? [wording.say('其余', { 内容: lineOf(others, speaking) })] : []),
      ],
      figures: others.slice(0, 6).map((stated) => ({ stated })),
      sources: others.slice(0, 6).map((s) => s.spot),
      focus: others.slice(0, 6).map((s) => s.spot),
    });
  }
  const [only] = matching as [Stated];
  const change = changeOf(only.spot);
  const words = {
    名称: nameOf(only.spot),
    同比: change ? changeText(change, wording) : '—',
    数值: statedText(only, wording),
  };
  // Where it holds of some and not of others, both are said.
  const isSplit = (matching.length === 1 || holds === false) && others.length > 0 && others.length <= 4;
  const counted = { 个数: String(matching.length) };
  const matched =
    isSplit && holds === false
      ? wording.say('筛选几个', { ...counted, 内容: lineOf(matching, speaking) })
      : matching.length === 1
        ? wording.say(by === 'value' ? '筛选一个数值' : '筛选一个', words)
        : wording.say('筛选结果', counted);
  const sentences = [
    ...verdict,
    matched,
    ...(isSplit ? [wording.say('其余', { 内容: lineOf(others, speaking) })] : []),
  ];
  const shown = isSplit ? [...matching, ...others] : matching;
  return draft('answer', '原文', {
    ...(matching.length === 1 && holds === undefined
      ? { headline: { figure: by === 'value' ? words.数值 : words.同比, label: words.名称 } }
      : {}),
    sentences,
    ...(matching.length > 1 && !isSplit ? { table: figureTable(matching, speaking) } : {}),
    sources: shown.map((s) => s.spot),
    figures: shown.map((stated) => ({ stated })),
    focus: matching.map((s) => s.spot),
    quoted: [String(matching.length)],
    terms: by === 'value' ? [] : termsOf(only.spot),
    ...(by === 'value' ? chartOf(shown, speaking) : changeChart(shown, speaking)),
  });
}

/** 「互联网 12 件，同比下降 3.4%（↓）；其他 5 件」 */
function lineOf(stated: readonly Stated[], { wording }: Speaking): string {
  return stated
    .map((s) => {
      const change = changeOf(s.spot);
      return `${nameOf(s.spot)} ${statedText(s, wording)}${change ? `，${changeText(change, wording)}` : ''}`;
    })
    .join('；');
}

/** The question back names what is to be chosen from, each so that it can be told from the others. */
function clarify({ spots, tables }: Extract<Result, { op: 'clarify' }>, { wording }: Speaking): Draft {
  const options =
    spots.length > 0
      ? spots.map((spot) => ({ label: optionLabel(spot), say: optionLabel(spot), spot }))
      : tables.map((table) => ({ label: table.title || table.part.title, say: table.title || table.part.title }));
  const common = commonWord(spots);
  const question =
    spots.length === 0
      ? wording.say('哪张表')
      : common
        ? wording.say('哪一个', { 个数: String(spots.length), 说法: common })
        : wording.say('哪一项');
  return draft('clarify', null, { sentences: [question], options, quoted: [String(spots.length)], focus: [] });
}

/** Table, row and column, as far as they differ from plain names: 「“尚贤”人才服务·人数·民声接听员」. */
function optionLabel(spot: Spot): string {
  const name = nameOf(spot);
  return spot.table.isHeadline
    ? `${pathLabels(spot).join('·')}`
    : name === spot.leaf.label
      ? `${serviceName(spot.table.title)}·${name}`
      : name;
}

/** 满意率, where all labels end in it. */
function commonWord(spots: readonly Spot[]): string | undefined {
  const [first] = spots;
  if (!first) return undefined;
  for (let length = first.leaf.label.length; length >= 2; length--) {
    const end = first.leaf.label.slice(-length);
    if (spots.every((s) => s.leaf.label.endsWith(end))) return end;
  }
  return undefined;
}
