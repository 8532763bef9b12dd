/** Ways of asking for what has to be computed: shares, ratios, differences, sums, means, remainders. */
import type Fraction from '../../../report/fraction';
import type { UnitKind, WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import type { Ask, Operand, Stretch } from '../query';
import { countingWord, hasAny, hasContent, operandOf, type Sentence, splitAt } from '../sentence';
import { rest, restOperand } from './leaving-out';
import { isComma, listed } from './lists';
import type { Rule } from './rule';

const share: Rule = {
  name: 'share',
  example: '电话占企业诉求的比例',
  read(sentence) {
    const { mentions } = sentence;
    const to = mentions.findIndex((m, i) => has(m, 'amountsTo') || isMeasuredBy(mentions, i));
    const share = mentions.findIndex((m) => has(m, 'share') && !m.isName);
    const at = to >= 0 && share >= 0 ? to : share;
    const cut = at >= 0 ? at : mentions.findIndex((m) => has(m, 'share') && m.words.size > 0);
    if (cut < 0) return undefined;
    // 「涨了百分之几」 asks for the 同比.
    const words = mentions.filter((m) => !m.isName);
    if (hasAny(words, 'change', 'up', 'down', 'upOrDown') && !words.some((m) => has(m, 'share') && !has(m, 'percent')))
      return undefined;
    // 「企业诉求里电话占比比群众的高多少」 is a difference of shares: another rule.
    if (hasAny(mentions, 'times') || (hasAny(mentions, 'difference', 'than') && !hasAny(mentions, 'change')))
      return undefined;
    const left = mentions.slice(0, cut);
    const right = mentions.slice(cut + 1).filter((m) => !has(m, 'share') || (m.isName && m !== mentions[share]));
    const handled: WordClass[] = ['share', 'sum', 'and', 'which', 'both', 'each'];
    const [outer, inner] = cutWithin(left);
    if (outer) return shareOf(inner, outer, sentence, handled);
    const placed = cutPlaced(left);
    if (placed) return shareOf(placed.part, placed.whole, sentence, handled);
    // 「在线答复这一块，政策专员占几成」: what is named first may be the whole.
    const comma = left.findLastIndex(isComma);
    const [before, behind] = [left.slice(0, comma), left.slice(comma + 1)];
    if (comma > 0 && hasContent(before) && hasContent(behind) && !hasContent(right)) {
      const within = shareOf(behind, before, sentence, handled);
      const alone = shareOf(left, [], sentence, handled);
      return within?.op === 'share' && alone?.op === 'share' ? { ...alone, within } : alone;
    }
    // 「电话占企业诉求多少」 names the part first; 「企业诉求有几成是电话打来的」 the whole.
    const isWholeFirst =
      to < 0 && !/占/u.test(mentions[cut]?.text ?? '') && right.some((m) => m.text === '是' || has(m, 'soft'));
    if (hasContent(right) && hasContent(left))
      return isWholeFirst ? shareOf(right, left, sentence, handled) : shareOf(left, right, sentence, handled);
    // 「占诉求总量百分之几」 asks it of what was answered last; 「多大比例是企业的」 names the part behind.
    if (hasContent(right) && !hasContent(left)) {
      const says = mentions[cut];
      return says && (/占/u.test(says.text) || has(says, 'amountsTo'))
        ? shareOf(left, right, sentence, handled)
        : shareOf(right, [], sentence, handled);
    }
    // 「是总量的几成」 asks it of what was answered last.
    if (left[0]?.text === '是' && hasContent(left)) return shareOf([], left, sentence, handled);
    return shareOf(left, [], sentence, handled);
  },
};

/** 「警单折合诉求总量的百分之几」: 折合 between two names measures the one by the other. */
function isMeasuredBy(mentions: readonly Mention[], at: number): boolean {
  const m = mentions[at] as Mention;
  return has(m, 'convert') && !m.isName && hasContent(mentions.slice(0, at)) && hasContent(mentions.slice(at + 1));
}

/** 「⟨whole⟩ 里 ⟨part⟩」: both sides have to name something. */
function cutWithin(mentions: readonly Mention[]): [outer: Mention[] | undefined, inner: Mention[]] {
  for (let i = mentions.length - 1; i > 0; i--) {
    const m = mentions[i] as Mention;
    if (!has(m, 'within') || m.isName) continue;
    const outer = mentions.slice(0, i);
    const inner = mentions.slice(i + 1);
    if (hasContent(outer) && hasContent(inner)) return [outer, inner];
  }
  return [undefined, [...mentions]];
}

/** 「⟨part⟩ 放在 ⟨whole⟩ 里」 */
function cutPlaced(mentions: readonly Mention[]): { part: Mention[]; whole: Mention[] } | undefined {
  const within = mentions.findLastIndex((m) => has(m, 'within') && !m.isName);
  const at = mentions.slice(0, within).findLastIndex((m) => has(m, 'placedIn') && !m.isName);
  const [part, whole] = [mentions.slice(0, at), mentions.slice(at + 1, within)];
  // 「非咨询类在两类里占多少」: in what the table says that it is part of.
  const isNamed = hasContent(whole) || hasAny(whole, 'both', 'each') || whole.some((m) => m.count);
  return at > 0 && hasContent(part) && isNamed ? { part, whole } : undefined;
}

function shareOf(
  part: readonly Mention[],
  whole: readonly Mention[],
  sentence: Sentence,
  handled: WordClass[],
): Ask | undefined {
  const of = restOperand(part, sentence, handled);
  const within = restOperand(whole, sentence, handled);
  if (!of || !within) return undefined;
  const each = hasAny(sentence.mentions, 'each');
  // 「电话加互联网占多少」「电话和互联网一共占多少」 asks for the share of both together.
  const joined = part.map((m, i) => (joins(m, part[i - 1]) ? { ...m, words: new Set<WordClass>(['and']) } : m));
  const and = joined.findLastIndex((m) => has(m, 'and') && !m.isName);
  // 合计 behind a list adds it up, though a row may be called so.
  const adds = (m: Mention, i: number) => has(m, 'sum') && (!m.isName || i > and);
  const isListed = and >= 0;
  const isSummed = !each && joined.some((m, i) => m !== part[i] || adds(m, i));
  const parts =
    each || isListed
      ? listed(
          joined.filter((m, i) => !isSummed || !adds(m, i)),
          sentence,
          handled,
        )
      : undefined;
  return {
    op: 'share',
    part: { ...of, aspect: 'value' },
    ...(parts && parts.length > 1 ? { parts, isSummed } : {}),
    ...(hasContent(whole) ? { whole: { ...within, aspect: 'value' } } : {}),
    ...(each ? { each } : {}),
  };
}

const times: Rule = {
  name: 'times',
  example: '110转过来的是我们转出去的几倍',
  read(sentence) {
    if (!hasAny(sentence.mentions, 'times') && !asksHowManyOf(sentence)) return undefined;
    const sides = twoSides(
      sentence.mentions.filter((m) => !has(m, 'times')),
      sentence,
    );
    if (!sides) return undefined;
    return { op: 'times', ...sides };
  },
};

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
  for (const isCut of cuts) {
    const at = mentions.findIndex(isCut);
    if (at < 0) continue;
    const before = mentions.slice(0, at);
    const after = mentions.slice(at + 1);
    if (isSide(before) && (isSide(after) || hasAny(after, 'pronoun'))) {
      const left = asShare(restOperand(before, sentence, handled), before);
      const right = asShare(restOperand(after, sentence, handled), before);
      return left && right ? { left, right } : undefined;
    }
  }
  const only = operandOf(mentions, sentence, handled);
  if (!only) return undefined;
  // 「比群众高多少」「是群众的几倍」: what is named is the other side, the focus is this one.
  const empty: Operand = { phrase: { pieces: [], unknown: [] }, aspect: only.aspect, said: '' };
  const isOther = hasAny(mentions, 'than') || (mentions[0]?.text === '是' && mentions.length > 1);
  if (isOther && hasContent(mentions)) return { left: empty, right: only };
  return { left: only };
}

/** A side names something, or points at what was named: 后者. */
function isSide(mentions: readonly Mention[]): boolean {
  return hasContent(mentions) || hasAny(mentions, 'former', 'latter');
}

function asShare(operand: Operand | undefined, first: readonly Mention[]): Operand | undefined {
  return operand && hasAny(first, 'share') ? { ...operand, aspect: 'share' } : operand;
}

const STRETCH_WORDS: ReadonlyMap<WordClass, Stretch> = new Map([
  ['perDay', 'day'],
  ['perWeek', 'week'],
  ['perMonth', 'month'],
  ['perHour', 'hour'],
  ['perMinute', 'minute'],
]);

/** 「按接听员数摊，人均解答多少件」: what is divided by is named before 摊. */
function spreadOver(mentions: readonly Mention[], sentence: Sentence): Ask | undefined {
  const at = mentions.findIndex((m) => has(m, 'mean') && !m.isName);
  const from = mentions.findIndex((m) => has(m, 'by') && !m.isName);
  if (from < 0 || at < from || !hasContent(mentions.slice(from + 1, at))) return undefined;
  const others = [...mentions.slice(0, from), ...mentions.slice(at + 1)].filter((m) => !has(m, 'mean'));
  const per = operandOf(mentions.slice(from + 1, at), sentence, ['each']);
  const of = operandOf(others, sentence, ['sum', 'which', 'and', 'each']);
  if (!per || !of || !hasContent(others)) return undefined;
  const people: Operand = { ...per, phrase: { ...per.phrase, unit: per.phrase.unit ?? 'people' } };
  return { op: 'mean', of, per: people, instead: [] };
}

const NOTHING_SAID: Operand = { phrase: { pieces: [], unknown: [] }, aspect: 'value', said: '' };

const mean: Rule = {
  name: 'mean',
  example: '政风热线平均每期收到多少诉求',
  read(sentence) {
    const { mentions } = sentence;
    const words = mentions.filter((m) => !m.isName);
    if (!hasAny(words, 'mean', 'per', 'convert', 'dividedBy', ...STRETCH_WORDS.keys())) return undefined;
    const says = (m: Mention) => has(m, 'mean', 'per', ...STRETCH_WORDS.keys()) && (!m.isName || has(m, 'mean'));
    const time = words.find((m) => has(m, ...STRETCH_WORDS.keys()));
    if (time) {
      const of = operandOf(
        mentions.filter((m) => !says(m)),
        sentence,
        ['sum', 'which', 'and'],
      );
      const stretch = [...STRETCH_WORDS].find(([word]) => has(time, word))?.[1] ?? 'day';
      return of && { op: 'mean', of, per: stretch, instead: [] };
    }
    const said = divided(mentions, sentence) ?? perHead(mentions, sentence);
    if (said) return said;
    const spread = spreadOver(mentions, sentence);
    if (spread || (hasAny(words, 'by') && hasAny(words, 'mean'))) return spread;
    // 每 ⟨counting word⟩ [⟨name⟩]: 每名接听员, 每笔, 一笔; or ⟨name⟩ right behind: 每期. 一 counts only beside 平均.
    const isMean =
      mentions.some((m) => has(m, 'mean', 'convert') || (has(m, 'per') && !m.text.startsWith('一'))) ||
      countsPerOne(mentions, sentence);
    const one = mentions.findIndex(
      (m, i) =>
        has(m, 'per') &&
        !m.isName &&
        (!m.text.startsWith('一') || isMean) &&
        Boolean(unitIn(m, sentence) || mentions[i + 1]?.unit || mentions[i + 1]?.isName),
    );
    // 「一次通话平均下来讲了多少秒」: per what isn't said; the report may print that mean itself.
    // 「办结一件要几天」 asks for a time that is a mean by itself.
    const isTimed =
      hasAny(words, 'per') && mentions.some((m) => m.asksCount || countingWord(m, sentence.units)?.kind === 'time');
    if ((one < 0 && isMean && hasAny(words, 'mean') && !hasAny(words, 'by')) || (!isMean && isTimed)) {
      const of = operandOf(
        mentions.filter((m) => !has(m, 'mean') || m.isName),
        sentence,
        ['sum', 'which', 'per'],
      );
      return of && hasContent(mentions) ? { op: 'mean', of, per: NOTHING_SAID, instead: [] } : undefined;
    }
    if (one < 0) return undefined;
    const perWord = mentions[one] as Mention;
    const within = unitIn(perWord, sentence);
    const [first, second] = within ? [undefined, mentions[one + 1]] : mentions.slice(one + 1);
    const counted = within ?? (first?.unit ? { text: first.text, kind: first.unit } : undefined);
    const unit = counted?.text;
    const named =
      unit && second?.isName && second.words.size === 0 && (first ?? perWord).end === second.start
        ? second
        : first?.isName
          ? first
          : undefined;
    const used = new Set([mentions[one], first, named]);
    const of = operandOf(
      mentions.filter((m) => !used.has(m) && !says(m)),
      sentence,
      ['sum', 'which'],
    );
    const per = named
      ? operandOf([named], sentence, ['howMuch'])
      : { phrase: { pieces: [], unknown: [] }, aspect: 'value' as const, said: unit ?? '' };
    const otherwise =
      unit && named
        ? operandOf(
            mentions.filter((m) => m === named || (!used.has(m) && !says(m))),
            sentence,
            ['sum', 'which'],
          )
        : undefined;
    if (!per || !of) return undefined;
    return {
      op: 'mean',
      of,
      per,
      instead: otherwise ? [{ of: otherwise, per: NOTHING_SAID }] : [],
      ...(unit ? { perUnit: unit } : {}),
      ...(counted ? { perKind: counted.kind } : {}),
      ...saidIn(mentions),
    };
  },
};

/** 「一期现场能回应几件」「一条信息配几对问答」: for one of these, how many of those. */
function countsPerOne(mentions: readonly Mention[], sentence: Sentence): boolean {
  const per = mentions.find((m) => has(m, 'per') && !m.isName);
  const unit = per && unitIn(per, sentence);
  const counted = mentions.map((m) => countingWord(m, sentence.units)).find((word) => word !== undefined);
  return Boolean(unit && counted && unit.kind !== 'time' && counted.kind !== 'time' && unit.text !== counted.text);
}

/** 「拿话务量除以接听员，人均多少」 */
function divided(mentions: readonly Mention[], sentence: Sentence): Ask | undefined {
  const at = mentions.findIndex((m) => has(m, 'dividedBy') && !m.isName);
  const comma = mentions.findIndex((m, i) => i > at && isComma(m));
  const behind = mentions.slice(at + 1, comma < 0 ? undefined : comma);
  if (at < 0 || hasContent(comma < 0 ? [] : mentions.slice(comma))) return undefined;
  const of = operandOf(mentions.slice(0, at), sentence);
  const per = operandOf(behind, sentence);
  return of && per ? { op: 'mean', of, per, instead: [], ...saidIn(mentions) } : undefined;
}

/**
 * 「政策专员人均答了几件」「期均收到几件」: the word says what is counted. Who they are may be named before it: beside what they
 * did, or in a table of its own.
 */
function perHead(mentions: readonly Mention[], sentence: Sentence): Ask | undefined {
  const at = mentions.findIndex(
    (m) => has(m, 'mean') && !m.isName && m.text.length > 1 && sentence.units.has(m.text.slice(0, -1)),
  );
  const unit = mentions[at]?.text.slice(0, -1);
  const kind = unit && sentence.units.get(unit);
  if (!kind || kind === 'rate') return undefined;
  const [before, behind] = [mentions.slice(0, at), mentions.slice(at + 1)];
  const [of, who, what] = [[...before, ...behind], before, behind].map((piece) =>
    operandOf(piece, sentence, ['sum', 'which']),
  );
  if (!of || !who || !what) return undefined;
  const instead = hasContent(before)
    ? [
        { of, per: who },
        { of: what, per: who },
      ]
    : [];
  return { op: 'mean', of, per: NOTHING_SAID, perUnit: unit, perKind: kind, instead, ...saidIn(mentions) };
}

/** 一笔 → 笔 */
function unitIn({ text }: Mention, { units }: Sentence): { text: string; kind: UnitKind } | undefined {
  const kind = text.length > 1 ? units.get(text.slice(-1)) : undefined;
  return kind && kind !== 'rate' ? { text: text.slice(-1), kind } : undefined;
}

const difference: Rule = {
  name: 'difference',
  example: '咨询类比非咨询类办得快多少',
  read(sentence) {
    const { mentions } = sentence;
    const words = mentions.filter((m) => !m.isName);
    const sides = splitAt(mentions, (m) => (has(m, 'and', 'than') && !m.isName) || isComma(m)).filter(isSide);
    const isMore = hasAny(words, 'more', 'less') && hasAny(words, 'howMuch') && !hasContent(mentions);
    const isOverTime = (isMore || hasAny(words, 'changedBy')) && (!hasAny(words, 'than') || sides.length === 0);
    const asks =
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
    // 「多出来几个」 after two figures compares them: compute/two-sided looks whether there are two.
    const isOfFocus = isOverTime && !hasContent(mentions) && !sentence.period && !hasAny(words, 'change', 'up', 'down');
    // 「后者多几条」: than the other of the two.
    const isOfPair = sides.length === 1 && hasAny(words, 'former', 'latter') && !hasAny(words, 'change', 'changedBy');
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
    const measure = hasAny(words, 'byTime') && !hasAny(words, 'change') ? ('time' as const) : undefined;
    return two && { op: 'difference', ...two, ...(measure ? { measure } : {}) };
  },
};

const equalSum: Rule = {
  name: 'equal-sum',
  example: '电话、互联网、承办转办、其他加起来等于诉求总量吗',
  read(sentence) {
    const { mentions } = sentence;
    const added = mentions.findIndex((m) => has(m, 'sum') && !m.isName);
    // 「A 与 B 相加，是不是就是 C」
    const at = mentions.findIndex(
      (m, i) =>
        !m.isName &&
        (has(m, 'equals') ||
          (added >= 0 &&
            i > added &&
            // 「A、B 相加是 C 吗」
            (has(m, 'confirm') || (m.text === '是' && hasAny(mentions, 'confirm'))) &&
            isTurn(mentions, added, i))),
    );
    if (at < 0) return undefined;
    const before = mentions.slice(0, at);
    const after = mentions.slice(at + 1);
    const handled: WordClass[] = ['sum', 'equals', 'not', 'which', 'misprint'];
    const named = hasContent(after) ? [before, after] : splitLast(before);
    const [parts, whole] = named;
    if (!parts || !whole) return undefined;
    const of = listed(parts, sentence, handled);
    const equals = operandOf(whole, sentence, [...handled, 'and']);
    return of && equals && { op: 'sum', of, equals, ...saidIn(mentions) };
  },
};

/** 「电话123加互联网45」 */
function saidIn(mentions: readonly Mention[]): { said?: Fraction[] } {
  const said = mentions.flatMap(({ number }) => (number && !number.isRough ? [number.value] : []));
  return said.length > 0 ? { said } : {};
}

/** Nothing named between the sum and the question, and something behind. */
function isTurn(mentions: readonly Mention[], added: number, at: number): boolean {
  return !hasContent(mentions.slice(added + 1, at)) && hasContent(mentions.slice(at + 1));
}

function splitLast(mentions: readonly Mention[]): [Mention[], Mention[]] | [] {
  for (let at = mentions.length - 1; at > 0; at--) {
    const m = mentions[at] as Mention;
    if ((has(m, 'and') || isComma(m)) && hasContent(mentions.slice(at + 1)) && hasContent(mentions.slice(0, at))) {
      return [mentions.slice(0, at), mentions.slice(at + 1)];
    }
  }
  return [];
}

const sum: Rule = {
  name: 'sum',
  example: '全市成员单位五类加起来多少家',
  read(sentence) {
    const isSum = (m: Mention) => has(m, 'sum');
    // 「一共398位，对吧」 is a claim.
    if (
      !sentence.mentions.some(isSum) ||
      // 「四个来源各多少件，总计口径」 names a row.
      (hasAny(sentence.mentions, 'each') && sentence.mentions.filter(isSum).every((m) => m.isName)) ||
      (sentence.mentions.some((m) => m.number) && hasAny(sentence.mentions, 'confirm'))
    )
      return undefined;
    // 「加总」 and 「合计」 name rows too, but here they are what is asked.
    const mentions = sentence.mentions
      .map((m, i): Mention => (joins(m, sentence.mentions[i - 1]) ? { ...m, words: new Set(['and']) } : m))
      .filter((m) => !isSum(m) || (m.isName && !has(m, 'sum')));
    const of = listed(mentions, sentence, ['sum', 'which']);
    if (!of || of.some((o) => o.aspect === 'change')) return undefined;
    // 合计 and 总计 name rows too: what bears all the words as one figure is that figure.
    const joint = operandOf(
      sentence.mentions.filter((m) => !has(m, 'and') || m.isName),
      sentence,
      ['sum', 'which'],
    );
    const hasOne = joint && (!mentions.some((m) => has(m, 'and') && !m.isName) || of.length === 1);
    const isListed = mentions.some((m) => has(m, 'and') && !m.isName);
    return { op: 'sum', of, ...(hasOne ? { joint } : {}), ...(isListed ? { isListed } : {}), ...saidIn(mentions) };
  },
};

/** 「市加县」「接听员连专员拢一块」: a word between two names that joins what is added. */
function joins(m: Mention, before: Mention | undefined): boolean {
  return m.text === '加' || (has(m, 'including') && !m.isName && before?.isName === true);
}

const compareWith: Rule = {
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
    const operands = sides.map((side) => operandOf(side, sentence, handled));
    const [first, second] = operands;
    if (!first || operands.some((o) => !o)) return undefined;
    const here: Operand = { phrase: { pieces: [], unknown: [] }, aspect: 'value', said: '' };
    return second ? { op: 'difference', left: first, right: second } : { op: 'difference', left: here, right: first };
  },
};

export const ARITHMETIC: readonly Rule[] = [rest, times, equalSum, difference, share, mean, sum, compareWith];
