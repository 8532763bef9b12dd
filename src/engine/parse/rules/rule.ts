/** A way of asking: a name that travels with the answer, an example, and how it is read. */
import type { Ask, Query } from '../query';
import type { Sentence } from '../sentence';

export interface Rule {
  name: string;
  example: string;
  /** Undefined when the sentence isn't asked this way. */
  read(sentence: Sentence): Ask | undefined;
}

/** By the first rule that accounts for all words of asking. */
export function readBy(rules: readonly Rule[], sentence: Sentence): Query | undefined {
  for (const rule of rules) {
    const ask = rule.read(sentence);
    if (ask) return { ask, rule: rule.name };
  }
  return undefined;
}
