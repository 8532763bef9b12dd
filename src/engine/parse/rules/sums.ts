/** Adding up: what is listed, and whether it makes what is said to be its sum. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { type Ask, NOTHING_SAID, type Operand } from '../query';
import { hasAny, hasContent, operandOf, type Sentence, splitAt } from '../sentence';
import { asksTwice, isComma, joins, listed, saidIn } from './lists';
import type { Rule } from './rule';

export const equalSum: Rule = {
  name: 'equal-sum',
  example: '电话、互联网、承办转办、其他加起来等于诉求总量吗',
  read(sentence) {
    const { mentions } = sentence;
    // 合计 and 总计 name rows too; behind a list they add it up.
    const and = mentions.findIndex((m) => has(m, 'and') && !m.isName);
    const added = mentions.findIndex((m, i) => has(m, 'sum') && (!m.isName || (and >= 0 && i > and)));
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
    const handled: WordClass[] = ['sum', 'equals', 'not', 'which', 'misprint', 'firstFew'];
    const named = hasContent(after) ? [before, after] : splitLast(before);
    const [parts, whole] = named;
    if (!parts || !whole) return added < 0 ? sameAsThat(mentions, sentence, handled) : undefined;
    const of = listed(parts, sentence, handled);
    const equals = operandOf(whole, sentence, [...handled, 'and']);
    const [only, ...more] = of ?? [];
    // 「A 和 B 一样吗」 adds nothing up.
    if (only && equals && added < 0 && more.length === 0)
      return { op: 'difference', left: only, right: equals, asksEqual: true };
    const inside = insidePlaces(parts, sentence);
    return of && equals && { op: 'sum', of, equals, ...(inside ? { inside } : {}), ...saidIn(mentions) };
  },
};

/** 「跟企业诉求那个数一致吗」: as what was answered. */
function sameAsThat(mentions: readonly Mention[], sentence: Sentence, handled: readonly WordClass[]): Ask | undefined {
  if (!hasAny(mentions, 'confirm') || !hasContent(mentions) || mentions.some((m) => m.number)) return undefined;
  const right = operandOf(mentions, sentence, [...handled, 'and', 'more']);
  return right && { op: 'difference', left: NOTHING_SAID, right, asksEqual: true };
}

/** Nothing named between the sum and the question, and something behind. */
function isTurn(mentions: readonly Mention[], added: number, at: number): boolean {
  return !hasContent(mentions.slice(added + 1, at)) && hasContent(mentions.slice(at + 1));
}

function splitLast(mentions: readonly Mention[]): [Mention[], Mention[]] | [] {
  for (let at = mentions.length - 1; at > 0; at--) {
    const m = mentions[at] as Mention;
    const parts = mentions.slice(0, at);
    // 「俩加起来跟诉求总量对得上吗」
    const areNamed = hasContent(parts) || (hasAny(parts, 'both') && hasAny(parts, 'sum'));
    if ((has(m, 'and') || isComma(m)) && hasContent(mentions.slice(at + 1)) && areNamed) {
      return [mentions.slice(0, at), mentions.slice(at + 1)];
    }
  }
  return [];
}

/** 「电话和互联网加起来」 as a side of what is computed. */
export function sumOperand(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[],
): Operand | undefined {
  const words = mentions.map((m, i): Mention => (joins(m, mentions[i - 1]) ? { ...m, words: new Set(['and']) } : m));
  if (!words.some((m) => has(m, 'and') && !m.isName)) return undefined;
  const of = listed(
    words.filter((m) => !has(m, 'sum')),
    sentence,
    handled,
  );
  if (!of || of.length < 2) return undefined;
  return {
    phrase: { pieces: [], unknown: [] },
    aspect: 'value',
    said: mentions.map((m) => m.text).join(''),
    added: of,
  };
}

export const sum: Rule = {
  name: 'sum',
  example: '全市成员单位五类加起来多少家',
  read(sentence) {
    const isSum = (m: Mention) => has(m, 'sum');
    // 「一共398位，对吧」 is a claim.
    if (
      !sentence.mentions.some(isSum) ||
      // 「一共上线多少人，里面领导几个」: each is asked for.
      asksTwice(sentence.mentions, sentence) ||
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
    const inside = insidePlaces(mentions, sentence);
    const isPair = hasAny(sentence.mentions, 'both') && !hasContent(sentence.mentions);
    const many = sentence.mentions.find((m) => m.count)?.count ?? (isPair ? 2 : undefined);
    return {
      op: 'sum',
      of,
      ...(hasOne ? { joint } : {}),
      ...(isListed ? { isListed } : {}),
      ...(inside ? { inside } : {}),
      ...(many ? { many } : {}),
      ...saidIn(mentions),
    };
  },
};

/** 「政策专员，市本级，企业加人才」: what is added stands in all that was named before it, clause by clause. */
function insidePlaces(mentions: readonly Mention[], sentence: Sentence): Operand[] | undefined {
  const clauses = splitAt(mentions, isComma).filter(hasContent);
  const isAnd = (m: Mention) => has(m, 'and') && !m.isName;
  // 「接听员加政策专员，全市口径总共几人」: or behind it.
  const [first, behind, ...more] = clauses;
  const isPlaceBehind = more.length === 0 && first?.some(isAnd) && behind && !behind.some(isAnd);
  const [last, ...places] = isPlaceBehind ? clauses : clauses.toReversed();
  if (!last || places.length === 0 || places.some((p) => p.some(isAnd))) return undefined;
  // 「企业口人才口合起来」: two names that nothing divides.
  const names = last.filter((m) => m.isName && m.words.size === 0).map((m) => [m]);
  const pieces = last.some(isAnd) ? splitAt(last, isAnd) : names;
  const operands = pieces
    .filter(hasContent)
    .map((piece) => operandOf([...places.toReversed().flat(), ...piece], sentence, ['sum', 'which']));
  return operands.length > 1 && operands.every((o) => o !== undefined) ? operands : undefined;
}
