/**
 * Lets requests in a few at a time, each few in a round of the event loop of their own, so that in between the process looks
 * at what has come in: a health check never waits behind a crowd. Who would wait too long is turned away at once, which
 * costs next to nothing; so under any load the service does as much as it can, and says no to the rest.
 *
 * Not one at a time: a round costs as much as half an answer.
 *
 * node accepts one connection a round. So while new ones come, rounds go by without anybody being let in: else the crowd would
 * stand in the system's own queue, where nobody can be told apart, and a health check would stand behind it.
 */
export interface GateLimits {
  /** Once the first in the queue has waited this long, nobody joins it… */
  longestWaitMs: number;
  /** …unless it is so short that the wait was a moment of absence (a reload, a busy machine) and not a crowd. */
  aFew: number;
  mostWaiting: number;
  /** Let in together. Health waits for their answers, some milliseconds. */
  atOnce: number;
}

/** Rounds without work are short; but who was here first has to get in at last. */
const MOST_EMPTY_ROUNDS = 50;
const LIMITS: GateLimits = { longestWaitMs: 500, aFew: 20, mostWaiting: 1000, atOnce: 8 };

interface Waiting {
  enter: () => void;
  since: number;
}

export class Gate {
  /** `first` counts what has been let in, so that letting in costs the same however long the queue is. */
  private queue: Waiting[] = [];
  private first = 0;
  private isOpening = false;
  private hasNewConnection = false;
  private emptyRounds = 0;

  constructor(
    private readonly limits: GateLimits = LIMITS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get waiting(): number {
    return this.queue.length - this.first;
  }

  get isFull(): boolean {
    const next = this.queue[this.first];
    if (!next) return false;
    const { longestWaitMs, aFew, mostWaiting } = this.limits;
    return this.waiting >= mostWaiting || (this.waiting > aFew && this.now() - next.since > longestWaitMs);
  }

  /** Calls back when it is this one's turn. Whether there is room is for the caller to ask (isFull). */
  wait(enter: () => void): void {
    this.queue.push({ enter, since: this.now() });
    this.open();
  }

  /** For the server's `connection`: there may be more behind it. */
  seeConnection(): void {
    this.hasNewConnection = true;
  }

  private open(): void {
    if (this.isOpening) return;
    this.isOpening = true;
    setImmediate(() => {
      this.isOpening = false;
      if (this.waiting === 0) return;
      if (this.hasNewConnection && this.emptyRounds < MOST_EMPTY_ROUNDS) {
        this.hasNewConnection = false;
        this.emptyRounds += 1;
        this.open();
        return;
      }
      this.emptyRounds = 0;
      const some = this.queue.slice(this.first, this.first + this.limits.atOnce);
      this.first += some.length;
      if (this.first === this.queue.length || this.first > 1000) {
        this.queue = this.queue.slice(this.first);
        this.first = 0;
      }
      if (this.waiting > 0) this.open();
      for (const { enter } of some) enter();
    });
  }
}
