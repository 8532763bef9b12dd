/** Declines: one sentence of what isn't there, one of what is. */
import type { Result } from '../compute/result';
import { state } from '../compute/state';
import type { Spot } from '../vocabulary/spots';
import { type Draft, draft } from './draft';
import type { Speaking } from './speaking';
import { changeOf, changeText, nameOf, statedText } from './words-for';

type AnyGap = Extract<Result, { op: 'gap' }>['gap'];

export function composeGap(gap: AnyGap, speaking: Speaking): Draft {
  const { wording, comparedWith, region } = speaking;
  switch (gap.reason) {
    case 'unknownWords':
      return declined([wording.say('没有这些词', { 词: [...new Set(gap.words)].join('”“') })], [], speaking, gap.words);
    case 'noSuch':
      return declined(
        [wording.say(gap.nearby.length > 1 ? '没有这样组合' : '没有这一项', { 说法: gap.said })],
        gap.nearby.slice(0, 3),
        speaking,
        [gap.said],
      );
    case 'nothingNamed':
      return draft('clarify', null, {
        sentences: [wording.say('没有指明')],
        options: wording.examples.slice(0, 4).map((e) => ({ label: e, say: e })),
      });
    case 'notUnderstood':
      return declined([wording.say('没有听懂')], [], speaking);
    case 'noChange':
      return declined(
        [
          wording.say('没有同比', {
            名称: nameOf(gap.spot),
            年: String(speaking.year),
            数值: statedText(state(gap.spot), wording),
          }),
        ],
        [],
        speaking,
        [],
        [gap.spot],
      );
    case 'blank':
      return declined([wording.say('未公布', { 名称: nameOf(gap.spot), 原文: '—' })], [], speaking, [], [gap.spot]);
    case 'notComparable':
      return declined([wording.say('不能这样算')], gap.spots.slice(0, 3), speaking);
    case 'onlyThisYear':
      return declined(
        [wording.say('上年不再运算', { 上年: String(comparedWith), 年: String(speaking.year) })],
        [],
        speaking,
      );
    case 'otherYear':
      return otherYear([wording.say('其他年份', { 年: String(gap.year) })], gap.spots, speaking, [String(gap.year)]);
    case 'beforeThat':
      return otherYear(
        [wording.say('更早年份', { 年: String(gap.year), 上年: String(comparedWith) })],
        gap.spots,
        speaking,
        [String(gap.year)],
      );
    case 'subYear':
      return declined(
        [
          wording.say('只有全年', { 说法: gap.said, 年: String(speaking.year) }),
          ...(gap.spots.length > 0 ? [wording.say('全年是', { 内容: lineOf(gap.spots, speaking) })] : []),
        ],
        [],
        speaking,
        [gap.said],
        gap.spots,
      );
    case 'otherPlace':
      return declined([wording.say('其他地方', { 地区: region, 地方: gap.place })], gap.spots, speaking, [gap.place]);
  }
}

function otherYear(sentences: string[], spots: readonly Spot[], speaking: Speaking, quoted: string[]): Draft {
  const { wording, year } = speaking;
  const content = spots.length > 0 ? `：${lineOf(spots, speaking)}` : '';
  return declined(
    [...sentences, wording.say('最近一份', { 年: String(year), 内容: content })],
    [],
    speaking,
    quoted,
    spots,
  );
}

function declined(
  sentences: string[],
  nearby: readonly Spot[],
  speaking: Speaking,
  quoted: string[] = [],
  focus: readonly Spot[] = [],
): Draft {
  const near = nearby.length > 0 ? [speaking.wording.say('附近有', { 内容: lineOf(nearby, speaking) })] : [];
  const spots = [...new Set([...focus, ...nearby])];
  return draft('decline', '未涉及', {
    sentences: [...sentences, ...near],
    sources: spots,
    figures: spots.map((spot) => ({ stated: state(spot) })),
    focus: spots,
    quoted,
  });
}

function lineOf(spots: readonly Spot[], { wording }: Speaking): string {
  return spots
    .map((spot) => {
      const change = changeOf(spot);
      return `${nameOf(spot)} ${statedText(state(spot), wording)}${change ? `，${changeText(change, wording)}` : ''}`;
    })
    .join('；');
}
