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
import type { CardParts } from '../botframework/teams/card/reply-card';
import { withCard } from './card-message';
import type { ConversationStore } from './conversation-store';

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

export class WebChatAdapter extends BotAdapter {
  /** `card`: how replies are laid out for clients that draw cards; undefined: words only. */
  constructor(
    private readonly store: ConversationStore,
    private readonly card?: CardParts | undefined,
  ) {
    super();
  }

  async run(activity: Partial<Activity>, turn: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), turn);
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
    await this.run(TurnContext.applyConversationReference(event, where, true), logic);
  }

  private async send(context: TurnContext, activity: Partial<Activity>): Promise<string> {
    const conversationId = activity.conversation?.id ?? context.activity.conversation.id;
    if (activity.type === DELAY) await wait(Number(activity.value));
    if (NOT_FOR_CLIENTS.has(activity.type ?? '')) return '';
    const said = fromBot(this.card ? withCard(activity, this.card) : activity);
    // Web Chat waits five seconds for the message that a reply names; one it can't know must not be named.
    if (context.activity.id === undefined || said.replyToId !== context.activity.id) delete said.replyToId;
    if (activity.type === ActivityTypes.Typing) {
      await this.store.pass(conversationId, said);
      return '';
    }
    return (await this.store.append(conversationId, said)).id;
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
