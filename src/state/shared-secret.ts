/**
 * A secret that all processes on one Redis have to know, where none was set: the first that starts makes it.
 *
 * Somebody who reads this Redis reads the conversations anyway.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import { ProblemsFound } from '../problems';
import type { SharedState } from './connect-state';
import { isStateAway } from './state-away';

const TRY_AGAIN_MS = 200;

/** Waits for Redis as long as given; without it there is nothing to sign with. Throws ProblemsFound, naming the setting. */
export async function sharedSecret(state: SharedState, setting: string, withinMs = 10_000): Promise<string> {
  const key = state.key('secret', setting);
  for (const until = Date.now() + withinMs; ; await later(TRY_AGAIN_MS)) {
    try {
      await state.ask((redis) => redis.set(key, randomBytes(48).toString('base64url'), 'NX'));
      const kept = await state.ask((redis) => redis.get(key));
      if (kept !== null) return kept;
    } catch (error) {
      if (!isStateAway(error)) throw error;
    }
    if (Date.now() > until) {
      const expected = `有值，或者 STATE_URL 的 Redis 连得上（没有设置时密钥放在那里，各进程共用）`;
      throw new ProblemsFound([{ file: '环境变量', place: setting, expected, found: '没有设置，Redis 也连不上' }]);
    }
  }
}
