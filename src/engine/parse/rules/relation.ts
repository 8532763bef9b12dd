/** 超过, 达到, 不到: how what is asked stands to a number that is said. */
import type { WordClass } from '../../lexicon/lexicon';
import type { Mention } from '../../link/mention';
import type { Relation } from '../query';
import { hasAny } from '../sentence';

export const RELATION: readonly WordClass[] = ['exceeds', 'reaches', 'below'];

export function relationIn(mentions: readonly Mention[]): Relation | undefined {
  if (hasAny(mentions, 'below')) return 'under';
  if (hasAny(mentions, 'exceeds')) return 'over';
  if (hasAny(mentions, 'reaches')) return 'atLeast';
  const least = mentions.find((m) => m.number?.least)?.number?.least;
  return least && (least === 'exceeded' ? 'over' : 'atLeast');
}
