/**
 * All entries, and the ways to find one: by id, by the term itself, by what somebody types.
 *
 * byTitle('“双号”互转是什么') is the entry 双号互转 or nothing; search('110 转过来的警单', 5, today) ranks.
 * The search index is built at the first search, or before it by warmUp, since cutting 12,671 entries
 * into words takes seconds that start-up hasn't got.
 *
 * Not here: reading files (load-entries.ts), addresses of entries (entry-url.ts).
 */
import { type Entry, isValidOn } from './entry';
import { EntryIndex, type FoundEntry } from './entry-index';
import { askedTermKey, termKey } from './term-key';

export type { FoundEntry };

export class EntryLibrary {
  readonly #byId: ReadonlyMap<string, Entry>;
  readonly #byTerm = new Map<string, Entry[]>();
  readonly #index: EntryIndex;

  constructor(readonly entries: readonly Entry[]) {
    this.#byId = new Map(entries.map((entry) => [entry.id, entry]));
    for (const entry of entries) {
      for (const key of new Set([entry.title, ...entry.asks].map(termKey))) {
        this.#byTerm.set(key, [...(this.#byTerm.get(key) ?? []), entry]);
      }
    }
    this.#index = new EntryIndex(entries);
  }

  byId(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /**
   * The entry whose title or other way of asking is exactly this, however it is punctuated and whether or
   * not it is put as 「…是什么」. With a day given, only an entry that may be offered on it.
   */
  byTitle(term: string, today?: string): Entry | undefined {
    for (const key of new Set([termKey(term), askedTermKey(term)])) {
      const found = this.#byTerm.get(key)?.find((entry) => today === undefined || isValidOn(entry, today));
      if (found) return found;
    }
    return undefined;
  }

  /** Best first; only entries that may be offered on the day ("2026-11-23"). */
  search(query: string, limit: number, today: string): FoundEntry[] {
    const named = this.byTitle(query, today);
    const found = this.#index.search(query, named ? limit + 1 : limit, (entry) => isValidOn(entry, today));
    if (!named) return found;
    // What bears the very name comes first, whatever the words of the others weigh.
    const best = Math.max(1, ...found.map(({ score }) => score)) * 2;
    return [{ entry: named, score: best }, ...found.filter(({ entry }) => entry !== named)].slice(0, limit);
  }

  /** Builds the search index in small steps that let other work through. Searching before it ends is safe. */
  warmUp(): Promise<void> {
    return this.#index.warmUp();
  }
}
