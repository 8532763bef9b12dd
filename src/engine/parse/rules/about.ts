/** Ways of asking about the report rather than for a figure: what a term means, where a figure stands, why. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { type Ask, type Claim, NOTHING_SAID, type Operand } from '../query';
import { hasAny, hasContent, operandOf, phraseOf, type Sentence, splitAt } from '../sentence';
import { listed } from './lists';
import { RELATION, relationIn } from './relation';
import type { Rule } from './rule';

const words = (mentions: readonly Mention[]) => mentions.filter((m) => !m.isName || m.words.size > 0);

const identify: Rule = {
  name: 'identify',
  example: '1234567是什么数',
  read(sentence) {
    const { mentions } = sentence;
    const numbers = mentions.filter((m) => m.number);
    if (numbers.length === 0 || hasContent(mentions)) return undefined;
    // 「同比涨幅排前三的是哪几个」
    if (hasAny(mentions, 'firstFew', 'lastFew', 'ranking', 'most', 'least')) return undefined;
    // 「哪些指标同比涨幅超过50%」
    if (hasAny(mentions, 'which', 'each') && hasAny(mentions, 'change', 'up', 'down', ...RELATION)) return undefined;
    if (
      !hasAny(mentions, 'whatIs', 'which', 'source', 'overview', 'confirm', 'howMuch') &&
      mentions.some((m) => m.words.size > 0 && !has(m, 'filler', 'soft', 'howMuch'))
    )
      return undefined;
    // 「88和87分别指什么」; several numbers and nothing asked of them are something else.
    if (numbers.length > 1 && !hasAny(mentions, 'whatIs', 'which', 'source')) return undefined;
    return {
      op: 'identify',
      numbers: numbers.flatMap(({ number }) => (number ? [{ value: number.value, isPercent: number.isPercent }] : [])),
    };
  },
};

const source: Rule = {
  name: 'source',
  example: '督办229件这个数出处是哪',
  read(sentence) {
    const { mentions } = sentence;
    // 来源 names a column too: alone, or of 这个数, it asks where the figure stands.
    const others = mentions.some((m) => m.isName && (m.words.size === 0 || has(m, 'theRest')));
    const asks = words(mentions).some(
      (m) => has(m, 'source') && (!m.isName || (!others && hasAny(mentions, 'pronoun', 'followUp'))),
    );
    // 「这几个来源里哪个少了」 compares.
    if (!asks || (hasAny(mentions, 'which') && hasAny(mentions, 'more', 'less', 'up', 'down', 'most', 'least')))
      return undefined;
    const of = operandOf(
      mentions.filter((m) => !has(m, 'source')),
      sentence,
      ['which', 'sum', 'and', 'whatIs'],
    );
    const number = mentions.find((m) => m.number)?.number;
    return of && { op: 'source', of, ...(number ? { number: number.value } : {}) };
  },
};

const doubt: Rule = {
  name: 'doubt',
  example: '晓苏的转化率是不是印错了',
  read(sentence) {
    const isDoubted = hasAny(
      sentence.mentions.filter((m) => !m.isName),
      'misprint',
    );
    return isDoubted ? { op: 'doubt', of: named(sentence) } : undefined;
  },
};

const incredible: Rule = {
  name: 'incredible',
  example: '晓苏的转化率怎么会是100%',
  read(sentence) {
    const plain = sentence.mentions.filter((m) => !m.isName);
    // 「为什么涨了5%」 asks for the reason.
    const isDoubted =
      hasAny(plain, 'why') &&
      // 「88%，那是因为多招了人，没错吧」 gives a reason of its own.
      !hasAny(plain, 'up', 'down', 'change', 'confirm') &&
      sentence.mentions.some((m) => m.number?.isPercent);
    const of = isDoubted ? named(sentence) : [];
    return of.length > 0 ? { op: 'doubt', of } : undefined;
  },
};

/** All that is named, piece by piece. Each number ends what it is said of: 「推荐48条转化10条」. */
function named(sentence: Sentence): Operand[] {
  return splitAt(sentence.mentions, (m) => m.number !== undefined || m.text === ',')
    .map(
      (piece): Operand => ({
        phrase: { ...phraseOf(piece, sentence), unknown: [] },
        aspect: 'value',
        said: sentence.text,
      }),
    )
    .filter(({ phrase }) => phrase.pieces.some((p) => p.text !== '' && !p.isSoft));
}

const define: Rule = {
  name: 'define',
  example: '一企来办是什么',
  read(sentence) {
    const { mentions } = sentence;
    if (!hasAny(words(mentions), 'whatIs') || mentions.some((m) => m.number)) return undefined;
    const of = operandOf(mentions, sentence, ['whatIs', 'which', 'source']);
    const term = mentions
      .filter((m) => (m.isName || m.isUnknown) && !has(m, 'whatIs'))
      .map((m) => m.text)
      .join('');
    return of && term ? { op: 'define', term, of } : undefined;
  },
};

const why: Rule = {
  name: 'why',
  example: '互联网诉求为什么减少了',
  read(sentence) {
    if (!hasAny(words(sentence.mentions), 'why')) return undefined;
    const phrase = phraseOf(sentence.mentions, sentence);
    const plain = sentence.mentions.filter((m) => !m.isName);
    const [up, down] = [hasAny(plain, 'up'), hasAny(plain, 'down')];
    return {
      op: 'why',
      of: { phrase, aspect: 'change', said: sentence.text },
      pieces: named(sentence),
      ...(up !== down ? { claimed: up ? 'up' : 'down' } : {}),
    };
  },
};

const count: Rule = {
  name: 'count',
  example: '报告有几部分',
  read(sentence) {
    // 「几类各几家」 lists them.
    if (!hasAny(words(sentence.mentions), 'howMany') || hasAny(sentence.mentions, 'each')) return undefined;
    const of = operandOf(sentence.mentions, sentence, ['howMany', 'which', 'sum', 'and']);
    return of && { op: 'count', of };
  },
};

const CLAIM_WORDS: WordClass[] = [
  'parts',
  ...RELATION,
  'confirm',
  'equals',
  'not',
  'which',
  'sum',
  'change',
  'than',
  'share',
  'and',
  'more',
  'less',
  'difference',
  'within',
  'correction',
  'except',
];

/** A number said of something named, or a direction that may be wrong: to be held against the report. */
const claimOfAll: Rule = {
  name: 'claimOfAll',
  example: '电话和互联网诉求都涨了吗',
  read(sentence) {
    const plain = sentence.mentions.filter((m) => !m.isName);
    const numbers = sentence.mentions.filter((m) => m.number);
    if (!hasAny(plain, 'all', 'only', 'none') || !hasAny(plain, 'confirm') || numbers.length > 1) return undefined;
    // 低于 compares with a number, 比 with another figure.
    const compares = plain.some((m) => has(m, 'than', 'difference') && !has(m, ...RELATION));
    if (compares || hasAny(plain, 'howMuch', 'which')) return undefined;
    const ofOne = claimOf(sentence.mentions, sentence);
    const { relation, direction, value, isPercent = false } = ofOne?.claim ?? {};
    const isBound = value !== undefined && relation !== undefined && relation !== 'equal';
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

const claim: Rule = {
  name: 'claim',
  example: '诉求总量突破200万了吗',
  read(sentence) {
    const { mentions } = sentence;
    const numbers = mentions.filter((m) => m.number);
    if (numbers.length < 2) return claimOf(mentions, sentence);
    // 「推送的123万次跟成交的45万元，哪头大」 asks for neither.
    if (hasAny(words(mentions), 'which')) return undefined;
    // 「推荐48条转化10条」: each number ends the piece that it is said of.
    const pieces: Mention[][] = [[]];
    for (const m of mentions) {
      (pieces[pieces.length - 1] as Mention[]).push(m);
      if (m.number) pieces.push([]);
    }
    const rest = pieces.pop() as Mention[];
    const last = pieces[pieces.length - 1];
    const isSum = pieces.length > 2 && last !== undefined && hasAny(words(last), 'sum');
    // What follows the last number belongs to it, as its unit and its question mark do; a new name asks anew.
    if (!last || (!isSum && rest.some((m) => m.isName && m.words.size === 0))) return undefined;
    pieces[pieces.length - 1] = [...last, ...rest];
    const read = pieces.map((piece) =>
      claimOf([...piece, ...mentions.filter((m) => has(m, 'confirm') && !m.isName)], { ...sentence, mentions: piece }),
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

function claimOf(mentions: readonly Mention[], sentence: Sentence): Extract<Ask, { op: 'claim' }> | undefined {
  const plain = mentions.filter((m) => !m.isName);
  const first = mentions.find((m) => m.number);
  const doubts = hasAny(words(mentions), 'confirm', 'equals', 'not', ...RELATION);
  const up = hasAny(plain, 'up');
  const down = hasAny(plain, 'down');
  const hasDirection = up !== down;
  // 「那等于少了多少件」 asks how much, and claims nothing.
  if (!first && !(doubts && hasDirection && !hasAny(plain, 'upOrDown', 'howMuch'))) return undefined;
  const counted = first && sentence.mentions.find((m) => m.start === first.end && m.unit);
  // 「超15分钟的通话占多少」: no share is so many minutes long.
  if (counted?.unit === 'time' && hasAny(plain, 'share') && !hasAny(plain, 'confirm', 'equals')) return undefined;
  // 「三百多那个，原表印的多少」 points by a number; 「58.5万元写成元」 converts: neither claims anything.
  if (
    !doubts &&
    (hasAny(plain, 'plainUnit', 'inWan', 'percent', 'convert') || (hasAny(plain, 'howMuch') && !hasDirection))
  )
    return undefined;
  const of = operandOf(
    mentions.filter((m) => !m.number),
    sentence,
    CLAIM_WORDS,
  );
  if (!of) return undefined;
  const number = first?.number;
  const unit = counted?.text;
  const kind = counted?.unit;
  const claimed: Claim = {
    ...(number
      ? {
          value: number.value,
          tolerance: number.tolerance,
          isPercent: number.isPercent,
          said: `${first?.text}${unit ?? ''}`,
        }
      : {}),
    ...(unit ? { unit } : {}),
    ...(kind ? { kind } : {}),
    ...(unit && sentence.unitGroups.get(unit) ? { unitGroup: sentence.unitGroups.get(unit) as string } : {}),
    ...(kind === 'time' ? { secondsIn: sentence.secondsIn } : {}),
    relation: relationIn(words(mentions)) ?? 'equal',
    ...(hasDirection ? { direction: up ? ('up' as const) : ('down' as const) } : {}),
  };
  // 0.75 小时 is said of a time.
  const phrase = kind && kind !== 'things' && kind !== 'rate' ? { ...of.phrase, unit: kind } : of.phrase;
  const asksParts = hasAny(plain, 'parts') ? { asksParts: true } : {};
  return { op: 'claim', of: { ...of, phrase, aspect: 'value' }, claim: claimed, ...asksParts };
}

export const ABOUT: readonly Rule[] = [identify, incredible, source, define, why, count];
/** Before those that compare: what is said of all isn't said of the first. */
export const CLAIM_OF_ALL: readonly Rule[] = [claimOfAll];
export const CLAIM: readonly Rule[] = [claim, doubt];
