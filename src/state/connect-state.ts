/**
 * The connection to Redis, where several processes of the service keep what they share (STATE_URL). Every key begins with
 * the prefix of the settings, so that others can use the same Redis.
 *
 *     const state = connectState({ url: 'redis://localhost', prefix: 'lyg12345:' }, logger);
 *     await state.ask((redis) => redis.get(state.key('rate', address)));   // throws StateAway while Redis is away
 *
 * A command fails at once while Redis is away, and after two seconds without an answer: who asks is told to come back, and
 * nothing piles up. The connection comes back by itself.
 *
 * One Redis, with or without TLS (rediss://); not a cluster of several, whose scripts may not touch keys of two nodes.
 */
import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from 'pino';
import { faultForLog } from '../fault';
import { asStateFault } from './state-away';

export interface StateSettings {
  /** redis:// or rediss:// */
  url: string;
  prefix: string;
}

export interface SharedState {
  /** For libraries that bring their own commands; own code asks by `ask`. */
  readonly redis: Redis;
  key: (...parts: string[]) => string;
  /** Throws StateAway, or the reply's own error for a command that is wrong. */
  ask: <Answer>(command: (redis: Redis) => Promise<Answer>) => Promise<Answer>;
  /** A second connection for subscriptions; whoever made it handles its loss. */
  subscriber: () => Redis;
  isThere: () => Promise<boolean>;
  end: () => void;
}

const COMMAND_TIMEOUT_MS = 2000;
const CONNECT_TIMEOUT_MS = 3000;
const LONGEST_RETRY_MS = 1000;

const OPTIONS: RedisOptions = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  commandTimeout: COMMAND_TIMEOUT_MS,
  // Redis that hangs without closing: the connection is given up, so that the next one finds out whether it still lives.
  socketTimeout: 2 * COMMAND_TIMEOUT_MS,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), LONGEST_RETRY_MS) * (0.75 + Math.random() / 2),
};

export function connectState({ url, prefix }: StateSettings, logger: Logger): SharedState {
  const connections: Redis[] = [];
  const connect = (name: string): Redis => {
    const redis = new Redis(url, { ...OPTIONS, connectionName: `lyg12345-${name}` });
    tellOnce(redis, name, logger);
    connections.push(redis);
    return redis;
  };
  const redis = connect('state');
  const ask: SharedState['ask'] = async (command) => {
    try {
      return await command(redis);
    } catch (error) {
      throw asStateFault(error);
    }
  };
  return {
    redis,
    ask,
    key: (...parts) => prefix + parts.join(':'),
    subscriber: () => connect('listening'),
    isThere: async () => (await ask((client) => client.ping())) === 'PONG',
    end: () => connections.forEach((connection) => void connection.disconnect()),
  };
}

/** An outage is one line at its beginning and one at its end, however often connecting is tried in between. */
function tellOnce(redis: Redis, connection: string, logger: Logger): void {
  let isAway = false;
  redis.on('error', (error: unknown) => {
    if (!isAway) logger.error({ connection, fault: faultForLog(error) }, 'redis: away');
    isAway = true;
  });
  redis.on('close', () => {
    if (!isAway) logger.error({ connection }, 'redis: away');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) logger.info({ connection }, 'redis: back');
    isAway = false;
  });
}
