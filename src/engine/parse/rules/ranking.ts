/** Asking for the greatest, the first few, the place of one in an order, the span from first to last. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { readNumeral } from '../../normalize/chinese-numerals';
import { hasAny, hasContent, operandOf, type Sentence, splitAt } from '../sentence';
import {
  byChange,
  bySize,
  directionOf,
  HANDLED,
  isSlowChange,
  jointly,
  kindAsked,
  measuredBy,
  named,
  plainly,
} from './compared';
import { restOperand } from './leaving-out';
import { isComma } from './lists';
import type { Rule } from './rule';

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

export const extreme: Rule = {
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

export const place: Rule = {
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

export const spread: Rule = {
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
