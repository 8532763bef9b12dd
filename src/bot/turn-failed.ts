/**
 * The one handler for errors of a turn: logs with the turn's id, apologises once. What was remembered stays as it was
 * before the turn, so the next one works.
 *
 * Neither the text of the person nor who it is goes to the log.
 */
import { randomUUID } from 'node:crypto';
import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import { faultForLog } from '../fault';
import { isStateAway } from '../state/state-away';
import { talkActivity } from './reply-activity';

const TURN_ID = Symbol('turn id');
const HAS_FAILED = Symbol('turn has failed');

/** The id under which a turn stands in the log; made at the first asking. */
export function turnId(context: TurnContext): string {
  const known: string | undefined = context.turnState.get(TURN_ID);
  if (known) return known;
  const made = randomUUID();
  context.turnState.set(TURN_ID, made);
  return made;
}

/** For a channel whose messages stand in the log under ids of their own: the turn bears the same. */
export function setTurnId(context: TurnContext, id: string): void {
  context.turnState.set(TURN_ID, id);
}

/** The words, or where they are to be had: they may be changed while the service runs. */
export type Apology = string | (() => string);

/**
 * For an adapter's onTurnError. Throws on only what the channel has to tell or do itself: that the shared store is away, so
 * that the sender may come back (503), or the turn is done when the store is there again.
 */
export function turnFailed(logger: Logger, apology: Apology) {
  return async (context: TurnContext, error: unknown): Promise<void> => {
    if (isStateAway(error)) throw error;
    const turn = turnId(context);
    const { channelId: channel, type } = context.activity;
    logger.error({ turn, channel, activity: type, fault: faultForLog(error) }, 'turn failed');
    if (type !== 'message' || context.turnState.get(HAS_FAILED)) return;
    context.turnState.set(HAS_FAILED, true);
    try {
      await context.sendActivity(talkActivity(typeof apology === 'string' ? apology : apology()));
    } catch (second) {
      logger.error({ turn, channel, fault: faultForLog(second) }, 'apology not sent');
    }
  };
}
