/** Rate limits counted in the shared store, so that processes behind a balancer count together; alone while it is away. */
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { SharedState } from '../../state/connect-state';
import type { Counters } from './rate-limits';

export function sharedCounters(state: SharedState): Counters {
  return (allowance) =>
    new RateLimiterRedis({
      ...allowance,
      storeClient: state.redis,
      keyPrefix: state.key('rate', allowance.keyPrefix),
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(allowance),
    });
}
