/**
 * The shared store can't be asked just now: it is away, starting, full, or doesn't answer in time. Whoever waited is told to
 * come back (503); nothing was half done that coming back would do twice.
 */
export class StateAway extends Error {
  readonly code = 'STATE_AWAY';
  readonly statusCode = 503;
  constructor(cause: unknown) {
    super('the shared store is away', { cause });
  }
}

/** Words with which Redis itself says 「not now」 or 「not like this」, which no other command would be answered better. */
const NOT_NOW =
  /^(LOADING|BUSY|OOM|READONLY|MISCONF|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOAUTH|WRONGPASS|NOPERM|UNBLOCKED|NOREPLICAS)\b/;

/** A fault of the connection or of the server becomes StateAway; a wrong command is a bug of ours and stays what it is. */
export function asStateFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StateAway) return error;
  const isReply = error.name === 'ReplyError';
  return isReply && !NOT_NOW.test(error.message) ? error : new StateAway(error);
}

/** Also when it is the cause of something: a turn's error may be wrapped on its way. */
export function isStateAway(error: unknown): boolean {
  return error instanceof Error && (error instanceof StateAway || isStateAway(error.cause));
}
