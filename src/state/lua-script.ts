/**
 * A script that Redis runs as one step, so that nobody sees or interrupts it half done. Sent by its hash; Redis is given the
 * text when it doesn't know it (a first time, or a restart).
 */
import { createHash } from 'node:crypto';
import type { SharedState } from './connect-state';

export type ScriptArgument = string | number;

export class LuaScript {
  private readonly hash: string;

  constructor(private readonly text: string) {
    this.hash = createHash('sha1').update(text).digest('hex');
  }

  /** Throws as `ask` does. */
  run(state: SharedState, keys: string[], args: ScriptArgument[]): Promise<unknown> {
    return state.ask(async (redis) => {
      try {
        return await redis.evalsha(this.hash, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return redis.eval(this.text, keys.length, ...keys, ...args);
      }
    });
  }
}
