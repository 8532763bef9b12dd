/**
 * The turns that were accepted and aren't answered yet: bounded, so that a flood waits at the platform and not here, and
 * waited for when the service ends.
 */
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { faultForLog } from '../../fault';

const MOST = 1000;

export class TurnsUnderWay {
  private readonly turns = new Set<Promise<string>>();
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

  async settled(): Promise<true> {
    while (this.turns.size > 0) await Promise.all(this.turns);
    return true;
  }

  private async guarded(id: string, turn: () => Promise<string>): Promise<string> {
    await this.breath();
    try {
      return await turn();
    } catch (error) {
      this.logger.error({ message: id, fault: faultForLog(error) }, 'wecom: turn lost');
      return '';
    }
  }

  /** Between two turns the process looks at what has come in: acknowledging is quick, and has less time than answering. */
  private breath(): Promise<void> {
    this.lastBreath = this.lastBreath.then(() => setImmediate());
    return this.lastBreath;
  }
}
