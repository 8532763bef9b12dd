/**
 * Which messages were taken, so that the three deliveries of one are answered once, whichever processes they reach; and,
 * until they are answered, what they said, so that another process answers them if this one dies.
 *
 * They are remembered longer than a signed callback is accepted: a copy of an old one finds either this memory or a closed
 * window.
 */
import type { SharedState } from '../../../state/connect-state';
import { LuaScript } from '../../../state/lua-script';
import { IS_ALIVE, type Membership } from '../../../state/membership';
import { REMEMBERED_MS, Seen } from '../seen';
import type { IncomingMessage } from '../wire/incoming-message';

export interface TakenMessages {
  /** True: it is the caller's to answer. False: somebody is at it, or has answered. */
  take: (message: IncomingMessage) => Promise<boolean>;
  answered: (message: IncomingMessage) => Promise<void>;
  /** Of processes that died in the middle; they are now the caller's. */
  abandoned: () => Promise<IncomingMessage[]>;
}

/** One process: nobody is left to answer what it took when it dies. */
export function takenHere(now: () => number): TakenMessages {
  const seen = new Seen(now);
  return {
    take: async ({ key }) => seen.isNew(key),
    answered: async () => undefined,
    abandoned: async () => [],
  };
}

/** KEYS: the message, all that aren't answered. ARGV: its key, token, prefix of the living, milliseconds, JSON. */
const TAKE = new LuaScript(`${IS_ALIVE}
local message, open = unpack(KEYS)
local key, token, alive, ms, json = unpack(ARGV)
local owner = redis.call('GET', message)
if owner and (owner == 'answered' or isAlive(alive, owner)) then return 0 end
redis.call('SET', message, token, 'PX', ms)
redis.call('HSET', open, key, json)
return 1`);

/** KEYS: all that aren't answered. ARGV: what the keys of messages begin with, prefix of the living. */
const ABANDONED = new LuaScript(`${IS_ALIVE}
local messages, alive = unpack(ARGV)
local found = {}
local all = redis.call('HGETALL', KEYS[1])
for place = 1, #all, 2 do
  local owner = redis.call('GET', messages .. all[place])
  if not owner or owner == 'answered' then redis.call('HDEL', KEYS[1], all[place])
  elseif not isAlive(alive, owner) and #found < 100 then table.insert(found, all[place + 1]) end
end
return found`);

export class TakenByAll implements TakenMessages {
  constructor(
    private readonly state: SharedState,
    private readonly membership: Membership,
    private readonly name: string,
  ) {}

  async take(message: IncomingMessage): Promise<boolean> {
    const { key } = message;
    const args = [key, this.membership.token(), this.membership.prefix, REMEMBERED_MS, JSON.stringify(message)];
    return (await TAKE.run(this.state, [this.messages + key, this.open], args)) === 1;
  }

  async answered({ key }: IncomingMessage): Promise<void> {
    await this.state.ask((redis) =>
      redis
        .multi()
        .set(this.messages + key, 'answered', 'PX', REMEMBERED_MS)
        .hdel(this.open, key)
        .exec(),
    );
  }

  async abandoned(): Promise<IncomingMessage[]> {
    const found = (await ABANDONED.run(this.state, [this.open], [this.messages, this.membership.prefix])) as string[];
    const mine: IncomingMessage[] = [];
    for (const json of found) {
      const written: IncomingMessage & { createdAt: string | Date } = JSON.parse(json);
      const message = { ...written, createdAt: new Date(written.createdAt) };
      if (await this.take(message)) mine.push(message);
    }
    return mine;
  }

  private get messages(): string {
    return this.state.key(`${this.name}-taken`, '');
  }
  private get open(): string {
    return this.state.key(`${this.name}-open`);
  }
}
