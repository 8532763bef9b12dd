/**
 * From what was typed to one canonical writing: NFKC, lower case, simplified characters, numerals as
 * digits, no invisible characters, no thousands commas, one kind of punctuation.
 *
 * 「尚賢　網上來的訴求」 → 「尚贤 网上来的诉求」; 「二〇二四年」 → 「2024年」; 「1,234,567」 → 「1234567」.
 *
 * Not here: spoken filler (words of the lexicon), wrong characters (link/repair.ts).
 */
import { Converter } from 'opencc-js/t2cn';
import { digitsForNumerals } from './chinese-numerals';

const toSimplified = Converter({ from: 't', to: 'cn' });

/** What people type can't be longer than this and still be a question. */
export const LONGEST_QUESTION = 300;
/** Spaces and invisible characters may come on top; more isn't even read. */
export const LONGEST_TYPED = 1000;

export function normalize(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    // Piled accents, which belong to no letter, say nothing.
    .replace(/\p{M}+/gu, '')
    // Control, format (zero width, direction marks) and private characters, and lone halves, carry no meaning here.
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/gu, ' ')
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  const simplified = toSimplified(plain)
    // Quotation marks set a name off, 县(市、区) is one name: the signs inside aren't said.
    .replace(/["'“”‘’《》〈〉「」『』【】]/gu, '')
    // 「在线答掉的（接听员、专员都算）」 is a remark.
    .replace(/\(([^()]{1,12})\)/gu, (_all: string, inside: string) =>
      inside.includes('都') ? `,${inside},` : inside.replace(/[、,\s]/gu, ''),
    )
    .replace(/\s+/g, ' ');
  return withoutStraySpaces(digitsForNumerals(simplified)).trim();
}

/** 「30 秒」 is 「30秒」; 「满 意 率」, spaced out, is 「满意率」. A space between words stays: it divides. */
function withoutStraySpaces(text: string): string {
  const pieces = text.split(' ');
  const isSpacedOut = pieces.length > 3 && pieces.filter((p) => /^\p{Script=Han}$/u.test(p)).length > pieces.length / 2;
  if (isSpacedOut) return pieces.join('');
  return text.replace(/(?<=\d) (?=\p{Script=Han})/gu, '').replace(/(?<=\p{Script=Han}) (?=\d)/gu, '');
}

/** The same for a label of the report: also without the spaces and signs that print but aren't said. */
export function normalizeLabel(label: string): string {
  return normalize(label).replace(/[\s"'“”‘’《》〈〉「」『』()[\]【】、,。:;·.]/gu, '');
}
