/**
 * Answers given in the response to a callback, when there is no secret to send with. The platform waits five seconds, then
 * delivers the same message again, three times at most; the answer goes into exactly one of these responses: the first one
 * that is there when it is ready and whose connection still stands.
 */
import type { Clock } from './sending/clock';

/** Under the platform's five seconds, with room for the way back. */
const WITHIN_MS = 4500;
const KEPT_MS = 60_000;
const MOST = 10_000;

export interface Response {
  /** False: nobody is there any more to read it. */
  isOpen: () => boolean;
  /** Resolves with whether it was written whole. */
  write: (text: string) => Promise<boolean>;
}

interface Waiting {
  text: Promise<string>;
  isGiven: boolean;
  since: number;
}

export class PassiveAnswers {
  private readonly answers = new Map<string, Waiting>();

  constructor(
    private readonly clock: Pick<Clock, 'now' | 'wait'>,
    private readonly withinMs = WITHIN_MS,
  ) {}

  /** `make` is called once for each key. */
  keep(key: string, make: () => Promise<string>): void {
    const oldest = this.clock.now() - KEPT_MS;
    for (const [old, { since }] of this.answers) {
      if (since > oldest && this.answers.size < MOST) break;
      this.answers.delete(old);
    }
    this.answers.set(key, { text: make(), isGiven: false, since: this.clock.now() });
  }

  /** 'late': not ready in time, so the platform shall deliver again. 'nothing': given before, or not to be given. */
  async give(key: string, response: Response): Promise<'given' | 'nothing' | 'late'> {
    const answer = this.answers.get(key);
    if (!answer) return 'nothing';
    const text = await Promise.race([answer.text, this.clock.wait(this.withinMs)]);
    if (text === undefined) return 'late';
    if (answer.isGiven || text === '' || !response.isOpen()) return 'nothing';
    answer.isGiven = true;
    answer.isGiven = await response.write(text);
    return 'given';
  }
}
