/**
 * What the bot remembers of a conversation: for each person in it the focus of the last turn, and for the conversation
 * whether it was welcomed. In a group the focus of one person is never another's: 「那企业呢」 follows one's own question.
 *
 * botbuilder's PrivateConversationState has the same scope, but writes whatever the eTag; here a write over someone else's
 * is refused, so that two processes on one store can't lose a turn.
 *
 * Where cards stay in the chat, what each was about is kept beside it: 「2023年是多少」 pressed on an older card, or on
 * somebody else's, asks about that card.
 */
import type { Storage, TurnContext } from 'botbuilder';
import type { Focus } from '../engine/answer';

/** A record as it was read: its eTag says over what it may be written. */
export interface Remembered {
  focus: Focus | undefined;
  eTag: string | undefined;
}

export class Memory {
  constructor(private readonly storage: Storage) {}

  async recall(context: TurnContext): Promise<Remembered> {
    const key = personKey(context);
    const record = (await this.storage.read([key]))[key];
    return { focus: record?.focus, eTag: record?.eTag };
  }

  /** Refused by the storage if the record was written since `over` was read. `card` names the card of this reply. */
  async keep(context: TurnContext, focus: Focus | undefined, over: Remembered, card?: string): Promise<void> {
    await this.storage.write({
      [personKey(context)]: { focus, eTag: over.eTag },
      ...(card !== undefined && { [cardKey(context, card)]: { focus, eTag: '*' } }),
    });
  }

  /** What a card of this conversation was about; undefined once it is forgotten. */
  async recallCard(context: TurnContext, card: string): Promise<Focus | undefined> {
    const key = cardKey(context, card);
    return (await this.storage.read([key]))[key]?.focus;
  }

  /** Puts back what was remembered before a turn whose reply could not be sent. */
  async putBack(context: TurnContext, before: Remembered): Promise<void> {
    if (before.eTag === undefined) await this.storage.delete([personKey(context)]);
    else await this.storage.write({ [personKey(context)]: { focus: before.focus, eTag: '*' } });
  }

  async isWelcomed(context: TurnContext): Promise<boolean> {
    const key = welcomeKey(context);
    return (await this.storage.read([key]))[key] !== undefined;
  }

  async markWelcomed(context: TurnContext): Promise<void> {
    await this.storage.write({ [welcomeKey(context)]: { welcomed: true, eTag: '*' } });
  }
}

/** Names a conversation among all channels. As JSON, so that no id can pretend to be two. */
export function conversationKey({ activity }: TurnContext): string {
  return JSON.stringify([activity.channelId, activity.conversation?.id]);
}

function personKey({ activity }: TurnContext): string {
  return `focus ${JSON.stringify([activity.channelId, activity.conversation?.id, activity.from?.id])}`;
}

function cardKey({ activity }: TurnContext, card: string): string {
  return `card ${JSON.stringify([activity.channelId, activity.conversation?.id, card])}`;
}

function welcomeKey(context: TurnContext): string {
  return `welcome ${conversationKey(context)}`;
}
