/**
 * Bot Framework's adapter for WeChat Work (企业微信): the platform's messages become activities, the bot's activities become
 * its messages. It knows no report and no question; the bot is the one of every channel.
 *
 * With a sender the replies are sent actively, whenever they are ready. Without one they are handed back in one text, for
 * the response to the callback.
 */
import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  type ConversationReference,
  DeliveryModes,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { Logger } from 'pino';
import { NotOurTurn, nameTurn } from '../../bot/named-turn';
import { replyOf } from '../../bot/reply-activity';
import { type Apology, setTurnId, turnFailed } from '../../bot/turn-failed';
import { faultForLog } from '../../fault';
import { activityMessages, type Form, type IN_RESPONSE, onlyText, textMessages } from './form/activity-messages';
import { chosenText } from './form/choice-card';
import type { OutgoingMessage } from './form/outgoing-message';
import { link } from './form/text-form';
import { messageActivity } from './message-activity';
import type { ChartImages } from './sending/chart-images';
import type { Clock } from './sending/clock';
import { type MessageSender, NotSent } from './sending/message-sender';
import type { IncomingMessage } from './wire/incoming-message';
import type { WeComWording } from './wording';

export type TurnHandler = (context: TurnContext) => Promise<void>;

export interface AdapterParts {
  /** Undefined: no secret, so nothing can be sent but the response. */
  sender: MessageSender | undefined;
  /** Undefined: no sender, or nobody who draws. Charts are links then. */
  charts?: ChartImages | undefined;
  form: Form;
  /** How an answer in the response is written, if there is no sender. */
  inResponse: (typeof IN_RESPONSE)[keyof typeof IN_RESPONSE];
  wording: WeComWording;
  apology: Apology;
  logger: Logger;
  clock: Pick<Clock, 'wait'>;
  /** Another process may have to begin a turn of this one again. */
  isShared?: boolean;
}

/** Two messages that are sent at once may arrive in either order. */
const BETWEEN_PARTS_MS = 500;

/** Codes that are about the person, the app or this machine: in another form the same would come back. */
const NOT_ABOUT_FORM = new Set<number | string>([40056, 48002, 60011, 60020, 60111, 81013, 82001, 301002]);

export class NotSupported extends Error {
  readonly code = 'NOT_SUPPORTED';
}

export class WeComAdapter extends BotAdapter {
  constructor(private readonly parts: AdapterParts) {
    super();
    const failed = turnFailed(parts.logger, parts.apology);
    // What couldn't be sent is in the log already, and an apology would go the same way, or come behind the answer.
    this.onTurnError = async (context, error) => {
      if (error instanceof NotOurTurn) throw error; // Begun again in a moment.
      if (!(error instanceof NotSent)) await failed(context, error);
    };
  }

  /** One message, one turn. The text for the response, empty if there is nothing to say in it. */
  async take(message: IncomingMessage, turn: TurnHandler): Promise<string> {
    const activity = messageActivity(message);
    if (!activity) return '';
    const { sender, wording, inResponse } = this.parts;
    const closing = this.closePressedCard(message);
    const context = new TurnContext(this, {
      ...activity,
      ...(!sender && { deliveryMode: DeliveryModes.ExpectReplies }), // the context then gathers what is sent
    });
    // What the sender logs stands under the message.
    if (activity.id) setTurnId(context, activity.id);
    if (this.parts.isShared) nameTurn(context, message.key);
    await this.runMiddleware(context, turn);
    await closing;
    return onlyText(context.bufferedReplyActivities.filter(isMessage), wording, inResponse);
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const sent: ResourceResponse[] = [];
    for (const activity of activities) {
      // Typing and traces have no form here.
      sent.push({ id: isMessage(activity) ? await this.sendMessage(context.activity, activity) : '' });
    }
    return sent;
  }

  override async updateActivity(): Promise<void> {
    throw new NotSupported('a message can be taken back, but not changed');
  }

  /** Within 24 hours; the platform says no after that. */
  override async deleteActivity(_context: TurnContext, { activityId }: Partial<ConversationReference>): Promise<void> {
    if (!activityId) throw new NotSupported('which message?');
    await this.activeSender().recall(activityId);
  }

  /** Speaks up unasked: to whom and where is in a reference kept from an earlier turn. */
  override async continueConversation(reference: Partial<ConversationReference>, turn: TurnHandler): Promise<void> {
    const activity = { type: ActivityTypes.Event, name: 'continueConversation' };
    await this.runMiddleware(
      new TurnContext(this, TurnContext.applyConversationReference(activity, reference, true)),
      turn,
    );
  }

  /** The answer first, then its picture. */
  private async sendMessage(incoming: Activity, activity: Partial<Activity>): Promise<string> {
    const isPictured = this.parts.charts !== undefined;
    const id = await this.sendWords(incoming, isPictured ? withoutChartLink(activity) : activity);
    if (isPictured) await this.sendChart(incoming, activity);
    return id;
  }

  private async sendChart(incoming: Activity, activity: Partial<Activity>): Promise<void> {
    const { charts, wording, form, logger } = this.parts;
    const { chart, chartUrl } = replyOf(activity) ?? {};
    if (!chart || !charts) return;
    const about = incoming.id ?? '';
    try {
      const mediaId = await charts.mediaIdOf(chart, about);
      await this.activeSender().send(incoming.from.id, { msgtype: 'image', image: { media_id: mediaId } }, about);
    } catch (error) {
      charts.forget(chart);
      // What couldn't be sent is in the log already.
      if (!(error instanceof NotSent)) logger.error({ message: about, fault: faultForLog(error) }, 'wecom: no chart');
      // Perhaps it has arrived: then a link to it would be a second one.
      if (!chartUrl || (error instanceof NotSent && error.isOutcomeOpen && error.call === 'message/send')) return;
      const content = link(wording.seeChart, chartUrl, form === 'markdown' ? 'markdown' : 'text');
      const message: OutgoingMessage =
        form === 'markdown' ? { msgtype: 'markdown', markdown: { content } } : { msgtype: 'text', text: { content } };
      await this.sendInOrder(incoming, [message]).catch((failed: unknown) => {
        if (!(failed instanceof NotSent)) throw failed; // The answer itself has been sent.
      });
    }
  }

  private async sendWords(incoming: Activity, activity: Partial<Activity>): Promise<string> {
    const { form, wording } = this.parts;
    const [first, ...rest] = activityMessages(activity, form, wording);
    if (!first) return '';
    try {
      return await this.sendInOrder(incoming, [first, ...rest]);
    } catch (error) {
      if (first.msgtype !== 'template_card' || !(error instanceof NotSent) || !isRefusedForm(error)) throw error;
      return this.sendInOrder(incoming, textMessages(activity, form, wording));
    }
  }

  private async sendInOrder(incoming: Activity, messages: OutgoingMessage[]): Promise<string> {
    let id = '';
    for (const [index, message] of messages.entries()) {
      if (index > 0) await this.parts.clock.wait(BETWEEN_PARTS_MS);
      id = (await this.activeSender().send(incoming.from.id, message, incoming.id ?? '')) ?? '';
    }
    return id;
  }

  /** The buttons go as soon as one is pressed; should that fail, the answer comes all the same. */
  private async closePressedCard(message: IncomingMessage): Promise<void> {
    const { sender, wording } = this.parts;
    if (message.kind !== 'press' || !message.card || !sender) return;
    const { responseCode } = message.card;
    const text = chosenText(message.pressed, wording);
    await sender.closeCard(message.userId, { responseCode, text }, message.id).catch((error: unknown) => {
      if (!(error instanceof NotSent)) throw error; // The sender has logged it.
    });
  }

  private activeSender(): MessageSender {
    if (!this.parts.sender) throw new NotSupported('without a secret only the response can be used');
    return this.parts.sender;
  }
}

/** The picture itself comes behind. */
function withoutChartLink(activity: Partial<Activity>): Partial<Activity> {
  const { chartUrl: _, ...reply } = activity.channelData?.reply ?? {};
  return activity.channelData?.reply ? { ...activity, channelData: { ...activity.channelData, reply } } : activity;
}

function isMessage({ type }: Partial<Activity>): boolean {
  return type === ActivityTypes.Message;
}

function isRefusedForm({ cure, code, isOutcomeOpen }: NotSent): boolean {
  return cure === 'never' && typeof code === 'number' && !isOutcomeOpen && !NOT_ABOUT_FORM.has(code);
}
