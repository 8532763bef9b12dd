/**
 * Cuts text into Chinese words with nodejieba, whose dictionary is taught the names of the reports
 * and the words of the lexicon, so that 话务量 and 惠企政策 stay whole.
 */
import nodejieba from 'nodejieba';

let isLoaded = false;

/** Blocks for about a second, once per process: call it at start-up. */
export function loadDictionary(): void {
  if (isLoaded) return;
  nodejieba.load();
  isLoaded = true;
}

/** Adds words of at least two characters; a second load() would lose them, so there is none. */
export function teachWords(words: Iterable<string>): void {
  loadDictionary();
  for (const word of words) if (/^\p{Script=Han}{2,8}$/u.test(word)) nodejieba.insertWord(word);
}

export function cut(text: string): string[] {
  loadDictionary();
  return nodejieba.cut(text, true);
}

/** The kind of word that the dictionary holds it for: n, v, r …; "x" for one that it doesn't know. */
export function wordKind(word: string): string {
  const known = kinds.get(word);
  if (known !== undefined) return known;
  loadDictionary();
  const [first, ...others] = nodejieba.tag(word);
  const kind = first && others.length === 0 ? first.tag : 'x';
  if (kinds.size < KINDS_KEPT) kinds.set(word, kind);
  return kind;
}

const kinds = new Map<string, string>();
const KINDS_KEPT = 20_000;

/** Also the short words inside long ones: 接通率 gives 接通 and 接通率. */
export function cutForSearch(text: string): string[] {
  loadDictionary();
  return nodejieba.cutForSearch(text, true);
}
