/**
 * Answers of the AI bot, given in the response. The platform shows a stream: the first response opens it, and as long as it
 * isn't finished the platform asks again. An answer is ready in milliseconds, so as a rule the first response is the whole
 * of it; should it take longer, the stream is opened empty-handed and finished when the platform asks.
 */
import { createHash } from 'node:crypto';
import type { Clock } from './sending/clock';
import { ANSWERS_HERE, found, type GivenAnswers } from './shared/given-answers';

/** Under the platform's five seconds. */
const WITHIN_MS = 3000;
/** The platform asks for six minutes; a copy of a request is accepted for some twenty. */
const KEPT_MS = 30 * 60 * 1000;
const MOST = 5_000;

export interface StreamReply {
  msgtype: 'stream';
  stream: { id: string; finish: boolean; content: string };
}

export class BotAnswers {
  private readonly answers = new Map<string, { text: Promise<string>; since: number }>();

  constructor(
    private readonly clock: Pick<Clock, 'now' | 'wait'>,
    private readonly wording: { waiting: string },
    private readonly ofAll: GivenAnswers = ANSWERS_HERE,
  ) {}

  /**
   * `make` is called once for each key: a message delivered again gets the same stream, not a second answer. Without it
   * another process makes the answer.
   */
  async open(key: string, make: (() => Promise<string>) | undefined): Promise<StreamReply | undefined> {
    const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
    if (make) this.begin(id, make);
    return this.poll(id);
  }

  private begin(id: string, make: () => Promise<string>): void {
    const oldest = this.clock.now() - KEPT_MS;
    for (const [old, { since }] of this.answers) {
      if (since > oldest && this.answers.size < MOST) break;
      this.answers.delete(old);
    }
    if (this.answers.has(id)) return;
    const text = make().then(async (made) => {
      await this.ofAll.keep(id, made);
      return made;
    });
    text.catch(() => undefined); // whoever waits for it hears of it
    this.answers.set(id, { text, since: this.clock.now() });
  }

  /** Undefined: nothing to say, or a stream nobody knows any more. */
  async poll(id: string): Promise<StreamReply | undefined> {
    const answer = this.answers.get(id);
    if (!answer && !this.ofAll.isShared) return undefined;
    const text = answer
      ? await Promise.race([answer.text, this.clock.wait(WITHIN_MS)])
      : await found(this.ofAll, id, WITHIN_MS, this.clock);
    if (text === '') return undefined;
    // What is shown is replaced whole each time, and a finished stream without a visible character stays blank.
    const [finish, content] = text === undefined ? [false, this.wording.waiting] : [true, text];
    return { msgtype: 'stream', stream: { id, finish, content } };
  }
}
