/** What a stretch of the question may be: output of the linker, input of the parser. */
import type { UnitKind, WordClass } from '../lexicon/lexicon';
import type { NumberRead } from './read-number';

export interface Mention {
  start: number;
  end: number;
  text: string;
  /** Names something in a loaded report. */
  isName: boolean;
  /** Classes of the words of asking. */
  words: ReadonlySet<WordClass>;
  /** A name that asks how many, as 接了多少通 and 多少人上线 do. */
  asksCount?: boolean;
  /** A name that is made of words that go with any figure: 收到的诉求. */
  isWordy?: boolean;
  number?: NumberRead;
  unit?: UnitKind;
  period?: Period;
  /** A region that has a report, or a place that has none. */
  place?: { region?: string; name: string };
  topic?: string;
  /** 三种, 四项: how many there are of what is named. */
  count?: number;
  /** 第二, 第三名: a place in an order. */
  ordinal?: number;
  /** 第三个, 前两个: which of what was listed last, counted from 0. */
  places?: number[];
  /** What was typed, where a repair stands in for it. */
  repairedFrom?: string;
  /** 在办, 夜间: known to narrow what is asked. Meant as it stands, and never mended. */
  narrows?: boolean;
  /** None of the above: decides honesty. */
  isUnknown: boolean;
}

export type Period =
  | { kind: 'year'; year: number }
  /** 去年: −1, from the year in which the question is asked. */
  | { kind: 'relativeYear'; offset: number }
  | { kind: 'yearBefore' }
  /** 上半年, 5月: the report prints whole years only. */
  | { kind: 'subYear'; said: string };

export function has({ words }: Mention, ...classes: readonly WordClass[]): boolean {
  if (words.size > 0) for (const c of classes) if (words.has(c)) return true;
  return false;
}

export const NO_WORDS: ReadonlySet<WordClass> = new Set();
export const FILLER: ReadonlySet<WordClass> = new Set(['filler']);
export const PUNCTUATION = /^[\s\p{P}\p{S}]$/u;
