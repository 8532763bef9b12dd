/**
 * Answers given in the response to a callback, when there is no secret to send with. The platform waits five seconds, then
 * delivers the same message again, three times at most; the answer goes into exactly one of these responses: the first one
 * that is there when it is ready and whose connection still stands.
 */
import type { Clock } from './sending/clock';
import { ANSWERS_HERE, found, type GivenAnswers } from './shared/given-answers';

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
    private readonly ofAll: GivenAnswers = ANSWERS_HERE,
  ) {}

  /** `make` is called once for each key. */
  keep(key: string, make: () => Promise<string>): void {
    const oldest = this.clock.now() - KEPT_MS;
    for (const [old, { since }] of this.answers) {
      if (since > oldest && this.answers.size < MOST) break;
      this.answers.delete(old);
    }
    const text = make().then(async (made) => {
      await this.ofAll.keep(key, made);
      return made;
    });
    text.catch(() => undefined); // whoever waits for it hears of it
    this.answers.set(key, { text, isGiven: false, since: this.clock.now() });
  }

  /** 'late': not ready in time, so the platform shall deliver again. 'nothing': given before, or not to be given. */
  async give(key: string, response: Response): Promise<'given' | 'nothing' | 'late'> {
    const answer = this.answers.get(key);
    if (!answer && !this.ofAll.isShared) return 'nothing';
    const text = answer
      ? await Promise.race([answer.text, this.clock.wait(this.withinMs)])
      : await found(this.ofAll, key, this.withinMs, this.clock);
    if (text === undefined) return 'late';
    if (answer?.isGiven || text === '' || !response.isOpen()) return 'nothing';
    if (answer) answer.isGiven = true;
    if (!(await this.ofAll.give(key))) return 'nothing';
    const isWritten = await response.write(text);
    if (answer) answer.isGiven = isWritten;
    if (!isWritten) await this.ofAll.takeBack(key);
    return 'given';
  }
}
