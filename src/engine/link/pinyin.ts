/** Whole questions typed in pinyin, which nobody divides into words as a dictionary does. */
import type { Dictionary } from './dictionary';
import type { Mention } from './mention';
import { sameMeaning } from './same-meaning';

export interface PinyinIndex {
  /** Plain joined pinyin → names and words. */
  byPinyin: ReadonlyMap<string, readonly string[]>;
  /** A syllable → the character that is said so between names: shi 是, miao 秒. */
  bySyllable: ReadonlyMap<string, string>;
}

/** 「pingjun tonghua shichang shi duoshao」: words typed in Latin letters, each of which is one, read as they sound together. */
export function inPinyin(
  text: string,
  unknown: readonly Mention[],
  { vocabulary }: Dictionary,
  { byPinyin, bySyllable }: PinyinIndex,
): { text: string; change: { from: string; to: string } } | undefined {
  const run = [...text.matchAll(/[a-z']+(?: [a-z']+)+/gu)].find(({ 0: words, index }) =>
    unknown.some((m) => m.start >= index && m.end <= index + words.length),
  );
  if (!run) return undefined;
  // shangxian may be 尚贤 and 上线.
  const wordOf = (sound: string): string | undefined => {
    const words = byPinyin.get(sound) ?? byPinyin.get(sound.replace(/lu/g, 'lv')) ?? [];
    const names = words.filter((word) => vocabulary.names.has(word));
    return names.length > 1 ? sameMeaning(names, vocabulary) : (names[0] ?? words[0] ?? bySyllable.get(sound));
  };
  const words = run[0].replace(/'/g, '').split(' ');
  // Such a word is only read as part of a longer one: shangxian renshu, 上线人数.
  const inside = new Set<number>();
  words.reduce((at, word) => {
    if (byPinyin.has(word) && wordOf(word) === undefined) for (let i = 1; i < word.length; i++) inside.add(at + i);
    return at + word.length;
  }, 0);
  const to = spelled(words.join(''), wordOf, inside);
  const end = run.index + run[0].length;
  return to ? { text: text.slice(0, run.index) + to + text.slice(end), change: { from: run[0], to } } : undefined;
}

/** The fewest words that sound so from end to end, one of them longer than a character. */
function spelled(
  typed: string,
  wordOf: (sound: string) => string | undefined,
  inside: ReadonlySet<number>,
): string | undefined {
  const best: ({ count: number; text: string } | undefined)[] = [{ count: 0, text: '' }];
  for (let at = 0; at < typed.length; at++) {
    const before = best[at];
    if (!before) continue;
    for (let length = 1; length <= Math.min(40, typed.length - at); length++) {
      if (inside.has(at + length)) continue;
      const word = wordOf(typed.slice(at, at + length));
      const known = best[at + length];
      if (word && (!known || before.count + 1 < known.count))
        best[at + length] = { count: before.count + 1, text: before.text + word };
    }
  }
  const whole = best[typed.length];
  return whole && whole.count < whole.text.length ? whole.text : undefined;
}
