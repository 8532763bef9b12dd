/**
 * Which processes of the service live: each writes its name into Redis, where it expires unless it is written again every
 * second. What a process held when it died (the turns of a conversation) is free for the others when its name is gone.
 *
 * A process that hangs for longer than that is taken for dead; when it comes back, what it held is refused to it.
 */
import { randomBytes } from 'node:crypto';
import type { SharedState } from './connect-state';

export const ALIVE_MS = 5000;
const SAY_SO_MS = 1000;

export class Membership {
  readonly name = randomBytes(9).toString('base64url').replaceAll('-', '.'); // no hyphen: it ends the name in a token
  private readonly saying: NodeJS.Timeout;
  private tokens = 0;

  constructor(private readonly state: SharedState) {
    this.saying = setInterval(() => this.sayAlive(), SAY_SO_MS).unref();
    state.redis.on('ready', () => this.sayAlive());
    if (state.redis.status === 'ready') this.sayAlive();
  }

  /** For one hold of this process: `name-1`. */
  token(): string {
    this.tokens += 1;
    return `${this.name}-${this.tokens}`;
  }

  isMine(token: string): boolean {
    return token.startsWith(`${this.name}-`);
  }

  /** What the keys of the living begin with. */
  get prefix(): string {
    return this.state.key('alive', '');
  }

  /** Nobody has to wait until the name expires. */
  async end(): Promise<void> {
    clearInterval(this.saying);
    await this.state.ask((redis) => redis.del(this.prefix + this.name)).catch(() => undefined); // it expires by itself
  }

  private sayAlive(): void {
    // A Redis that is away is told of elsewhere; the name is written again as soon as it is back.
    this.state.ask((redis) => redis.set(this.prefix + this.name, '1', 'PX', ALIVE_MS)).catch(() => undefined);
  }
}

/** Lua: whether the process that holds `token` lives. */
export const IS_ALIVE = `
local function isAlive(prefix, token)
  local name = string.match(token, '^([^-]+)-')
  return name and redis.call('EXISTS', prefix .. name) == 1
end`;
