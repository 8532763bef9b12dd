/** What the sentences of a reply need to know beside the result. */
import type { Wording } from './wording';

export interface Speaking {
  wording: Wording;
  /** The year that the question's report is about, and the one it compares with. */
  year: number;
  comparedWith: number;
  region: string;
  reportTitle: string;
  /** 「用万表示」, 「别用万」 */
  scale?: 'wan' | 'plain' | InUnit;
}

/** A unit of time that was asked for, and what each unit is in seconds. */
export interface InUnit {
  unit: string;
  secondsIn: ReadonlyMap<string, number>;
}
