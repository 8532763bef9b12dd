/** Ways of asking about the report rather than for a figure: what a term means, where a figure stands, why. */
import { has, type Mention } from '../../link/mention';
import type { Operand } from '../query';
import { askingIn, hasAny, hasContent, operandOf, phraseOf, type Sentence, splitAt } from '../sentence';
import { claimOf, doubtBehind } from './claim-of-one';
import { asksForSuch } from './comparing';
import { isComma } from './lists';
import { RELATION } from './relation';
import type { Rule } from './rule';

const identify: Rule = {
  name: 'identify',
  example: '1234567是什么数',
  read(sentence) {
    const { mentions } = sentence;
    const numbers = mentions.filter((m) => m.number);
    if (numbers.length === 0 || (hasContent(mentions) && !asksWhichIs(mentions))) return undefined;
    // 「过半了吧」 is said of what was answered.
    if (numbers.every((m) => m.number?.isPart) && !hasAny(mentions, 'whatIs', 'which', 'source')) return undefined;
    // 「同比涨幅排前三的是哪几个」
    if (hasAny(mentions, 'firstFew', 'lastFew', 'ranking', 'most', 'least')) return undefined;
    // 「哪些指标同比涨幅超过50%」
    const isFilter = hasAny(mentions, 'which', 'each') || asksForSuch(sentence);
    if (isFilter && hasAny(mentions, 'change', 'up', 'down', ...RELATION)) return undefined;
    if (
      !hasAny(mentions, 'whatIs', 'which', 'source', 'overview', 'confirm', 'howMuch') &&
      mentions.some((m) => m.words.size > 0 && !has(m, 'filler', 'soft', 'howMuch', 'followUp'))
    )
      return undefined;
    // 「88和87分别指什么」; several numbers and nothing asked of them are something else.
    if (numbers.length > 1 && !hasAny(mentions, 'whatIs', 'which', 'source')) return undefined;
    // 「那12.34%呢」 asks what it is; 「那200万呢」 after a claim, of a number that is printed nowhere, claims again.
    // So does 「就按12.34%写」.
    const asks = hasAny(askingIn(mentions), 'whatIs', 'which', 'source', 'howMuch');
    const doubted: Mention[] = numbers.length > 1 || asks ? [] : [doubtBehind(numbers[0] as Mention)];
    const claimed =
      hasAny(mentions, 'followUp', 'confirm') || doubted.length > 0
        ? claimOf([...mentions, ...doubted], sentence)
        : undefined;
    return {
      op: 'identify',
      numbers: numbers.flatMap(({ number }) => (number ? [{ value: number.value, isPercent: number.isPercent }] : [])),
      ...(claimed ? { otherwise: claimed } : {}),
    };
  },
};

/** 「12.34%跟56.78%，哪个才是满意率」: what each of them is. */
function asksWhichIs(mentions: readonly Mention[]): boolean {
  const last = mentions.findLastIndex((m) => m.number);
  const which = mentions.findIndex((m, i) => i > last && has(m, 'which') && !m.isName);
  const isTwo = mentions.filter((m) => m.number).length > 1;
  return (
    isTwo && which > last && !hasContent(mentions.slice(0, which)) && mentions.slice(which).some((m) => m.text === '是')
  );
}

const source: Rule = {
  name: 'source',
  example: '督办229件这个数出处是哪',
  read(sentence) {
    const { mentions } = sentence;
    // 来源 names a column too: alone, or of 这个数, it asks where the figure stands.
    const others = mentions.some((m) => m.isName && (m.words.size === 0 || has(m, 'theRest')));
    const asks = askingIn(mentions).some(
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
    return isDoubted ? { op: 'doubt', of: piecesNamed(sentence) } : undefined;
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
    const of = isDoubted ? piecesNamed(sentence) : [];
    return of.length > 0 ? { op: 'doubt', of } : undefined;
  },
};

/** All that is named, piece by piece. Each number ends what it is said of: 「推荐48条转化10条」. */
function piecesNamed(sentence: Sentence, isCut: (m: Mention) => boolean = () => false): Operand[] {
  return splitAt(sentence.mentions, (m) => m.number !== undefined || m.text === ',' || isCut(m))
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
    const mentions = clauseThatAsks(sentence.mentions);
    // 「几个满意率都是啥，各多少」 asks for figures.
    if (hasAny(askingIn(sentence.mentions), 'each') && hasAny(askingIn(sentence.mentions), 'howMuch')) return undefined;
    if (asksHowManyToo(sentence.mentions)) return undefined;
    // 「跌幅最深的是啥」 asks for no meaning.
    const isOfChange = hasAny(askingIn(mentions), 'change', 'up', 'down') && hasContent(mentions);
    if (!hasAny(askingIn(mentions), 'whatIs') || mentions.some((m) => m.number) || isOfChange) return undefined;
    const of = operandOf(mentions, sentence, ['whatIs', 'which', 'source']);
    const textOf = (isPart: (m: Mention) => boolean) =>
      mentions
        .filter((m) => isPart(m) && !has(m, 'whatIs'))
        .map((m) => m.text)
        .join('');
    // 「同比是跟什么时候比」 speaks of nothing else: the word for the change is the term.
    const isOfTheWord =
      !sentence.against && mentions.every((m) => isComma(m) || has(m, 'filler', 'soft', 'whatIs', 'change'));
    const term = textOf((m) => m.isName || m.isUnknown) || (isOfTheWord ? textOf((m) => has(m, 'change')) : '');
    // 「怎么算的」 of what was answered.
    return of && (term || mentions.every((m) => has(m, 'filler', 'whatIs', 'pronoun')))
      ? { op: 'define', term, of }
      : undefined;
  },
};

/** 「双号互转是啥意思，一年转了多少」: two questions, each to be answered. */
function asksHowManyToo(mentions: readonly Mention[]): boolean {
  const asks = (clause: readonly Mention[], word: 'whatIs' | 'howMuch') =>
    clause.some((m) => has(m, word) && !m.isName && !has(m, 'filler'));
  const [first = [], ...others] = splitAt(mentions, isComma);
  return asks(first, 'whatIs') && hasContent(first) && others.some((c) => asks(c, 'howMuch') && !asks(c, 'whatIs'));
}

/** 「苏税援是干啥的，开店的用得上不」: what isn't known behind a question of its own asks for nothing that an entry explains. */
function clauseThatAsks(mentions: readonly Mention[]): readonly Mention[] {
  const at = mentions.findIndex((m) => has(m, 'whatIs') && !m.isName);
  const end = mentions.findIndex((m, i) => i > at && isComma(m));
  const [clause, rest] = [mentions.slice(0, end), mentions.slice(end + 1)];
  const isApart =
    at >= 0 && end > at && clause.some((m) => m.isName && m.words.size === 0) && !clause.some((m) => m.isUnknown);
  return isApart && rest.some((m) => m.isUnknown) && !rest.some((m) => m.isName && m.words.size === 0)
    ? clause
    : mentions;
}

const why: Rule = {
  name: 'why',
  example: '互联网诉求为什么减少了',
  read(sentence) {
    if (!hasAny(askingIn(sentence.mentions), 'why')) return undefined;
    const phrase = phraseOf(sentence.mentions, sentence);
    const plain = sentence.mentions.filter((m) => !m.isName);
    const [up, down] = [hasAny(plain, 'up'), hasAny(plain, 'down')];
    return {
      op: 'why',
      of: { phrase, aspect: 'change', said: sentence.text },
      pieces: piecesNamed(sentence, (m) => has(m, 'and', 'than') && !m.isName),
      ...(up !== down ? { claimed: up ? 'up' : 'down' } : {}),
    };
  },
};

const count: Rule = {
  name: 'count',
  example: '报告有几部分',
  read(sentence) {
    // 「几类各几家」 lists them.
    if (!hasAny(askingIn(sentence.mentions), 'howMany') || hasAny(sentence.mentions, 'each')) return undefined;
    // 「同比上升的有几项」 counts those that have risen: another rule.
    if (hasAny(askingIn(sentence.mentions), 'up', 'down', 'change')) return undefined;
    const of = operandOf(sentence.mentions, sentence, ['howMany', 'which', 'sum', 'and']);
    const isOfTables = sentence.mentions.some((m) => has(m, 'howMany') && m.text.endsWith('表'));
    return of && { op: 'count', of, ...(isOfTables ? { isOfTables } : {}) };
  },
};

const named: Rule = {
  name: 'named',
  example: '制度文件叫什么名字',
  read(sentence) {
    if (!hasAny(sentence.mentions, 'itsName')) return undefined;
    const of = operandOf(sentence.mentions, sentence, ['itsName', 'which', 'and', 'sum']);
    return of && { op: 'named', of };
  },
};

export const ABOUT: readonly Rule[] = [named, identify, incredible, source, define, why, count];
/** Behind the claims: a number that is said to be misprinted is held against the report. */
export const DOUBT: readonly Rule[] = [doubt];
