/** Which report a sentence is about, and where the conversation stands in it. */

import type { Report } from '../../report/report';
import type { Draft } from '../compose/draft';
import type { Speaking } from '../compose/speaking';
import type { NoFigureGap, Result } from '../compute/result';
import type { Knowledge } from '../knowledge';
import { has, type Period } from '../link/mention';
import type { Sentence } from '../parse/sentence';
import { wholesOf } from '../resolve/containment';
import type { Derived, DerivedOp, Situation } from '../resolve/situation';
import type { ReportIndex, Spot } from '../vocabulary/spots';
import { type Focus, spotsIn, trailAfter } from './focus';

export interface Context {
  /** Another region's report is about the asked year: worth a try where this region's lacks the words. */
  isElsewhere: boolean;
  /** Several reports are loaded, and nothing said which: the newest answers, and says so. */
  isNewest: boolean;
  situation: Situation;
  speaking: Speaking;
  /** Why the report can't answer for the asked year, time or place, whatever the figure. */
  outside?: (spots: Situation['focus']) => NoFigureGap;
}

/** Chooses the report by year and place before any cell is looked at. */
export function contextFor(
  sentence: Sentence,
  focus: Focus,
  knowledge: Knowledge,
  today: string,
  elsewhere = false,
): Context {
  const { library, dictionary, wording } = knowledge;
  const { period, place, against } = sentence;
  const focused = focus.report ? library.reports.find((r) => r.id === focus.report) : undefined;
  const region = place?.region ?? focused?.region.name;
  const fallback = (region ? library.find({ region }) : undefined) ?? library.newest();
  const base = focused && (!region || focused.region.name === region) ? focused : fallback;

  const year = yearOf(period, base, today);
  const exact = year === undefined ? undefined : library.find({ ...(region ? { region } : {}), year });
  const compared =
    year === undefined
      ? undefined
      : library.reports.find((r) => r.comparedWith === year && r.region.name === (region ?? base.region.name));
  // A year that another region's report is about, and this one's compares with: this region's is meant unless it lacks the words.
  const isElsewhere =
    exact !== undefined && !region && compared !== undefined && exact.region.name !== compared.region.name;
  const report = (isElsewhere && !elsewhere ? compared : exact) ?? compared ?? (year === undefined ? base : fallback);
  const isEllipsis =
    !sentence.mentions.some((m) => m.isName && m.words.size === 0) || sentence.mentions.some((m) => has(m, 'followUp'));
  const isBefore =
    year === undefined ? focus.isBefore && isEllipsis && focused === report : report === compared && compared !== exact;

  const index = dictionary.vocabulary.indexOf(report.id) as ReportIndex;
  const sameReport = focused === report;
  const situation: Situation = {
    index,
    vocabulary: dictionary.vocabulary,
    focus: sameReport
      ? spotsIn(focus.spots, index)
      : spotsIn(
          focus.spots.map((id) => moved(id, report)),
          index,
        ),
    trail: sameReport ? spotsIn(focus.trail, index) : [],
    before: sameReport ? spotsIn(focus.leanedOn.spots, index) : [],
    list: sameReport ? spotsIn(focus.list, index) : [],
    isBefore,
    ...(sameReport && focus.isBefore ? { wasBefore: true } : {}),
    ...(sameReport && focus.asked === 'rank' ? { isRanked: true } : {}),
    ...(sameReport && focus.derived ? { derived: derivedFrom(focus.derived, index) } : {}),
    ...(sameReport && focus.asked === 'share' ? { isOfShares: true } : {}),
  };
  const speaking: Speaking = {
    wording,
    year: report.year,
    comparedWith: report.comparedWith,
    region: report.region.name,
    reportTitle: report.title,
  };
  const scale = scaleOf(sentence) ?? (isEllipsis && sameReport ? focus.scale : undefined);
  const outside = outsideOf(sentence, year, Boolean(exact || compared), report, against, isBefore, today);
  const isNewest =
    library.reports.length > 1 && year === undefined && !place && !focused && report === library.newest();
  return {
    situation,
    isElsewhere,
    isNewest,
    speaking: scale ? { ...speaking, scale } : speaking,
    ...(outside ? { outside } : {}),
  };
}

/** The same cell in another year's report, if it has it. */
function moved(id: string, report: Report): string {
  return `${report.id}${id.slice(id.indexOf('/'))}`;
}

function yearOf(period: Period | undefined, report: Report, today: string): number | undefined {
  switch (period?.kind) {
    case 'year':
      return period.year;
    case 'relativeYear':
      return Number(today.slice(0, 4)) + period.offset;
    case 'yearBefore':
      return report.comparedWith;
    default:
      return undefined;
  }
}

function outsideOf(
  sentence: Sentence,
  year: number | undefined,
  isKnown: boolean,
  report: Report,
  against: Period | undefined,
  isBefore: boolean,
  today: string,
): Context['outside'] {
  const { period, place } = sentence;
  if (place && !place.region) return (spots) => ({ reason: 'otherPlace', place: place.name, spots });
  if (period?.kind === 'subYear') return (spots) => ({ reason: 'subYear', said: period.said, spots });
  if (year !== undefined && !isKnown) {
    return year < report.comparedWith
      ? (spots) => ({ reason: 'beforeThat', year, spots })
      : (spots) => ({ reason: 'otherYear', year, loaded: [report.year], spots });
  }
  // 「比2022年」「比前年」: the printed 同比 is against one year only. 「比去年」 is that year counted from the report's own;
  // the reply names both.
  const compared = yearOf(against, report, today);
  const counted = against?.kind === 'relativeYear' ? report.year + against.offset : compared;
  // 「2023年是多少？比24年多多少」: the same two years, looked at from the other end.
  if (isBefore && compared === report.year) return undefined;
  if (counted !== undefined && compared !== report.comparedWith && counted !== report.comparedWith) {
    return (spots) => ({ reason: 'beforeThat', year: counted, spots });
  }
  return undefined;
}

function scaleOf({ mentions, secondsIn }: Sentence): Speaking['scale'] {
  // 「折成几分钟」「等了多少分钟」: the last unit of time that is asked for.
  const asked = mentions.findLast((m, i) => {
    const before = mentions[i - 1];
    return m.unit === 'time' && before && before.end === m.start && has(before, 'howMuch', 'convert');
  });
  const inWord = mentions.find(
    (m) =>
      (has(m, 'howMuch') || /几|多少/u.test(m.text)) && [...secondsIn.keys()].some((unit) => m.text.endsWith(unit)),
  );
  const unit =
    asked?.text ?? [...secondsIn.keys()].filter((u) => inWord?.text.endsWith(u)).sort((a, b) => b.length - a.length)[0];
  if (unit && secondsIn.has(unit)) return { unit, secondsIn };
  if (mentions.some((m) => has(m, 'plainUnit'))) return 'plain';
  return mentions.some((m) => has(m, 'inWan')) ? 'wan' : undefined;
}

export function focusAfter(
  draft: Draft,
  result: Result | undefined,
  question: string,
  before: Focus,
  { situation, speaking }: Context,
  isChoice: boolean,
): Focus {
  const { index } = situation;
  const ids = (spots: readonly { id: string }[]) => spots.map((s) => s.id);
  const leanedOn = { spots: ids(situation.focus), trail: ids(situation.trail), list: ids(situation.list) };
  const offered = draft.options.map(({ label, say, spot }) => ({ label, say, ...(spot ? { spot: spot.id } : {}) }));
  // 「第一个也给我」 after 「第二个」: what was offered still is.
  const options = isChoice && offered.length === 0 ? before.options : offered;
  if (draft.kind === 'talk') return { ...before, options: [] };
  // A list offered for want of an answer changes no subject, nor does what another table has.
  const isElsewhere = situation.focus.length > 0 && draft.focus.every((s) => s.table !== situation.focus[0]?.table);
  const isOffered = result?.op === 'gap' && (LISTS.has(result.instead?.op) || isElsewhere);
  if (isOffered && before.spots.length > 0) return { ...before, options, question, leanedOn };
  if (draft.focus.length === 0)
    return { ...before, options, question, leanedOn, ...(result?.op === 'clarify' ? { report: index.report.id } : {}) };
  // 「占总量百分之几」 of a sum: what was added up is still what is talked about.
  if (before.derived && draft.focus.every((spot) => !index.spotById.has(spot.id)))
    return { ...before, asked: askedOf(result), options, question, leanedOn };
  const spots = result?.op === 'rank' ? ids(draft.focus) : inOrderSaid(ids(draft.focus), before.list);
  return {
    report: index.report.id,
    spots: spots.slice(0, 40),
    trail: ids(draft.kind === 'answer' ? trailAfter(situation.trail, draft.focus) : situation.trail),
    list: (result?.op === 'sum'
      ? // 「合计」 and then 「各占几成」: of what was added.
        ids(result.of.map((s) => s.spot))
      : draft.focus.length > 1
        ? // 「第三个呢」 after 「前两个的同比」: of the list that they are of.
          situation.list.length > spots.length && draft.focus.every((s) => situation.list.includes(s))
          ? ids(situation.list)
          : spots
        : staysWith(situation, draft.focus[0] as Spot)
          ? ids(situation.list)
          : []
    ).slice(0, 12),
    isBefore: situation.isBefore,
    asked: askedOf(result),
    ...derivedBy(result),
    ...(typeof speaking.scale === 'string' ? { scale: speaking.scale } : {}),
    options,
    question,
    leanedOn,
  };
}

const LISTS: ReadonlySet<Result['op'] | undefined> = new Set(['rank', 'filter', 'overview', 'reportOverview']);

/** 「后者比前者多几次」 turns a list round, but 前者 stays the one that was listed first. */
function inOrderSaid(spots: string[], list: readonly string[]): string[] {
  const isListed = spots.length > 1 && spots.every((id) => list.includes(id));
  return isListed ? list.filter((id) => spots.includes(id)) : spots;
}

/** A listed figure, or what the listed ones are parts of. */
function staysWith({ list, index }: Situation, spot: Spot): boolean {
  return (
    list.includes(spot) || (list.length > 1 && list.every((s) => wholesOf(s, { index }).some((w) => w.whole === spot)))
  );
}

function derivedFrom({ op, of }: NonNullable<Focus['derived']>, index: ReportIndex): Derived {
  return { op, of: spotsIn(of, index) };
}

/** Of printed figures only: a sum within a difference isn't asked of another row. */
function derivedBy(result: Result | undefined): Pick<Focus, 'derived'> {
  const of = result ? operandsOf(result) : [];
  return of.length > 0 && result ? { derived: { op: result.op as DerivedOp, of: of.map((s) => s.id) } } : {};
}

function operandsOf(result: Result): Spot[] {
  switch (result.op) {
    case 'sum':
      return result.of.map(({ spot }) => spot);
    case 'rest':
      return [result.whole, ...result.without].map(({ spot }) => spot);
    case 'share': {
      const [only, ...more] = result.shares;
      return only && more.length === 0 ? [only.part.spot, only.whole.spot] : [];
    }
    case 'mean':
      return typeof result.per === 'string' ? [] : [result.of.spot, result.per.spot];
    case 'difference':
    case 'times':
      return [result.left, result.right].some(({ computed }) => !['cell', 'sum'].includes(computed.expression.op))
        ? []
        : [result.left.stated.spot, result.right.stated.spot];
    default:
      return [];
  }
}

function askedOf(result: Result | undefined): Focus['asked'] {
  if (result?.op === 'share') return 'share';
  if (result?.op === 'figures') return result.aspect;
  if (result?.op === 'rank' && result.count === 1) return 'rank';
  return result?.op === 'overview' || result?.op === 'before' ? 'value' : 'other';
}
