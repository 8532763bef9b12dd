/** Ways of asking which of several: more or less, risen or fallen, all that satisfy something. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import type { Operand } from '../query';
import { hasAny, hasContent, operandOf, type Sentence, splitAt } from '../sentence';
import {
  byChange,
  bySize,
  directionOf,
  HANDLED,
  isSlowChange,
  jointly,
  kindAsked,
  measuredBy,
  named,
} from './compared';
import { isComma, listed } from './lists';
import { extreme, place, spread } from './ranking';
import { RELATION, relationIn } from './relation';
import type { Rule } from './rule';
import { extremeClaimed } from './said-to-be-first';

const which: Rule = {
  name: 'which',
  example: '群众和企业诉求哪个降了',
  read(sentence) {
    const words = sentence.mentions.filter((m) => !m.isName);
    if (!hasAny(words, 'which', 'than', 'and') || !hasAny(words, 'more', 'less', 'up', 'down', 'strongly'))
      return undefined;
    // 「哪个涨得快，快几个点」: by how much is said with which.
    const ranksChange =
      hasAny(words, 'which') && directionOf(sentence.mentions) !== undefined && hasAny(words, 'strongly', 'byTime');
    if (
      (hasAny(words, 'howMuch') && !ranksChange) ||
      (hasAny(words, 'share') && !hasAny(words, 'which', 'than')) ||
      (hasAny(words, 'difference') && !hasAny(words, 'which')) ||
      sentence.mentions.some((m) => m.number)
    )
      return undefined;
    // 「A 加 B 比 C 多吗」 sets a sum against another figure: another rule.
    if (hasAny(words, 'than') && !hasAny(words, 'which') && hasAny(sentence.mentions, 'sum')) return undefined;
    // 「哪几项升、哪几项降」 looks for both: another rule.
    if (hasAny(words, 'up') && hasAny(words, 'down') && !hasAny(words, 'more', 'less', 'strongly')) return undefined;
    const compared = named({ ...sentence, mentions: cutAtThan(sentence.mentions) });
    if (!compared) return undefined;
    // 「哪个变动幅度大」 names none: which of the two.
    const asksOne = words.some((m) => has(m, 'which') && /^(?:谁|哪(?:一)?[个边头家项类])$/u.test(m.text));
    const isOfPair = !hasContent(sentence.mentions) && (asksOne || hasAny(words, 'more', 'less'));
    const pieces = isOfPair ? compared.map((o): Operand => ({ ...o, refersTo: o.refersTo ?? 'all' })) : compared;
    const direction = directionOf(sentence.mentions);
    // 「哪个降了」 looks for falls; 「哪个降得狠」 ranks them.
    const isSpeed = direction !== undefined && hasAny(words, 'byTime');
    if (direction && hasAny(words, 'strongly') && !isSpeed && hasAny(words, 'which')) {
      return { op: 'rank', among: pieces, by: 'change', extreme: 'most', count: 1, direction, ...kindAsked(sentence) };
    }
    if (direction && hasAny(words, 'which', 'each') && !hasAny(words, 'more', 'less')) {
      return { op: 'filter', among: pieces, direction, by: 'change' };
    }
    if (pieces.filter((p) => p.phrase.pieces.length > 0).length < 2 && !hasAny(words, 'which')) return undefined;
    return {
      op: 'rank',
      among: pieces,
      by: byChange(sentence.mentions) ? 'change' : hasAny(sentence.mentions, 'share') ? 'share' : 'value',
      extreme: (isSpeed ? isSlowChange(words) : hasAny(words, 'less') && !hasAny(words, 'more')) ? 'least' : 'most',
      count: 1,
      ...(byChange(sentence.mentions) ? {} : measuredBy(words)),
      ...ofEach(sentence),
      // 「A 比 B 多，对吗」: A is said to be first.
      ...(hasAny(sentence.mentions, 'confirm') && hasAny(words, 'than') ? { isClaim: true } : {}),
      ...kindAsked(sentence),
      ...bySize(words),
      ...(direction ? { direction } : {}),
    };
  },
};

/** 「A 和 B 谁的 C 多」: the C of A, and of B. */
function ofEach(sentence: Sentence): { ofEach?: Operand[] } {
  const { mentions } = sentence;
  const at = mentions.findIndex((m) => has(m, 'which') && !m.isName);
  const behind = mentions.slice(at + 1);
  const listed = splitAt(mentions.slice(0, at), (m) => (has(m, 'and') && !m.isName) || isComma(m)).filter(hasContent);
  if (at < 0 || listed.length < 2 || !hasContent(behind)) return {};
  const operands = listed.map((piece) => operandOf([...piece, ...behind], sentence, HANDLED));
  return operands.every((o) => o !== undefined) ? { ofEach: operands } : {};
}

/** 「A 比 B」 lists A and B. */
function cutAtThan(mentions: readonly Mention[]): Mention[] {
  return mentions.map((m) => (has(m, 'than') && !m.isName ? { ...m, words: new Set<WordClass>(['and']) } : m));
}

/** 「有没有涨了一倍以上的」「有没有下降的指标」: all that are so; 「有没有下降」 speaks of one. */
export function asksForSuch({ mentions }: Sentence): boolean {
  const plain = mentions.filter((m) => !m.isName);
  const of = mentions.findLastIndex((m) => has(m, 'filler') && m.text === '的');
  const said = mentions.findLastIndex((m) => m.number || has(m, 'up', 'down', 'change', ...RELATION));
  // 「同比降幅在一成以内的」 asks for nothing else.
  const isNothingElse =
    of === mentions.length - 1 &&
    hasAny(plain, 'change') &&
    hasAny(plain, ...RELATION) &&
    mentions.some((m) => m.number);
  return (hasAny(plain, 'isThere') || isNothingElse) && said >= 0 && of > said && !hasContent(mentions);
}

/** 「降了的指标有几个」「低于90%的比率有几个」 */
function countsSuch(mentions: readonly Mention[]): boolean {
  const isBound = (m: Mention, i: number) => has(m, ...RELATION) && mentions[i + 1]?.number !== undefined;
  const said = mentions.findIndex((m, i) => (has(m, 'up', 'down') || isBound(m, i)) && !m.isName);
  const of = mentions.findIndex((m, i) => i > said && m.text === '的');
  const last = mentions.findLast((m) => m.words.size > 0 && !has(m, 'confirm'));
  const isLast = last !== undefined && has(last, 'howMuch') && /[几少][个项]$/u.test(last.text);
  // 「有几个数是下降的」
  const isFirst = mentions.slice(0, said).some((m) => !m.isName && /[几少][个项]/u.test(m.text));
  return said >= 0 && of > said && (isLast || (isFirst && of === mentions.length - 1));
}

const filter: Rule = {
  name: 'filter',
  example: '同比下降的有哪些',
  read(sentence) {
    const { mentions } = sentence;
    const words = mentions.filter((m) => !m.isName);
    const asksAll = hasAny(words, 'which', 'each', 'howMany') || asksForSuch(sentence) || countsSuch(mentions);
    const direction = directionOf(mentions);
    const number = mentions.find((m) => m.number)?.number;
    const relation = relationIn(words);
    // 「哪几项升、哪几项降」: all that have a 同比.
    const isEither = hasAny(words, 'up') && hasAny(words, 'down');
    if (!asksAll || !(direction || isEither || (relation && number))) return undefined;
    const among = listed(
      mentions.filter((m) => !m.number),
      sentence,
      [...HANDLED, ...RELATION, 'howMany'],
    )?.map((operand): Operand => ({ ...operand, aspect: 'value' }));
    if (!among) return undefined;
    // A named measure with 「分别」 is a list, not a search: 「电话和互联网分别涨了多少」.
    if (
      direction &&
      !hasAny(words, 'which', 'howMany') &&
      !countsSuch(mentions) &&
      !relation &&
      among.some((o) => hasContent(mentions) && o.phrase.pieces.some((p) => !p.isSoft))
    ) {
      if (hasAny(words, 'howMuch')) return undefined;
    }
    return {
      op: 'filter',
      among,
      by: direction || byChange(mentions) ? 'change' : 'value',
      ...jointly(sentence, among, [...RELATION, 'howMany']),
      ...(direction ? { direction } : {}),
      ...(relation && number ? { bound: { relation, value: number.value, isPercent: number.isPercent } } : {}),
    };
  },
};

export const COMPARING: readonly Rule[] = [place, spread, extremeClaimed, extreme, which, filter];
