/** Where a question is asked from: the report, and what the conversation has been about. */
import type { Spot } from '../vocabulary/spots';
import type { Ground } from './find-spots';

export interface Situation extends Ground {
  /** What the last answer was about. */
  focus: Spot[];
  /** What the last few answers on the same subject were about, oldest first. */
  trail: Spot[];
  /** What the last list held, while the talk stays with it. */
  list: Spot[];
  /** Were the figures in the focus added up? */
  isSummed: boolean;
  /** Is it asked for the year that the report compares with? */
  isBefore: boolean;
}
