/**
 * The access token of the app for all processes: one fetches it, the others take it from Redis. The platform gives out one
 * at a time and punishes fetching it too often. While Redis is away each process helps itself.
 */
import { createHash } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import type { SharedState } from '../../../state/connect-state';
import { LuaScript } from '../../../state/lua-script';
import { isStateAway } from '../../../state/state-away';
import type { FetchedToken, SharedToken } from '../sending/access-token';

/** Longer than fetching one may take. */
const FETCHING_MS = 6000;
const LOOK_AGAIN_MS = 100;

const DROP = new LuaScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`);

/** `app` tells apps on one Redis apart: who they are and by which secret. */
export function sharedToken(state: SharedState, app: string[]): SharedToken {
  const name = createHash('sha256').update(JSON.stringify(app)).digest('base64url');
  const [key, fetching] = [state.key('wecom-token', name), state.key('wecom-token-fetching', name)];

  const kept = async (): Promise<FetchedToken | undefined> => {
    const [token, ms] = await state.ask((redis) => Promise.all([redis.get(key), redis.pttl(key)]));
    return token !== null && ms > 0 ? { token, expiresInS: ms / 1000 } : undefined;
  };

  const fetchedForAll = async (fetchToken: () => Promise<FetchedToken>): Promise<FetchedToken> => {
    for (const end = Date.now() + FETCHING_MS; Date.now() < end; await later(LOOK_AGAIN_MS)) {
      const known = await kept();
      if (known) return known;
      if ((await state.ask((redis) => redis.set(fetching, '1', 'PX', FETCHING_MS, 'NX'))) !== 'OK') continue;
      try {
        const fetched = await fetchToken();
        await state.ask((redis) => redis.set(key, fetched.token, 'PX', Math.round(fetched.expiresInS * 1000)));
        return fetched;
      } finally {
        await state.ask((redis) => redis.del(fetching)).catch(() => undefined); // it expires by itself
      }
    }
    return fetchToken();
  };

  return {
    get: async (fetchToken) => {
      let fetched: FetchedToken | undefined;
      const once = async () => {
        fetched ??= await fetchToken();
        return fetched;
      };
      try {
        return await fetchedForAll(once);
      } catch (error) {
        if (!isStateAway(error)) throw error;
        return once();
      }
    },
    // A process that can't reach Redis now drops its own; the next that is refused drops the shared one.
    drop: async (token) => void (await DROP.run(state, [key], [token]).catch(() => undefined)),
  };
}
