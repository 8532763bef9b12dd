/** The bot in this process, as the terminal has it; and with WeChat Work's cards and texts made of its replies. */
import { randomUUID } from 'node:crypto';
import type { Ask } from '../../bot/ask';
import { BoundedStorage } from '../../bot/bounded-storage';
import { InProcessAdapter } from '../../bot/in-process-adapter';
import { talkActivity } from '../../bot/reply-activity';
import { ReportBot } from '../../bot/report-bot';
import type { BotWording } from '../../bot/wording';
import { activityMessages } from '../../channels/wecom/form/activity-messages';
import { CHANNEL as WECOM } from '../../channels/wecom/message-activity';
import type { WeComWording } from '../../channels/wecom/wording';
import { type SeenReply, seenReply } from '../check/seen-reply';
import type { Road } from './road';

export interface BotParts {
  ask: Ask;
  wording: BotWording;
  today: () => string;
}

export function inProcessRoad(parts: BotParts): Road {
  return roadOf(parts, 'script', seenReply);
}

/** What is seen are the platform's messages, the structured answer is the bot's. */
export function wecomRoad(parts: BotParts, wording: WeComWording): Road {
  return roadOf(parts, WECOM, (activities) => ({
    ...seenReply(activities.map((activity) => ({ attachments: activityMessages(activity, 'cards', wording) }))),
    answer: seenReply(activities).answer,
  }));
}

type Sent = Awaited<ReturnType<InProcessAdapter['say']>>;

function roadOf(parts: BotParts, channel: string, see: (activities: Sent) => SeenReply): Road {
  const adapter = new InProcessAdapter(botOf(parts), channel);
  adapter.onTurnError = async (context) => {
    await context.sendActivity(talkActivity(parts.wording.apology));
  };
  return {
    begin() {
      const conversation = randomUUID();
      return {
        greeting: async () => see(await adapter.join(conversation)),
        say: async (text) => see(await adapter.say(text, conversation)),
      };
    },
    close: async () => undefined,
  };
}

export function botOf({ ask, wording, today }: BotParts): ReportBot {
  return new ReportBot({ ask, wording, today, storage: new BoundedStorage() });
}
