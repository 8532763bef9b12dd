/**
 * Sends what the bot says to a person, at most once and as surely as a bounded time allows: paced to the limits of one
 * member, a few at a time, tried again when it failed in passing. What can't be sent is logged with the id of the message
 * it answers; neither the text nor the person goes to the log.
 */
import type { Logger } from 'pino';
import type { OutgoingMessage } from '../form/outgoing-message';
import { AtMost } from './at-most';
import type { CallFailed, Cure } from './call-failed';
import type { Clock } from './clock';
import { Pace } from './pace';
import { CHECKED_S, RecentlySent } from './recently-sent';
import { BOUNDS, GivenUp, Retrying } from './retry';
import type { ApiAnswer, WeComApi } from './wecom-api';

const AT_ONCE = 16;
/** A picture is worth a second try; whoever waits for the next answer isn't to wait for it longer. */
const UPLOAD_BOUNDS = { ...BOUNDS, tries: 2, totalMs: 15_000 };

export class NotSent extends Error {
  readonly code: number | string;
  readonly cure: Cure;
  /** True: it may have arrived nevertheless. */
  readonly isOutcomeOpen: boolean;
  constructor(
    cause: GivenUp,
    /** Which call of the platform's it was. */
    readonly call: string,
  ) {
    super('NOT_SENT', { cause });
    this.code = cause.code;
    this.cure = cause.fault.cure;
    this.isOutcomeOpen = cause.isOutcomeOpen;
  }
}

export interface SenderParts {
  api: Pick<WeComApi, 'call' | 'upload'>;
  agentId: string;
  clock: Clock;
  logger: Logger;
}

export class MessageSender {
  private readonly pace: Pace;
  private readonly recent: RecentlySent;
  private readonly retrying: Retrying;
  private readonly uploading: Retrying;
  private readonly atMost = new AtMost(AT_ONCE);

  constructor(private readonly parts: SenderParts) {
    this.pace = new Pace(parts.clock);
    this.recent = new RecentlySent(parts.clock);
    this.retrying = new Retrying(parts.clock);
    this.uploading = new Retrying(parts.clock, UPLOAD_BOUNDS);
  }

  /** The id the platform gave it. `about` is the id of the message that is answered. Throws NotSent. */
  async send(to: string, message: OutgoingMessage, about: string): Promise<string | undefined> {
    await this.pace.turnOf(to);
    const answer = await this.call('message/send', about, {
      touser: to,
      agentid: Number(this.parts.agentId),
      ...message,
      safe: 0,
      enable_duplicate_check: this.recent.isFirst(to, message) ? 1 : 0,
      duplicate_check_interval: CHECKED_S,
    });
    if (answer.invaliduser) this.parts.logger.error({ message: about }, 'wecom: the person is not one of the app’s');
    return answer.msgid;
  }

  /** Replaces the buttons of a card that was pressed. The code is the press's own and good for one use. Throws NotSent. */
  async closeCard(person: string, card: { responseCode: string; text: string }, about: string): Promise<void> {
    await this.call('message/update_template_card', about, {
      userids: [person],
      agentid: Number(this.parts.agentId),
      response_code: card.responseCode,
      button: { replace_name: card.text },
    });
  }

  /** Makes an image known to the platform: its media_id. Throws NotSent. */
  upload(png: Buffer, about: string): Promise<string> {
    return this.tried('media/upload', about, () => this.parts.api.upload(png), this.uploading);
  }

  /** Takes a message back. Throws NotSent. */
  async recall(id: string): Promise<void> {
    await this.call('message/recall', id, { msgid: id });
  }

  private call(path: string, about: string, body: object): Promise<ApiAnswer> {
    return this.tried(path, about, () => this.parts.api.call(path, body), this.retrying);
  }

  private async tried<Done>(path: string, about: string, once: () => Promise<Done>, retrying: Retrying): Promise<Done> {
    const { logger } = this.parts;
    const onFault = ({ code }: CallFailed, tries: number) =>
      logger.warn({ message: about, call: path, code, tries }, 'wecom: failed in passing, trying again');
    try {
      return await retrying.run(() => this.atMost.run(once), onFault);
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
      const { code, tries, isOutcomeOpen } = error;
      logger.error({ message: about, call: path, code, tries, isOutcomeOpen }, 'wecom: not sent');
      throw new NotSent(error, path);
    }
  }
}
