/**
 * Refused callbacks in the log: the reason with the platform's own number, so that whoever sets the app up finds a wrong
 * token at once, but at most one line a minute for each, so that a stranger can't fill the disk.
 */
import type { Logger } from 'pino';
import type { Clock } from './sending/clock';

const EVERY_MS = 60_000;

export class Refusals {
  private readonly logged = new Map<string, { at: number; silent: number }>();

  constructor(
    private readonly logger: Logger,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** `reason` is one of ours, never a text from outside. */
  note(reason: string, code?: number): void {
    const now = this.clock.now();
    const before = this.logged.get(reason);
    if (before && now - before.at < EVERY_MS) {
      before.silent += 1;
      return;
    }
    this.logged.set(reason, { at: now, silent: 0 });
    this.logger.warn({ reason, code, alsoRefused: before?.silent ?? 0 }, 'wecom: callback refused');
  }
}
