/**
 * Answers that go into a response, where all processes find them: a message that comes again, or the platform asking how far
 * an answer has come, may reach another process than the one that made it.
 */
import type { SharedState } from '../../../state/connect-state';
import type { Clock } from '../sending/clock';

const LOOK_AGAIN_MS = 100;

export interface GivenAnswers {
  /** False: what isn't in this process's memory is nowhere. */
  isShared: boolean;
  keep: (key: string, text: string) => Promise<void>;
  /** Undefined: not there (yet). */
  find: (key: string) => Promise<string | undefined>;
  /** True the first time: an answer goes into one response. */
  give: (key: string) => Promise<boolean>;
  /** It could not be written, so another response may have it. */
  takeBack: (key: string) => Promise<void>;
}

export function answersOfAll(state: SharedState, kept: string, keptMs: number): GivenAnswers {
  const at = (key: string) => state.key(kept, key);
  const given = (key: string) => state.key(`${kept}-given`, key);
  return {
    isShared: true,
    keep: async (key, text) => void (await state.ask((redis) => redis.set(at(key), text, 'PX', keptMs))),
    find: async (key) => (await state.ask((redis) => redis.get(at(key)))) ?? undefined,
    give: async (key) => (await state.ask((redis) => redis.set(given(key), '1', 'PX', keptMs, 'NX'))) === 'OK',
    takeBack: async (key) => void (await state.ask((redis) => redis.del(given(key)))),
  };
}

/** Of one process everything stands in its own memory already. */
export const ANSWERS_HERE: GivenAnswers = {
  isShared: false,
  keep: async () => undefined,
  find: async () => undefined,
  give: async () => true,
  takeBack: async () => undefined,
};

/** Waits for an answer that another process is making. */
export async function found(
  answers: GivenAnswers,
  key: string,
  withinMs: number,
  clock: Pick<Clock, 'now' | 'wait'>,
): Promise<string | undefined> {
  for (const until = clock.now() + withinMs; ; await clock.wait(LOOK_AGAIN_MS)) {
    const text = await answers.find(key);
    if (text !== undefined || clock.now() >= until) return text;
  }
}
