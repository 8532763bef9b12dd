/**
 * Reads a sentence as a query: the first rule that accounts for all its words of asking.
 *
 * The order matters where one way of asking contains another: 「四个满意率平均占多少」 has to be read by what is
 * asked last; a rule that meets a word of asking it doesn't know returns nothing, and the next one tries.
 */
import type { Query } from './query';
import { ABOUT, CLAIM } from './rules/about';
import { ARITHMETIC } from './rules/arithmetic';
import { COMPARING } from './rules/comparing';
import { FIGURES, OVERVIEW } from './rules/lookup';
import type { Rule } from './rules/rule';
import type { Sentence } from './sentence';

export const RULES: readonly Rule[] = [...ABOUT, ...COMPARING, ...ARITHMETIC, ...OVERVIEW, ...CLAIM, ...FIGURES];

/** Undefined when no rule accounts for all words of asking: the question isn't understood. */
export function parse(sentence: Sentence): Query | undefined {
  for (const rule of RULES) {
    const ask = rule.read(sentence);
    if (ask) return { ask, rule: rule.name };
  }
  return undefined;
}
