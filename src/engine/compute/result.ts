/**
 * What was found and computed for a query: figures with the spots and formulas they rest on, no words yet.
 */
import type Fraction from '../../report/fraction';
import type { Interval } from '../../report/interval';
import type { Table } from '../../report/report';
import type { Bound, Claim, Extreme, Stretch } from '../parse/query';
import type { Gap as NamingGap, Scope } from '../resolve/find-spots';
import type { Spot } from '../vocabulary/spots';
import type { Expression, Value } from './expression';

/** A figure with all that it rests on. `value` is what is shown; the outgoing check computes it again. */
export interface Computed {
  expression: Expression;
  value: Value;
  unit: string;
  isPercent: boolean;
  decimals: number;
}

/** A spot with the figure that it states: the printed one, or a declared sum or remainder. */
export interface Stated {
  spot: Spot;
  /** Undefined for words (优秀) and blanks. */
  computed?: Computed;
}

export type Result =
  | {
      op: 'figures';
      stated: Stated[];
      aspect: 'value' | 'change';
      isDefault: boolean;
      alternatives: Spot[];
      /** The printed figure that those listed are the parts of. */
      whole?: Stated;
      /** What it is made of was asked, and the report doesn't say. */
      isUndivided?: boolean;
      /** 「一样吗」, of words. */
      areSame?: boolean;
    }
  | { op: 'before'; stated: Stated[]; before: (Computed | { points: Interval; relative: Interval } | undefined)[] }
  | { op: 'absoluteChange'; stated: Stated; before: Computed; by: Computed }
  /** `isApart`: of another table, and nothing declares that the whole contains it. */
  | {
      op: 'share';
      shares: { part: Stated; whole: Stated; share: Computed; isApart?: boolean }[];
      /** That a share is asked for was carried over: the figures themselves may be meant. */
      isCarried?: boolean;
    }
  | { op: 'rateAsShare'; stated: Stated }
  /** What a rate leaves of 100%. */
  | { op: 'complement'; stated: Stated; rest: Computed }
  | {
      op: 'difference';
      left: Side;
      right: Side;
      by: Computed;
      relative?: Computed;
      times?: Computed;
      isPoints: boolean;
      /** Whether they are the same was asked. */
      asksEqual?: boolean;
    }
  | { op: 'times'; left: Side; right: Side; times: Computed }
  | { op: 'timesOfBefore'; stated: Stated; before: Computed; times: Computed }
  | {
      op: 'sum';
      of: Stated[];
      sum: Computed;
      printed?: Stated;
      asSpot?: Spot;
      equals?: { whole: Stated; agrees: boolean };
    }
  | { op: 'mean'; of: Stated; per: Stated | Stretch; mean: Computed }
  | { op: 'rest'; whole: Stated; without: Stated[]; rest: Computed; printed?: Stated }
  | {
      op: 'rank';
      ranked: Stated[];
      by: 'value' | 'change';
      /** Of each ranked figure, where shares are compared. */
      shares?: Computed[];
      extreme: Extreme;
      count: number;
      nth?: number;
      direction?: 'up' | 'down';
      holds?: boolean;
      bySize?: boolean;
    }
  | {
      op: 'filter';
      matching: Stated[];
      others: Stated[];
      by: 'value' | 'change';
      direction?: 'up' | 'down';
      bound?: Bound;
      /** Said of each of them: is it so? */
      holds?: boolean;
    }
  /** `printedOf`: the number said is printed, of another figure. */
  | { op: 'claim'; stated: Stated; claim: Claim; verdict: Verdict; isUndivided?: boolean; printedOf?: Stated }
  /** A number said of what was computed: is it so? */
  | { op: 'held'; of: Result; claim: Claim; holds: boolean; isRounded?: boolean }
  /** What was said by the way isn't so. */
  | { op: 'corrected'; claim: Extract<Result, { op: 'claim' }>; of: Result }
  | { op: 'claims'; claims: { op: 'claim'; stated: Stated; claim: Claim; verdict: Verdict }[] }
  | { op: 'together'; of: (Extract<Result, { op: 'claim' }> | Extract<Result, { op: 'held' }>)[] }
  | { op: 'overview'; scope: Scope; table: Table; spots: Stated[] }
  | { op: 'reportOverview'; stated: Stated[] }
  | { op: 'source'; stated: Stated[] }
  | { op: 'define'; term: string; stated: Stated[]; table?: Table; around?: Spot[] }
  | { op: 'doubt'; stated: [Stated] }
  | { op: 'why'; stated: Stated[]; claimed?: 'up' | 'down' }
  | { op: 'identify'; numbers: { value: Fraction; isPercent: boolean; matches: Stated[] }[] }
  /** Figures of rows that are titles: 《…方案》. */
  | { op: 'named'; stated: Stated[] }
  | { op: 'count'; what: 'parts' | 'tables'; labels: string[] }
  /** `clear`: what was asked besides, and fits one figure only. */
  | { op: 'clarify'; spots: Spot[]; tables: Table[]; clear?: Stated[] }
  /** `instead`: what the report has of what was asked, for lack of the rest. */
  | { op: 'gap'; gap: Gap; instead?: Result | undefined };

export type Gap = NamingGap | NoFigureGap;

/** One side of a comparison; which figure of the spot is compared is in the formula. */
export interface Side {
  stated: Stated;
  computed: Computed;
}

export interface Verdict {
  holds: boolean;
  /** What was held against the claim. */
  about: 'value' | 'change' | 'direction' | 'unit';
  /** So when rounded: 12% of 12.34%. */
  isRounded?: boolean;
}

export type NoFigureGap =
  | { reason: 'noChange'; spot: Spot }
  | { reason: 'blank'; spot: Spot }
  | { reason: 'notComparable'; spots: Spot[] }
  | { reason: 'otherYear'; year: number; loaded: number[]; spots: Spot[] }
  | { reason: 'beforeThat'; year: number; spots: Spot[] }
  | { reason: 'subYear'; said: string; spots: Spot[] }
  | { reason: 'otherPlace'; place: string; spots: Spot[] }
  | { reason: 'notUnderstood' }
  | { reason: 'onlyThisYear'; asked: string };
