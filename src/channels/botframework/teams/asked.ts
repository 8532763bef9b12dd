/**
 * Which question a message of the bot answered, so that a vote on it can be read by people. Kept in the store of the
 * conversations, as long as these.
 */
import type { Storage, TurnContext } from 'botbuilder';

export class Asked {
  constructor(private readonly storage: Storage) {}

  async keep(context: TurnContext, replyId: string, question: string): Promise<void> {
    await this.storage.write({ [keyOf(context, replyId)]: { question, eTag: '*' } });
  }

  async questionOf(context: TurnContext, replyId: string): Promise<string | undefined> {
    const key = keyOf(context, replyId);
    return (await this.storage.read([key]))[key]?.question;
  }
}

function keyOf({ activity }: TurnContext, replyId: string): string {
  return `asked ${JSON.stringify([activity.channelId, activity.conversation?.id, replyId])}`;
}
