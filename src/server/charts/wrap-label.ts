/**
 * Breaks a label into lines of a width, in pixels. Without a browser nothing can be measured: a Chinese character is as wide
 * as its size, a letter or digit a little over half of it, which is on the safe side.
 */
export interface Wrapped {
  lines: string[];
  /** Of the longest line. */
  width: number;
}

const NARROW = 0.6;
/** Narrower than that, a column of single characters would be all that is left. */
const NARROWEST = 6;

export function linesOf(text: string, width: number, size: number): Wrapped {
  const room = Math.max(width, NARROWEST * size);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  let longest = 0;
  for (const character of text.replace(/\s+/g, ' ')) {
    const wide = widthOf(character) * size;
    if (line !== '' && used + wide > room && !CLOSING.test(character)) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += character;
    used += wide;
    longest = Math.max(longest, used);
  }
  return { lines: [...lines, line], width: longest };
}

/** Stands at no beginning of a line. */
const CLOSING = /[）”』」，。；：、·%]/u;

function widthOf(character: string): number {
  return (character.codePointAt(0) ?? 0) < 0x2000 ? NARROW : 1;
}
