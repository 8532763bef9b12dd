/**
 * Remembers which messages were taken, so that the three deliveries of one are answered once. It keeps them longer than a
 * signed callback is accepted, so a copy of an old one finds either this memory or a closed window.
 *
 * In this process only; shared/taken-messages.ts does it for several.
 */
export const REMEMBERED_MS = 30 * 60 * 1000;
const MOST = 100_000;

export class Seen {
  private readonly keys = new Map<string, number>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly most = MOST,
  ) {}

  /** True the first time; at once and before anything is done, so that two deliveries at the same moment can't both win. */
  isNew(key: string): boolean {
    const oldest = this.now() - REMEMBERED_MS;
    for (const [old, at] of this.keys) {
      if (at > oldest && this.keys.size < this.most) break;
      this.keys.delete(old);
    }
    if (this.keys.has(key)) return false;
    this.keys.set(key, this.now());
    return true;
  }

  get size(): number {
    return this.keys.size;
  }
}
