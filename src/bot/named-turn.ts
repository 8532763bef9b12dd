/**
 * A turn that may be begun again after it broke off (its process died, the shared store went away) has a name by which the
 * second beginning is known: what the bot remembers says which turn wrote it and what stood there before, so the turn is
 * done again from there, and says the same.
 *
 * Only channels that keep accepted messages until they are answered name their turns.
 */
import type { TurnContext } from 'botbuilder';

const NAME = Symbol('name of the turn');
const IN_LINE = Symbol('the channel keeps the line');

/** `isInLine`: the channel itself sees to it that a conversation's turns come one after the other, over all processes. */
export function nameTurn(context: TurnContext, name: string, { isInLine = false } = {}): void {
  context.turnState.set(NAME, name);
  context.turnState.set(IN_LINE, isInLine);
}

export function isInLine(context: TurnContext): boolean {
  return context.turnState.get(IN_LINE) === true;
}

export function turnName(context: TurnContext): string | undefined {
  return context.turnState.get(NAME);
}

/** Thrown where an unfinished turn would act although another process has begun it again meanwhile. */
export class NotOurTurn extends Error {
  readonly code = 'NOT_OUR_TURN';
}
