/**
 * The turns that were accepted and aren't answered yet: bounded, so that a flood waits at the platform and not here, and
 * waited for when the service ends.
 */
import { setTimeout as later, setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { NotOurTurn } from '../../bot/named-turn';
import { faultForLog } from '../../fault';
import { isStateAway } from '../../state/state-away';
import type { TakenMessages } from './shared/taken-messages';
import type { IncomingMessage } from './wire/incoming-message';

const MOST = 1000;
/** What was acknowledged is answered when the shared store is back, if that is soon enough to be still of use. */
const LONGEST_AWAY_MS = 5 * 60 * 1000;
const TRY_AGAIN_MS = 500;
const LOOK_MS = 1000;

export class TurnsUnderWay {
  private readonly turns = new Set<Promise<string>>();
  private watching: NodeJS.Timeout | undefined;
  private lastBreath: Promise<void> = Promise.resolve();

  constructor(
    private readonly logger: Logger,
    private readonly most = MOST,
  ) {}

  get isFull(): boolean {
    return this.turns.size >= this.most;
  }

  /** Never throws: what goes wrong is logged with the message's id, and there is nothing to say. */
  run(id: string, turn: () => Promise<string>): Promise<string> {
    const running = this.guarded(id, turn).finally(() => this.turns.delete(running));
    this.turns.add(running);
    return running;
  }

  /** Looks every second for what processes that died left behind, until this one ends. */
  watch(taken: TakenMessages, answer: (message: IncomingMessage) => Promise<string>): void {
    const look = () => {
      if (this.isFull) return;
      taken.abandoned().then(
        (messages) => messages.forEach((message) => void answer(message)),
        (error: unknown) => {
          if (!isStateAway(error)) this.logger.error({ fault: faultForLog(error) }, 'wecom: abandoned turns not found');
        },
      );
    };
    this.watching = setInterval(look, LOOK_MS).unref();
  }

  async settled(): Promise<true> {
    clearInterval(this.watching);
    while (this.turns.size > 0) await Promise.all(this.turns);
    return true;
  }

  private async guarded(id: string, turn: () => Promise<string>): Promise<string> {
    await this.breath();
    try {
      return await this.untilThere(turn);
    } catch (error) {
      this.logger.error({ message: id, fault: faultForLog(error) }, 'wecom: turn lost');
      return '';
    }
  }

  private async untilThere(turn: () => Promise<string>): Promise<string> {
    for (const until = Date.now() + LONGEST_AWAY_MS; ; await later(TRY_AGAIN_MS)) {
      try {
        return await turn();
      } catch (error) {
        const isInPassing = isStateAway(error) || error instanceof NotOurTurn;
        if (!isInPassing || Date.now() > until) throw error;
      }
    }
  }

  /** Between two turns the process looks at what has come in: acknowledging is quick, and has less time than answering. */
  private breath(): Promise<void> {
    this.lastBreath = this.lastBreath.then(() => setImmediate());
    return this.lastBreath;
  }
}
