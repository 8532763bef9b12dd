/**
 * The conversations of Direct Line, apart from HTTP: a person opens one and is greeted, says something, and the bot's turn
 * follows. What was said is in the log before its turn begins, and saying it is answered at once: the turn goes on behind.
 */
import { type Activity, type ActivityHandler, ActivityTypes } from 'botbuilder';
import type { Logger } from 'pino';
import { InOrder } from '../../bot/in-order';
import { turnFailed } from '../../bot/turn-failed';
import { faultForLog } from '../../fault';
import { readActivity } from '../botframework/incoming-activity';
import type { CardParts } from '../botframework/teams/card/reply-card';
import type { ConversationStore } from './conversation-store';
import { WebChatAdapter } from './web-chat-adapter';

export interface DirectLineParts {
  bot: ActivityHandler;
  /** Shown beside what the bot says. */
  botName: string;
  apology: string;
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
/** A person types one message after the other; a program must wait for answers. */
const MOST_WAITING_TURNS = 20;
const TYPING_AFTER_MS = 400;
const TYPING_AGAIN_MS = 4000; // Web Chat shows it for five seconds

export type Said = { is: 'taken'; id: string } | { is: 'unreadable' } | { is: 'too many' };

export class DirectLine {
  private readonly adapter: WebChatAdapter;
  private readonly turns = new InOrder();
  private readonly waiting = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly botAccount: { id: string; name: string };

  constructor(private readonly parts: DirectLineParts) {
    this.adapter = new WebChatAdapter(parts.store, parts.card);
    this.adapter.onTurnError = turnFailed(parts.logger, parts.apology);
    this.botAccount = { id: 'bot', name: parts.botName };
  }

  /** True: it is new, and the greeting is on its way. False: it was open; nobody is greeted twice. */
  async open(conversationId: string, userId: string, locale?: string): Promise<boolean> {
    const isNew = await this.parts.store.open(conversationId);
    if (!isNew) return false;
    const user = { id: userId, name: '' };
    this.begin(conversationId, {
      ...this.surroundings(conversationId, user),
      type: ActivityTypes.ConversationUpdate,
      membersAdded: [this.botAccount, user],
      ...(locale && { locale }),
    });
    return true;
  }

  async say(conversationId: string, userId: string, body: unknown): Promise<Said> {
    const sent = this.read(conversationId, userId, body);
    if (!sent) return { is: 'unreadable' };
    if (sent.type === ActivityTypes.Typing) {
      await this.parts.store.pass(conversationId, sent);
      return { is: 'taken', id: '' };
    }
    if ((this.waiting.get(conversationId) ?? 0) >= MOST_WAITING_TURNS) return { is: 'too many' };
    const { id, isNew } = await this.parts.store.append(conversationId, sent, clientActivityId(sent));
    if (isNew) this.begin(conversationId, { ...sent, id });
    return { is: 'taken', id };
  }

  /** When every turn under way has ended. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private begin(conversationId: string, activity: Partial<Activity>): void {
    this.count(conversationId, 1);
    const turn = this.turns
      .run(conversationId, () => this.takeTurn(activity))
      .catch((error) => this.parts.logger.error({ fault: faultForLog(error) }, 'turn ended badly'))
      .finally(() => {
        this.count(conversationId, -1);
        this.underWay.delete(turn);
      });
    this.underWay.add(turn);
  }

  private takeTurn(activity: Partial<Activity>): Promise<void> {
    return this.adapter.run(activity, async (context) => {
      const type = async () => {
        await context.sendActivity({ type: ActivityTypes.Typing }).catch(() => undefined); // of no importance
        timer = setTimeout(type, TYPING_AGAIN_MS);
      };
      let timer = setTimeout(type, TYPING_AFTER_MS);
      try {
        await this.parts.bot.run(context);
      } finally {
        clearTimeout(timer);
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

  private count(conversationId: string, more: number): void {
    const waiting = (this.waiting.get(conversationId) ?? 0) + more;
    if (waiting > 0) this.waiting.set(conversationId, waiting);
    else this.waiting.delete(conversationId);
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
