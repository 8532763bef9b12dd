/** What is remembered between turns: plain data, so that any store can keep it. The last query, not the last text. */
import type { DerivedOp } from '../resolve/situation';
import type { ReportIndex, Spot } from '../vocabulary/spots';

export interface Focus {
  /** The report that was answered from. */
  report?: string;
  /** Spots that the last answer was about. */
  spots: string[];
  /** Spots of the last few answers on the same subject, oldest first. */
  trail: string[];
  /** The last answer that listed several, as long as the talk stays with them: for 前者 and 后者. */
  list: string[];
  /** Was the last question about the year before? */
  isBefore: boolean;
  /** What was asked of the spots: a follow-up that only names another spot asks the same. */
  asked: 'value' | 'change' | 'share' | 'rank' | 'other';
  /** In 万 or not, where that was asked for: a follow-up is answered so too. */
  scale?: 'wan' | 'plain';
  /** What was computed last, and of which spots: 「占总量多少」 after a sum, 「那县区呢」 after a mean. */
  derived?: { op: DerivedOp; of: string[] };
  /** What was offered to choose from, in order. */
  options: { label: string; say: string; spot?: string }[];
  /** The last question, and what it leaned on: for 「再说一遍」. */
  question: string;
  leanedOn: { spots: string[]; trail: string[]; list: string[] };
}

export const NO_FOCUS: Focus = {
  spots: [],
  trail: [],
  list: [],
  isBefore: false,
  asked: 'value',
  options: [],
  question: '',
  leanedOn: { spots: [], trail: [], list: [] },
};

const TRAIL = 6;

export function spotsIn(ids: readonly string[], index: ReportIndex): Spot[] {
  return ids.map((id) => index.spotById.get(id)).filter((s): s is Spot => s !== undefined);
}

/** 群众诉求办理满意率 and 办理满意率: the same kind of figure, of two services. */
function isSameMeasure(a: Spot, b: Spot): boolean {
  return a.unitKind === b.unitKind && a.leaf.key.slice(-SHARED_END) === b.leaf.key.slice(-SHARED_END);
}

const SHARED_END = 3;

/** The trail goes on while the answers stay with one measure or one row of a table; else it starts anew. */
export function trailAfter(trail: readonly Spot[], answered: readonly Spot[]): Spot[] {
  const [first] = answered;
  if (!first || answered.length > 1) return [...answered].slice(0, TRAIL);
  const last = trail[trail.length - 1];
  const goesOn =
    last &&
    (last.table === first.table ? last.leaf === first.leaf || last.row === first.row : isSameMeasure(last, first));
  if (!goesOn) return [first];
  // 「前者同比呢，后者呢」: of the last two, the one that was named first stays the first.
  const isOfLastTwo = trail.slice(-2).includes(first);
  return isOfLastTwo ? [...trail] : [...trail.filter((s) => s !== first), first].slice(-TRAIL);
}
