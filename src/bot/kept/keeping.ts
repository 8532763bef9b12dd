/** What of the turns is kept, and for how long: the observers that a bot is given, or none where nothing is to be kept. */
import type { Logger } from 'pino';
import { faultForLog } from '../../fault';
import type { OnFeedback } from '../feedback';
import type { TurnObserver } from '../turn-observer';
import { KeptFiles } from './kept-files';

export interface Keeping {
  observers: TurnObserver[];
  onFeedback?: OnFeedback;
  /** When everything so far is written. */
  settled: () => Promise<void>;
}

export function keeping(
  { folder, days }: { folder: string; days: number },
  today: () => string,
  logger: Logger,
): Keeping {
  if (days <= 0) return { observers: [], settled: async () => undefined };
  const onFailure = (error: unknown) => logger.error({ fault: faultForLog(error) }, 'not kept');
  const files = new KeptFiles({ folder, days, today, onFailure });
  return {
    observers: [
      ({ channel, said, turn }) => {
        const { kind } = turn.reply.answer;
        if (kind === 'decline' || kind === 'clarify') files.keepMiss({ channel, question: said, kind });
      },
    ],
    onFeedback: (feedback) => files.keepVote(feedback),
    settled: () => files.settled(),
  };
}
