/** The plain ways of asking: one figure, several, their 同比, a whole table. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { inEarnest } from '../../resolve/name-nodes';
import type { Operand } from '../query';
import { hasAny, operandOf, splitAt } from '../sentence';
import { asksTwice, isComma, jointOf, listed, underHead, underTail } from './lists';
import type { Rule } from './rule';

const overview: Rule = {
  name: 'overview',
  example: '概括一下政风热线',
  read(sentence) {
    if (
      !hasAny(
        sentence.mentions.filter((m) => !m.isName),
        'overview',
      )
    )
      return undefined;
    if (hasAny(sentence.mentions, 'change', 'up', 'down', 'and')) return undefined;
    const of = operandOf(sentence.mentions, sentence, ['which', 'sum']);
    const named = sentence.mentions.filter((m) => m.isName && m.words.size === 0);
    return (
      of && {
        op: 'overview',
        of,
        isRow: hasAny(sentence.mentions, 'wholeRow'),
        ...(hasAny(sentence.mentions, 'introduce') && named[0] ? { introduces: named[0].text } : {}),
      }
    );
  },
};

const figures: Rule = {
  name: 'figures',
  example: '2024年政风热线满意率',
  read(sentence) {
    const { mentions } = sentence;
    const each = hasAny(
      mentions.filter((m) => !m.isName),
      'each',
    );
    const handled: WordClass[] = hasAny(mentions, 'change', 'up', 'down', 'upOrDown')
      ? ['which', 'sum', 'percent', 'more', 'including', 'countedIn']
      : ['which', 'sum'];
    const of = listed(mentions, sentence, handled);
    if (!of) return undefined;
    // 「企业跟老百姓，哪边更满意」 compares, by what the report doesn't have of both.
    const plain = mentions.filter((m) => !m.isName);
    if (of.length > 1 && hasAny(plain, 'which') && hasAny(plain, 'and')) return undefined;
    const [only] = of;
    if (only && of.length === 1 && each && hasAny(mentions, 'wholeRow'))
      return { op: 'overview', of: only, isRow: true };
    // 「电话和互联网的同比」: what is asked of the last is asked of all.
    const aspect = of.some((o) => o.aspect === 'change') ? 'change' : 'value';
    const before = sentence.period?.kind === 'yearBefore';
    const isFollowUp = mentions.some((m) => has(m, 'followUp') && !has(m, 'pronoun'));
    const all = of.map(
      (o): Operand => ({
        ...o,
        aspect: before && aspect === 'value' ? 'before' : aspect,
        // 「光是市里的呢」
        ...(isFollowUp && of.length === 1 && !o.phrase.pieces.some((p) => p.isPlace)
          ? { phrase: inEarnest(o.phrase) }
          : {}),
      }),
    );
    const joint = asksTwice(mentions, sentence) ? undefined : jointOf(mentions, sentence, handled);
    const asAsked = (o: Operand): Operand => ({ ...o, aspect: all[0]?.aspect ?? 'value' });
    const headed = underHead(mentions, sentence, handled)?.map(asAsked);
    const tailed = each ? underTail(mentions, sentence, handled)?.map(asAsked) : undefined;
    const names = each && all.length === 1 ? mentions.filter((m) => m.isName && m.words.size === 0) : [];
    const many = mentions.find((m) => m.count)?.count;
    const apart = names.map((m) => operandOf([m], sentence)).filter((o) => o !== undefined);
    return {
      op: 'figures',
      of: all,
      each,
      ...(each && hasAny(mentions, 'eachRow', 'someRows') ? { inEachRow: true } : {}),
      ...(each && many ? { many } : {}),
      ...(!each && many && all.length === 1 ? { ofMany: many } : {}),
      ...(hasAny(mentions, 'parts') ? { asksParts: true } : {}),
      ...(hasAny(mentions, 'convert') ? { isConverted: true } : {}),
      ...(isFollowUp ? { isFollowUp } : {}),
      ...(all.length === 2 && isSaidOfFirst(mentions) ? { isInside: true } : {}),
      ...(headed ? { underHead: headed } : {}),
      ...(tailed ? { underTail: tailed } : {}),
      ...(apart.length > 1 ? { apart: apart.map((o): Operand => ({ ...o, aspect })) } : {}),
      ...(all.length > 1 && !hasAny(mentions, 'followUp', 'pronoun', 'each') ? { isAnew: true } : {}),
      ...(joint && all.length > 1 ? { joint: { ...joint, aspect: all[0]?.aspect ?? 'value' } } : {}),
    };
  },
};

/** 「转给110的那些，按时办结率」「转给110的里面，按时办结率」「企业提的诉求，平均几个工作日办完」 */
function isSaidOfFirst(mentions: readonly Mention[]): boolean {
  const [first = [], ...others] = splitAt(mentions, isComma);
  const asks = (clause: readonly Mention[]) =>
    clause.some((m) => m.asksCount || (m.isName ? /几|多少/u.test(m.text) : has(m, 'howMuch')));
  if (others.length === 1 && !hasAny(mentions, 'and', 'each') && !asks(first) && others.some(asks)) return true;
  const last = first.findLast((m) => m.isName || m.words.size > 0);
  // 「转给110的那848件，按时办结率」
  const isPointed = first.some((m, i) => has(m, 'pronoun') && first[i + 1]?.number !== undefined);
  return (
    isPointed ||
    (last !== undefined && !last.isName && (has(last, 'within') || (has(last, 'pronoun') && has(last, 'suchAs'))))
  );
}

export const OVERVIEW: readonly Rule[] = [overview];
export const FIGURES: readonly Rule[] = [figures];
