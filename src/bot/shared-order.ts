/**
 * The turns of one conversation one after the other, in the order they came, over all processes: what InOrder is for one.
 * A turn takes its place in a line in Redis and waits until it stands first. Whose process died is passed over.
 *
 * Two quick messages of a person that reach two processes are so answered in the order in which Redis heard of them, which
 * is as near to the order of sending as anybody behind a balancer can come.
 */
import { setTimeout as later } from 'node:timers/promises';
import type { SharedState } from '../state/connect-state';
import { LuaScript } from '../state/lua-script';
import { IS_ALIVE, type Membership } from '../state/membership';
import { StateAway } from '../state/state-away';
import type { TurnOrder } from './in-order';

/** KEYS: the line. ARGV: token, prefix of the living, milliseconds to live, whether to step into the line. → 1: it is first. */
const STAND = new LuaScript(`${IS_ALIVE}
local line = KEYS[1]
local token, alive, ms, isNew = unpack(ARGV)
if isNew == '1' then redis.call('RPUSH', line, token) end
redis.call('PEXPIRE', line, ms)
while true do
  local first = redis.call('LINDEX', line, 0)
  if first == token then return 1 end
  if not first then
    redis.call('RPUSH', line, token)
    redis.call('PEXPIRE', line, ms)
    return 1
  end
  if isAlive(alive, first) then return 0 end
  redis.call('LPOP', line)
end`);

/** A turn takes milliseconds; a line that nobody moved for so long has been forgotten. */
const LINE_MS = 60_000;
const LONGEST_WAIT_MS = 20_000;
const LOOK_AGAIN_MS = 20;

export class SharedOrder implements TurnOrder {
  constructor(
    private readonly state: SharedState,
    private readonly membership: Membership,
  ) {}

  /** Throws StateAway, before anything is done, when Redis is away or the line doesn't move. */
  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const [line, token] = [this.state.key('line', key), this.membership.token()];
    try {
      await this.untilFirst(line, token);
      return await task();
    } finally {
      // Left behind, it would hold the others up until it expires or this process ends; nobody has to wait for that.
      void this.leave(line, token);
    }
  }

  private async untilFirst(line: string, token: string): Promise<void> {
    const args = [token, this.membership.prefix, LINE_MS];
    const until = Date.now() + LONGEST_WAIT_MS;
    for (let isNew = '1'; (await STAND.run(this.state, [line], [...args, isNew])) !== 1; isNew = '0') {
      if (Date.now() > until) throw new StateAway(new Error('the line of turns does not move'));
      await later(LOOK_AGAIN_MS);
    }
  }

  private async leave(line: string, token: string): Promise<void> {
    for (const until = Date.now() + LINE_MS; Date.now() < until; await later(1000)) {
      const isLeft = await this.state
        .ask((redis) => redis.lrem(line, 1, token))
        .then(
          () => true,
          () => false, // Redis is away, which is told of elsewhere.
        );
      if (isLeft) return;
    }
  }
}
