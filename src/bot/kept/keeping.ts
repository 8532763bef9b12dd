/** What of the turns is kept, and for how long: the observers that a bot is given, or none where nothing is to be kept. */
import type { Logger } from 'pino';
import { faultForLog } from '../../fault';
import type { OnFeedback } from '../feedback';
import type { OnTurn } from '../report-bot';
import { KeptFiles } from './kept-files';

export interface Keeping {
  onTurn?: OnTurn;
  onFeedback?: OnFeedback;
}

export function keeping(
  { folder, days }: { folder: string; days: number },
  today: () => string,
  logger: Logger,
): Keeping {
  if (days <= 0) return {};
  const onFailure = (error: unknown) => logger.error({ fault: faultForLog(error) }, 'not kept');
  const files = new KeptFiles({ folder, days, today, onFailure });
  return {
    onTurn: ({ channel, question, answer: { kind } }) => {
      if (kind === 'decline' || kind === 'clarify') files.keepMiss({ channel, question, kind });
    },
    onFeedback: (feedback) => files.keepVote(feedback),
  };
}
