/** 超过, 达到, 不到: how what is asked stands to a number that is said; 快, 多: by what one is set against another. */
import type { UnitKind, WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import type { Relation } from '../query';
import { hasAny, type Sentence } from '../sentence';

export const RELATION: readonly WordClass[] = ['exceeds', 'reaches', 'below'];

export function relationIn(mentions: readonly Mention[]): Relation | undefined {
  if (hasAny(mentions, 'below')) return 'under';
  if (hasAny(mentions, 'exceeds')) return 'over';
  if (hasAny(mentions, 'reaches')) return 'atLeast';
  const least = mentions.find((m) => m.number?.least)?.number?.least;
  return least && (least === 'exceeded' ? 'over' : 'atLeast');
}

/** 「哪个快」 compares times, 「哪个多」 counts. */
export function measureIn(words: readonly Mention[]): UnitKind | undefined {
  if (hasAny(words, 'byTime')) return 'time';
  return hasAny(words, 'byCount') ? 'things' : undefined;
}

/** 「这个差占全市的几成」 points at what was just computed. */
export function withoutPointedDifference(sentence: Sentence): Sentence {
  const { mentions } = sentence;
  const isPointed = (m: Mention | undefined, next: Mention | undefined) =>
    m !== undefined && has(m, 'pronoun') && next !== undefined && has(next, 'difference') && m.end === next.start;
  const kept = mentions.filter((m, i) => !isPointed(m, mentions[i + 1]) && !isPointed(mentions[i - 1], m));
  return kept.length < mentions.length ? { ...sentence, mentions: kept } : sentence;
}
