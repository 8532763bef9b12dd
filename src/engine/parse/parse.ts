/**
 * Reads a sentence as a query: the first rule that accounts for all its words of asking.
 *
 * The order matters where one way of asking contains another: 「四个满意率平均占多少」 has to be read by what is
 * asked last; a rule that meets a word of asking it doesn't know returns nothing, and the next one tries.
 */
import type { WordClass } from '../lexicon/lexicon';
import type { Mention } from '../link/mention';
import type { Query } from './query';
import { ABOUT, DOUBT } from './rules/about';
import { ARITHMETIC } from './rules/arithmetic';
import { CLAIM, CLAIM_OF_ALL, saidBeside } from './rules/claims';
import { COMPARING } from './rules/comparing';
import { FIGURES, OVERVIEW } from './rules/lookup';
import { type Rule, readBy } from './rules/rule';
import type { Sentence } from './sentence';

export const RULES: readonly Rule[] = [
  ...ABOUT,
  ...CLAIM_OF_ALL,
  ...COMPARING,
  ...ARITHMETIC,
  ...OVERVIEW,
  ...CLAIM,
  ...DOUBT,
  ...FIGURES,
];

/** Words of asking that may be said by the way: without them the question asks less, not something else. */
const BY_THE_WAY: ReadonlySet<WordClass> = new Set<WordClass>([
  'howMuch',
  'which',
  'each',
  'overview',
  'whatIs',
  'sum',
  'than',
  'more',
  'less',
  'exceeds',
  'reaches',
  'confirm',
  'within',
  'equals',
  'correction',
  'again',
  'firstFew',
  'source',
  'howMany',
  'percent',
  'whichPlace',
]);

/**
 * What is asked when one or two words said by the way are left aside: no answer, but what may be offered
 * instead of one. Fewest words first.
 */
export function* parseLoosely(sentence: Sentence): Generator<Query> {
  const spare = sentence.mentions.filter(
    (m) => !m.isName && m.words.size > 0 && [...m.words].every((c) => BY_THE_WAY.has(c)),
  );
  const without = (...left: Mention[]) =>
    parse({ ...sentence, mentions: sentence.mentions.filter((m) => !left.includes(m) && !m.isUnknown) });
  const tries: Mention[][] = [
    [],
    ...spare.map((m) => [m]),
    ...spare.flatMap((a, i) => spare.slice(i + 1).map((b) => [a, b])),
  ];
  // The longer the sentence, the more each try costs, and the less it is one question.
  const atMost = Math.min(LOOSE_TRIES, Math.ceil(LOOSE_WORDS / sentence.mentions.length));
  for (const left of tries.slice(0, atMost)) {
    const query = without(...left);
    if (query) yield query;
  }
}

const LOOSE_TRIES = 24;
/** Words read in all tries together. */
const LOOSE_WORDS = 185;

/** Undefined when no rule accounts for all words of asking: the question isn't understood. */
export function parse(sentence: Sentence): Query | undefined {
  const beside = saidBeside(sentence);
  const asked = beside && readBy(RULES, beside.asked);
  const query = readBy(RULES, sentence);
  if (!asked) return query;
  const { claim } = beside;
  return { ask: { op: 'beside', claim, ask: asked.ask, ...(query ? { otherwise: query.ask } : {}) }, rule: asked.rule };
}
