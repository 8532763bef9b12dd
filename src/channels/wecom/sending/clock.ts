/** Time and chance as arguments, so that tests of waiting don't wait. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  now: () => number;
  wait: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  random: () => number;
}

export const REAL_CLOCK: Clock = {
  now: Date.now,
  wait: (ms) => sleep(ms),
  random: Math.random,
};
