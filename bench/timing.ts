/** How long something takes, told so that one slow moment of the machine doesn't decide. */

export interface Spread {
  median: number;
  p99: number;
  slowest: number;
}

/** Rounds stop here; there is always a warm-up and one that counts. In fewer, code is measured that isn't compiled yet. */
const MOST_ROUNDS = 50;
const BUDGET_MS = 10_000;

/** Milliseconds of each piece of work: the median of a few rounds, after one to warm up. */
export function timesOf<T>(pieces: readonly T[], work: (piece: T) => unknown): number[] {
  for (const piece of pieces) work(piece);
  const times = pieces.map((): number[] => []);
  const start = performance.now();
  for (let round = 0; round < MOST_ROUNDS && (round === 0 || performance.now() - start < BUDGET_MS); round += 1) {
    pieces.forEach((piece, i) => {
      times[i]?.push(millisecondsOf(() => work(piece)));
    });
  }
  return times.map((some) => at(some, 0.5));
}

export function spread(times: readonly number[]): Spread {
  return { median: at(times, 0.5), p99: at(times, 0.99), slowest: at(times, 1) };
}

export function millisecondsOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
