/** Claims held against the report, tables as a whole, where figures stand, what terms mean, and why nobody knows why. */
import { formatNumber } from '../compute/format-number';
import type { Result, Stated } from '../compute/result';
import type { Claim, Relation } from '../parse/query';
import type { Spot } from '../vocabulary/spots';
import { figureTable, gradeOf, howListComputed, oneFigure, remarks, several, termsOf } from './compose-figures';
import { type Draft, draft } from './draft';
import { joinDrafts } from './join-drafts';
import type { SentenceKey } from './placeholders';
import type { Speaking } from './speaking';
import { changeOf, changeText, nameOf, placeLine, sectionLine, serviceName, statedText } from './words-for';

type About = Extract<
  Result,
  {
    op:
      | 'claim'
      | 'claims'
      | 'overview'
      | 'reportOverview'
      | 'source'
      | 'define'
      | 'doubt'
      | 'why'
      | 'identify'
      | 'named'
      | 'count';
  }
>;

export function composeAbout(result: About, speaking: Speaking): Draft {
  switch (result.op) {
    case 'claim':
      return claim(result, speaking);
    case 'claims':
      return joinDrafts(result.claims.map((c) => claim(c, speaking))) ?? draft('talk', null);
    case 'overview':
      return overview(result, speaking);
    case 'reportOverview':
      return reportOverview(result, speaking);
    case 'source':
      return source(result, speaking);
    case 'define':
      return define(result, speaking);
    case 'doubt':
      return doubt(result, speaking);
    case 'why':
      return why(result, speaking);
    case 'identify':
      return joinDrafts(result.numbers.map((one) => identify(one, speaking))) ?? draft('talk', null);
    case 'named':
      return named(result, speaking);
    case 'count':
      return count(result, speaking);
  }
}

function claim(
  { stated, claim: claimed, verdict, isUndivided, printedOf }: Extract<Result, { op: 'claim' }>,
  speaking: Speaking,
): Draft {
  const { wording, year } = speaking;
  const { spot } = stated;
  const change = changeOf(spot);
  const words = {
    年: String(year),
    名称: nameOf(spot),
    数值: statedText(stated, wording),
    同比: change ? `，${changeText(change, wording)}` : '',
    说法: claimed.said ?? '',
    升降: change ? wording.say(change.direction === 'up' ? '是上升' : '是下降') : '',
  };
  const bare = { ...words, 同比: change ? changeText(change, wording) : '' };
  const aboutChange = claimed.direction !== undefined && (verdict.about === 'direction' || verdict.about === 'change');
  const sentence = !stated.computed
    ? undefined
    : claimed.direction !== undefined && !change && (claimed.value === undefined || claimed.isPercent)
      ? claimed.said
        ? wording.say('没有同比可核对', words)
        : wording.say('没有同比', words)
      : aboutChange && verdict.about === 'direction'
        ? wording.say(verdict.holds ? '方向属实' : '方向相反', bare)
        : wording.say(verdict.isRounded ? '大致属实' : verdictKey(claimed, verdict.holds), words);
  if (sentence === undefined) return oneFigure(stated, speaking);
  return draft('answer', gradeOf(stated), {
    headline: { figure: words.数值, label: words.名称, ...(change ? { change: changeText(change, wording) } : {}) },
    sentences: [
      sentence,
      ...(claimed.isOfPrint && verdict.holds ? [wording.say('疑错')] : []),
      ...(printedOf
        ? [wording.say('别处印着', { 数值: statedText(printedOf, wording), 名称: nameOf(printedOf.spot) })]
        : []),
      ...remarks(stated, speaking).filter((r) => change !== undefined || r !== wording.say('未印同比')),
      ...(isUndivided ? [wording.say('没有细分')] : []),
    ],
    sources: [spot],
    figures: [{ stated }, ...(printedOf ? [{ stated: printedOf }] : [])],
    focus: [spot],
    terms: termsOf(spot),
    quoted: claimed.said ? [claimed.said] : [],
  });
}

/** Each relation that may be claimed: where it holds, and where it doesn't. */
const VERDICTS = {
  over: ['超过了', '没超过'],
  atLeast: ['达到了', '没达到'],
  under: ['低于了', '没低于'],
  equal: ['属实', '不属实'],
} as const satisfies Record<Relation | 'equal', readonly [SentenceKey, SentenceKey]>;

export function verdictKey({ relation = 'equal', isOfPrint }: Claim, holds: boolean): SentenceKey {
  if (isOfPrint && relation === 'equal') return holds ? '与报告一致' : '与报告不一致';
  return VERDICTS[relation][holds ? 0 : 1];
}

function overview({ scope, table, spots }: Extract<Result, { op: 'overview' }>, speaking: Speaking): Draft {
  const { wording, year } = speaking;
  const title = `${serviceName(table.title || table.part.title)}${scope.row ? `·${scope.row.label}` : ''}`;
  const findings = new Set(spots.flatMap((s) => remarks(s, speaking)).filter((r) => isFinding(r, spots)));
  const isPrinted = spots.every((s) => s.spot.source.kind === 'cell');
  return draft('answer', isPrinted ? '原文' : '计算', {
    sentences: [wording.say('概况', { 年: String(year), 表: title }), ...findings, ...howListComputed(spots, speaking)],
    table: figureTable(spots, speaking),
    sources: spots.slice(0, 1).map((s) => s.spot),
    figures: spots.map((stated) => ({ stated })),
    focus: spots.map((s) => s.spot),
    terms: [serviceName(table.title || table.part.title)],
  });
}

function isFinding(remark: string, spots: readonly Stated[]): boolean {
  return spots.some((s) => s.spot.report.findings.some((f) => f.message === remark));
}

function reportOverview({ stated }: Extract<Result, { op: 'reportOverview' }>, speaking: Speaking): Draft {
  const { wording, reportTitle } = speaking;
  const all = several(stated, speaking);
  return { ...all, sentences: [wording.say('全报告', { 报告: reportTitle })] };
}

function source({ stated }: Extract<Result, { op: 'source' }>, { wording }: Speaking): Draft {
  return draft('answer', '原文', {
    sentences: stated.slice(0, 8).map((s) =>
      wording.say('在原表', {
        名称: nameOf(s.spot),
        数值: ` ${statedText(s, wording)}`,
        位置: sectionLine(s.spot).join(' › '),
      }),
    ),
    sources: stated.map((s) => s.spot),
    figures: stated.map((s) => ({ stated: s })),
    focus: stated.map((s) => s.spot),
  });
}

function named({ stated }: Extract<Result, { op: 'named' }>, speaking: Speaking): Draft {
  const [first, ...more] = stated as [Stated, ...Stated[]];
  const figures = more.length > 0 ? several(stated, speaking) : oneFigure(first, speaking);
  const labels = [...new Set(stated.map(({ spot }) => spot.row?.label ?? ''))];
  const name = speaking.wording.say('名称是', { 名称: labels.join('、') });
  return { ...figures, sentences: [name, ...figures.sentences], quoted: [...figures.quoted, ...labels] };
}

function define({ term, stated, table, around = [] }: Extract<Result, { op: 'define' }>, { wording }: Speaking): Draft {
  const [first] = stated;
  const names = [
    term,
    ...(table ? [serviceName(table.title || table.part.title)] : []),
    ...(first && stated.length === 1 ? [first.spot.leaf.label] : []),
  ];
  const data =
    stated.length === 1 && first
      ? [wording.say('含义数据', { 内容: `${nameOf(first.spot)} ${statedText(first, wording)}` })]
      : [];
  return draft('answer', '原文', {
    sentences: data,
    defines: names,
    sources: first && stated.length === 1 ? [first.spot] : [],
    figures: stated.length === 1 ? stated.map((s) => ({ stated: s })) : [],
    // 「它收了多少诉求」 asks of the table that was explained.
    focus: stated.length > 0 ? stated.map((s) => s.spot) : around,
    terms: names,
    quoted: names,
  });
}

/** What is printed, and what the audit found about it. Whether it is a mistake only the publisher can say. */
function doubt({ stated }: Extract<Result, { op: 'doubt' }>, speaking: Speaking): Draft {
  const figure = oneFigure(stated[0], speaking);
  return { ...figure, sentences: [...figure.sentences, speaking.wording.say('疑错')] };
}

function why({ stated, claimed }: Extract<Result, { op: 'why' }>, speaking: Speaking): Draft {
  const { wording, year } = speaking;
  const lines = stated.map((s) => {
    const change = changeOf(s.spot);
    return wording.say(change ? '数值和同比' : '数值', {
      年: String(year),
      名称: nameOf(s.spot),
      数值: statedText(s, wording),
      同比: change ? changeText(change, wording) : '',
    });
  });
  // 「为什么增加了」 of what fell: the premise is put right first.
  const change = stated.length === 1 && stated[0] ? changeOf(stated[0].spot) : undefined;
  const isTurned = claimed !== undefined && change !== undefined && change.direction !== claimed;
  const reason =
    lines.length === 0
      ? wording.say('原因')
      : isTurned
        ? wording.say('原因方向相反', {
            升降: wording.say(change.direction === 'up' ? '上升' : '下降'),
            内容: lines.join(''),
          })
        : wording.say('原因带数据', { 内容: lines.join('') });
  const findings = new Set(stated.flatMap((s) => remarks(s, speaking)).filter((r) => isFinding(r, stated)));
  return draft('decline', '未涉及', {
    sentences: [reason, ...findings],
    sources: stated.map((s) => s.spot),
    figures: stated.map((s) => ({ stated: s })),
    focus: stated.map((s) => s.spot),
    terms: stated[0] ? termsOf(stated[0].spot) : [],
  });
}

type Identified = Extract<Result, { op: 'identify' }>['numbers'][number];

function identify({ value, isPercent, matches }: Identified, { wording }: Speaking): Draft {
  const said = `${formatNumber(value, 4)}${isPercent ? '%' : ''}`;
  const quoted = [said];
  if (matches.length === 0)
    return draft('decline', '未涉及', { sentences: [wording.say('没有这个数', { 数: said })], quoted });
  if (matches.length === 1) {
    const [only] = matches as [Stated];
    const change = changeOf(only.spot);
    return draft('answer', '原文', {
      sentences: [
        wording.say('这个数是', {
          数: said,
          名称: nameOf(only.spot),
          数值: statedText(only, wording),
          同比: change ? `，${changeText(change, wording)}` : '',
        }),
      ],
      sources: [only.spot],
      figures: [{ stated: only }],
      focus: [only.spot],
      terms: termsOf(only.spot),
      quoted,
    });
  }
  return draft('clarify', null, {
    sentences: [wording.say('这个数多处', { 数: said, 个数: String(matches.length) })],
    options: matches
      .slice(0, 12)
      .map((s) => ({ label: identifyLabel(s.spot), say: identifyLabel(s.spot), spot: s.spot })),
    quoted: [...quoted, String(matches.length)],
  });
}

function identifyLabel(spot: Spot): string {
  const name = nameOf(spot);
  return spot.table.isHeadline || name.includes('“') ? name : placeLine(spot).split(' › ').slice(1).join('·');
}

function count({ labels, what }: Extract<Result, { op: 'count' }>, { wording }: Speaking): Draft {
  return draft('answer', '原文', {
    sentences: [
      wording.say(what === 'parts' ? '部分' : '表格', { 个数: String(labels.length), 内容: labels.join('、') }),
    ],
    quoted: [String(labels.length)],
  });
}
