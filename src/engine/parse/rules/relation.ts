/** 超过, 达到, 不到: how what is asked stands to a number that is said. */
import type { WordClass } from '../../lexicon/lexicon';
import type { Mention } from '../../link/mention';
import type { Relation } from '../query';
import { hasAny } from '../sentence';

export const RELATION: readonly WordClass[] = ['exceeds', 'reaches', 'below'];

export function relationIn(mentions: readonly Mention[]): Relation | undefined {
  if (hasAny(mentions, 'below')) return 'under';
  if (hasAny(mentions, 'exceeds')) return 'over';
  return hasAny(mentions, 'reaches') || mentions.some((m) => m.number?.isAtLeast) ? 'atLeast' : undefined;
}
