/** What is compared, and by what: words that all ways of comparing share. */
import type { UnitKind, WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import type { Operand } from '../query';
import { hasAny, type Sentence } from '../sentence';
import { jointOf, listed } from './lists';
import { measureIn } from './relation';

export const HANDLED: WordClass[] = [
  'which',
  'most',
  'least',
  'more',
  'less',
  'ranking',
  'firstFew',
  'lastFew',
  'than',
  'and',
  'sum',
  'each',
  'change',
  'up',
  'down',
  'overview',
  'share',
  'difference',
  'howMany',
  'strongly',
  'byTime',
  'byCount',
  'nth',
  'whatIs',
];

/** Is the 同比 what is compared, rather than the figures? */
export function byChange(mentions: readonly Mention[]): boolean {
  return hasAny(
    mentions.filter((m) => !m.isName),
    'change',
    'up',
    'down',
    'upOrDown',
  );
}

export function directionOf(mentions: readonly Mention[]): 'up' | 'down' | undefined {
  const words = mentions.filter((m) => !m.isName);
  if (hasAny(words, 'up') && hasAny(words, 'down')) return undefined;
  // 降幅, 跌幅 and 涨幅 are words for a change that say its direction.
  if (hasAny(words, 'down') || words.some((m) => /^[降跌减]/u.test(m.text) && has(m, 'change'))) return 'down';
  if (hasAny(words, 'up') || words.some((m) => /^[涨升增]/u.test(m.text) && has(m, 'change'))) return 'up';
  return undefined;
}

export function measuredBy(words: readonly Mention[]): { measure?: UnitKind } {
  const measure = measureIn(words);
  return measure ? { measure } : {};
}

/** 变动, 幅度, 波动: how far it went, whichever way. */
export function bySize(words: readonly Mention[]): { bySize?: boolean } {
  const isSaid = words.some((m) => has(m, 'change') && /变化|变动|波动|^幅度/u.test(m.text));
  return isSaid && directionOf(words) === undefined ? { bySize: true } : {};
}

export function named(sentence: Sentence): Operand[] | undefined {
  return listed(
    sentence.mentions.filter((m) => !m.number),
    sentence,
    HANDLED,
  )?.map((operand): Operand => ({ ...operand, aspect: 'value' }));
}

/** Commas may divide a list or nothing: 「那张表，总计这一行」. */
export function jointly(
  sentence: Sentence,
  among: readonly Operand[],
  also: WordClass[] = [],
): { joint?: Operand; inTable?: boolean } {
  const joint =
    among.length > 1
      ? jointOf(
          sentence.mentions.filter((m) => !m.number),
          sentence,
          [...HANDLED, ...also],
        )
      : undefined;
  return {
    ...(joint ? { joint: { ...joint, aspect: 'value' } } : {}),
    ...(hasAny(sentence.mentions, 'wholeTable') ? { inTable: true } : {}),
  };
}

export function plainly(operand: Operand): Operand {
  return { ...operand, aspect: 'value' };
}

/** 「哪个部门」「哪家平台」: the name right behind says of what kind the one is that is asked for. */
export function kindAsked({ mentions }: Sentence): { kind?: string } {
  const at = mentions.findIndex((m) => has(m, 'which') && !m.isName && m.text.startsWith('哪'));
  // 「哪一级的信息多」
  const level = /级$/u.exec(mentions[at]?.text ?? '')?.[0];
  if (level) return { kind: level };
  const [asked, kind] = [mentions[at], mentions[at + 1]];
  return asked && kind?.isName && kind.start === asked.end ? { kind: kind.text } : {};
}

/**
 * Of a time, 快 is little and 慢 is much; of a rise or a fall it's the other way round: 「涨得慢」 is the smaller rise.
 */
export function isSlowChange(words: readonly Mention[]): boolean {
  return words.some((m) => has(m, 'byTime') && has(m, 'more', 'most'));
}
