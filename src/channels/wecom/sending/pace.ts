/**
 * Keeps an app's messages to one person under the platform's limits, 30 a minute and 1,000 an hour: what goes over is
 * dropped there without an error, so an answer would be lost and nobody told.
 */
import type { Clock } from './clock';

const LIMITS = [
  { most: 30, withinMs: 60_000 },
  { most: 1000, withinMs: 3_600_000 },
] as const;
const LONGEST_MS = 3_600_000;
const MOST_PEOPLE = 50_000;

export class Pace {
  /** When messages went, or will go, to each person, oldest first; who wrote longest ago stands first. */
  private readonly times = new Map<string, number[]>();

  constructor(private readonly clock: Pick<Clock, 'now' | 'wait'>) {}

  /** Waits until a message to this person may go. */
  async turnOf(person: string): Promise<void> {
    const now = this.clock.now();
    const times = (this.times.get(person) ?? []).filter((at) => at > now - LONGEST_MS);
    const at = Math.max(
      now,
      ...LIMITS.map(({ most, withinMs }) => (times.at(-most) ?? Number.NEGATIVE_INFINITY) + withinMs),
    );
    this.times.delete(person);
    this.times.set(person, [...times, at]);
    for (const oldest of this.times.keys()) {
      if (this.times.size <= MOST_PEOPLE) break;
      this.times.delete(oldest);
    }
    if (at > now) await this.clock.wait(at - now);
  }
}
