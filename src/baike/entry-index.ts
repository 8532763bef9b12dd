/**
 * The full-text index over entries: words by nodejieba, ranking by MiniSearch.
 *
 * Words that nearly every entry has (办理, 的) cost most of a search and decide nothing, so a query is
 * searched by its rarer words; only where it has none are the common ones used.
 */
import MiniSearch from 'minisearch';
import nodejieba from 'nodejieba';
import type { Entry } from './entry';

export interface FoundEntry {
  entry: Entry;
  /** Higher is nearer; comparable within one search only. */
  score: number;
}

/** Fields hold words already cut, joined by spaces. */
interface IndexedEntry {
  position: number;
  title: string;
  asks: string;
  answer: string;
}

const entriesAStep = 200;
/** A search takes its words from the rarest on, and stops once they stand in this many entries together. */
const entriesALookup = 3000;
/** Longer than any sensible search; the rest of a pasted page isn't read. */
const longestQuery = 200;

/** Words of asking and joining, a closed class: they stand in every question and say nothing about its matter. */
const emptyWords = new Set(
  '的 了 是 有 在 和 与 或 也 都 吗 呢 啊 吧 我 我们 你 您 想 要 请问 请 问 问一下 一下 什么 怎么 怎样 如何 啥 咋 多少 哪 哪里 哪些 哪个 几 意思 没有 这 那'.split(
    ' ',
  ),
);

/** Words of a text for searching: 政务服务便民热线 gives the whole and its parts. */
export function searchWords(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  return nodejieba.cutForSearch(plain, true).filter((word) => /[\p{L}\p{N}]/u.test(word) && !emptyWords.has(word));
}

export class EntryIndex {
  readonly #entries: readonly Entry[];
  readonly #index = new MiniSearch<IndexedEntry>({
    idField: 'position',
    fields: ['title', 'asks', 'answer'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term || null,
  });
  /** In how many entries a word stands. */
  readonly #frequency = new Map<string, number>();
  #indexed = 0;

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  search(query: string, limit: number, isOffered: (entry: Entry) => boolean): FoundEntry[] {
    this.#indexUpTo(this.#entries.length);
    const words = this.#decisiveWords(query.slice(0, longestQuery));
    if (words.length === 0) return [];
    const results = this.#index.search(words.join(' '), {
      boost: { title: 4, asks: 3, answer: 1 },
      filter: ({ id }) => isOffered(this.#entryAt(id)),
    });
    return results.slice(0, limit).map(({ id, score }) => ({ entry: this.#entryAt(id), score }));
  }

  async warmUp(): Promise<void> {
    while (this.#indexed < this.#entries.length) {
      this.#indexUpTo(this.#indexed + entriesAStep);
      await new Promise((resume) => setImmediate(resume));
    }
  }

  #decisiveWords(query: string): string[] {
    const rarestFirst = [...new Set(searchWords(query))]
      .map((word) => ({ word, entries: this.#frequency.get(word) ?? 0 }))
      .filter(({ entries }) => entries > 0)
      .sort((one, other) => one.entries - other.entries);
    const decisive: string[] = [];
    let sum = 0;
    for (const { word, entries } of rarestFirst) {
      sum += entries;
      if (decisive.length > 0 && sum > entriesALookup) break;
      decisive.push(word);
    }
    return decisive;
  }

  #indexUpTo(end: number): void {
    for (; this.#indexed < Math.min(end, this.#entries.length); this.#indexed++) {
      const { title, asks, answer } = this.#entryAt(this.#indexed);
      const words = { title: searchWords(title), asks: searchWords(asks.join('\n')), answer: searchWords(answer) };
      for (const word of new Set(Object.values(words).flat())) {
        this.#frequency.set(word, (this.#frequency.get(word) ?? 0) + 1);
      }
      this.#index.add({
        position: this.#indexed,
        title: words.title.join(' '),
        asks: words.asks.join(' '),
        answer: words.answer.join(' '),
      });
    }
  }

  #entryAt(position: number): Entry {
    return this.#entries[position] as Entry;
  }
}
