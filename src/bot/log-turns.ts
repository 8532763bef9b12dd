/** A line of the log for each turn that was answered: how, by which rule and how fast; not what was said, nor by whom. */
import type { Logger } from 'pino';
import type { TurnObserver } from './turn-observer';

/** `nameOf` gives a conversation a name for the log that leads nobody to its person. */
export function logTurns(logger: Logger, nameOf: (conversation: string) => string): TurnObserver {
  return ({ id, channel, conversation, turn, engineMs, turnMs }) => {
    const { kind, grade } = turn.reply.answer;
    const rules = turn.why.map(({ rule }) => rule);
    const ms = Math.round(turnMs * 100) / 100;
    const talk = nameOf(conversation);
    logger.info(
      { turn: id, channel, talk, kind, grade, rules, ms, engineMs: Math.round(engineMs * 100) / 100 },
      'turn',
    );
    // The reply was withheld: a figure of it was bound to nothing. The message of this fault holds only that figure.
    if (turn.fault) logger.error({ turn: id, channel, rules, found: turn.fault.message }, 'reply withheld');
  };
}
