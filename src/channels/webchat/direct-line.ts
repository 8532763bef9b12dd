/**
 * The conversations of Direct Line, apart from HTTP: a person opens one and is greeted, says something, and the bot's turn
 * follows. What was said is in the log before its turn begins, and saying it is answered at once: the turn goes on behind.
 *
 * The line of turns is kept by the store. Whoever is given the hold of a conversation does its turns until none waits; turns
 * that broke off, here or in a process that died, are looked for every second.
 */
import { type Activity, ActivityTypes } from 'botbuilder';
import type { Logger } from 'pino';
import type { Bot } from '../../bot/bot';
import { NotOurTurn } from '../../bot/named-turn';
import { talkActivity } from '../../bot/reply-activity';
import { type Apology, turnFailed } from '../../bot/turn-failed';
import { faultForLog } from '../../fault';
import { isStateAway } from '../../state/state-away';
import { readActivity } from '../botframework/incoming-activity';
import type { CardParts } from '../botframework/teams/card/reply-card';
import type { ConversationStore, Hold } from './conversation-store';
import { WebChatAdapter } from './web-chat-adapter';

export interface DirectLineParts {
  bot: Bot;
  /** Shown beside what the bot says. */
  botName: string;
  apology: Apology;
  store: ConversationStore;
  /** How replies are laid out for clients that draw cards; undefined: words only. */
  card?: CardParts;
  logger: Logger;
}

/** What a client may send. A conversationUpdate would let it greet itself, or others. */
const FROM_CLIENTS = new Set<string>([
  ActivityTypes.Message,
  ActivityTypes.Event,
  ActivityTypes.Typing,
  ActivityTypes.MessageReaction,
]);
const TYPING_AFTER_MS = 400;
const TYPING_AGAIN_MS = 4000; // Web Chat shows it for five seconds

const LOOK_FOR_ABANDONED_MS = 1000;
/** A turn in which so many processes ended is taken for what ended them: it is apologised for, and not begun again. */
const MOST_BROKEN_OFF = 3;

export type Said = { is: 'taken'; id: string } | { is: 'unreadable' } | { is: 'too many' };

export class DirectLine {
  private readonly adapter: WebChatAdapter;
  private readonly underWay = new Set<Promise<void>>();
  private readonly looking: NodeJS.Timeout;

  constructor(private readonly parts: DirectLineParts) {
    this.adapter = new WebChatAdapter(parts.store, parts.card);
    const failed = turnFailed(parts.logger, parts.apology);
    this.adapter.onTurnError = async (context, error) => {
      if (error instanceof NotOurTurn) throw error; // Another process is at it: nothing to apologise for.
      await failed(context, error);
    };
    this.looking = setInterval(() => this.takeAbandoned(), LOOK_FOR_ABANDONED_MS).unref();
  }

  /** True: it is new, and the greeting is on its way. False: it was open; nobody is greeted twice. */
  async open(conversationId: string, userId: string, locale?: string): Promise<boolean> {
    const user = { id: userId, name: '' };
    const { isNew, hold } = await this.parts.store.open(conversationId, {
      ...this.surroundings(conversationId, user),
      type: ActivityTypes.ConversationUpdate,
      membersAdded: [this.botAccount, user],
      ...(locale && { locale }),
    });
    this.begin(hold);
    return isNew;
  }

  async say(conversationId: string, userId: string, body: unknown): Promise<Said> {
    const sent = this.read(conversationId, userId, body);
    if (!sent) return { is: 'unreadable' };
    if (sent.type === ActivityTypes.Typing) {
      await this.parts.store.pass(conversationId, sent);
      return { is: 'taken', id: '' };
    }
    const taken = await this.parts.store.say(conversationId, sent, clientActivityId(sent));
    if (taken.is === 'too many') return taken;
    this.begin(taken.hold);
    return { is: 'taken', id: taken.id };
  }

  private get botAccount(): { id: string; name: string } {
    return { id: 'bot', name: this.parts.botName };
  }

  /** When every turn under way has ended, and those that waited behind them. */
  async settled(): Promise<void> {
    clearInterval(this.looking);
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private begin(hold: Hold | undefined): void {
    if (!hold) return;
    const work = this.takeTurns(hold).finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  private async takeTurns(first: Hold): Promise<void> {
    for (let hold: Hold | undefined = first; hold; ) {
      const current = hold;
      try {
        await this.takeTurn(current).catch((error: unknown) => {
          if (isStateAway(error) || error instanceof NotOurTurn) throw error;
          this.parts.logger.error({ fault: faultForLog(error) }, 'turn ended badly');
        });
        hold = await this.parts.store.done(current);
      } catch (error) {
        this.parts.store.breakOff(current);
        this.parts.logger.warn({ fault: faultForLog(error) }, 'turn broke off');
        return;
      }
    }
  }

  private takeAbandoned(): void {
    this.parts.store.abandoned().then(
      (holds) => holds.forEach((hold) => void this.begin(hold)),
      (error: unknown) => {
        if (!isStateAway(error)) this.parts.logger.error({ fault: faultForLog(error) }, 'abandoned turns not found');
      },
    );
  }

  private takeTurn(hold: Hold): Promise<void> {
    return this.adapter.run(hold, async (context) => {
      if (hold.turn.brokeOff >= MOST_BROKEN_OFF) {
        this.parts.logger.error({ brokeOff: hold.turn.brokeOff }, 'turn given up');
        const { apology } = this.parts;
        await context.sendActivity(talkActivity(typeof apology === 'string' ? apology : apology()));
        return;
      }
      const type = () => {
        timer = setTimeout(type, TYPING_AGAIN_MS);
        context.sendActivity({ type: ActivityTypes.Typing }).catch(() => undefined); // of no importance
      };
      let timer = setTimeout(type, TYPING_AFTER_MS);
      try {
        await this.parts.bot.run(context);
      } finally {
        clearTimeout(timer); // the context ends with the turn: after it nothing may be sent
      }
    });
  }

  /** What a client sent, with everything that is ours to say written over: who, where, when. */
  private read(conversationId: string, userId: string, body: unknown): Activity | undefined {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
    const { id: _, timestamp: __, ...sent } = body as Record<string, unknown>;
    const name = nameOf(sent['from']);
    const activity = readActivity({ ...sent, ...this.surroundings(conversationId, { id: userId, name }) });
    return activity && FROM_CLIENTS.has(activity.type) ? activity : undefined;
  }

  private surroundings(conversationId: string, user: { id: string; name: string }): Partial<Activity> {
    return {
      channelId: 'directline',
      serviceUrl: 'in-process:',
      conversation: { id: conversationId, isGroup: false, conversationType: 'personal', name: '' },
      from: { ...user, role: 'user' },
      recipient: { ...this.botAccount, role: 'bot' },
      timestamp: new Date(),
    };
  }
}

function nameOf(from: unknown): string {
  const isNamed = typeof from === 'object' && from !== null && 'name' in from && typeof from.name === 'string';
  return isNamed ? String(from.name).slice(0, 100) : '';
}

function clientActivityId({ channelData }: Activity): string | undefined {
  const id: unknown = channelData?.clientActivityID;
  return typeof id === 'string' && id.length <= 100 ? id : undefined;
}
