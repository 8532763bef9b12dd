/**
 * Whether the platform may be asked to drop a message as a duplicate. It should when a try is repeated whose outcome is
 * unknown, so that the person doesn't get the answer twice; it must not when the same answer is meant twice, since the
 * same question was asked twice.
 *
 *     first 「诉求总量」 → the check is on; the same again within ten minutes → off, and should just this one meet a fault
 *     of unknown outcome, it may arrive twice: better than an answer that never comes
 */
import { createHash } from 'node:crypto';
import type { Clock } from './clock';

/** Longer than all tries of one message take together. */
export const CHECKED_S = 10 * 60;
const MOST = 50_000;

export class RecentlySent {
  private readonly until = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** True the first time within the interval. */
  isFirst(to: string, message: object): boolean {
    const now = this.clock.now();
    for (const [key, until] of this.until) {
      if (until > now && this.until.size < MOST) break;
      this.until.delete(key);
    }
    const key = createHash('sha256')
      .update(JSON.stringify([to, message]))
      .digest('base64');
    const isFirst = (this.until.get(key) ?? 0) <= now;
    this.until.delete(key);
    this.until.set(key, now + CHECKED_S * 1000);
    return isFirst;
  }
}
