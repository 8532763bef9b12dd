/**
 * Where everything is kept that outlives a turn: in this process, or in the Redis of STATE_URL for any number of processes.
 * The rest of the service doesn't know which.
 */
import type { Storage } from 'botbuilder';
import type { Logger } from 'pino';
import { BoundedStorage, DEFAULT_BOUNDS } from '../bot/bounded-storage';
import { InOrder, type TurnOrder } from '../bot/in-order';
import { RedisStorage } from '../bot/redis-storage';
import { SharedOrder } from '../bot/shared-order';
import type { Config } from '../config';
import { connectState, type SharedState } from '../state/connect-state';
import { Membership } from '../state/membership';
import type { ConversationStore } from './webchat/conversation-store';
import { MemoryConversationStore, STORE_LIMITS } from './webchat/memory-store';
import { REDIS_STORE_LIMITS, RedisConversationStore } from './webchat/redis-store';
import { type SharedWeCom, sharedWeCom } from './wecom/shared';

export interface KeptState {
  /** What the bot remembers. */
  storage: Storage;
  /** How turns of one conversation follow each other. */
  order: TurnOrder;
  /** The conversations of the web chat. */
  conversations: ConversationStore;
  /** What WeChat Work shares; undefined: nothing. */
  wecom: SharedWeCom | undefined;
  /** Undefined: all is kept in this process. */
  shared: SharedState | undefined;
  isThere: () => boolean | Promise<boolean>;
  /** Hands on what this process holds, and lets go of the connection. */
  end: () => Promise<void>;
}

export function keptState({ redisUrl, prefix, expireMs }: Config['state'], logger: Logger): KeptState {
  if (redisUrl === undefined) {
    return {
      storage: new BoundedStorage({ ...DEFAULT_BOUNDS, maxAgeMs: expireMs }),
      order: new InOrder(),
      conversations: new MemoryConversationStore({ ...STORE_LIMITS, idleMs: expireMs }),
      wecom: undefined,
      shared: undefined,
      isThere: () => true,
      end: async () => undefined,
    };
  }
  const shared = connectState({ url: redisUrl, prefix }, logger);
  const membership = new Membership(shared);
  return {
    storage: new RedisStorage(shared, expireMs),
    order: new SharedOrder(shared, membership),
    conversations: new RedisConversationStore(shared, membership, { ...REDIS_STORE_LIMITS, idleMs: expireMs }),
    wecom: sharedWeCom(shared, membership),
    shared,
    isThere: shared.isThere,
    end: async () => {
      await membership.end();
      shared.end();
    },
  };
}
