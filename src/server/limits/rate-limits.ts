/**
 * How often one client may ask: by its address, by conversation, by how many conversations it opens, and by how often it
 * was refused. Too often is a Refusal(429) that says when to come back.
 *
 * Counted in this process, or where `counters` says, so that processes behind a balancer count together.
 */
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../refusal';

/** A limit: so many within so many seconds, under a name of its own. */
export interface Allowance {
  keyPrefix: string;
  points: number;
  duration: number;
}

/** Makes the counter of an allowance. */
export type Counters = (allowance: Allowance) => RateLimiterAbstract;

export interface RateLimits {
  /** One request of a client. */
  client(address: string): Promise<void>;
  /** One message of a person in a conversation. */
  message(conversation: string): Promise<void>;
  /** One conversation more. */
  conversation(address: string): Promise<void>;
  /** Refuses a client that was refused too often lately; for routes where a good client may come as often as it likes. */
  refused: { check(address: string): Promise<void>; count(address: string): Promise<void> };
}

/** A person types a message in some seconds; a program that sends several a second is welcome to wait. */
const MESSAGES_PER_MINUTE = 100;
/** Of one address: a whole office, or a carrier's network of phones, may stand behind it. */
const CONVERSATIONS_PER_HOUR = 1000;
const REFUSALS_PER_MINUTE = 60;

const inMemory: Counters = (allowance) => new RateLimiterMemory(allowance);

export function rateLimits(
  perMinute: number,
  counters: Counters = inMemory,
  messagesPerMinute = MESSAGES_PER_MINUTE,
): RateLimits {
  if (perMinute === 0) return NO_LIMITS;
  const clients = counters({ keyPrefix: 'client', points: perMinute, duration: 60 });
  const messages = counters({ keyPrefix: 'message', points: messagesPerMinute, duration: 60 });
  const conversations = counters({ keyPrefix: 'conversation', points: CONVERSATIONS_PER_HOUR, duration: 3600 });
  const refusals = counters({ keyPrefix: 'refused', points: REFUSALS_PER_MINUTE, duration: 60 });
  return {
    client: (address) => take(clients, address),
    message: (conversation) => take(messages, conversation),
    conversation: (address) => take(conversations, address),
    refused: {
      async check(address) {
        const soFar = await refusals.get(address).catch(() => null); // without a counter nobody is refused
        if (soFar && soFar.consumedPoints > REFUSALS_PER_MINUTE) throw tooMany(soFar);
      },
      async count(address) {
        await refusals.consume(address).catch(() => undefined); // over the limit, or no counter: `check` decides
      },
    },
  };
}

const always = async () => undefined;
export const NO_LIMITS: RateLimits = {
  client: always,
  message: always,
  conversation: always,
  refused: { check: always, count: always },
};

async function take(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (verdict) {
    if (verdict instanceof RateLimiterRes) throw tooMany(verdict);
    throw new Refusal(503, 5); // The counters can't be reached.
  }
}

function tooMany({ msBeforeNext }: RateLimiterRes): Refusal {
  return new Refusal(429, Math.max(1, Math.ceil(msBeforeNext / 1000)));
}
