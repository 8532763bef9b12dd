/**
 * Several questions in one sentence: 「23年督办了多少件，24年多了几件」. Each clause that asks is one, with the clauses before
 * it that don't.
 *
 * Not here: sentences, which punctuation ends (normalize/split-sentences.ts); lists, which are one question (parse/rules).
 */
import type { WordClass } from '../lexicon/lexicon';
import type { Dictionary } from '../link/dictionary';
import { linkMentions } from '../link/link-mentions';
import { has, type Mention } from '../link/mention';

export interface QuestionsIn {
  clauses: string[];
  /** Different years are asked for: no one answer can be right for all. */
  isApart: boolean;
  /** Each asks for something of its own kind, a share and a mean: one answer to all would leave some out. */
  areOfKinds?: boolean;
  /** Which of them name something. */
  named?: ReadonlySet<number>;
}

/** Words that ask something of what is named. */
export const ASKING: readonly WordClass[] = [
  'howMuch',
  'share',
  'percent',
  'change',
  'upOrDown',
  'difference',
  'times',
  'which',
  'each',
  'source',
  'whatIs',
  'itsName',
  'why',
];

export function questionsIn(sentence: string, dictionary: Dictionary): QuestionsIn {
  if (!/[,和与跟同、]/u.test(sentence)) return { clauses: [sentence], isApart: false };
  const mentions = linkMentions(sentence, dictionary);
  const terms = termsToTell(mentions);
  if (terms) return { clauses: terms, isApart: true };
  if (!sentence.includes(',')) return { clauses: [sentence], isApart: false };
  const each = askedOfEach(mentions, sentence);
  if (each) return { clauses: each, isApart: false };
  const groups: Mention[][] = [[]];
  for (const m of mentions) {
    const group = groups[groups.length - 1] as Mention[];
    // 「再往前一年，就是2023年，…」 only says when.
    if (m.text === ',' && (group.some(asks) || (group.some(isOfYear) && (group.some(names) || saysSo(group)))))
      groups.push([]);
    else group.push(m);
  }
  const last = groups[groups.length - 1] as Mention[];
  const isFollowed = groups.length > 1 && asksTheSame(last);
  if (groups.length > 1 && !isFollowed && !last.some(asks) && !saysSo(last))
    groups.splice(-2, 2, [...(groups[groups.length - 2] as Mention[]), ...last]);
  const years = new Set(groups.flatMap((group) => group.flatMap((m) => (m.period ? [JSON.stringify(m.period)] : []))));
  const before = againstIn(groups[0] ?? [], sentence);
  const left = leftOutIn(groups[0] ?? [], sentence);
  const clauses = groups.map((group, i) => {
    const clause = sentence.slice(group[0]?.start ?? 0, group[group.length - 1]?.end ?? 0);
    if (i > 0 && left && group.some(names)) return `${left},${clause}`;
    return before && i > 0 && asksByHowMuch(group) ? before + clause : clause;
  });
  const isApart = groups.length > 1 && (isFollowed || years.size > 1 || isOfFirst(groups));
  const named = new Set(groups.flatMap((group, i) => (group.some(names) ? [i] : [])));
  return { clauses, isApart, areOfKinds: areOfKinds(groups), named };
}

/** 比上年 of 「企业诉求比上年少几件，群众多几件」 */
function againstIn(group: readonly Mention[], sentence: string): string | undefined {
  const inOne = group.find((m) => has(m, 'change') && !m.isName && /^[比较跟和与]./u.test(m.text));
  if (inOne) return inOne.text;
  const at = group.findIndex((m, i) => has(m, 'than') && !m.isName && group[i + 1]?.period !== undefined);
  const [than, year] = [group[at], group[at + 1]];
  return than && year && sentence.slice(than.start, year.end);
}

/** 「全市除去市本级，接听员多少，专员多少」: what is left out is left out of each. */
function leftOutIn(group: readonly Mention[], sentence: string): string | undefined {
  const comma = group.findLastIndex((m) => m.text === ',');
  const lead = group.slice(0, comma);
  const isLeftOut = comma > 0 && lead.some((m) => has(m, 'except') && !m.isName) && lead.some(names);
  return isLeftOut ? sentence.slice(lead[0]?.start ?? 0, lead[lead.length - 1]?.end ?? 0) : undefined;
}

/** 「群众多几件」: than what was said in the clause before. */
function asksByHowMuch(group: readonly Mention[]): boolean {
  const says = (...classes: WordClass[]) => group.some((m) => has(m, ...classes) && !m.isName);
  return (
    group.some(names) &&
    says('more', 'less', 'difference', 'changedBy') &&
    !says('than') &&
    !group.some((m) => m.period)
  );
}

/** What a clause asks for: the first of these whose words it has. */
const KINDS: readonly (readonly WordClass[])[] = [
  ['most', 'least', 'ranking'],
  ['mean', 'per', 'perDay', 'perWeek', 'perMonth', 'perHour', 'perMinute'],
  ['share', 'percent'],
  ['except', 'theRest', 'not'],
  ['than', 'difference', 'times'],
  ['change', 'up', 'down', 'upOrDown', 'changedBy'],
];

/** 「领导签批率是多少，没批的几篇」「电话占多少，互联网占多少」; 「几期，上线多少人」 are figures, and one list. */
function areOfKinds(groups: readonly Mention[][]): boolean {
  if (groups.length < 2 || groups.some((group) => group.some((m) => m.number))) return false;
  // 「部门办理的增幅，企业比群众高几个点」 says first of what it asks; 「A 加 B 多少，比 C 少多少」 sets their sum against C.
  const leads = groups.slice(0, -1).every((group) => group.some(asksOutright));
  const isAdded = groups[0]?.some((m) => has(m, 'sum', 'and', 'including') && !m.isName) === true;
  const leans = groups.slice(1).some((group) => {
    const first = group.find((m) => m.isName || !has(m, 'filler') || has(m, 'than'));
    return isAdded && first !== undefined && has(first, 'than') && !first.isName;
  });
  if (!leads || leans) return false;
  const says = (group: readonly Mention[], words: readonly WordClass[]) =>
    group.some((m) => has(m, ...words) && !m.isName && !has(m, 'filler'));
  // 「哪一级的信息多，哪一级的问答多」 ranks too.
  const ranks = (group: readonly Mention[]) => says(group, ['which']) && says(group, ['more', 'less']);
  const kinds = groups.map((group) => (ranks(group) ? 0 : KINDS.findIndex((words) => says(group, words))));
  const isComputed = (kind: number) => kind >= 0 && kind < KINDS.length - 1;
  return new Set(kinds).size > 1 || kinds.every(isComputed);
}

/** 「平均一家配几名，市本级、县区分开讲」: the one question, of each that is named behind it. */
function askedOfEach(mentions: readonly Mention[], sentence: string): string[] | undefined {
  const at = mentions.findLastIndex((m) => m.text === ',');
  const comma = mentions[at];
  const [question, last] = [mentions.slice(0, at), mentions.slice(at + 1)];
  const isList = last.every((m) => names(m) || has(m, 'each', 'and', 'filler', 'courtesy') || m.text === '、');
  const named = last.filter(names);
  if (!comma || !isList || named.length < 2 || !last.some((m) => has(m, 'each')) || !question.some(asks))
    return undefined;
  return named.map(({ text }) => text + sentence.slice(0, comma.start));
}

/** 「哪个来源最多，同比多少」: of the one that has the most, not the one whose 同比 is greatest. */
function isOfFirst([ranked = [], ...others]: readonly Mention[][]): boolean {
  const isRanked = ranked.some((m) => has(m, 'most', 'least')) && !ranked.some((m) => has(m, ...ITS_OWN) && !m.isName);
  return (
    isRanked &&
    others.every(
      (group) =>
        group.some((m) => has(m, ...ITS_OWN)) &&
        !group.some((m) => names(m) || has(m, 'most', 'least', 'which', 'than', 'except')),
    )
  );
}

/** What a figure has besides its value. */
const ITS_OWN: readonly WordClass[] = ['share', 'percent', 'change', 'upOrDown', 'up', 'down'];

/** 「政策专员和信息专员有什么区别」: what the one is, and what the other is. */
function termsToTell(mentions: readonly Mention[]): string[] | undefined {
  const asked = mentions.filter(asks);
  const [word] = asked;
  const and = mentions.findIndex(
    (m, i) => has(m, 'and') && !m.isName && names(mentions[i - 1]) && names(mentions[i + 1]),
  );
  const [one, other] = [mentions[and - 1], mentions[and + 1]];
  const isOfTwo = mentions.filter(names).length === 2 && !mentions.some((m) => m.number || m.period);
  const areOfTerms = asked.every((m) => has(m, 'whatIs'));
  if (!word || !areOfTerms || !one || !other || !isOfTwo) return undefined;
  return [one, other].map(({ text }) => text + word.text);
}

/** 多少, 几成, 哪个: and not the mere name of what is asked, 增幅. */
function asksOutright(m: Mention): boolean {
  return has(m, 'howMuch', 'which', 'each', 'whatIs') || (asks(m) && /[几多哪啥什]/u.test(m.text));
}

function names(m: Mention | undefined): boolean {
  return m?.isName === true && m.words.size === 0;
}

/** 「2023年是130万件，2024年到了139万件」: each is said of its own year. */
function saysSo(group: readonly Mention[]): boolean {
  return group.some(isOfYear) && group.some((m) => m.number !== undefined);
}

/** 「23年平均通话时长推一下，24年比它短几秒」 */
function isOfYear({ period }: Mention): boolean {
  return period?.kind === 'year';
}

/** 「部门办理占诉求总量多少，企业的呢」: the same of another. */
function asksTheSame(clause: readonly Mention[]): boolean {
  const last = clause.findLast((m) => m.text.trim() !== '');
  const says = (m: Mention) => m.isName || has(m, 'theRest', 'most', 'least');
  return last?.text === '呢' && clause.some(says) && !clause.some(asks);
}

function asks(m: Mention): boolean {
  return m.asksCount === true || (has(m, ...ASKING) && (!m.isName || has(m, 'howMuch')));
}
