/** Asking for a part of something: in per cent, in tenths, of several together. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import type { Ask } from '../query';
import { hasAny, hasContent, type Sentence, splitAt } from '../sentence';
import { restOperand } from './leaving-out';
import { inEarnest, isComma, isSide, joins, listed, saidIn } from './lists';
import { withoutPointedDifference } from './relation';
import type { Rule } from './rule';

export const share: Rule = {
  name: 'share',
  example: '电话占企业诉求的比例',
  read(asked) {
    const ask = readShare(asked);
    return ask?.op === 'share' ? { ...ask, ...saidIn(asked.mentions) } : ask;
  },
};

function readShare(asked: Sentence): Ask | undefined {
  const plain = withoutPointedDifference(asked);
  // 「在线解答占比和部门办理占比各多少」: said of each of a list, and once behind it.
  const isRepeated = (m: Mention, next: Mention | undefined) =>
    has(m, 'share') && /^占?比/u.test(m.text) && next !== undefined && has(next, 'and') && !next.isName;
  const mentions = plain.mentions.filter((m, i, all) => !isRepeated(m, all[i + 1]));
  const sentence = { ...plain, mentions };
  // 「电话占多少，互联网占多少」 are two questions, and the one is no whole of the other.
  const asking = splitAt(mentions, isComma).filter((c) => hasContent(c) && c.some((m) => has(m, 'share')));
  if (asking.length > 1) return undefined;
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
  // 「…占几成，企业群众合着算」: that all are counted says nothing of the whole.
  const behindIt = mentions.slice(cut + 1);
  const isAllCounted = behindIt[0] && isComma(behindIt[0]) && hasAny(behindIt, 'sum', 'countedIn');
  const right = (isAllCounted ? [] : behindIt).filter((m) => !has(m, 'share') || (m.isName && m !== mentions[share]));
  const handled: WordClass[] = ['share', 'sum', 'countedIn', 'and', 'which', 'both', 'each'];
  const [outer, inner] = cutWithin(left);
  if (outer) return shareOf(inner, outer, sentence, handled);
  const placed = cutPlaced(left);
  if (placed) return shareOf(placed.part, placed.whole, sentence, handled);
  // 「在线答复这一块，政策专员占几成」: what is named first may be the whole.
  const comma = left.findLastIndex((m, i) => isComma(m) && hasContent(left.slice(i + 1)));
  const [before, behind] = [left.slice(0, comma), left.slice(comma + 1)];
  if (comma > 0 && hasContent(before) && hasContent(behind) && !hasContent(right)) {
    const within = shareOf(behind, before, sentence, handled);
    const alone = shareOf(left, [], sentence, handled);
    return within?.op === 'share' && alone?.op === 'share' ? { ...alone, within } : alone;
  }
  // 「电话占企业诉求多少」 names the part first; 「企业诉求有几成是电话打来的」 the whole.
  const said = mentions[cut] as Mention;
  // 「尚贤的诉求有几成派给部门」「专报多大比例被签批」
  const asksPart = has(said, 'percent', 'howMuch') || /[几多]/u.test(said.text);
  const isWholeFirst =
    to < 0 && !/占/u.test(said.text) && (asksPart || right.some((m) => m.text === '是' || has(m, 'soft')));
  if (isSide(right) && isSide(left)) {
    const [one, turned] = [shareOf(left, right, sentence, handled), shareOf(right, left, sentence, handled)];
    return isWholeFirst && turned ? { ...turned, ...(one ? { turned: one } : {}) } : one;
  }
  // 「占诉求多少」 of what was answered last: a word that goes with any figure is all that is named.
  const soft = left.every((m) => has(m, 'filler')) && isShareOf(mentions[cut] as Mention, right[0], sentence);
  if (soft) return shareOf(left, right.map(inEarnest), sentence, handled);
  // 「占诉求总量百分之几」 asks it of what was answered last; 「多大比例是企业的」 names the part behind.
  if (hasContent(right) && !hasContent(left)) {
    const says = mentions[cut];
    return says && (/占/u.test(says.text) || has(says, 'amountsTo'))
      ? shareOf(left, right, sentence, handled)
      : shareOf(right, [], sentence, handled);
  }
  // 「政风热线的诉求是尚贤的几分之几」
  const is = left.findIndex((m) => m.text === '是' && !m.isName);
  if (is > 0 && hasContent(left.slice(0, is)) && hasContent(left.slice(is + 1)) && !hasContent(right))
    return shareOf(left.slice(0, is), left.slice(is + 1), sentence, handled);
  // 「是总量的几成」 asks it of what was answered last.
  if (left[0]?.text === '是' && hasContent(left)) return shareOf([], left, sentence, handled);
  return shareOf(left, [], sentence, handled);
}

/** 「占诉求」: what is counted, right behind 占, is what is divided. */
function isShareOf(said: Mention, behind: Mention | undefined, { nounUnits }: Sentence): boolean {
  return /占/u.test(said.text) && behind !== undefined && behind.start === said.end && nounUnits.has(behind.text);
}

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
  const isSaid = hasContent(part) || hasAny(part, 'pronoun');
  // 「在群众诉求里占多大比重」 is asked of what was answered last.
  return at === 0 || (at > 0 && isSaid && isNamed) ? { part, whole } : undefined;
}

function shareOf(
  part: readonly Mention[],
  whole: readonly Mention[],
  sentence: Sentence,
  handled: WordClass[],
): Extract<Ask, { op: 'share' }> | undefined {
  const of = restOperand(part, sentence, handled);
  const within = restOperand(whole, sentence, handled);
  if (!of || !within) return undefined;
  const each = hasAny(sentence.mentions, 'each');
  const many = sentence.mentions.find((m) => m.count)?.count;
  // 「电话加互联网占多少」「电话和互联网一共占多少」 asks for the share of both together.
  const joined = part.map((m, i) => (joins(m, part[i - 1]) ? { ...m, words: new Set<WordClass>(['and']) } : m));
  const and = joined.findLastIndex((m) => has(m, 'and') && !m.isName);
  // 合计 behind a list adds it up, though a row may be called so.
  const adds = (m: Mention, i: number) => has(m, 'sum', 'countedIn') && (!m.isName || i > and);
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
    // 「这两块合起来占多少」「合起来占多少」
    ...((of.refersTo === 'all' || !hasContent(part)) && isSummed ? { isSummed } : {}),
    ...(isSide(whole) ? { whole: { ...within, aspect: 'value' } } : {}),
    // 「企业占这个总件数多少」 points at what was answered.
    ...(hasContent(part) && hasAny(whole, 'pronoun') ? { isOfFocus: true } : {}),
    ...(each ? { each } : {}),
    ...(each && many && !hasContent(part) ? { many } : {}),
  };
}
