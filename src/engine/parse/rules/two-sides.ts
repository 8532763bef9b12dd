/** Setting one figure against another: differences and ratios, with one side perhaps in what was said before. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { type Ask, NOTHING_SAID, type Operand } from '../query';
import { countingWord, hasAny, hasContent, operandOf, type Sentence, splitAt } from '../sentence';
import { restOperand } from './leaving-out';
import { isComma, isSide } from './lists';
import { measureIn, withoutPointedDifference } from './relation';
import type { Rule } from './rule';
import { sumOperand } from './sums';

export const times: Rule = {
  name: 'times',
  example: '110转过来的是我们转出去的几倍',
  read(sentence) {
    if (!hasAny(sentence.mentions, 'times') && !asksHowManyOf(sentence)) return undefined;
    if (risesByTimes(sentence.mentions)) return undefined;
    const sides = twoSides(withoutItsChange(sentence), sentence);
    if (!sides) return undefined;
    // 「转办的涨了几倍」「上线人数翻了几倍」 ask for the 同比.
    const isOfChange = sides.left.aspect === 'change' || sentence.mentions.some((m) => m.text.startsWith('翻'));
    if (isOfChange && !sides.right && !sentence.period && hasContent(sentence.mentions))
      return { op: 'figures', of: [{ ...sides.left, aspect: 'change' }], each: false };
    return { op: 'times', ...sides, ...(sentence.period && !sides.right ? { isByBefore: true } : {}) };
  },
};

/** 「上线人数涨了四倍」 is said of the change. */
function risesByTimes(mentions: readonly Mention[]): boolean {
  const isSaid = mentions.some(
    (m, i) => has(m, 'times') && mentions[i - 1]?.number && mentions[i - 1]?.end === m.start,
  );
  const plain = mentions.filter((m) => !m.isName);
  return isSaid && hasAny(plain, 'up', 'down') && !hasAny(plain, 'than', 'howMuch');
}

/** 「同比上升12%，等于是上年的几倍」 says its 同比 by the way. */
function withoutItsChange({ mentions, period }: Sentence): Mention[] {
  const isSaidBeside = (m: Mention) =>
    m.number !== undefined || (!m.isName && has(m, 'change', 'up', 'down', 'equals'));
  return mentions.filter((m) => !has(m, 'times') && !(period && isSaidBeside(m)));
}

/** 「县区顶市本级几个」: how many of the one make the other. */
function asksHowManyOf({ mentions }: Sentence): boolean {
  const at = mentions.findIndex((m) => has(m, 'amountsTo') && !m.isName);
  if (at < 0 || hasAny(mentions, 'share') || !hasContent(mentions.slice(0, at))) return false;
  const asked = mentions.findLast((m) => has(m, 'howMuch') && !m.isName);
  return hasContent(mentions.slice(at + 1)) && /^(?:几|多少)个?$/u.test(asked?.text ?? '');
}

/** 「A 是 B 的」「A 比 B」「A 和 B」: two operands, or one whose other side stands in the focus. */
function twoSides(mentions: readonly Mention[], sentence: Sentence): { left: Operand; right?: Operand } | undefined {
  const handled: WordClass[] = [
    'than',
    'difference',
    'changedBy',
    'byTime',
    'byCount',
    'more',
    'less',
    'and',
    'which',
    'share',
    'sum',
  ];
  const cuts: ((m: Mention) => boolean)[] = [
    (m) => has(m, 'than') && !m.isName,
    (m) => m.text === '是' || m.text === '为' || has(m, 'amountsTo'),
    (m) => has(m, 'and') && !m.isName,
    isComma,
  ];
  // 「A 和 B 加起来，跟 C」: the sides part behind the sum.
  const added = mentions.findIndex((m, i) => has(m, 'sum') && (!m.isName || hasAny(mentions.slice(0, i), 'and')));
  for (const isCut of cuts) {
    const behind = mentions.findIndex((m, i) => i > added && isCut(m) && isSide(mentions.slice(i + 1)));
    const at = added >= 0 && behind >= 0 ? behind : mentions.findIndex(isCut);
    if (at < 0) continue;
    const before = mentions.slice(0, at);
    const after = mentions.slice(at + 1);
    // 「百科的单位，县里比市里多几家」: 市里 may be said by the way, but not behind 比.
    // Nor behind 是: 「县里的浏览量是市里的几倍」.
    const cut = mentions[at] as Mention;
    const isBehindThan = (has(cut, 'than') || cut.text === '是') && after.some((m) => m.isName && !has(m, 'filler'));
    if (isSide(before) && (isSide(after) || isBehindThan || hasAny(after, 'pronoun'))) {
      const left = asShare(sideOperand(before, sentence, handled), before);
      const right = asShare(sideOperand(after, sentence, handled), before);
      return left && right ? { left, right } : undefined;
    }
  }
  const only = operandOf(mentions, sentence, [...handled, 'amountsTo']);
  if (!only) return undefined;
  // 「比群众高多少」「是群众的几倍」: what is named is the other side, the focus is this one.
  const empty: Operand = { phrase: { pieces: [], unknown: [] }, aspect: only.aspect, said: '' };
  const [first] = mentions;
  const isOther =
    hasAny(mentions, 'than') || (first && (first.text === '是' || has(first, 'amountsTo')) && mentions.length > 1);
  if (isOther && hasContent(mentions)) return { left: empty, right: only };
  return { left: only };
}

/** What stands on one side: a figure, what is left of it, or several that are added up. */
function sideOperand(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[],
): Operand | undefined {
  return sumOperand(mentions, sentence, handled) ?? restOperand(mentions, sentence, handled);
}

function asShare(operand: Operand | undefined, first: readonly Mention[]): Operand | undefined {
  return operand && hasAny(first, 'share') ? { ...operand, aspect: 'share' } : operand;
}

/** 「A 比 B 少几件，少了几成」: the difference is said in both. */
function withoutRelative(mentions: Mention[]): Mention[] {
  const comma = mentions.findLastIndex(isComma);
  const [first, last] = [mentions.slice(0, comma), mentions.slice(comma + 1)];
  const isRelative =
    comma > 0 &&
    !hasContent(last) &&
    hasAny(last, 'share', 'percent') &&
    hasAny(last, 'up', 'down', 'more', 'less', 'difference');
  const isOfTwo = hasAny(first, 'than') && hasAny(first, 'difference', 'howMuch') && hasContent(first);
  return isRelative && isOfTwo ? first : mentions;
}

/** 「24年少几期」: what is counted is a column's name too. */
function asksOnlyHowMany(mentions: readonly Mention[]): boolean {
  const asked = (m: Mention) => has(m, 'howMuch') && m.isName;
  return mentions.some(asked) && !hasContent(mentions.filter((m) => !asked(m)));
}

export const difference: Rule = {
  name: 'difference',
  example: '咨询类比非咨询类办得快多少',
  read(asked) {
    const sentence = { ...asked, mentions: withoutRelative(asked.mentions) };
    const { mentions } = sentence;
    // 「这个差占全市的几成」 asks for a share.
    if (hasAny(mentions, 'share') && withoutPointedDifference(sentence) !== sentence) return undefined;
    const words = mentions.filter((m) => !m.isName);
    const sides = splitAt(mentions, (m) => (has(m, 'and', 'than') && !m.isName) || isComma(m)).filter(isSide);
    const isMore =
      hasAny(words, 'more', 'less') &&
      ((hasAny(words, 'howMuch') && !hasContent(mentions)) || asksOnlyHowMany(mentions) || saysMoreDone(mentions));
    const isOverTime = (isMore || hasAny(words, 'changedBy')) && (!hasAny(words, 'than') || sides.length === 0);
    // 「A 加 B 比 C 多吗」: by how much says whether it is.
    const isClaimed =
      hasAny(words, 'than') && hasAny(words, 'more', 'less') && hasAny(words, 'confirm') && hasAny(mentions, 'sum');
    const asks =
      isClaimed ||
      hasAny(words, 'difference', 'changedBy') ||
      // 「24年多接了多少」「比上年多接了多少」
      isMore ||
      (hasAny(words, 'than') && hasAny(words, 'more', 'less', 'up', 'down') && hasAny(words, 'howMuch'));
    // 「比上年多了多少件」: the other side is last year's figure. 「涨了多少」 alone asks for the 同比.
    const counts =
      mentions.some((m) => m.asksCount) ||
      mentions.some(
        (m, i) =>
          has(m, 'howMuch') &&
          (countingWord(m, sentence.units) || (mentions[i + 1]?.unit && mentions[i + 1]?.unit !== 'rate')),
      );
    const inUnits =
      (hasAny(words, 'up', 'down') || (hasAny(words, 'change') && hasAny(words, 'more', 'less'))) &&
      counts &&
      !hasAny(words, 'which', 'each', 'than');
    if (!asks && !inUnits) return undefined;
    const extreme = hasAny(words, 'most') ? 'most' : hasAny(words, 'least') ? 'least' : undefined;
    if (extreme && !hasContent(mentions) && hasAny(words, 'than', 'and'))
      return { op: 'difference', left: NOTHING_SAID, right: { ...NOTHING_SAID, extreme } };
    // 「多出来几个」 after two figures compares them: compute/two-sided looks whether there are two.
    const isOfFocus = isOverTime && !hasContent(mentions) && !sentence.period && !hasAny(words, 'change', 'up', 'down');
    // 「后者多几条」: than the other of the two; 「这两个降幅差几个点」: of both.
    const isOfPair =
      (sides.length === 1 && hasAny(words, 'former', 'latter') && !hasAny(words, 'change', 'changedBy')) ||
      (!hasContent(mentions) && hasAny(words, 'both') && hasAny(words, 'difference'));
    if ((hasAny(words, 'change', 'upOrDown') || inUnits || isOverTime) && sides.length < 2 && !isOfFocus && !isOfPair) {
      const of = operandOf(
        mentions.filter((m) => !has(m, 'difference', 'change', 'changedBy', 'than')),
        sentence,
        ['more', 'less', 'sum', 'which'],
      );
      if (!of || mentions.some((m) => has(m, 'share') || m.number)) return undefined;
      return { op: 'figures', of: [{ ...of, aspect: 'absoluteChange' }], each: false };
    }
    const two = twoSides(mentions, sentence);
    // 「增速快几个点」 compares changes, 「办得快几天」 times.
    const measure = hasAny(words, 'change') ? undefined : measureIn(words);
    // 「咨询类比非咨询类多了几件」: in units, 多了 says no 同比.
    const isOfValues = counts && !hasAny(words, 'change');
    const plain = (o: Operand): Operand => (isOfValues && o.aspect === 'change' ? { ...o, aspect: 'value' } : o);
    // 「咨询的比它多出几件」: both are counted so.
    const { unit, unitText, unitGroup } = two?.right?.phrase ?? {};
    const counted = unit && unitText ? { unit, unitText, unitGroup: unitGroup ?? '', isUnitShared: true } : {};
    const left = two && { ...two.left, phrase: { ...counted, ...two.left.phrase } };
    if (!two) return undefined;
    const ask: Ask = {
      op: 'difference',
      left: plain(left as Operand),
      ...(two.right ? { right: plain(two.right) } : {}),
      ...(measure ? { measure } : {}),
      ...(words.some((m) => has(m, 'difference') && m.text.includes('差')) ? { isOfTwo: true } : {}),
    };
    const direction = hasAny(words, 'more') ? 'up' : 'down';
    return isClaimed ? { op: 'held', ask, claim: { relation: 'equal', direction } } : ask;
  },
};

/** 「多督了几件」「少播了几期」: between more and how many stands what was done. */
function saysMoreDone(mentions: readonly Mention[]): boolean {
  return mentions.some((m, i) => {
    const [done, asked] = mentions.slice(i + 1);
    if (!has(m, 'more', 'less') || m.isName || !done) return false;
    const isDone =
      ((done.isName || has(done, 'soft', 'filler')) && done.text.endsWith('了')) ||
      // 「少办几期」
      (has(done, 'soft') && !done.isName && done.text.length === 1);
    return done.asksCount === true || (isDone && asked !== undefined && has(asked, 'howMuch'));
  });
}

export const compareWith: Rule = {
  name: 'compare-with',
  example: '和群众比呢',
  read(sentence) {
    const words = sentence.mentions.filter((m) => !m.isName);
    if (
      !hasAny(words, 'than') ||
      hasAny(words, 'which', 'share', 'each', 'not') ||
      sentence.mentions.some((m) => m.number)
    )
      return undefined;
    const sides = splitAt(sentence.mentions, (m) => has(m, 'than', 'and') && !m.isName).filter(hasContent);
    if (sides.length === 0 || sides.length > 2) return undefined;
    const handled: WordClass[] = ['than', 'and', 'more', 'less', 'howMuch', 'difference'];
    // 「比话务量多还是少」 asks which is more, and not which has risen.
    const isOfChange = hasAny(words, 'change', 'up', 'down');
    const operands = sides.map((side) => {
      const operand = operandOf(side, sentence, handled);
      return operand && !isOfChange ? { ...operand, aspect: 'value' as const } : operand;
    });
    const [first, second] = operands;
    if (!first || operands.some((o) => !o)) return undefined;
    if (second) return { op: 'difference', left: first, right: second };
    // 「接听员的比这个高还是低」 is asked of what stands first.
    const than = sentence.mentions.findIndex((m) => has(m, 'than') && !m.isName);
    const isFirst = hasContent(sentence.mentions.slice(0, than)) && hasAny(sentence.mentions.slice(than), 'pronoun');
    return isFirst
      ? { op: 'difference', left: first, right: NOTHING_SAID }
      : { op: 'difference', left: NOTHING_SAID, right: first };
  },
};
