/**
 * Teams: the same bot, with its replies as cards, the search of the compose box, and votes on answers.
 *
 * Not here: what a pressed button is about (bot/report-bot.ts), the app package (package/).
 */
import { type Activity, ActivityTypes, type ResourceResponse, type Storage, type TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { Ask } from '../../../bot/ask';
import type { OnFeedback } from '../../../bot/feedback';
import { answerOf } from '../../../bot/reply-activity';
import { turnId } from '../../../bot/turn-failed';
import { whatWasSaid } from '../../../bot/what-was-said';
import type { Knowledge } from '../../../engine/knowledge';
import { faultForLog } from '../../../fault';
import { Asked } from './asked';
import type { CardParts } from './card/reply-card';
import { type InvokeParts, takeInvoke } from './invokes';
import { keepEntities } from './keep-entities';
import { asPlainText, teamsMessage } from './reply-message';
import { FigureAnswers } from './search/figure-answers';
import { FigureSearch } from './search/figure-search';
import type { TeamsWording } from './wording';

export interface TeamsParts {
  ask: Ask;
  knowledge: Pick<Knowledge, 'library' | 'dictionary'>;
  wording: TeamsWording;
  storage: Storage;
  today: () => string;
  onFeedback: OnFeedback;
  logger: Logger;
}

export type TakeTurn = (context: TurnContext) => Promise<void>;

/** What the connector says of a message that it won't take as it is: too large, or of a form it doesn't know. */
const NOT_TAKEN = new Set([400, 413]);

/** Wraps the bot's turn; on other channels than Teams it is left as it is. */
export function inTeams({ ask, knowledge, wording, storage, today, onFeedback, logger }: TeamsParts) {
  keepEntities();
  const reportTitles = new Map(knowledge.library.reports.map(({ id, title }) => [id, title]));
  const card: CardParts = { wording: wording.card, reportTitles };
  const asked = new Asked(storage);
  const answers = new FigureAnswers(ask, new FigureSearch(knowledge), today);
  const invokes: InvokeParts = {
    search: { answers, card, wording: wording.search },
    onFeedback,
    questionOf: (context, replyId) => asked.questionOf(context, replyId),
  };

  /** A vote without its question still counts, so a store that fails here fails no answer. */
  const remember = async (context: TurnContext, sent: ResourceResponse[], activities: Partial<Activity>[]) => {
    const question = whatWasSaid(context.activity);
    const reply = sent.find(({ id }, index) => id && activities[index] && answerOf(activities[index]));
    if (!reply || question === undefined) return;
    try {
      await asked.keep(context, reply.id, question);
    } catch (error) {
      logger.warn({ turn: turnId(context), fault: faultForLog(error) }, 'question of a reply not kept');
    }
  };

  return (takeTurn: TakeTurn): TakeTurn =>
    async (context) => {
      if (context.activity.channelId !== 'msteams') return takeTurn(context);
      context.onSendActivities(async (_context, activities, next) => {
        for (const [index, activity] of activities.entries()) activities[index] = teamsMessage(activity, card);
        const sent = await next().catch((error: unknown) => {
          if (!isNotTaken(error) || !activities.some(({ attachments }) => attachments)) throw error;
          logger.warn({ turn: turnId(context), fault: faultForLog(error) }, 'card not taken, sent as text');
          for (const [index, activity] of activities.entries()) activities[index] = asPlainText(activity);
          return next();
        });
        await remember(context, sent, activities);
        return sent;
      });
      if (context.activity.type === ActivityTypes.Invoke && (await takeInvoke(context, invokes))) return;
      return takeTurn(context);
    };
}

function isNotTaken(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && NOT_TAKEN.has(Number(error.statusCode));
}
