/** Leaving out: 「除了电话以外」「不是企业的」「没派给部门的」, alone or as a side of what is computed. */
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { NOTHING_SAID, type Operand } from '../query';
import { hasAny, hasContent, operandOf, phraseOf, type Sentence, splitAt } from '../sentence';
import { isComma, listed } from './lists';
import type { Rule } from './rule';

const HANDLED: readonly WordClass[] = ['except', 'theRest', 'sum', 'and', 'which', 'not', 'howMany'];

export const rest: Rule = {
  name: 'rest',
  example: '除了电话以外的诉求有多少',
  read(sentence) {
    // What is computed of the rest is another rule's: 「没派给部门的占几成」.
    const isComputed = (m: Mention) => has(m, 'share', 'times', 'difference', 'than') && !has(m, 'except');
    if (sentence.mentions.some(isComputed)) return undefined;
    // 「派给部门的三成，剩下的68.5%，对吧」: what is left would answer neither claim.
    const claimed = sentence.mentions.filter((m) => m.number);
    if (claimed.length > 1 && hasAny(sentence.mentions, 'confirm')) return undefined;
    const of = leftOut(sentence.mentions, sentence, []);
    return of && { op: 'rest', of };
  },
};

/** 「其余的几个人」 after a part: what is left of its whole. */
function othersThanTalkedOf(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[],
): RestOperand | undefined {
  // 「刨掉他们还有几个」: whom it leaves out was talked about.
  const isPointed = mentions.some((m) => has(m, 'except') && !m.isName) && hasAny(mentions, 'howMuch');
  const isRest = isPointed || mentions.some((m) => has(m, 'theRest') && !m.isName);
  const not = mentions.findIndex((m) => has(m, 'not') && !m.isName);
  // 「剩下没批的」 says what those others aren't.
  const isNamed = not >= 0 && mentions.slice(not).some((m) => m.isName);
  if (!isRest || isNamed || hasContent(mentions)) return undefined;
  const of = operandOf(mentions, sentence, [...HANDLED, ...handled]);
  return of && { ...of, without: [NOTHING_SAID] };
}

/** An operand that may leave out some of what it names. */
export function restOperand(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[] = [],
): Operand | undefined {
  const read = leftOut(mentions, sentence, handled);
  if (read) return read;
  return hasAny(
    mentions.filter((m) => !m.isName),
    'except',
    'not',
  )
    ? undefined
    : operandOf(mentions, sentence, handled);
}

function leftOut(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[],
): RestOperand | undefined {
  const at = mentions.findIndex((m) => has(m, 'except') && !m.isName);
  // 「剩下不是负责人的」 says it twice.
  const isSaidTwice = at >= 0 && has(mentions[at] as Mention, 'theRest') && hasAny(mentions.slice(at), 'not');
  const cut =
    at < 0 || isSaidTwice || hasAny(mentions.slice(0, at), 'not')
      ? negated(isSaidTwice ? mentions.filter((_, i) => i !== at) : mentions)
      : excepted(mentions, at);
  const left = [...(cut?.torn ?? []), ...(cut?.without ?? [])];
  const others = othersThanTalkedOf(mentions, sentence, handled);
  if (others) return others;
  if (!cut || !(hasContent(left) || left.some((m) => m.isName && !has(m, 'filler') && m.text.length === 1)))
    return undefined;
  const read = ({ of, without }: Cut): RestOperand | undefined => {
    // 「除了电话，其他渠道」: 其他 is what is left, not the column of that name.
    const whole = operandOf(
      of.filter((m) => !has(m, 'except', 'theRest')),
      sentence,
      [...HANDLED, ...handled],
    );
    const left = listed(without, sentence, [...HANDLED, ...handled]);
    if (!whole || !left || phraseOf(without, sentence).pieces.length === 0) return undefined;
    return { ...whole, without: left, said: mentions.map((m) => m.text).join('') };
  };
  const { torn = [] } = cut;
  const first = read(cut);
  const otherwise =
    torn.length > 0
      ? read({ of: cut.of.filter((m) => !torn.includes(m)), without: [...torn, ...cut.without] })
      : undefined;
  return first && otherwise ? { ...first, otherwise } : first;
}

export type RestOperand = Operand & { without: Operand[] };

interface Cut {
  of: Mention[];
  without: Mention[];
  /** What stands right before the negation: 现场 of 现场没回应. */
  torn?: Mention[];
}

/** 「除了 ⟨X⟩ 以外 ⟨W⟩」, 「⟨X⟩ 以外的 ⟨W⟩」, 「⟨W⟩ 除去 ⟨X⟩」, 「⟨W⟩，⟨X⟩ 不算」 */
function excepted(mentions: readonly Mention[], at: number): Cut | undefined {
  const before = mentions.slice(0, at);
  const after = mentions.slice(at + 1);
  // 「剩余的诉求总量」 doesn't say what is taken off.
  if (has(mentions[at] as Mention, 'theRest') && !hasContent(before) && hasContent(after)) return undefined;
  // 「接听员把市本级的去掉，全市还剩几名」
  const taken = before.findLastIndex((m) => m.text === '把' || m.text === '将');
  if (taken >= 0 && hasContent(before.slice(taken)))
    return { of: [...before.slice(0, taken), ...after], without: before.slice(taken + 1) };
  const isBehind = standsBehind(mentions[at] as Mention);
  // 「全市的成员单位，热线平台跟其他两栏扣掉，还剩多少」
  const comma = isBehind || !hasContent(after) ? before.findLastIndex(isComma) : -1;
  if (comma > 0 && hasContent(before.slice(comma)) && hasContent(before.slice(0, comma)))
    return { of: [...before.slice(0, comma), ...after], without: before.slice(comma + 1) };
  // 「电话以外渠道来的诉求」
  if (/外的?$/u.test((mentions[at] as Mention).text) && hasContent(before) && hasContent(after))
    return { of: after, without: before };
  const close = after.findIndex((m) => (has(m, 'except') && !m.isName) || isComma(m) || m.text === '的');
  if (hasContent(after) && close >= 0 && hasContent(after.slice(0, close)))
    return { of: [...before, ...after.slice(close + 1)], without: after.slice(0, close) };
  if (hasContent(after) && hasContent(before))
    return isBehind ? { of: after, without: before } : { of: before, without: after };
  return { of: [], without: hasContent(after) ? after : before };
}

/** 以外, 除外 and 不算 stand behind what they leave out; 不算 before it too. */
function standsBehind(m: Mention): boolean {
  return /[外算计]的?$/u.test(m.text);
}

/** 「走别的路子」: what isn't left out, whatever stood before it. */
function goesElsewhere([verb, ...behind]: readonly Mention[]): boolean {
  return verb !== undefined && has(verb, 'soft') && behind[0] !== undefined && has(behind[0], 'theRest');
}

/** 「不是企业的诉求」「没有派给部门的诉求」「不是电话、也不是网上来的」: each negated piece ends at 的 or a comma. */
function negated(mentions: readonly Mention[]): Cut | undefined {
  const without: Mention[] = [];
  const of: Mention[] = [];
  const torn: Mention[] = [];
  let isNegated = false;
  for (const [i, m] of mentions.entries()) {
    if (has(m, 'not') && !m.isName) {
      isNegated = true;
      const before = of[of.length - 1];
      if (before?.isName && before.end === m.start) torn.push(before);
      if (without.length > 0) without.push({ ...m, words: new Set(['and']) });
      continue;
    }
    // 「不是电话、网上来的」: a list is negated from end to end, up to 「、走别的路子来的」.
    const turns = has(m, 'and') && !m.isName && hasContent(without) && goesElsewhere(mentions.slice(i + 1));
    if (isNegated && (m.text === '的' || isComma(m) || turns)) {
      isNegated = false;
      continue;
    }
    (isNegated ? without : of).push(m);
  }
  // 「也不是转过来的」 leaves out what goes with any figure elsewhere.
  const isAnd = (m: Mention) => has(m, 'and') && m.words.size === 1 && !m.isName;
  const isVague = splitAt(without, isAnd).some(
    (piece) => !hasContent(piece) && !hasAny(piece, 'theRest') && piece.some((m) => m.isName),
  );
  if (isVague) {
    const hard = (m: Mention): Mention => (m.isName && has(m, 'soft') ? { ...m, words: new Set<WordClass>() } : m);
    return { of, without: without.map(hard), torn };
  }
  return without.length > 0 ? { of, without, torn } : undefined;
}
