/**
 * What a button sends back: its number in the card, so that no two keys are the same, and what pressing it says. A menu of
 * the app has plain questions for keys, set by whoever runs it.
 *
 *     keyOf(2, '企业诉求') → "2:企业诉求"; sayOfKey('2:企业诉求') → "企业诉求"; sayOfKey('诉求总量是多少') → the same
 */
const LONGEST_KEY_BYTES = 1024;

/** Undefined: longer than a key may be. */
export function keyOf(number: number, say: string): string | undefined {
  const key = `${number}:${say}`;
  return Buffer.byteLength(key) <= LONGEST_KEY_BYTES ? key : undefined;
}

export function sayOfKey(key: string): string {
  return /^\d{1,2}:(.*)$/s.exec(key)?.[1] ?? key;
}

/** 0 for a key that no card of ours has. */
export function numberOfKey(key: string): number {
  return Number(/^(\d{1,2}):/.exec(key)?.[1] ?? 0);
}
