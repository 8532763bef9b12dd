/**
 * Words of the lexicon that differ in a part only are written once: 「(转/派)给(各/)部门」 stands for 转给部门, 转给各部门, 派给部门
 * and 派给各部门.
 *
 * Brackets without a stroke are part of the word: 县(市、区).
 */

const CHOICE = /\(([^()]*\/[^()]*)\)/u;

/** All that a word of the lexicon stands for; itself, where it leaves nothing open. */
export function spellings(word: string): string[] {
  const choice = CHOICE.exec(word);
  if (!choice) return [word];
  const [all, choices = ''] = choice;
  const before = word.slice(0, choice.index);
  const after = spellings(word.slice(choice.index + all.length));
  return choices.split('/').flatMap((one) => after.map((rest) => `${before}${one.trim()}${rest}`));
}

/** A bracket that never closes, or one inside another: what is meant can't be told. */
export function isLegible(word: string): boolean {
  const plain = word.replace(/\([^()]*\)/gu, '');
  return !plain.includes('(') && !plain.includes(')');
}
