/**
 * Conversation state in memory, limited in count and age: the oldest untouched conversation goes first. botbuilder's own
 * MemoryStorage keeps everything for ever, which a public service can't.
 *
 * It means eTags as Bot Framework storage does: a write with an eTag succeeds only if nobody wrote in between; "*" or none
 * writes always. What is read is a copy.
 */
import type { Storage, StoreItems } from 'botbuilder';
import { utf8 } from './utf8';

interface Kept {
  /** UTF-8, outside of the heap. */
  json: Buffer;
  eTag: string;
  touchedAt: number;
}

export interface Bounds {
  maxItems: number;
  maxAgeMs: number;
}

/** A working day: whoever comes back the next morning starts afresh. */
export const DEFAULT_BOUNDS: Bounds = { maxItems: 20_000, maxAgeMs: 8 * 60 * 60 * 1000 };

export class StorageConflict extends Error {
  readonly code = 'STORAGE_CONFLICT';
}

export class BoundedStorage implements Storage {
  /** In the order of the last touch, oldest first: a Map keeps the order of insertion. */
  private readonly items = new Map<string, Kept>();
  private writes = 0;

  constructor(
    private readonly bounds: Bounds = DEFAULT_BOUNDS,
    private readonly now: () => number = Date.now,
  ) {}

  async read(keys: string[]): Promise<StoreItems> {
    this.dropOld();
    const found: StoreItems = {};
    for (const key of keys) {
      const kept = this.items.get(key);
      if (!kept) continue;
      this.put(key, kept);
      found[key] = { ...JSON.parse(kept.json.toString()), eTag: kept.eTag };
    }
    return found;
  }

  /** All or nothing: a conflict in one key leaves the others unwritten too. */
  async write(changes: StoreItems): Promise<void> {
    this.dropOld();
    for (const [key, item] of Object.entries(changes)) {
      const kept = this.items.get(key);
      const expected: unknown = item.eTag;
      if (expected && expected !== '*' && expected !== kept?.eTag) throw new StorageConflict(`eTag of ${key}`);
    }
    for (const [key, { eTag: _, ...item }] of Object.entries(changes)) {
      this.writes += 1;
      this.put(key, { json: utf8(JSON.stringify(item)), eTag: String(this.writes), touchedAt: 0 });
    }
    for (const key of this.items.keys()) {
      if (this.items.size <= this.bounds.maxItems) break;
      this.items.delete(key);
    }
  }

  async delete(keys: string[]): Promise<void> {
    for (const key of keys) this.items.delete(key);
  }

  get size(): number {
    return this.items.size;
  }

  private put(key: string, kept: Kept): void {
    this.items.delete(key);
    this.items.set(key, { ...kept, touchedAt: this.now() });
  }

  private dropOld(): void {
    const oldest = this.now() - this.bounds.maxAgeMs;
    for (const [key, { touchedAt }] of this.items) {
      if (touchedAt > oldest) break;
      this.items.delete(key);
    }
  }
}
