/**
 * Conversation state in Redis, for any number of processes: what BoundedStorage is for one. A write with an eTag succeeds
 * only if nobody wrote in between; "*" or none writes always; several keys are written all or none. What is untouched for
 * the time set expires.
 */
import { randomBytes } from 'node:crypto';
import type { Storage, StoreItems } from 'botbuilder';
import type { SharedState } from '../state/connect-state';
import { LuaScript } from '../state/lua-script';
import { StorageConflict } from './bounded-storage';

/** KEYS: the records. ARGV: milliseconds to live. */
const READ = new LuaScript(`
local found = {}
for place, key in ipairs(KEYS) do
  found[place] = redis.call('HMGET', key, 'eTag', 'json')
  redis.call('PEXPIRE', key, ARGV[1])
end
return found`);

/** KEYS: the records. ARGV: milliseconds to live, then for each the eTag it must have ("" for any), its new one, its JSON. */
const WRITE = new LuaScript(`
for place, key in ipairs(KEYS) do
  local expected = ARGV[place * 3 - 1]
  if expected ~= '' and redis.call('HGET', key, 'eTag') ~= expected then return 0 end
end
for place, key in ipairs(KEYS) do
  redis.call('HSET', key, 'eTag', ARGV[place * 3], 'json', ARGV[place * 3 + 1])
  redis.call('PEXPIRE', key, ARGV[1])
end
return 1`);

export class RedisStorage implements Storage {
  constructor(
    private readonly state: SharedState,
    private readonly expireMs: number,
  ) {}

  async read(keys: string[]): Promise<StoreItems> {
    if (keys.length === 0) return {};
    const records = (await READ.run(this.state, this.named(keys), [this.expireMs])) as [string | null, string | null][];
    const found: StoreItems = {};
    records.forEach(([eTag, json], place) => {
      const key = keys[place];
      if (key !== undefined && json !== null) found[key] = { ...JSON.parse(json), eTag };
    });
    return found;
  }

  async write(changes: StoreItems): Promise<void> {
    const items = Object.entries(changes);
    if (items.length === 0) return;
    const parts = items.flatMap(([, { eTag, ...item }]) => [
      typeof eTag === 'string' && eTag !== '*' ? eTag : '',
      randomBytes(9).toString('base64url'),
      JSON.stringify(item),
    ]);
    const keys = items.map(([key]) => key);
    const isWritten = await WRITE.run(this.state, this.named(keys), [this.expireMs, ...parts]);
    if (isWritten !== 1) throw new StorageConflict(`eTag of ${keys.join(', ')}`);
  }

  async delete(keys: string[]): Promise<void> {
    if (keys.length > 0) await this.state.ask((redis) => redis.del(...this.named(keys)));
  }

  private named(keys: string[]): string[] {
    return keys.map((key) => this.state.key('bot', key));
  }
}
