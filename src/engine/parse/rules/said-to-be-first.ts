/** What somebody takes for the first or the last of several: to be held against all of them. */
import { has, type Mention } from '../../link/mention';
import { hasAny, hasContent, operandOf } from '../sentence';
import { HANDLED, plainly } from './compared';
import { extreme } from './ranking';
import type { Rule } from './rule';

/** 「几个满意率当中最高的是警单那个，对不对」「诉求来源里互联网最少吧」「警单的满意率最高吧」 */
export const extremeClaimed: Rule = {
  name: 'extreme-claimed',
  example: '四个满意率里最高的是警单那个，对吗',
  read(sentence) {
    const mentions = sentence.mentions.filter((m) => !m.number);
    const plain = mentions.filter((m) => !m.isName);
    if (!hasAny(plain, 'confirm') || hasAny(plain, 'which', 'howMuch', 'difference', 'times')) return undefined;
    const { set, one } = namedFirst(mentions) ?? namedWithin(mentions) ?? namedAlone(mentions) ?? {};
    const rank = set && extreme.read({ ...sentence, mentions: set });
    const claimed =
      one &&
      operandOf(one, sentence, [
        'confirm',
        'which',
        ...(set === undefined || hasAny(one, 'most', 'least') ? HANDLED : []),
      ]);
    return rank?.op === 'rank' && claimed ? { ...rank, claimed: plainly(claimed) } : undefined;
  },
};

/** Of what it is said, with the superlative, and the one of which it is said. */
interface SaidToBeFirst {
  set: Mention[];
  one: Mention[];
}

const isSuperlative = (m: Mention) => has(m, 'most', 'least') && !m.isName;

/** 「最高的是警单那个」「电话是来源里最多的」 */
function namedFirst(mentions: readonly Mention[]): SaidToBeFirst | undefined {
  const is = mentions.findIndex((m) => m.text === '是' || (has(m, 'is') && !m.isName));
  const sides = [mentions.slice(0, is), mentions.slice(is + 1)];
  const ranked = sides.findIndex((side) => hasAny(side, 'most', 'least'));
  const [set, one] = [sides[ranked], sides[1 - ranked]];
  return is < 1 || !set || !one || !hasContent(one) || hasAny(one, 'most', 'least') ? undefined : { set, one };
}

/** 「诉求来源里互联网最少」: what is named between 里 and the superlative is one of what stands before it. */
function namedWithin(mentions: readonly Mention[]): SaidToBeFirst | undefined {
  const first = mentions.findIndex(isSuperlative);
  const within = mentions.slice(0, first).findLastIndex((m) => has(m, 'within') && !m.isName);
  const [outer, between, behind] = [
    mentions.slice(0, within),
    mentions.slice(within + 1, first),
    mentions.slice(first),
  ];
  if (within < 1 || !hasContent(outer) || !hasContent(between) || hasContent(behind)) return undefined;
  // 「群众诉求各来源里电话增得最快」: by what they are ranked isn't the name of the one.
  const ranks = (m: Mention) => !m.isName && has(m, 'up', 'down', 'change');
  return { set: [...outer, ...between.filter(ranks), ...behind], one: between.filter((m) => !ranks(m)) };
}

/** 「警单的满意率最高吧」: of all that are called so. */
function namedAlone(mentions: readonly Mention[]): SaidToBeFirst | undefined {
  const first = mentions.findIndex(isSuperlative);
  const [before, behind] = [mentions.slice(0, first), mentions.slice(first)];
  const isListed = hasAny(before, 'each', 'within', 'all', 'ranking') || before.some((m) => m.count || m.text === ',');
  if (first < 1 || isListed || !hasContent(before) || hasContent(behind)) return undefined;
  return { set: mentions.filter((m) => !m.isName && !m.isUnknown), one: [...mentions] };
}
