/**
 * Talks to the bot without a network: says something in a conversation and hands back what the bot replied. The road is the
 * one of every channel (activity in, handler, state, activities out), for the terminal and for the scripted dialogues.
 */
import { randomUUID } from 'node:crypto';
import type { ResourceResponse } from 'botbuilder';
import { type Activity, ActivityTypes, BotAdapter, DeliveryModes, TurnContext } from 'botbuilder';
import type { Bot } from './bot';

const BOT = { id: 'bot', name: '' };

export class InProcessAdapter extends BotAdapter {
  constructor(
    private readonly bot: Bot,
    private readonly channelId: string,
  ) {
    super();
  }

  /** The replies to what a person says; a new conversation needs no more than a new id. */
  say(text: string, conversation: string, person = 'person'): Promise<Partial<Activity>[]> {
    return this.take({ type: ActivityTypes.Message, text }, conversation, person);
  }

  /** A person opens a conversation: the replies are the welcome. */
  join(conversation: string, person = 'person'): Promise<Partial<Activity>[]> {
    const membersAdded = [{ id: person, name: '' }];
    return this.take({ type: ActivityTypes.ConversationUpdate, membersAdded }, conversation, person);
  }

  /** For activities of any other form. */
  async take(activity: Partial<Activity>, conversation: string, person = 'person'): Promise<Partial<Activity>[]> {
    const context = new TurnContext(this, {
      id: randomUUID(),
      channelId: this.channelId,
      serviceUrl: 'in-process:',
      conversation: { id: conversation, isGroup: false, conversationType: 'personal', name: '' },
      from: { id: person, name: '' },
      recipient: BOT,
      deliveryMode: DeliveryModes.ExpectReplies, // the context then gathers what is sent
      ...activity,
    });
    await this.runMiddleware(context, (turn) => this.bot.run(turn));
    return context.bufferedReplyActivities;
  }

  override sendActivities(): Promise<ResourceResponse[]> {
    return notInProcess();
  }
  override updateActivity(): Promise<void> {
    return notInProcess();
  }
  override deleteActivity(): Promise<void> {
    return notInProcess();
  }
  override continueConversation(): Promise<void> {
    return notInProcess();
  }
}

class NotInProcess extends Error {
  readonly code = 'NOT_IN_PROCESS';
}

function notInProcess(): Promise<never> {
  return Promise.reject(new NotInProcess('replies are gathered by the context; nothing else is sent'));
}
