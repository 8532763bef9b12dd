/**
 * Why a call to the platform failed, and what may be done about it. The platform answers errors with status 200 and an
 * errcode; only that number is looked at, its errmsg is free text.
 */

/** again: in a moment. pause: the frequency limit; everybody waits. token: with a new token. never: nothing helps but people. */
export type Cure = 'again' | 'pause' | 'token' | 'never';

export class CallFailed extends Error {
  constructor(
    /** An errcode, an HTTP status as "http 500", or the code of a network fault. */
    readonly code: number | string,
    readonly cure: Cure,
    /** True: the platform may have done it nevertheless, only its answer didn't arrive. */
    readonly isOutcomeOpen: boolean,
    options?: { cause?: unknown },
  ) {
    super(String(code), options);
  }
}

const CURES: Record<number, Cure> = {
  [-1]: 'again', // busy
  45033: 'again', // too many at the same time
  45009: 'pause', // too many in a minute, an hour or a day
  40001: 'token', // of an API call: the secret was changed, so the token of the old one is void
  40014: 'token', // not a valid token
  42001: 'token', // expired before its time
};

export function refusedWith(errcode: number): CallFailed {
  return new CallFailed(errcode, CURES[errcode] ?? 'never', false);
}

export function brokenOff(error: unknown): CallFailed {
  const code = networkCode(error);
  return new CallFailed(code, 'again', !NEVER_ARRIVED.has(code), { cause: error });
}

export function httpStatus(status: number): CallFailed {
  // A 5xx comes from a gateway as well as from behind it: what was sent may have got through.
  const isPassing = status >= 500 || status === 408 || status === 429;
  return new CallFailed(`http ${status}`, isPassing ? 'again' : 'never', isPassing);
}

/** Faults from before anything was sent. */
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH']);

/** fetch says only "fetch failed"; what happened is in its cause. */
function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
