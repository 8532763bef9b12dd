/** Where a question is asked from: the report, and what the conversation has been about. */
import type { Spot } from '../vocabulary/spots';
import type { Ground } from './find-spots';

export type DerivedOp = 'sum' | 'rest' | 'mean' | 'share' | 'difference' | 'times';

export interface Derived {
  op: DerivedOp;
  of: Spot[];
}

export interface Situation extends Ground {
  /** What the last answer was about. */
  focus: Spot[];
  /** What the last few answers on the same subject were about, oldest first. */
  trail: Spot[];
  /** What the answer before the last was about. */
  before: Spot[];
  /** What the last list held, while the talk stays with it. */
  list: Spot[];
  /** What was computed last, of which figures, in the order in which the operation takes them. */
  derived?: Derived;
  /** What share it is was answered last. */
  isOfShares?: boolean;
  /** The first of them was answered, as the greatest or least of all. */
  isRanked?: boolean;
  /** What was answered last was of the year that the report compares with. */
  wasBefore?: boolean;
  /** Is it asked for the year that the report compares with? */
  isBefore: boolean;
}
