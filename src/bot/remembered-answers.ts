/**
 * Keeps the answers to what has been asked lately. The engine is a pure function, so the same question with the same focus
 * on the same day has the same answer; and most people ask what others have asked, beginning with the examples they are shown.
 *
 * A reply that is kept is frozen: it is handed to many conversations. A changed report or wording needs a new one of these.
 */
import type { Ask } from './ask';

const MOST_ANSWERS = 2000;
/** A long or strange question is hardly asked twice, and a long list makes a heavy key. */
const LONGEST_KEY = 4000;

export function remembering(ask: Ask, most = MOST_ANSWERS): Ask {
  /** In the order of the last use, oldest first: a Map keeps the order of insertion. */
  const kept = new Map<string, ReturnType<Ask>>();
  return (question, focus, today) => {
    const key = JSON.stringify([today, question, focus]);
    const known = kept.get(key);
    const turn = known ?? ask(question, focus, today);
    if (known) kept.delete(key);
    else if (key.length > LONGEST_KEY || turn.fault)
      return turn; // A withheld reply is logged each time.
    else [turn.reply, turn.focus].forEach(freeze); // `why` reaches into the reports themselves
    kept.set(key, turn);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return turn;
  };
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
