/**
 * One turn of a conversation in Bot Framework terms: what was said, with what is remembered, goes to the engine; its reply
 * goes out and its focus is kept. 「满意率」 is asked back with buttons; 「第二个」 in the next turn is understood by the
 * engine from that focus, the bot only carries it.
 *
 * Not here: how activities come in and go out (channels/), what a question means (engine/).
 */
import { randomUUID } from 'node:crypto';
import { ActivityTypes, type Storage, type TurnContext } from 'botbuilder';
import { isStateAway } from '../state/state-away';
import type { Ask } from './ask';
import type { Bot } from './bot';
import { StorageConflict } from './bounded-storage';
import type { Feedback, OnFeedback } from './feedback';
import { InOrder, type TurnOrder } from './in-order';
import { conversationKey, Memory } from './memory';
import { isInLine, NotOurTurn, turnName } from './named-turn';
import { RecentReplies } from './recent-replies';
import { replyActivity, talkActivity } from './reply-activity';
import { turnId } from './turn-failed';
import type { SeenTurn, TurnObserver } from './turn-observer';
import { webVoteOf } from './web-vote';
import { whatWasSaid, whichCard } from './what-was-said';
import { isArrival } from './who-arrived';
import type { BotWording } from './wording';

export interface BotParts {
  ask: Ask;
  storage: Storage;
  wording: BotWording;
  /** The day in China, as YYYY-MM-DD: the engine has no clock. */
  today: () => string;
  /** How turns of one conversation follow each other; undefined: this process is the only one. */
  order?: TurnOrder | undefined;
  observers?: readonly TurnObserver[];
  /** An observer's error: the turn is over and well, so it is only told. */
  observerFailed?: (error: unknown) => void;
  onFeedback?: OnFeedback | undefined;
}

/** Where buttons stay in the chat: they may be pressed days later, and in a group by anybody. */
const CARDS_STAY = new Set(['msteams']);

/** Another process may have answered the same person meanwhile; a third time in a row is a fault. */
const TRIES = 3;
const BEGAN_AT = Symbol('when the turn began');

export class ReportBot implements Bot {
  private readonly memory: Memory;
  private readonly turns = new InOrder();
  private readonly replies = new RecentReplies();

  constructor(private readonly parts: BotParts) {
    this.memory = new Memory(parts.storage);
  }

  async run(context: TurnContext): Promise<void> {
    context.turnState.set(BEGAN_AT, performance.now());
    const order = isInLine(context) ? this.turns : (this.parts.order ?? this.turns);
    await order.run(conversationKey(context), () => this.take(context));
  }

  /** Of what else comes (reactions, typing, the end of a conversation) nobody expects an answer. */
  private async take(context: TurnContext): Promise<void> {
    switch (context.activity.type) {
      case ActivityTypes.Message:
        return this.takeMessage(context);
      case ActivityTypes.Event: {
        const vote = webVoteOf(context.activity);
        return vote && this.takeFeedback(context, vote);
      }
      case ActivityTypes.ConversationUpdate:
      case ActivityTypes.InstallationUpdate:
        return this.welcome(context);
    }
  }

  private async takeMessage(context: TurnContext): Promise<void> {
    const said = whatWasSaid(context.activity);
    if (said === undefined) await context.sendActivity(talkActivity(this.parts.wording.notText));
    else await this.answer(context, said);
  }

  private async answer(context: TurnContext, said: string, triesLeft = TRIES): Promise<void> {
    const before = await this.memory.recall(context);
    const pressed = whichCard(context.activity);
    const about = pressed === undefined ? undefined : await this.memory.recallCard(context, pressed);
    const asked = performance.now();
    const turn = this.parts.ask(said, about ?? before.focus, this.parts.today());
    const engineMs = performance.now() - asked;
    const { reply, focus } = turn;
    const card = CARDS_STAY.has(context.activity.channelId) ? randomUUID() : undefined;
    try {
      // Kept before it is sent: if someone else wrote meanwhile, nothing has been said yet and the turn can be done again.
      await this.memory.keep(context, focus, before, card);
    } catch (error) {
      if (!(error instanceof StorageConflict)) throw error;
      // A named turn has its conversation to itself: whoever wrote has taken it over.
      if (turnName(context) !== undefined) throw new NotOurTurn('written over', { cause: error });
      if (triesLeft <= 1) throw error;
      return this.answer(context, said, triesLeft - 1);
    }
    try {
      const sent = await context.sendActivity(replyActivity(reply, card));
      this.replies.remember(context, sent?.id, said);
    } catch (error) {
      // The person never saw this reply; 「第二个」 must not point into it. A turn that will be begun again finds that itself.
      const isBegunAgain = turnName(context) !== undefined && (isStateAway(error) || error instanceof NotOurTurn);
      if (!isBegunAgain) await this.memory.putBack(context, before);
      throw error;
    }
    this.tellObservers(context, { said, turn, engineMs });
  }

  private tellObservers(context: TurnContext, seen: Pick<SeenTurn, 'said' | 'turn' | 'engineMs'>): void {
    const { channelId: channel, conversation, from } = context.activity;
    const turnMs = performance.now() - Number(context.turnState.get(BEGAN_AT));
    const whole = { id: turnId(context), channel, conversation: conversation.id, person: from.id, turnMs, ...seen };
    for (const observe of this.parts.observers ?? []) {
      try {
        observe(whole);
      } catch (error) {
        this.parts.observerFailed?.(error);
      }
    }
  }

  /** A vote as a channel has it: what it answered is looked up here. */
  async takeFeedback(context: TurnContext, vote: Pick<Feedback, 'vote' | 'replyId' | 'comment'>): Promise<void> {
    const { replyId } = vote;
    const question = replyId === undefined ? undefined : this.replies.questionOf(context, replyId);
    await this.parts.onFeedback?.({ ...vote, question, channel: context.activity.channelId });
  }

  /** Once a conversation: channels report the bot, each person and each retry as an arrival. */
  private async welcome(context: TurnContext): Promise<void> {
    if (!isArrival(context.activity) || (await this.memory.isWelcomed(context))) return;
    const { welcome, suggestions } = this.parts.wording;
    await context.sendActivity(talkActivity(welcome, suggestions));
    await this.memory.markWelcomed(context);
  }
}
