/** Ways of asking which of several: more or less, risen or fallen, the first few, all that satisfy something. */
import type { UnitKind, WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { readNumeral } from '../../normalize/chinese-numerals';
import type { Operand } from '../query';
import { hasAny, hasContent, operandOf, type Sentence, splitAt } from '../sentence';
import { restOperand } from './leaving-out';
import { isComma, jointOf, listed } from './lists';
import { measureIn, RELATION, relationIn } from './relation';
import type { Rule } from './rule';

const HANDLED: WordClass[] = [
  'which',
  'most',
  'least',
  'more',
  'less',
  'ranking',
  'firstFew',
  'lastFew',
  'than',
  'and',
  'sum',
  'each',
  'change',
  'up',
  'down',
  'overview',
  'share',
  'difference',
  'howMany',
  'strongly',
  'byTime',
  'byCount',
  'nth',
  'whatIs',
];

/** Is the 同比 what is compared, rather than the figures? */
function byChange(mentions: readonly Mention[]): boolean {
  return hasAny(
    mentions.filter((m) => !m.isName),
    'change',
    'up',
    'down',
    'upOrDown',
  );
}

function directionOf(mentions: readonly Mention[]): 'up' | 'down' | undefined {
  const words = mentions.filter((m) => !m.isName);
  if (hasAny(words, 'up') && hasAny(words, 'down')) return undefined;
  // 降幅, 跌幅 and 涨幅 are words for a change that say its direction.
  if (hasAny(words, 'down') || words.some((m) => /^[降跌减]/u.test(m.text) && has(m, 'change'))) return 'down';
  if (hasAny(words, 'up') || words.some((m) => /^[涨升增]/u.test(m.text) && has(m, 'change'))) return 'up';
  return undefined;
}

function measuredBy(words: readonly Mention[]): { measure?: UnitKind } {
  const measure = measureIn(words);
  return measure ? { measure } : {};
}

/** 变动, 幅度, 波动: how far it went, whichever way. */
function bySize(words: readonly Mention[]): { bySize?: boolean } {
  const isSaid = words.some((m) => has(m, 'change') && /变化|变动|波动|^幅度/u.test(m.text));
  return isSaid && directionOf(words) === undefined ? { bySize: true } : {};
}

function named(sentence: Sentence): Operand[] | undefined {
  return listed(
    sentence.mentions.filter((m) => !m.number),
    sentence,
    HANDLED,
  )?.map((operand): Operand => ({ ...operand, aspect: 'value' }));
}

/** Commas may divide a list or nothing: 「那张表，总计这一行」. */
function jointly(
  sentence: Sentence,
  among: readonly Operand[],
  also: WordClass[] = [],
): { joint?: Operand; inTable?: boolean } {
  const joint =
    among.length > 1
      ? jointOf(
          sentence.mentions.filter((m) => !m.number),
          sentence,
          [...HANDLED, ...also],
        )
      : undefined;
  return {
    ...(joint ? { joint: { ...joint, aspect: 'value' } } : {}),
    ...(hasAny(sentence.mentions, 'wholeTable') ? { inTable: true } : {}),
  };
}

/** 「前5」「前三项」「最多的三个」: a number, or a numeral with its counting word; not 「四个满意率哪个最高」, which has four to choose from. */
function howManyOf(mentions: readonly Mention[]): number | undefined {
  const number = mentions.find((m) => m.number)?.number?.value;
  if (number) return Number(number.valueOf());
  const after = mentions.findIndex((m) => !m.isName && has(m, 'most', 'least', 'firstFew', 'lastFew'));
  return mentions
    .slice(after + 1)
    .filter((m) => has(m, 'filler', 'both') && !m.isName && m.text.length > 1)
    .map((m) => readNumeral(m.text.slice(0, -1)))
    .find((n) => n !== undefined && n > 1);
}

const extreme: Rule = {
  name: 'extreme',
  example: '政风热线哪项涨得最多',
  read(said) {
    const sentence = { ...said, mentions: withoutFirst(said.mentions) };
    const words = sentence.mentions.filter((m) => !m.isName);
    const isRanking = hasAny(words, 'ranking', 'firstFew', 'lastFew', 'nth');
    if (hasAny(words, 'difference', 'times')) return undefined;
    const nth = words.find((m) => m.ordinal)?.ordinal;
    if (!hasAny(words, 'most', 'least') && !isRanking) return undefined;
    // 「排它后面的是哪个」 asks for the next one.
    const isBehind = hasAny(words, 'lastFew') && !hasAny(words, 'most', 'least', 'ranking', 'nth') && !howManyOf(words);
    if (isBehind && hasAny(words, 'pronoun')) return undefined;
    // 「还说头一个，比上年怎么样」 goes back to a figure, and ranks none.
    if (hasAny(words, 'overview') && !hasAny(words, 'which') && !hasContent(sentence.mentions)) return undefined;
    const { without, ...rest } = hasAny(words, 'except')
      ? (restOperand(sentence.mentions, sentence, HANDLED) ?? {})
      : {};
    const among = 'phrase' in rest && without ? [rest] : named(sentence);
    if (!among) return undefined;
    const direction = directionOf(sentence.mentions);
    const asked = howManyOf(sentence.mentions);
    // 「头一名是谁，第二又是谁」 asks for both.
    const first = hasAny(words, 'most', 'least') ? nth : undefined;
    const count = asked ?? first ?? (isRanking && hasAny(words, 'ranking') ? 50 : 1);
    const isOfChange = byChange(sentence.mentions);
    const isSpeed = hasAny(words, 'byTime');
    const isRising = words.some((m) => has(m, 'ranking') && /^[从由][小低少短]/u.test(m.text));
    const isLeast =
      isRising ||
      (isOfChange && isSpeed
        ? isSlowChange(words)
        : hasAny(words, 'least', 'lastFew', ...(nth ? (['less'] as const) : [])) && !hasAny(words, 'most', 'more'));
    return {
      op: 'rank',
      among,
      by: isOfChange ? 'change' : 'value',
      extreme: isLeast ? 'least' : 'most',
      ...(without ? { without } : jointly(sentence, among)),
      ...kindAsked(sentence),
      ...bySize(words),
      ...(isOfChange ? {} : measuredBy(words)),
      ...(nth && !first ? { nth } : {}),
      ...ofAsMany(sentence),
      count: Number.isInteger(count) && count > 0 && count <= 50 ? count : 1,
      ...(direction ? { direction } : {}),
    };
  },
};

/** 「头一名是电话，第二名是哪个」: which is the first is known, and not asked. */
function withoutFirst(mentions: Mention[]): Mention[] {
  const clauses = splitAt(mentions, isComma);
  const tells = (clause: readonly Mention[], i: number) => {
    const is = clause.findIndex((m) => m.text === '是' && !m.isName);
    const [before, behind] = [clause.slice(0, is), clause.slice(is + 1)];
    const isAsked = clauses.slice(i + 1).some((later) => hasAny(later, 'nth') && hasAny(later, 'which'));
    return is > 0 && hasAny(before, 'most', 'least') && hasContent(behind) && !hasAny(clause, 'which') && isAsked;
  };
  const told = clauses.filter(tells).flat();
  return mentions.filter((m) => !told.includes(m));
}

/** 「三个里最低的是哪个」 */
function ofAsMany({ mentions }: Sentence): { many?: number } {
  const superlative = mentions.findIndex((m) => has(m, 'most', 'least') && !m.isName);
  const many = mentions.slice(0, superlative).find((m) => m.count)?.count;
  return many && !hasContent(mentions) ? { many } : {};
}

function plainly(operand: Operand): Operand {
  return { ...operand, aspect: 'value' };
}

const place: Rule = {
  name: 'place',
  example: '党群组织在成员单位里排第几',
  read(sentence) {
    // Among other cities nobody is ranked here.
    const isElsewhere = sentence.mentions.some((m) => m.place && !m.place.region && !m.isName);
    if (!hasAny(sentence.mentions, 'whichPlace') || hasAny(sentence.mentions, 'except') || isElsewhere)
      return undefined;
    const by = byChange(sentence.mentions) ? ('change' as const) : ('value' as const);
    const handled: WordClass[] = ['whichPlace', 'ranking', 'which', 'by'];
    // 「警单的在四个满意率里排第几」
    const { mentions } = sentence;
    const within = mentions.findIndex((m) => has(m, 'within') && !m.isName);
    const at = mentions.slice(0, within).findLastIndex((m) => has(m, 'placedIn') && !m.isName);
    const [one, set] = at > 0 ? [mentions.slice(0, at), mentions.slice(at + 1, within)] : [mentions, []];
    const of = operandOf(one, sentence, handled);
    const among = hasContent(set) ? operandOf(set, sentence, handled) : undefined;
    const asked = { op: 'rank' as const, by, extreme: 'most' as const, count: 1, asksPlace: true };
    return (
      of && (among ? { ...asked, among: [plainly(among)], claimed: plainly(of) } : { ...asked, among: [plainly(of)] })
    );
  },
};

/** 「哪个部门」「哪家平台」: the name right behind says of what kind the one is that is asked for. */
function kindAsked({ mentions }: Sentence): { kind?: string } {
  const at = mentions.findIndex((m) => has(m, 'which') && !m.isName && m.text.startsWith('哪'));
  const [asked, kind] = [mentions[at], mentions[at + 1]];
  return asked && kind?.isName && kind.start === asked.end ? { kind: kind.text } : {};
}

/** 「几个满意率当中最高的是警单那个，对不对」「诉求来源里互联网最少吧」「警单的满意率最高吧」 */
const extremeClaimed: Rule = {
  name: 'extreme-claimed',
  example: '四个满意率里最高的是警单那个，对吗',
  read(sentence) {
    const mentions = sentence.mentions.filter((m) => !m.number);
    const plain = mentions.filter((m) => !m.isName);
    if (!hasAny(plain, 'confirm') || hasAny(plain, 'which', 'howMuch', 'difference', 'times')) return undefined;
    const { set, one } = namedFirst(mentions) ?? namedWithin(mentions) ?? namedAlone(mentions) ?? {};
    const rank = set && extreme.read({ ...sentence, mentions: set });
    const claimed =
      one &&
      operandOf(one, sentence, [
        'confirm',
        'which',
        ...(set === undefined || hasAny(one, 'most', 'least') ? HANDLED : []),
      ]);
    return rank?.op === 'rank' && claimed ? { ...rank, claimed: plainly(claimed) } : undefined;
  },
};

/** Of what it is said, with the superlative, and the one of which it is said. */
interface SaidToBeFirst {
  set: Mention[];
  one: Mention[];
}

const isSuperlative = (m: Mention) => has(m, 'most', 'least') && !m.isName;

/** 「最高的是警单那个」「电话是来源里最多的」 */
function namedFirst(mentions: readonly Mention[]): SaidToBeFirst | undefined {
  const is = mentions.findIndex((m) => m.text === '是' || (has(m, 'is') && !m.isName));
  const sides = [mentions.slice(0, is), mentions.slice(is + 1)];
  const ranked = sides.findIndex((side) => hasAny(side, 'most', 'least'));
  const [set, one] = [sides[ranked], sides[1 - ranked]];
  return is < 1 || !set || !one || !hasContent(one) || hasAny(one, 'most', 'least') ? undefined : { set, one };
}

/** 「诉求来源里互联网最少」: what is named between 里 and the superlative is one of what stands before it. */
function namedWithin(mentions: readonly Mention[]): SaidToBeFirst | undefined {
  const first = mentions.findIndex(isSuperlative);
  const within = mentions.slice(0, first).findLastIndex((m) => has(m, 'within') && !m.isName);
  const [outer, between, behind] = [
    mentions.slice(0, within),
    mentions.slice(within + 1, first),
    mentions.slice(first),
  ];
  if (within < 1 || !hasContent(outer) || !hasContent(between) || hasContent(behind)) return undefined;
  // 「群众诉求各来源里电话增得最快」: by what they are ranked isn't the name of the one.
  const ranks = (m: Mention) => !m.isName && has(m, 'up', 'down', 'change');
  return { set: [...outer, ...between.filter(ranks), ...behind], one: between.filter((m) => !ranks(m)) };
}

/** 「警单的满意率最高吧」: of all that are called so. */
function namedAlone(mentions: readonly Mention[]): SaidToBeFirst | undefined {
  const first = mentions.findIndex(isSuperlative);
  const [before, behind] = [mentions.slice(0, first), mentions.slice(first)];
  const isListed = hasAny(before, 'each', 'within', 'all', 'ranking') || before.some((m) => m.count || m.text === ',');
  if (first < 1 || isListed || !hasContent(before) || hasContent(behind)) return undefined;
  return { set: mentions.filter((m) => !m.isName && !m.isUnknown), one: [...mentions] };
}

const spread: Rule = {
  name: 'spread',
  example: '四个满意率最高和最低差多少',
  read(sentence) {
    const words = sentence.mentions.filter((m) => !m.isName);
    const isSpread = hasAny(words, 'ends') || (hasAny(words, 'most') && hasAny(words, 'least'));
    if (!isSpread || !hasAny(words, 'difference', 'than', 'howMuch')) return undefined;
    // 和 stands between 最高 and 最低, and divides no list.
    const mentions = sentence.mentions.filter((m) => !m.number && (m.isName || !has(m, 'and')));
    const among = operandOf(mentions, sentence, [...HANDLED, 'ends']);
    return among && { op: 'spread', among: [{ ...among, aspect: 'value' }] };
  },
};

/**
 * Of a time, 快 is little and 慢 is much; of a rise or a fall it's the other way round: 「涨得慢」 is the smaller rise.
 */
function isSlowChange(words: readonly Mention[]): boolean {
  return words.some((m) => has(m, 'byTime') && has(m, 'more', 'most'));
}

const which: Rule = {
  name: 'which',
  example: '群众和企业诉求哪个降了',
  read(sentence) {
    const words = sentence.mentions.filter((m) => !m.isName);
    if (!hasAny(words, 'which', 'than', 'and') || !hasAny(words, 'more', 'less', 'up', 'down', 'strongly'))
      return undefined;
    // 「哪个涨得快，快几个点」: by how much is said with which.
    const ranksChange =
      hasAny(words, 'which') && directionOf(sentence.mentions) !== undefined && hasAny(words, 'strongly', 'byTime');
    if (
      (hasAny(words, 'howMuch') && !ranksChange) ||
      (hasAny(words, 'share') && !hasAny(words, 'which', 'than')) ||
      (hasAny(words, 'difference') && !hasAny(words, 'which')) ||
      sentence.mentions.some((m) => m.number)
    )
      return undefined;
    // 「A 加 B 比 C 多吗」 sets a sum against another figure: another rule.
    if (hasAny(words, 'than') && !hasAny(words, 'which') && hasAny(sentence.mentions, 'sum')) return undefined;
    // 「哪几项升、哪几项降」 looks for both: another rule.
    if (hasAny(words, 'up') && hasAny(words, 'down') && !hasAny(words, 'more', 'less', 'strongly')) return undefined;
    const compared = named({ ...sentence, mentions: cutAtThan(sentence.mentions) });
    if (!compared) return undefined;
    // 「哪个变动幅度大」 names none: which of the two.
    const isOfPair = !hasContent(sentence.mentions) && hasAny(words, 'more', 'less');
    const pieces = isOfPair ? compared.map((o): Operand => ({ ...o, refersTo: o.refersTo ?? 'all' })) : compared;
    const direction = directionOf(sentence.mentions);
    // 「哪个降了」 looks for falls; 「哪个降得狠」 ranks them.
    const isSpeed = direction !== undefined && hasAny(words, 'byTime');
    if (direction && hasAny(words, 'strongly') && !isSpeed && hasAny(words, 'which')) {
      return { op: 'rank', among: pieces, by: 'change', extreme: 'most', count: 1, direction, ...kindAsked(sentence) };
    }
    if (direction && hasAny(words, 'which', 'each') && !hasAny(words, 'more', 'less')) {
      return { op: 'filter', among: pieces, direction, by: 'change' };
    }
    if (pieces.filter((p) => p.phrase.pieces.length > 0).length < 2 && !hasAny(words, 'which')) return undefined;
    return {
      op: 'rank',
      among: pieces,
      by: byChange(sentence.mentions) ? 'change' : hasAny(sentence.mentions, 'share') ? 'share' : 'value',
      extreme: (isSpeed ? isSlowChange(words) : hasAny(words, 'less') && !hasAny(words, 'more')) ? 'least' : 'most',
      count: 1,
      ...(byChange(sentence.mentions) ? {} : measuredBy(words)),
      ...ofEach(sentence),
      // 「A 比 B 多，对吗」: A is said to be first.
      ...(hasAny(sentence.mentions, 'confirm') && hasAny(words, 'than') ? { isClaim: true } : {}),
      ...kindAsked(sentence),
      ...bySize(words),
      ...(direction ? { direction } : {}),
    };
  },
};

/** 「A 和 B 谁的 C 多」: the C of A, and of B. */
function ofEach(sentence: Sentence): { ofEach?: Operand[] } {
  const { mentions } = sentence;
  const at = mentions.findIndex((m) => has(m, 'which') && !m.isName);
  const behind = mentions.slice(at + 1);
  const listed = splitAt(mentions.slice(0, at), (m) => (has(m, 'and') && !m.isName) || isComma(m)).filter(hasContent);
  if (at < 0 || listed.length < 2 || !hasContent(behind)) return {};
  const operands = listed.map((piece) => operandOf([...piece, ...behind], sentence, HANDLED));
  return operands.every((o) => o !== undefined) ? { ofEach: operands } : {};
}

/** 「A 比 B」 lists A and B. */
function cutAtThan(mentions: readonly Mention[]): Mention[] {
  return mentions.map((m) => (has(m, 'than') && !m.isName ? { ...m, words: new Set<WordClass>(['and']) } : m));
}

/** 「有没有涨了一倍以上的」「有没有下降的指标」: all that are so; 「有没有下降」 speaks of one. */
export function asksForSuch({ mentions }: Sentence): boolean {
  const plain = mentions.filter((m) => !m.isName);
  const of = mentions.findLastIndex((m) => has(m, 'filler') && m.text === '的');
  const said = mentions.findLastIndex((m) => m.number || has(m, 'up', 'down', 'change', ...RELATION));
  return hasAny(plain, 'isThere') && said >= 0 && of > said && !hasContent(mentions);
}

const filter: Rule = {
  name: 'filter',
  example: '同比下降的有哪些',
  read(sentence) {
    const { mentions } = sentence;
    const words = mentions.filter((m) => !m.isName);
    const asksAll = hasAny(words, 'which', 'each', 'howMany') || asksForSuch(sentence);
    const direction = directionOf(mentions);
    const number = mentions.find((m) => m.number)?.number;
    const relation = relationIn(words);
    // 「哪几项升、哪几项降」: all that have a 同比.
    const isEither = hasAny(words, 'up') && hasAny(words, 'down');
    if (!asksAll || !(direction || isEither || (relation && number))) return undefined;
    const among = listed(
      mentions.filter((m) => !m.number),
      sentence,
      [...HANDLED, ...RELATION, 'howMany'],
    )?.map((operand): Operand => ({ ...operand, aspect: 'value' }));
    if (!among) return undefined;
    // A named measure with 「分别」 is a list, not a search: 「电话和互联网分别涨了多少」.
    if (
      direction &&
      !hasAny(words, 'which', 'howMany') &&
      !relation &&
      among.some((o) => hasContent(mentions) && o.phrase.pieces.some((p) => !p.isSoft))
    ) {
      if (hasAny(words, 'howMuch')) return undefined;
    }
    return {
      op: 'filter',
      among,
      by: direction || byChange(mentions) ? 'change' : 'value',
      ...jointly(sentence, among, [...RELATION, 'howMany']),
      ...(direction ? { direction } : {}),
      ...(relation && number ? { bound: { relation, value: number.value, isPercent: number.isPercent } } : {}),
    };
  },
};

export const COMPARING: readonly Rule[] = [place, spread, extremeClaimed, extreme, which, filter];
