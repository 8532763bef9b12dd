/**
 * Turns of a Direct Line conversation, run in this process: an activity in, the bot's activities into the conversation's
 * log. No HTTP call to ourselves, no connector, no authentication: who may speak was decided at the door.
 *
 * Also serves what the bot says unasked (continueConversation).
 */
import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import { nameTurn } from '../../bot/named-turn';
import type { CardParts } from '../botframework/teams/card/reply-card';
import { withCards } from './card-message';
import type { ConversationStore, Hold } from './conversation-store';

/** The SDK's name for a pause between two messages; it has no constant of it. */
const DELAY = 'delay';
/** What Bot Framework channels keep to themselves. */
const NOT_FOR_CLIENTS = new Set<string>([
  ActivityTypes.Trace,
  ActivityTypes.InvokeResponse,
  ActivityTypes.ConversationUpdate,
  DELAY,
]);
const LONGEST_DELAY_MS = 5000;
const PLACES = Symbol('answers of this turn');

/** Which turn is under way, and how many answers it has given. */
interface Places {
  hold: Hold;
  given: number;
}

export class WebChatAdapter extends BotAdapter {
  private readonly laidOut: (activity: Partial<Activity>) => Partial<Activity>;

  /** `card`: how replies are laid out for clients that draw cards; undefined: words only. */
  constructor(
    private readonly store: ConversationStore,
    card?: CardParts | undefined,
  ) {
    super();
    this.laidOut = card ? withCards(card) : (activity) => activity;
  }

  async run(hold: Hold, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    const context = new TurnContext(this, hold.turn.activity);
    context.turnState.set(PLACES, { hold, given: 0 });
    // A store of one process has no second beginning.
    if (hold.token !== '') nameTurn(context, hold.turn.name, { isInLine: true });
    await this.runMiddleware(context, logic);
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    for (const activity of activities) responses.push({ id: await this.send(context, activity) });
    return responses;
  }

  override async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<void> {
    const id = activity.conversation?.id;
    if (id !== undefined) await this.store.replace(id, fromBot(activity));
  }

  /** Direct Line has no word for it. */
  override deleteActivity(): Promise<void> {
    return Promise.reject(new NotInDirectLine('an activity can be changed, not deleted'));
  }

  override async continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const event = { type: ActivityTypes.Event, name: 'continueConversation' };
    // Without the activity's id: what is said unasked answers nothing.
    const { activityId: _, ...where } = reference;
    await this.runMiddleware(new TurnContext(this, TurnContext.applyConversationReference(event, where, true)), logic);
  }

  private async send(context: TurnContext, activity: Partial<Activity>): Promise<string> {
    const conversationId = activity.conversation?.id ?? context.activity.conversation.id;
    if (activity.type === DELAY) await wait(Number(activity.value));
    if (NOT_FOR_CLIENTS.has(activity.type ?? '')) return '';
    const said = fromBot(this.laidOut(activity));
    // Web Chat waits five seconds for the message that a reply names; one it can't know must not be named.
    if (context.activity.id === undefined || said.replyToId !== context.activity.id) delete said.replyToId;
    if (activity.type === ActivityTypes.Typing) {
      await this.store.pass(conversationId, said);
      return '';
    }
    const places: Places | undefined = context.turnState.get(PLACES);
    if (!places || places.hold.conversationId !== conversationId) return this.store.append(conversationId, said);
    places.given += 1;
    return this.store.reply(places.hold, said, places.given);
  }
}

function fromBot(activity: Partial<Activity>): Partial<Activity> {
  const { serviceUrl: _, ...said } = activity;
  return { ...said, from: { ...said.from, role: 'bot' } as Activity['from'] };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(Number.isFinite(ms) ? ms : 1000, LONGEST_DELAY_MS)));
}

class NotInDirectLine extends Error {
  readonly code = 'NOT_IN_DIRECT_LINE';
}
