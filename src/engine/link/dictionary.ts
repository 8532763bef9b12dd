/** What the linker knows: every word that a question may hold, and what it may be whatever stands around it. */
import Fraction from '../../report/fraction';
import type { Lexicon } from '../lexicon/lexicon';
import type { Vocabulary } from '../vocabulary/vocabulary';
import { type Mention, NO_WORDS } from './mention';
import { exactly, MORE_THAN_HALF } from './read-number';

/** The names of all reports, the lexicon, the regions that have a report. */
export interface Dictionary {
  vocabulary: Vocabulary;
  lexicon: Lexicon;
  /** 全市, 连云港市 → 连云港 */
  regions: ReadonlyMap<string, string>;
  /** All of the above by what is typed. */
  entryOf: (word: string) => Entry | undefined;
  /** How long the entries are that begin with these two characters, longest first. */
  lengths: ReadonlyMap<string, readonly number[]>;
  /** A name → another that says to contain it: 县市区平台 → 包含县市区平台. */
  containing: ReadonlyMap<string, string>;
}

/** What a word may be, whatever stands around it. */
type Entry = Omit<Mention, 'start' | 'end' | 'text'>;

export function buildDictionary(
  vocabulary: Vocabulary,
  lexicon: Lexicon,
  regions: ReadonlyMap<string, string>,
): Dictionary {
  const { words, relativeYears, units, topics, restricting, places } = lexicon;
  const sources = [vocabulary.names, words, relativeYears, units, topics, restricting, regions];
  const typed = new Set([...sources.flatMap((s) => [...s.keys()]), ...places]);
  // Worked out when it is first met: most words never are.
  const met = new Map<string, Entry>();
  const entryOf = (word: string): Entry | undefined => {
    const known = met.get(word);
    if (known || !typed.has(word)) return known;
    const entry = entryFor(word, vocabulary, lexicon, regions);
    met.set(word, entry);
    return entry;
  };
  const lengths = new Map<string, number[]>();
  for (const word of typed) {
    const start = word.slice(0, 2);
    const known = lengths.get(start);
    if (!known) lengths.set(start, [word.length]);
    else if (!known.includes(word.length)) known.push(word.length);
  }
  for (const known of lengths.values()) known.sort((a, b) => b - a);
  const containing = new Map<string, string>();
  for (const name of vocabulary.names.keys())
    for (const word of lexicon.including) if (name.startsWith(word)) containing.set(name.slice(word.length), name);
  return { vocabulary, lexicon, regions, entryOf, lengths, containing };
}

function entryFor(word: string, vocabulary: Vocabulary, lexicon: Lexicon, regions: ReadonlyMap<string, string>): Entry {
  const isName = vocabulary.names.has(word);
  const words = lexicon.words.get(word);
  const relative = lexicon.relativeYears.get(word);
  const changedBy = lexicon.changesBy.get(word);
  const unit = lexicon.units.get(word);
  const topic = lexicon.topics.get(word);
  const region = regions.get(word);
  const isPlace = lexicon.places.has(word);
  // 首次 is known to narrow what is asked, and so stays whole: nobody asks for 首 次来电.
  if (!isName && !words && relative === undefined && !unit && !topic && !region && !isPlace)
    return { isName, words: NO_WORDS, narrows: true, isUnknown: true };
  return {
    isUnknown: false,
    isName,
    words: words ?? NO_WORDS,
    ...(isName && asksCount(word, lexicon) ? { asksCount: true } : {}),
    ...(isName && !words && isWordy(word, lexicon) ? { isWordy: true } : {}),
    ...(relative !== undefined ? { period: { kind: 'relativeYear' as const, offset: relative } } : {}),
    ...(words?.has('yearBefore') ? { period: { kind: 'yearBefore' as const } } : {}),
    ...(words?.has('subPeriod') ? { period: { kind: 'subYear' as const, said: word } } : {}),
    ...(changedBy !== undefined ? { number: atLeast(changedBy) } : {}),
    ...(words?.has('majority') ? { number: MORE_THAN_HALF } : {}),
    ...(unit ? { unit } : {}),
    ...(topic ? { topic } : {}),
    ...(region || isPlace ? { place: region ? { region, name: word } : { name: word } } : {}),
  };
}

/** 翻番: so many per cent, or more. */
function atLeast(percent: number): NonNullable<Mention['number']> {
  return { ...exactly(new Fraction(percent)), isPercent: true, isRough: true, least: 'reached' };
}

function asksCount(name: string, { words }: Lexicon): boolean {
  for (let at = 1; at < name.length; at++) {
    const ends = [name.slice(0, at), name.slice(at)].filter((end) => end.length > 1);
    if (ends.some((end) => words.get(end)?.has('howMuch'))) return true;
  }
  return false;
}

function isWordy(name: string, { words, nounUnits }: Lexicon): boolean {
  if (![...nounUnits.keys()].some((noun) => name.includes(noun))) return false;
  const reached = [true];
  for (let at = 0; at < name.length; at++) {
    if (!reached[at]) continue;
    for (let end = at + 1; end <= name.length; end++) {
      const classes = words.get(name.slice(at, end));
      if (classes?.has('soft') || classes?.has('filler')) reached[end] = true;
    }
  }
  return reached[name.length] === true;
}
