/**
 * 「快三百件了」「140万左右」「三秒多」: words beside a number that say how roughly it is meant. The number takes them in: what it
 * stands for becomes wider, or moves to one side.
 */
import type { WordClass } from '../lexicon/lexicon';
import { has, type Mention } from '../link/mention';
import { around, moreThan, nearly, type Range } from '../link/range';
import type { NumberRead } from '../link/read-number';

export function foldRoughly(mentions: Mention[]): Mention[] {
  const taken = new Set<Mention>();
  const folded = mentions.map((m, i) => {
    if (!m.number || m.number.least) return m;
    const before = leading(mentions, i);
    const after = trailing(mentions, i);
    const range = (before && rangeWith(before, m.number)) ?? (after && rangeWith(after, m.number));
    if (!range) return m;
    for (const word of [before, after]) if (word) taken.add(word);
    return {
      ...m,
      text: before && !has(before, 'filler') ? before.text + m.text : m.text,
      number: { ...m.number, range, isRough: true },
    };
  });
  return folded.flatMap((m, i) => {
    if (taken.has(m)) return [];
    const next = folded[i + 1];
    // 「上98%了没」「全在98%往上」
    const before = folded[i - 1];
    const number = before?.unit ? folded[i - 2] : before;
    const isBeside = (next?.number && next.start === m.end) || (number?.number && before?.end === m.start);
    if (has(m, 'reachesNumber') && !m.isName && isBeside) return [{ ...m, words: new Set<WordClass>(['reaches']) }];
    // 「近的」 says nothing that the report knows.
    const saysNothing = has(m, 'nearly', 'reachesNumber') && m.words.size === 1 && !m.isName;
    return saysNothing ? [{ ...m, words: new Set(), isUnknown: true }] : [m];
  });
}

/** 「大概有140万」: others that say nothing may stand between. */
function leading(mentions: readonly Mention[], at: number): Mention | undefined {
  for (let i = at - 1; i >= 0; i--) {
    const m = mentions[i] as Mention;
    if (m.isName) return undefined;
    if (has(m, 'nearly', 'roughly')) return m;
    if (!has(m, 'filler')) return undefined;
  }
  return undefined;
}

/** 「三秒多」「140万件左右」 */
function trailing(mentions: readonly Mention[], at: number): Mention | undefined {
  const [number, next, afterNext] = mentions.slice(at);
  const word = next?.unit && !has(next, 'roughly', 'andMore') ? afterNext : next;
  const end = word === next ? number?.end : next?.end;
  return word && !word.isName && word.start === end && has(word, 'roughly', 'andMore') ? word : undefined;
}

function rangeWith(word: Mention, { value, step, range, isPercent }: NumberRead): Range | undefined {
  if (has(word, 'roughly')) return around(value, value.sub(nearly(value, step).from));
  // 「接近97%」 of 96.2% too: of a hundred, one is little.
  if (has(word, 'nearly')) return nearly(value, isPercent ? step.mul(2) : step);
  // 「五万多件出头」 has said so already.
  return range.isOpen ? undefined : moreThan(value, range.to.sub(range.from));
}
