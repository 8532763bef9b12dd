/** What somebody takes for so: a number said of something, a rise that may be a fall, what holds of all or of none. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { type Ask, type Claim, NOTHING_SAID, type Operand } from '../query';
import { askingIn, hasAny, hasContent, operandOf, type Sentence, splitAt } from '../sentence';
import { CLAIM_WORDS, claimOf, doubtBehind, numberSaid } from './claim-of-one';
import { isComma, listed } from './lists';
import { mean } from './means';
import { RELATION, relationIn } from './relation';
import { type Rule, readBy } from './rule';
import { share } from './shares';
import { difference, times } from './two-sides';

/** 都, 只有, 没有哪个: of several. 「连一半都不到」「一半都督办了」 speak of one. */
function isOfMany(plain: readonly Mention[]): boolean {
  const even = plain.findIndex((m) => has(m, 'including'));
  const isOfPart = (i: number) => plain[i - 1]?.number?.isPart === true && plain[i - 1]?.end === plain[i]?.start;
  return plain.some((m, i) => has(m, 'only', 'none') || (has(m, 'all') && (even < 0 || i < even) && !isOfPart(i)));
}

/** A number said of something named, or a direction that may be wrong: to be held against the report. */
const claimOfAll: Rule = {
  name: 'claimOfAll',
  example: '电话和互联网诉求都涨了吗',
  read(said) {
    const sentence = { ...said, mentions: upToDoubt(said.mentions) };
    const plain = sentence.mentions.filter((m) => !m.isName);
    const numbers = sentence.mentions.filter((m) => m.number);
    if (!isOfMany(plain) || !hasAny(plain, 'confirm') || numbers.length > 1) return undefined;
    // 低于 compares with a number, 比 with another figure.
    const compares = plain.some((m) => has(m, 'than', 'difference') && !has(m, ...RELATION));
    if (compares || hasAny(plain, 'howMuch', 'which')) return undefined;
    const ofOne = claimOf(sentence.mentions, sentence);
    const { relation, direction, value, isPercent = false } = ofOne?.claim ?? {};
    const isBound = value !== undefined && relation !== undefined && relation !== 'equal';
    // 「群众和企业都涨了七个多点」: the number is said of each.
    if (ofOne && value && direction && !isBound && !hasAny(plain, 'none', 'only'))
      return saidOfEach(sentence, ofOne.claim);
    if (!ofOne || !(isBound || (direction && !value))) return undefined;
    const among = listed(
      sentence.mentions.filter((m) => !m.number),
      sentence,
      CLAIM_WORDS,
    )?.map((operand): Operand => ({ ...operand, aspect: 'value' }));
    return (
      among && {
        op: 'filter',
        among,
        by: direction ? 'change' : 'value',
        ...(direction ? { direction } : {}),
        ...(isBound ? { bound: { relation, value, isPercent } } : {}),
        claimed: { of: hasAny(plain, 'none') ? 'none' : hasAny(plain, 'only') ? 'only' : 'all', ofOne },
      }
    );
  },
};

/** 「群众和企业都涨了吧，哪个涨得多」: what is taken for so comes first, and its answer gives both. */
function upToDoubt(mentions: Mention[]): Mention[] {
  const clauses = splitAt(mentions, isComma);
  const says = (clause: readonly Mention[], word: WordClass) => clause.some((m) => has(m, word) && !m.isName);
  const at = clauses.findIndex((c) => says(c, 'all') && says(c, 'confirm') && hasContent(c));
  const isLast = at >= 0 && clauses.slice(at + 1).every((c) => !hasContent(c) && !c.some((m) => m.number));
  const end = clauses[at]?.findLast((m) => m.text !== '')?.end ?? 0;
  return isLast ? mentions.filter((m) => m.end <= end) : mentions;
}

function saidOfEach(sentence: Sentence, claim: Claim): Ask | undefined {
  const among = listed(
    sentence.mentions.filter((m) => !m.number),
    sentence,
    CLAIM_WORDS,
  );
  if (!among || among.length < 2) return undefined;
  // 「群众和企业两头都…」 says by 两头 whom it has named.
  return {
    op: 'claims',
    claims: among.map(({ refersTo: _, ...of }) => ({ of: { ...of, aspect: 'value' as const }, claim })),
  };
}

const claimTogether: Rule = {
  name: 'claim-together',
  example: '电话占九成五，互联网不到一成，对吗',
  read(said) {
    const sentence = { ...said, mentions: withoutEcho(said.mentions) };
    const { mentions } = sentence;
    const numbers = mentions.filter((m) => m.number);
    const plain = mentions.filter((m) => !m.isName);
    if (
      numbers.length < 2 ||
      asksSomething(plain) ||
      isOfMany(plain) ||
      hasAny(plain, 'sum', 'than', 'except', 'theRest')
    )
      return undefined;
    const { pieces } = pieceByPiece(mentions) ?? {};
    if (!pieces) return undefined;
    // 件 behind a number stands with it, and not in the next piece.
    const ends = numbers.map((m) => m.end);
    const doubts = mentions.filter((m) => has(m, 'confirm', 'misprint') && !m.isName);
    const told = pieces.map((piece) => {
      const own = piece.filter((m, i) => !(m.unit && ends.includes(m.start) && i === 0));
      return [...own, ...(doubts.length > 0 ? doubts : [doubtBehind(own[own.length - 1] as Mention)])];
    });
    const shares = told.map((piece) => shareClaimed(piece, sentence));
    if (!shares.some((ask) => ask !== undefined)) return undefined;
    const asked = shares.map((ask, i) => {
      const piece = told[i] as Mention[];
      return ask ?? claimOf(piece, { ...sentence, mentions: piece });
    });
    return asked.every((ask) => ask !== undefined) ? { op: 'together', asks: asked } : undefined;
  },
};

const claim: Rule = {
  name: 'claim',
  example: '诉求总量突破200万了吗',
  read(said) {
    const sentence = { ...said, mentions: withoutEcho(said.mentions) };
    const { mentions } = sentence;
    const numbers = mentions.filter((m) => m.number);
    if (numbers.length < 2) {
      const one = claimOf(mentions, sentence);
      return one && (ofAmount(one, mentions) ?? one);
    }
    // 「推送的123万次跟成交的45万元，哪头大」 asks for neither.
    if (hasAny(askingIn(mentions), 'which')) return undefined;
    const { pieces, isSum } = pieceByPiece(mentions) ?? {};
    if (!pieces) return undefined;
    const doubts = mentions.filter((m) => has(m, 'confirm', 'misprint') && !m.isName);
    const read = pieces.map((piece) =>
      claimOf([...piece, ...doubts], { ...sentence, mentions: [...piece, ...doubts] }),
    );
    const claims = read.filter((c) => c !== undefined).map(({ of, claim: said }) => ({ of, claim: said }));
    const total = claims[claims.length - 1];
    if (claims.length < read.length || !total) return undefined;
    // 「电话123，互联网45，加起来168」: the last is said of those before it.
    const parts = claims.slice(0, -1);
    const added = { ...NOTHING_SAID, added: parts.map(({ of }) => of) };
    return { op: 'claims', claims: isSum ? [...parts, { of: added, claim: total.claim }] : claims };
  },
};

/** 「电话占九成」 among other claims. */
function shareClaimed(mentions: Mention[], sentence: Sentence): Extract<Ask, { op: 'held' }> | undefined {
  const isShare = mentions.some((m) => m.number?.isPart || (m.number?.isPercent && hasAny(mentions, 'share')));
  const ask = isShare ? claimed({ ...sentence, mentions }) : undefined;
  return ask?.op === 'held' && ask.ask.op === 'share' ? ask : undefined;
}

const DOUBTING: ReadonlySet<WordClass> = new Set<WordClass>(['filler', 'confirm', 'misprint', 'pronoun', 'all']);

/** Each number with what it is said of. */
function pieceByPiece(mentions: readonly Mention[]): Pick<Pieces, 'pieces' | 'isSum'> | undefined {
  const { pieces, rest, isSum } = clauseByClause(mentions) ?? numberByNumber(mentions);
  // What follows the last number belongs to it, as its unit and its question mark do; a new name asks anew.
  if (!isSum && rest.some((m) => m.isName && m.words.size === 0)) return undefined;
  return { pieces: [...pieces.slice(0, -1), [...(pieces[pieces.length - 1] ?? []), ...rest]], isSum };
}

function asksSomething(plain: readonly Mention[]): boolean {
  return plain.some((m) => has(m, 'howMuch', 'which', 'each', 'howMany', 'why') && !has(m, 'filler'));
}

interface Pieces {
  /** Each with one number. */
  pieces: Mention[][];
  /** What stands behind the last number. */
  rest: Mention[];
  /** 加起来: the last number is said of all before it. */
  isSum: boolean;
}

/** 「推荐48条转化10条」: each number ends the piece that it is said of. */
function numberByNumber(mentions: readonly Mention[]): Pieces {
  const pieces: Mention[][] = [[]];
  for (const m of mentions) {
    (pieces[pieces.length - 1] as Mention[]).push(m);
    if (m.number) pieces.push([]);
  }
  const rest = pieces.pop() as Mention[];
  const isSum = pieces.length > 2 && hasAny(askingIn(pieces[pieces.length - 1] as Mention[]), 'sum');
  return { pieces, rest, isSum };
}

/** 「30期政风热线，近200人上线，三个数都对吗」: each clause says one number of what it names, before it or behind it. */
function clauseByClause(mentions: readonly Mention[]): Pieces | undefined {
  const clauses = splitAt(mentions, isComma);
  const last = clauses.findLastIndex((clause) => clause.some((m) => m.number));
  const [pieces, rest] = [clauses.slice(0, last + 1), clauses.slice(last + 1).flat()];
  const saysOne = (clause: readonly Mention[]) =>
    clause.filter((m) => m.number).length === 1 && clause.some((m) => m.isName && m.words.size === 0);
  return pieces.every(saysOne) && !hasContent(rest) ? { pieces, rest, isSum: false } : undefined;
}

/** 「部门单位311家，311没写错吧」: a number that was said, and is only doubted in a clause of its own, is that number once more. */
function withoutEcho(mentions: readonly Mention[]): Mention[] {
  const clauses = splitAt(mentions, isComma);
  const doubts = (m: Mention) => !m.isName && (m.unit !== undefined || [...m.words].every((c) => DOUBTING.has(c)));
  const isEcho = (m: Mention, clause: readonly Mention[]) =>
    m.number !== undefined &&
    clause.filter((o) => o.number).length === 1 &&
    !hasContent(clause) &&
    clause.every(doubts) &&
    mentions.some((o) => o.start < m.start && !clause.includes(o) && o.number?.value.equals(m.number?.value ?? 0));
  const echoes = clauses.flatMap((clause) => clause.filter((m) => isEcho(m, clause)));
  return mentions.filter((m) => !echoes.includes(m));
}

const TO = /[到至为成]了?$/u;

const fromTo: Rule = {
  name: 'from-to',
  example: '等待时长从6秒降到3.22秒，对吗',
  read(sentence) {
    const { mentions } = sentence;
    const [first, second, ...more] = mentions.filter((m) => m.number);
    if (!first || !second || more.length > 0) return undefined;
    const before = mentions[mentions.indexOf(first) - 1];
    const between = mentions[mentions.indexOf(second) - 1];
    const isFrom = before !== undefined && /^(?:从|由)$/u.test(before.text);
    if (!isFrom || !between || between.isName || !has(between, 'up', 'down') || !TO.test(between.text))
      return undefined;
    const of = operandOf(
      mentions.filter((m) => !m.number && m !== between),
      sentence,
      CLAIM_WORDS,
    );
    const [from, to] = [first, second].map((m): Claim => ({ ...numberSaid(m, sentence), relation: 'equal' }));
    return of && from && to && { op: 'fromTo', of: { ...of, aspect: 'value' }, from, to };
  },
};

/** 「诉求总量比上年多了十万件吧」: by so much, and no figure that is so much. 「涨了8%」 is its 同比. */
function ofAmount({ of, claim }: Extract<Ask, { op: 'claim' }>, mentions: readonly Mention[]): Ask | undefined {
  const plain = mentions.filter((m) => !m.isName);
  const at = mentions.findIndex((m) => m.number);
  // 「比上年少播了6期」
  // 「涨到139万件」 says what it is now.
  const isBy = (m: Mention | undefined) =>
    m !== undefined && !m.isName && has(m, 'up', 'down', 'more', 'less') && !TO.test(m.text);
  const isSaidBy = isBy(mentions[at - 1]) || (hasAny(plain, 'change') && mentions.slice(0, at).some(isBy));
  const isCounted = claim.kind !== undefined && claim.kind !== 'rate' && !claim.isPercent;
  if (!isSaidBy || !isCounted || !claim.value) return undefined;
  const up = hasAny(plain, 'up', 'more');
  if (up === hasAny(plain, 'down', 'less')) return undefined;
  const { unit, kind, unitGroup } = claim;
  const counted = unit && kind === 'things' ? { unit: kind, unitText: unit, unitGroup: unitGroup ?? '' } : {};
  const changed: Operand = { ...of, phrase: { ...of.phrase, ...counted }, aspect: 'absoluteChange' };
  const ask: Ask = { op: 'figures', of: [changed], each: false };
  return { op: 'held', ask, claim: { ...claim, direction: up ? 'up' : 'down' } };
}

/** 「平均一期上线的连5个人都没有吧」「超过三分之一交给部门办」: the number said stands where 多少 would, in what is computed. */
const claimOfComputed: Rule = {
  name: 'claim-of-computed',
  example: '电话占诉求总量超过九成吗',
  read(sentence) {
    return claimed(withoutRepeat(sentence));
  },
};

function claimed(sentence: Sentence): Ask | undefined {
  const plain = sentence.mentions.filter((m) => !m.isName);
  const [said, ...others] = sentence.mentions.filter((m) => m.number);
  if (!said?.number || others.length > 0) return undefined;
  // 「群众的同比比企业高8个点」 sets one against the other; 「同比涨了8%」 is printed.
  if (hasAny(plain, 'change', 'up', 'down') && !hasAny(plain, 'than')) return undefined;
  if (asksSomething(plain) || isOfMany(plain)) return undefined;
  const isDoubted = hasAny(plain, 'confirm', 'equals', 'not', ...RELATION) || said.number.isPart;
  const isDenied = sentence.mentions.some((m) => m.start > said.start && has(m, 'not') && !m.isName);
  if (!isDoubted) return undefined;
  const ask = readBy([times, share, mean, difference], asking(sentence, said))?.ask;
  // 「多两倍」 is three times as many to some, and twice to others.
  if (ask?.op === 'times' && hasAny(plain, 'more', 'less')) return ask;
  const relation = relationIn(plain) ?? (isDenied ? 'under' : 'equal');
  const way = ask?.op === 'difference' && wayIn(plain);
  const direction = way ? { direction: way } : {};
  return ask && { op: 'held', ask, claim: { ...numberSaid(said, sentence), relation, ...direction } };
}

/** 「…怎么也得有一半，实际上占几成」: what is asked behind a part that was said is that part. */
function withoutRepeat(sentence: Sentence): Sentence {
  const { mentions } = sentence;
  const said = mentions.findIndex((m) => m.number?.isPart);
  const comma = mentions.findIndex((m, i) => i > said && isComma(m));
  const last = mentions.slice(comma + 1);
  const isRepeat =
    said >= 0 && comma > said && hasAny(last, 'share') && !hasContent(last) && !last.some((m) => m.number);
  return isRepeat ? { ...sentence, mentions: mentions.slice(0, comma) } : sentence;
}

/** 「比企业多…」 says which is more, 「相差…」 doesn't. */
function wayIn(plain: readonly Mention[]): Claim['direction'] {
  const isMore = hasAny(plain, 'more', 'up');
  if (isMore === hasAny(plain, 'less', 'down')) return undefined;
  return isMore ? 'up' : 'down';
}

/** The question that the number answers: 「不到总量的三分之一」 → 「相当于总量的几成」. */
function asking(sentence: Sentence, said: Mention): Sentence {
  const isPart = said.number?.isPart && !hasAny(sentence.mentions, 'share', 'times');
  const asked: Mention = {
    ...said,
    text: isPart ? '几成' : '多少',
    words: new Set<WordClass>(isPart ? ['share', 'howMuch'] : ['howMuch']),
  };
  delete asked.number;
  const at = sentence.mentions.indexOf(said);
  const mentions = sentence.mentions.flatMap((m, i) => {
    if (m === said) return [asked];
    if (m.isName || !has(m, 'confirm', 'equals', 'not', 'including', ...RELATION)) return [m];
    const isOfWhole =
      isPart && i < at && has(m, 'equals', ...RELATION) && hasContent(sentence.mentions.slice(i + 1, at));
    return isOfWhole ? [{ ...m, words: new Set<WordClass>(['amountsTo']) }] : [];
  });
  return { ...sentence, mentions };
}

/** What stands in the clause of a number that is said by the way: no other question, and nothing that it is held against. */
const ASKS: readonly WordClass[] = [
  'howMuch',
  'which',
  'share',
  'difference',
  'times',
  'change',
  'changedBy',
  'upOrDown',
  'source',
  'why',
  'each',
  'mean',
  'per',
];
const HOLDS: readonly WordClass[] = [...RELATION, 'than', 'not', 'except', 'sum', 'most', 'least', 'and'];

/** 「接通率12.34%，比23年是高了还是低了」: what is said of a figure first, and what is asked of it then. */
export function saidBeside(sentence: Sentence): { claim: Extract<Ask, { op: 'claim' }>; asked: Sentence } | undefined {
  const { mentions } = sentence;
  const [said, ...others] = mentions.filter((m) => m.number);
  if (!said?.number || said.number.isPart || said.number.least || others.length > 0) return undefined;
  const comma = mentions.findIndex((m) => isComma(m) && m.start >= said.end);
  const [first, then] = [mentions.slice(0, comma), mentions.slice(comma + 1)];
  const asks = hasAny(askingIn(then), ...ASKS) && !hasAny(askingIn(then), 'mean', 'per');
  if (comma < 0 || first.some(isComma) || !hasContent(first) || !asks) return undefined;
  if (hasAny(askingIn(first), ...ASKS, ...HOLDS, 'confirm') || (hasContent(then) && !hasAny(then, 'share')))
    return undefined;
  const claim = claimOf([...first, doubtBehind(said)], { ...sentence, mentions: first });
  return claim && { claim, asked: { ...sentence, mentions: then } };
}

/** Before those that compare: what is said of all isn't said of the first. */
export const CLAIM_OF_ALL: readonly Rule[] = [claimOfAll, fromTo, claimOfComputed, claimTogether];
export const CLAIM: readonly Rule[] = [claim];
