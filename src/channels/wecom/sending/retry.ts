/**
 * Calls again what failed in passing, later each time and never two callers in step, until a bound. The frequency limit
 * (45009) is everybody's: once it is met, all calls wait until its window has passed, as each one would prolong it.
 */
import { CallFailed } from './call-failed';
import type { Clock } from './clock';

export const BOUNDS = { tries: 8, totalMs: 5 * 60 * 1000, firstMs: 500, longestMs: 30_000, pauseMs: 60_000 };

export interface Tried<Result> {
  result: Result;
  tries: number;
}

/** Given up, or not worth trying. */
export class GivenUp extends Error {
  readonly code: number | string;
  constructor(
    readonly fault: CallFailed,
    readonly tries: number,
    /** True: one of the tries may have been done by the platform nevertheless. */
    readonly isOutcomeOpen: boolean,
  ) {
    super(String(fault.code), { cause: fault });
    this.code = fault.code;
  }
}

export interface Bounds {
  tries: number;
  totalMs: number;
  firstMs: number;
  longestMs: number;
  pauseMs: number;
}

export class Retrying {
  private pausedUntil = 0;

  constructor(
    private readonly clock: Clock,
    private readonly bounds: Bounds = BOUNDS,
  ) {}

  /** Throws GivenUp; what isn't a CallFailed is a bug and passes through. */
  async run<Result>(call: () => Promise<Result>, onFault: (fault: CallFailed, tries: number) => void): Promise<Result> {
    const start = this.clock.now();
    let isOutcomeOpen = false;
    for (let tries = 1; ; tries += 1) {
      await this.whilePaused();
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        isOutcomeOpen ||= error.isOutcomeOpen;
        const waitMs = this.waitAfter(error, tries);
        const isOver = tries >= this.bounds.tries || this.clock.now() + waitMs - start > this.bounds.totalMs;
        if (error.cure === 'never' || isOver) throw new GivenUp(error, tries, isOutcomeOpen);
        onFault(error, tries);
        if (error.cure === 'pause') this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + waitMs);
        else await this.clock.wait(waitMs);
      }
    }
  }

  private waitAfter({ cure }: CallFailed, tries: number): number {
    const { firstMs, longestMs, pauseMs } = this.bounds;
    if (cure === 'pause') return pauseMs;
    return Math.min(firstMs * 2 ** (tries - 1), longestMs) * (0.5 + this.clock.random());
  }

  private async whilePaused(): Promise<void> {
    const leftMs = this.pausedUntil - this.clock.now();
    // Those who waited together don't start together.
    if (leftMs > 0) await this.clock.wait(leftMs + this.clock.random() * 1000);
  }
}
