/**
 * One number, or a direction, and what it is said of: 「诉求总量突破200万了吗」.
 *
 * Not here: which words of a sentence go with which number, and what is said of all or of none (claims.ts).
 */
import Fraction from '../../../report/fraction';
import type { WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { scaled } from '../../link/range';
import type { Ask, Claim } from '../query';
import { askingIn, hasAny, operandOf, type Sentence } from '../sentence';
import { RELATION, relationIn } from './relation';

export const CLAIM_WORDS: WordClass[] = [
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
  'misprint',
  'isThere',
];

/** What one number, or a direction, is said of. */
export function claimOf(mentions: readonly Mention[], sentence: Sentence): Extract<Ask, { op: 'claim' }> | undefined {
  const plain = mentions.filter((m) => !m.isName);
  const first = mentions.find((m) => m.number);
  const doubts = hasAny(askingIn(mentions), 'confirm', 'equals', 'not', ...RELATION);
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
  // 「涨了近四倍」 is said of the change: four hundred per cent.
  const isTimes = first && hasDirection && mentions.some((m) => has(m, 'times') && m.start === first.end);
  const of = operandOf(
    mentions.filter((m) => !m.number && !(isTimes && has(m, 'times'))),
    sentence,
    CLAIM_WORDS,
  );
  if (!of) return undefined;
  const claimed: Claim = {
    ...(first ? numberSaid(first, sentence) : {}),
    relation: relationIn(askingIn(mentions)) ?? 'equal',
    ...(hasDirection ? { direction: up ? ('up' as const) : ('down' as const) } : {}),
    ...(hasAny(sentence.mentions, 'misprint') ? { isOfPrint: true } : {}),
  };
  if (isTimes) Object.assign(claimed, inPercent(claimed));
  const { kind } = claimed;
  // 0.75 小时 is said of a time.
  const phrase = kind && kind !== 'things' && kind !== 'rate' ? { ...of.phrase, unit: kind } : of.phrase;
  const asksParts = hasAny(plain, 'parts') ? { asksParts: true } : {};
  return { op: 'claim', of: { ...of, phrase, aspect: 'value' }, claim: claimed, ...asksParts };
}

function inPercent({ value, range, said }: Claim): Claim {
  const hundred = new Fraction(100);
  return {
    ...(value ? { value: value.mul(hundred) } : {}),
    ...(range ? { range: scaled(range, hundred) } : {}),
    isPercent: true,
    isRough: true,
    said: `${said}倍`,
  };
}

/** A number with the unit that it was said in. */
export function numberSaid({ number, text, end }: Mention, { mentions, unitGroups, secondsIn }: Sentence): Claim {
  if (!number) return {};
  const counted = mentions.find((m) => m.start === end && m.unit);
  // 个工作日 is 工作日.
  const unit = counted && (counted.unit === 'time' ? counted.text.replace(/^个/u, '') : counted.text);
  const unitGroup = unit && unitGroups.get(unit);
  return {
    value: number.value,
    range: number.range,
    ...(number.isRough ? { isRough: true } : {}),
    isPercent: number.isPercent,
    ...(number.isPart ? { isPart: true } : {}),
    // 「超过了“一半”」 is said of 过半.
    said: number.least === 'exceeded' ? '一半' : `${text}${counted?.text ?? ''}`,
    ...(unit ? { unit } : {}),
    ...(counted?.unit ? { kind: counted.unit } : {}),
    ...(unitGroup ? { unitGroup } : {}),
    ...(counted?.unit === 'time' ? { secondsIn } : {}),
  };
}

/** 对吗, where nobody has said it. */
export function doubtBehind({ end }: Mention): Mention {
  return { start: end, end, text: '', isName: false, words: new Set<WordClass>(['confirm']), isUnknown: false };
}
