/**
 * The turn that is under way, for whatever is called in it: a log line written deep inside (the store, a sender) bears the
 * turn's id without having been handed it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<string>();

export function inTurn<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
  return scope.run(id, work);
}

/** For a logger's `mixin`: what every line bears. */
export function turnUnderWay(): { turn?: string } {
  const turn = scope.getStore();
  return turn === undefined ? {} : { turn };
}
