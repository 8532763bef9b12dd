/** A time that a label holds (30 秒人工接通率) against the time that was said: another one makes another figure. */
import type { Sentence } from '../parse/sentence';
import type { Spot } from '../vocabulary/spots';

/**
 * 「15秒人工接通率」: what was said, where none of these spots has it and one has another in its place. A figure that is
 * a time itself (平均等待时长) may be held against any.
 */
export function otherThreshold({ text, mentions, secondsIn }: Sentence, spots: readonly Spot[]): string | undefined {
  if (spots.some((s) => s.unitKind === 'time')) return undefined;
  const units = [...secondsIn.keys()].sort((a, b) => b.length - a.length);
  const unitAt = (rest: string) => units.find((unit) => rest.startsWith(unit));
  const said = mentions.flatMap((m) => {
    const unit = m.number && unitAt(text.slice(m.end));
    return m.number && unit
      ? [{ seconds: m.number.value.mul(secondsIn.get(unit) ?? 1).valueOf(), words: m.text + unit }]
      : [];
  });
  const printed = spots.flatMap(({ leaf: { key } }) =>
    [...key.matchAll(/\d+/gu)].flatMap(({ 0: digits, index }) => {
      const unit = unitAt(key.slice(index + digits.length));
      return unit ? [Number(digits) * (secondsIn.get(unit) ?? 1)] : [];
    }),
  );
  const isPrinted = said.some(({ seconds }) => printed.includes(seconds));
  return printed.length > 0 && !isPrinted ? said[0]?.words : undefined;
}
