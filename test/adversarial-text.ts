/**
 * Text that is hard for a regular expression: made of its own characters, over and over, with an end that fits nowhere. On such
 * text a pattern that can read one piece in two ways tries all of them, which takes for ever.
 */
import { runInNewContext } from 'node:vm';

const SAMPLES: Record<string, string> = {
  d: '0',
  s: ' ',
  w: 'a',
  S: 'a',
  W: ' ',
  D: 'a',
  p: '一',
  P: 'a',
  b: '',
  B: '',
  n: '\n',
};
const MOST_ATOMS = 14;
const ENDS = ['\u0000', '!a0一'];

/** Characters that the pattern itself speaks of: one for each class, the first and the last of each set. */
export function atomsOf(pattern: string): string[] {
  const atoms = new Set<string>();
  for (const [, escaped, set, plain] of pattern.matchAll(
    /\\([a-zA-Z])(?:\{[^}]*\})?|\[((?:\\.|[^\]\\])*)\]|([^\\^$.*+?()[\]{}|])/gsu,
  )) {
    if (escaped !== undefined) atoms.add(SAMPLES[escaped] ?? '');
    if (plain !== undefined) atoms.add(plain);
    if (set === undefined) continue;
    if (set.startsWith('^')) atoms.add('a');
    for (const [, inner] of set.matchAll(/\\([a-zA-Z])/g)) atoms.add(SAMPLES[inner ?? ''] ?? '');
    const members = [...set.replace(/\\[a-zA-Z](\{[^}]*\})?|^\^/g, '').replaceAll('\\', '')];
    atoms.add(members[0] ?? '').add(members.at(-1) ?? '');
  }
  if (/(^|[^\\])\./.test(pattern)) atoms.add('a');
  atoms.delete('');
  return [...atoms].slice(0, MOST_ATOMS);
}

export function adversarialTexts(pattern: string, length: number): string[] {
  const atoms = atomsOf(pattern);
  const pumps = [...atoms, ...atoms.map((atom, i) => atom + (atoms[(i + 1) % atoms.length] ?? '')), atoms.join('')];
  const [, literally = ''] = /^\^?([\w -]*)/.exec(pattern) ?? [];
  const beginnings = ['', literally, atoms[0] ?? '', atoms.slice(0, 4).join('')];
  return pumps.flatMap((pump) =>
    beginnings.flatMap((beginning) =>
      ENDS.map((end) => beginning + pump.repeat(Math.ceil(length / Math.max(1, pump.length))).slice(0, length) + end),
    ),
  );
}

/** Whether the pattern is through with all of its adversarial texts in time. A search that goes on is broken off. */
export function isThroughInTime(pattern: string, flags: string, length: number, withinMs: number): boolean {
  const texts = adversarialTexts(pattern, length);
  try {
    // An odd flag would keep its place between two texts.
    const code = 'texts.forEach((text) => text.replace(new RegExp(pattern, flags), ""))';
    runInNewContext(code, { texts, pattern, flags: flags.replace('y', '') }, { timeout: withinMs });
    return true;
  } catch (error) {
    // Not an Error of this context.
    const { code } = error as { code?: unknown };
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
