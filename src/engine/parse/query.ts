/**
 * A question in report terms: what parse returns and resolve takes. A handful of operations over
 * phrases that name spots, so that operations compose: 「企业诉求里电话占比比群众的高多少」 is the
 * difference of two shares.
 */
import type Fraction from '../../report/fraction';
import type { UnitKind } from '../lexicon/lexicon';
import type { Range } from '../link/range';
import type { Phrase } from '../resolve/name-nodes';

/** Which figure of the named spot is meant. */
export type Aspect =
  | 'value'
  /** its 同比 */
  | 'change'
  /** last year's figure, estimated from the 同比 */
  | 'before'
  /** how much more or less than last year, in units */
  | 'absoluteChange'
  /** its share of what contains it */
  | 'share';

export type Extreme = 'most' | 'least';

export interface Operand {
  phrase: Phrase;
  aspect: Aspect;
  /** The words it was read from, for quoting. */
  said: string;
  /** 前者, 后者, 它: points at what was answered last (0-based), or at all of it; 另一个: at what stands beside it; 第三个: at places of the list. */
  refersTo?: number | 'all' | 'other' | number[];
  /** Leave out of the named set: 除了电话以外. */
  without?: Operand[];
  /** Several together: 电话和互联网加起来. */
  added?: Operand[];
  /** 「跟最高的差几个点」: that of those talked about. */
  extreme?: Extreme;
  /** Said first, before a comma: 「尚贤这块，…」. */
  isBeforeComma?: boolean;
  /** 「成员单位各类」: each of what it is made of. */
  isOfEach?: boolean;
  /** 「现场没回应的」: the same with what stands before the negation counted to what is left out, 现场回应. */
  otherwise?: Operand;
}

/** Names nothing: what was talked about is meant. */
export const NOTHING_SAID: Operand = { phrase: { pieces: [], unknown: [] }, aspect: 'value', said: '' };

/** A stretch of the year that a count is spread over. */
export type Stretch = 'day' | 'week' | 'month' | 'hour' | 'minute';

export type Ask =
  | {
      op: 'figures';
      of: Operand[];
      each: boolean;
      /** 「三行都列上」 */
      inEachRow?: boolean;
      joint?: Operand;
      /** A list without 呢 or 那 asks anew: the row that was talked about doesn't go for it. */
      isAnew?: boolean;
      /** 「三种坐席各几名」: how many are expected. */
      many?: number;
      /** 「在线答复两路呢」: what it is made of, if that is so many. */
      ofMany?: number;
      /** 「具体是哪些途径」: what it is made of. */
      asksParts?: boolean;
      /** 「大概合多少通」: what was said in another unit. */
      isConverted?: boolean;
      /** 「尚贤的呢」: the measure is that of the question before. */
      isFollowUp?: boolean;
      /** 「转给110的那些，按时办结率」: the second is asked of the first. */
      isInside?: boolean;
      /** 「满意率这块，政风热线、警单各多少」: what was said first, of each that is listed behind it. */
      underHead?: Operand[];
      /** 「在线解答和部门办理，企业的分别多少」: what was said last, of each that is listed before it. */
      underTail?: Operand[];
      /** 「市本级县区分别呢」: name by name, where they don't stand together. */
      apart?: Operand[];
    }
  | {
      op: 'share';
      part: Operand;
      /** 「电话和互联网各占多少」: a share of each. */
      parts?: Operand[];
      /** 「电话加互联网占多少」: of all of them together. */
      isSummed?: boolean;
      whole?: Operand;
      each?: boolean;
      /** 「三块各占多少」 */
      many?: number;
      /** The whole is pointed at, by whatever name: 这个总数. */
      isOfFocus?: boolean;
      /** The same with what is named first as the whole: if it is one. */
      within?: Ask & { op: 'share' };
      /** The other way round, should it be none so. */
      turned?: Ask & { op: 'share' };
      /** Numbers said of it: each has to be one of its figures. */
      said?: Fraction[];
    }
  | {
      op: 'difference' | 'times';
      left: Operand;
      right?: Operand;
      measure?: UnitKind;
      /** 「差多少」: of two that were asked, and not of one and the year before. */
      isOfTwo?: boolean;
      /** 「差几个点」: of counts, their changes are meant. */
      isInPoints?: boolean;
      /** 「一样吗」 */
      asksEqual?: boolean;
      /** 「是上年的几倍」: this year's figure by that of the year before. */
      isByBefore?: boolean;
    }
  | {
      op: 'sum';
      of: Operand[];
      equals?: Operand;
      joint?: Operand;
      isListed?: boolean;
      /** 「政策专员，市本级，企业加人才」: the same in what was named first, should it be nothing else. */
      inside?: Operand[];
      /** 「市本级五类全加上」: how many there are to add. */
      many?: number;
      /** Numbers said of what is added: each has to be one of the figures, or others are meant. */
      said?: Fraction[];
    }
  | {
      op: 'mean';
      of: Operand;
      per: Operand | Stretch;
      perUnit?: string;
      perKind?: UnitKind;
      perGroup?: string;
      /** Other readings, each for where nothing fits the ones before. */
      instead: { of: Operand; per: Operand }[];
      /** Numbers said beside: each has to be one of the two figures. */
      said?: Fraction[];
    }
  | { op: 'rest'; of: Operand & { without: Operand[] } }
  /** The same once more, of what is named: 「那县区呢」 after a mean, a sum, a difference. `isOfSame`: only in another row. */
  | { op: 'again'; of: Operand; otherwise: Ask; isOfSame?: boolean }
  | {
      op: 'rank';
      among: Operand[];
      by: 'value' | 'change' | 'share';
      extreme: Extreme;
      count: number;
      direction?: 'up' | 'down';
      measure?: UnitKind;
      /** 「哪类排第二」 */
      nth?: number;
      /** 「三个里最低的是哪个」: of as many as were asked last. */
      many?: number;
      /** 「党群组织排第几」: its place among those beside it. */
      asksPlace?: boolean;
      isClaim?: boolean;
      /** 「四个满意率里最高的是警单那个，对吗」: said to be the first. */
      claimed?: Operand;
      /** 「哪个变动幅度大」: of rises and falls alike, the greatest. */
      bySize?: boolean;
      joint?: Operand;
      inTable?: boolean;
      /** 「除掉电话，量最大的是哪个」 */
      without?: Operand[];
      /** 「哪个部门」: what those that are compared have to be. */
      kind?: string;
      /** 「市本级和县区谁的信息多」: what is said behind 谁 of each. */
      ofEach?: Operand[];
    }
  | {
      op: 'filter';
      among: Operand[];
      direction?: 'up' | 'down';
      by: 'value' | 'change';
      bound?: Bound;
      joint?: Operand;
      /** 「诉求总量那张表里」 */
      inTable?: boolean;
      /** Said of all of them, of none, or of the one that is named and of none beside it. */
      claimed?: {
        of: 'all' | 'none' | 'only';
        /** Where they are but one figure, a claim like any other. */
        ofOne: Ask;
      };
    }
  | { op: 'spread'; among: Operand[] }
  | { op: 'claim'; of: Operand; claim: Claim; asksParts?: boolean }
  /** A number said of what is computed: 「电话占诉求总量超过九成吗」. */
  | { op: 'held'; ask: Ask; claim: Claim }
  /** A number said by the way, and what is asked: `otherwise` where it is said of nothing single. */
  | { op: 'beside'; claim: Extract<Ask, { op: 'claim' }>; ask: Ask; otherwise?: Ask }
  | { op: 'claims'; claims: { of: Operand; claim: Claim }[] }
  /** 「现场回应过半，督办四成，对不对」: shares among what is claimed, each held against what it is said of. */
  | { op: 'together'; asks: (Extract<Ask, { op: 'claim' }> | Extract<Ask, { op: 'held' }>)[] }
  /** 「从6秒降到3秒」: what it was the year before, and what it is. */
  | { op: 'fromTo'; of: Operand; from: Claim; to: Claim }
  /** `introduces`: 「介绍一下晓苏」, what it is comes first. */
  | { op: 'overview'; of: Operand; isRow?: boolean; introduces?: string }
  | { op: 'source'; of: Operand; number?: Fraction }
  | { op: 'define'; term: string; of: Operand }
  /** 「转化率是不是印错了」: all that is named, piece by piece. */
  | { op: 'doubt'; of: Operand[] }
  /** `pieces`: all that is named, one by one, for where nothing bears it together. */
  | { op: 'why'; of: Operand; pieces: Operand[]; claimed?: 'up' | 'down' }
  /** `otherwise`: where no figure is that number. */
  | { op: 'identify'; numbers: { value: Fraction; isPercent: boolean }[]; otherwise?: Ask }
  /** 「几张表」, or else parts. */
  | { op: 'count'; of: Operand; isOfTables?: boolean }
  /** 「制度文件叫什么名字」 */
  | { op: 'named'; of: Operand };

/** 超过, 达到, 不到. */
export type Relation = 'over' | 'atLeast' | 'under';

export interface Bound {
  relation: Relation;
  value: Fraction;
  isPercent: boolean;
}

/** What the question takes for granted: 「突破200万了吗」, 「变长了46%」. */
export interface Claim {
  value?: Fraction;
  /** What the number stands for: 120多万. */
  range?: Range;
  /** Said with 万, 多, 约. */
  isRough?: boolean;
  isPercent?: boolean;
  /** 三成, 一半: of something. */
  isPart?: boolean;
  /** 万件 where the report prints 件 */
  unit?: string;
  kind?: UnitKind;
  /** 通 counts calls only: said of 件, it is wrong. */
  unitGroup?: string;
  /** Seconds in the unit said, and in each unit of time. */
  secondsIn?: ReadonlyMap<string, number>;
  relation?: Relation | 'equal';
  direction?: 'up' | 'down';
  /** As said, for quoting: 380%. */
  said?: string;
  /** 「有没有印错」: neither yes nor no would say which. */
  isOfPrint?: boolean;
}

export interface Query {
  ask: Ask;
  /** The named rule that read it so. */
  rule: string;
  /** 「部门办理呢」 after a share is read as a share, but may have been meant of the figure itself. */
  isCarriedShare?: boolean;
}
