/**
 * A sentence made ready for the rules: period and place taken out, and what several words say together folded into one:
 * 「比2023年」 is a word for the 同比.
 *
 * Not here: which clauses say nothing of what is asked (clauses.ts), what the words ask for (rules/).
 */

import Fraction from '../../report/fraction';
import type { Lexicon, UnitKind, WordClass } from '../lexicon/lexicon';
import { has, type Mention, type Period } from '../link/mention';
import { around } from '../link/range';
import { foldRoughly } from './roughly';
import { askingIn, countingWord, hasAny, hasContent, type Sentence } from './sentence';

export function readSentence(
  text: string,
  linked: Mention[],
  { units, unitGroups, nounUnits, secondsIn }: Lexicon,
): Sentence {
  const counted = foldCounted(
    foldOutOf(foldRoughly(foldMostly(foldTogether(foldTimesOfChange(foldWithin(foldHowMany(linked))))))),
    units,
  );
  const { mentions: folded, against } = foldYearBefore(
    foldBetween(foldExceeds(foldNotAs(foldStretchByStretch(counted)))),
  );
  const mentions = foldMoreThanBefore(folded);
  const periods = mentions.filter((m) => m.period);
  const place = mentions.find((m) => m.place && !m.isName)?.place ?? mentions.find((m) => m.place)?.place;
  // Several years in one sentence: the last named is the one asked for, unless a rule looks for more.
  const period = periods[periods.length - 1]?.period;
  return {
    text,
    mentions: mentions.filter((m) => !m.period),
    ...(period ? { period } : {}),
    ...(against ? { against } : {}),
    ...(place ? { place } : {}),
    units,
    unitGroups,
    nounUnits,
    secondsIn,
  };
}

/** 「接听员连政策专员一块儿，多少号人」: 一块儿 behind what is joined so adds it up. */
function foldTogether(mentions: Mention[]): Mention[] {
  const joins = mentions.findIndex((m, i) => has(m, 'including') && !m.isName && mentions[i - 1]?.isName);
  const together = mentions.findIndex((m, i) => i > joins && has(m, 'countedIn') && !m.isName);
  const [joined, behind] = [mentions.slice(joins + 1, together), mentions.slice(together + 1)];
  const isSum = joins > 0 && joined.some((m) => m.isName) && !joined.some((m) => m.text === ',');
  if (!isSum || !hasAny(behind, 'howMuch') || hasAny(mentions, 'share', 'sum', 'than')) return mentions;
  return mentions.map((m, i) => (i === together ? { ...m, words: new Set<WordClass>(['sum']) } : m));
}

/** 「诉求大部分是哪个渠道来的」 asks for the greatest. */
function foldMostly(mentions: Mention[]): Mention[] {
  if (!hasAny(askingIn(mentions), 'which', 'each')) return mentions;
  return mentions.map((m, i) => {
    const before = mentions[i - 1];
    if (!has(m, 'majority') || m.isName) return m;
    // 「涨了一半以上的有哪些」: by more than that.
    if (m.number && before && has(before, 'up', 'down', 'change'))
      return { ...m, words: new Set<WordClass>(['exceeds']) };
    const { number: _, ...rest } = m;
    return { ...rest, words: new Set<WordClass>(['most']) };
  });
}

/** 「那里头企业的占几件」 asks how many. */
function foldCounted(mentions: Mention[], units: ReadonlyMap<string, UnitKind>): Mention[] {
  return mentions.map((m, i) => {
    const next = mentions[i + 1];
    // 个 counts anything, and is no unit of its own.
    const counts = next && (countingWord(next, units) || /^(?:几|多少)个$/u.test(next.text));
    const isCounted = has(m, 'share') && !m.isName && !has(m, 'howMuch', 'percent') && counts;
    return isCounted ? { ...m, words: new Set<WordClass>(['filler']) } : m;
  });
}

const STRETCHES: readonly WordClass[] = ['perDay', 'perWeek', 'perMonth', 'perHour', 'perMinute'];

/** 「把每个月的话务量列出来」 asks for twelve figures, and for no mean: a time within the year. */
function foldStretchByStretch(mentions: Mention[]): Mention[] {
  const words = mentions.filter((m) => !m.isName);
  if (!hasAny(words, 'each') || hasAny(words, 'mean')) return mentions;
  return mentions.map((m) =>
    has(m, ...STRETCHES) && !m.isName ? { ...m, words: new Set(), period: { kind: 'subYear', said: m.text } } : m,
  );
}

/** 「A 没有 B 高」「A 跌得不如 B 狠」 says that A is lower than B: 比, with the word turned round. */
function foldNotAs(mentions: Mention[]): Mention[] {
  const at = mentions.findIndex((m) => has(m, 'notAs', 'not') && !m.isName);
  const isDegree = (m: Mention) => has(m, 'more', 'less', 'strongly') && !m.isName && !has(m, 'up', 'down');
  const degree = mentions.findIndex((m, i) => i > at && isDegree(m));
  const not = mentions[at];
  if (!not || degree < 0 || !hasContent(mentions.slice(0, at)) || !hasContent(mentions.slice(at + 1, degree)))
    return mentions;
  // 「没派给部门的比派给部门的多」 compares already.
  if (mentions.some((m) => has(m, 'than', 'except', 'howMuch', 'difference') && !m.isName)) return mentions;
  const turned = has(mentions[degree] as Mention, 'less') ? 'more' : 'less';
  const confirms: Mention = { ...not, text: '', start: not.end, words: new Set<WordClass>(['confirm']) };
  return mentions.flatMap((m, i) =>
    i === at
      ? [{ ...m, words: new Set<WordClass>(['than']) }]
      : i === degree
        ? [{ ...m, words: new Set<WordClass>([turned]) }, confirms]
        : [m],
  );
}

/** 「电话超过互联网了吗」 holds no number: one figure is said to be more than another. */
function foldExceeds(mentions: Mention[]): Mention[] {
  const at = mentions.findIndex((m) => has(m, 'exceeds', 'below') && !m.isName && m.text.length > 1);
  const said = mentions[at];
  const [before, behind] = [mentions.slice(0, at), mentions.slice(at + 1)];
  const isOfTwo = at > 0 && hasContent(before) && hasContent(behind) && !mentions.some((m) => m.number || m.period);
  if (!said || !isOfTwo || hasAny(mentions, 'than', 'which', 'howMuch', 'each', 'all', 'up', 'down')) return mentions;
  const degree = new Set<WordClass>([has(said, 'exceeds') ? 'more' : 'less']);
  const { end } = mentions[mentions.length - 1] as Mention;
  return [
    ...before,
    { ...said, words: new Set<WordClass>(['than']) },
    ...behind,
    { ...said, text: '', start: end, end, words: degree },
    { ...said, text: '', start: end, end, words: new Set<WordClass>(['confirm']) },
  ];
}

/** 「企业口快群众口几个点」「A 多 B 几件」: a word of degree right between two names compares them as 比 does. */
function foldBetween(mentions: Mention[]): Mention[] {
  const at = mentions.findIndex((m, i) => {
    const [before, after] = [mentions[i - 1], mentions[i + 1]];
    const isBetween = before?.isName && before.end === m.start && after?.isName && after.start === m.end;
    return isBetween && has(m, 'more', 'less') && !m.isName && !has(m, 'up', 'down', 'than');
  });
  const degree = mentions[at];
  const asked = mentions.findIndex((m, i) => i > at && has(m, 'howMuch') && !m.isName);
  const named = mentions.slice(at + 1, asked);
  if (!degree || asked < 0 || hasAny(mentions, 'than') || named.some((m) => !m.isName && !has(m, 'filler')))
    return mentions;
  const than: Mention = { ...degree, words: new Set<WordClass>(['than']) };
  return [
    ...mentions.slice(0, at),
    than,
    ...named,
    { ...degree, start: degree.end, text: degree.text },
    ...mentions.slice(asked),
  ];
}

/** 「十个人里有几个是打电话的」「批过的专报，一百篇里能有几篇」: how many out of a round number is a share. */
function foldOutOf(mentions: Mention[]): Mention[] {
  const at = mentions.findIndex(
    (m) => m.number && !m.number.isPercent && [10, 100, 1000].includes(m.number.value.valueOf()),
  );
  const [unit, ...rest] = mentions.slice(at + 1);
  const within = rest.find((m) => !m.isName && (has(m, 'within') || !has(m, 'filler')));
  if (at < 0 || !unit?.unit || !within || !has(within, 'within')) return mentions;
  if (!rest.some((m) => has(m, 'howMuch') && !m.isName)) return mentions;
  const asked = rest.map((m) => (m === within ? { ...m, words: new Set<WordClass>(['share']) } : m));
  return [...mentions.slice(0, at), ...asked];
}

/** 「比上年少的有哪些」: less than the year before is a fall. */
function foldMoreThanBefore(mentions: Mention[]): Mention[] {
  const at = mentions.findIndex((m) => has(m, 'change') && !m.isName && /^[比较跟和与同相]./u.test(m.text));
  if (at < 0 || !hasAny(mentions, 'which', 'each') || hasAny(mentions, 'most', 'least', 'than', 'up', 'down'))
    return mentions;
  const turn = (m: Mention): Mention => {
    const direction = has(m, 'more') ? 'up' : has(m, 'less') ? 'down' : undefined;
    return direction && !m.isName ? { ...m, words: new Set<WordClass>([direction]) } : m;
  };
  return mentions.map((m, i) => (i > at ? turn(m) : m));
}

/** 「比2023年」「和上年相比」「较去年」 ask for the 同比: one word for them. */
function foldYearBefore(mentions: Mention[]): { mentions: Mention[]; against?: Period } {
  const folded: Mention[] = [];
  let against: Period | undefined;
  for (let i = 0; i < mentions.length; i++) {
    const here = mentions[i] as Mention;
    const before = folded[folded.length - 1];
    const after = nextWord(mentions, i);
    const leads = before && (has(before, 'than') || (has(before, 'and') && after && has(after, 'than')));
    // 「比上年多出多少」: 多出 compares too, and says how.
    const isThan = after !== undefined && has(after, 'than') && !has(after, 'more', 'less', 'difference');
    // 「今年比它呢」: the year is what is set against something, and not what it is set against.
    const behind = after && mentions[mentions.indexOf(after) + 1];
    const isSubject = behind !== undefined && has(behind, 'pronoun');
    const trails = isThan && !isSubject && !mentions.slice(i + 1, mentions.indexOf(after)).some((m) => m.isName);
    if (
      here.period &&
      here.period.kind !== 'subYear' &&
      (leads || (trails && here.period.kind !== 'year') || (trails && before && has(before, 'and')))
    ) {
      against = here.period;
      if (leads) folded.pop();
      folded.push({ ...here, words: new Set<WordClass>(['change']), isName: false });
      delete (folded[folded.length - 1] as { period?: Period }).period;
      if (trails && after) i = mentions.indexOf(after);
      continue;
    }
    folded.push(here);
  }
  return against ? { mentions: folded, against } : { mentions: folded };
}

function nextWord(mentions: Mention[], at: number): Mention | undefined {
  return mentions.slice(at + 1).find((m) => !(has(m, 'filler') && !has(m, 'than')));
}

/** 「去的人多不多」 asks how many they are. */
function foldHowMany(mentions: Mention[]): Mention[] {
  return mentions.flatMap((m, i): Mention[] => {
    const [before, next] = [mentions[i - 1], mentions[i + 1]];
    const asks = (one: Mention | undefined) => one !== undefined && has(one, 'howMuch') && one.text === '多不多';
    if (asks(m) && before?.unit === 'people' && !before.isName) return [];
    if (m.unit !== 'people' || m.isName || !next || !asks(next)) return [m];
    return [{ ...next, start: m.start, text: `多少${m.text}` }];
  });
}

/** 「一天之内办完」 says how long, and asks for nothing a day. */
function foldWithin(mentions: Mention[]): Mention[] {
  const at = mentions.findIndex((m, i) => {
    const next = mentions[i + 1];
    return has(m, ...STRETCHES) && !m.isName && next !== undefined && /^[之以]?内$/u.test(next.text);
  });
  const [stretch, within] = [mentions[at], mentions[at + 1]];
  if (!stretch || !within) return mentions;
  const said: Mention = {
    ...stretch,
    end: within.end,
    text: `${stretch.text}${within.text}`,
    words: new Set(),
    isUnknown: true,
  };
  return [...mentions.slice(0, at), said, ...mentions.slice(at + 2)];
}

/** Of one time, in per cent. */
const A_TENTH_OF_ONE = new Fraction(10);

/** 「涨幅超过一倍的有哪些」: so many times of a change are so many hundred per cent. */
function foldTimesOfChange(mentions: Mention[]): Mention[] {
  const at = mentions.findIndex((m, i) => {
    const [bound, times] = [mentions[i - 1], mentions[i + 1]];
    const isBound = bound !== undefined && has(bound, 'exceeds', 'reaches', 'below') && !bound.isName;
    return isBound && (m.number || m.text === '一') && times?.text === '倍' && times.start === m.end;
  });
  const [said, times] = [mentions[at], mentions[at + 1]];
  const isOfChange = hasAny(askingIn(mentions.slice(0, at)), 'change', 'up', 'down');
  if (!said || !times || !isOfChange || hasAny(mentions, 'than')) return mentions;
  const value = (said.number?.value ?? new Fraction(1)).mul(100);
  const folded: Mention = {
    ...said,
    end: times.end,
    text: `${said.text}${times.text}`,
    words: new Set(),
    number: { value, range: around(value, A_TENTH_OF_ONE), step: new Fraction(100), isPercent: true, isRough: false },
  };
  return [...mentions.slice(0, at), folded, ...mentions.slice(at + 2)];
}
