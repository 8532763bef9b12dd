/**
 * Links the words of a question to what they may be: names of the loaded reports, words of asking,
 * numbers, periods, places, units, and the unknown.
 *
 * The text is tiled so that as little as possible stays unknown, with as few pieces as possible:
 * 「政风热线满意率是多少」 → 政风热线 · 满意率 · 是多少. A tile keeps all it may be (来源 is part of 诉求来源
 * and a way of asking where a figure stands); the rules choose.
 *
 * Single characters don't explain a word that nodejieba knows: 个 and 人 aren't 个人.
 *
 * Not here: wrong characters (repair.ts), which node a name means (resolve).
 */
import Fraction from '../../report/fraction';
import type { Lexicon, WordClass } from '../lexicon/lexicon';
import { readNumeral } from '../normalize/chinese-numerals';
import { cut, wordKind } from '../segment';
import type { Vocabulary } from '../vocabulary/vocabulary';
import { has, type Mention, type Period } from './mention';
import { exactly, MORE_THAN_HALF, readNumber } from './read-number';

/** What the linker knows: the names of all reports, the lexicon, the regions that have a report. */
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

const PUNCTUATION = /^[\s\p{P}\p{S}]$/u;
/** 四项, 五类, 两者: how many are listed, not a figure. */
const COUNTED = /^[二两三四五六七八九](?:个|项|类|种|者|样|块|级|栏|处|路|方面|大类)(?!接)/u;
/** 第二, 排第三的, 第2名 */
const ORDINAL =
  /^(?:排名?|数|位居|位列)?(?:第([一二三四五六七八九十]|\d{1,2})(?:名|位)?|老([二三四五])(?![板百师年人]))/u;
/** 前三, 头两名; not 里头两个. */
const FEW = /[前后第]$|(?<![里外上口源前后劲来])头$/u;
const NTH: ReadonlySet<WordClass> = new Set(['nth']);
const FILLER: ReadonlySet<WordClass> = new Set(['filler']);
/** 两类 may point at the two that were talked about. */
const TWO: ReadonlySet<WordClass> = new Set(['filler', 'both']);
const AND: ReadonlySet<WordClass> = new Set(['and']);
const NO_WORDS: ReadonlySet<WordClass> = new Set();

// Costs of a tile: an unknown character outweighs any number of known tiles in its place.
const TILE = 1;
const UNKNOWN_CHARACTER = 8;

/** A sentence is linked to see how many questions it holds, and then to answer it. */
export function linkMentions(text: string, dictionary: Dictionary): readonly Mention[] {
  if (last?.text !== text || last.dictionary !== dictionary)
    last = { text, dictionary, mentions: linkAnew(text, dictionary) };
  return last.mentions;
}

let last: { text: string; dictionary: Dictionary; mentions: readonly Mention[] } | undefined;

function linkAnew(text: string, dictionary: Dictionary): Mention[] {
  const words = wordsOf(text);
  const best: { cost: number; from: number; mention?: Mention }[] = [{ cost: 0, from: 0 }];
  const better = (at: number, cost: number, from: number, mention?: Mention): void => {
    const known = best[at];
    if (!known || cost < known.cost) best[at] = { cost, from, ...(mention ? { mention } : {}) };
  };
  for (let at = 0; at < text.length; at++) {
    const here = best[at];
    if (!here) continue;
    const mentions = mentionsAt(text, at, dictionary);
    for (const mention of mentions) {
      const counts = mention.unit && /[\d几百千万亿]/u.test(text[at - 1] ?? '');
      if (here.mention && !counts && tearsWord(here.mention, mention, words)) continue;
      better(mention.end, here.cost + tileCost(mention), at, mention);
    }
    const char = text[at] as string;
    better(at + 1, here.cost + (PUNCTUATION.test(char) && mentions.length === 0 ? 0.1 : UNKNOWN_CHARACTER), at);
  }
  const tiles: Mention[] = [];
  for (let at = text.length; at > 0; ) {
    const { from, mention } = best[at] as { from: number; mention?: Mention };
    tiles.push(mention ?? plain(text, from, at));
    at = from;
  }
  const known = settleCounts(settleAddresses(cutUnknown(tiles.reverse(), text, words, dictionary)));
  return settleIncluded(settleUnits(settleTwo(known, dictionary), dictionary), dictionary);
}

/** Names win over words of asking of the same length, and longer tiles over shorter ones. */
function tileCost(mention: Mention): number {
  const single = mention.end - mention.start === 1 ? 0.4 : 0;
  const preference = mention.isName ? -0.05 : mention.number || (mention.topic && mention.words.size === 0) ? 0.1 : 0;
  return TILE + single + preference;
}

function plain(text: string, start: number, end: number): Mention {
  const piece = text.slice(start, end);
  return { start, end, text: piece, isName: false, words: NO_WORDS, isUnknown: !PUNCTUATION.test(piece) };
}

function mentionsAt(text: string, at: number, dictionary: Dictionary): Mention[] {
  const found: Mention[] = [];
  const period = periodAt(text, at);
  if (period) found.push({ ...plain(text, at, period.end), period: period.period, isUnknown: false });
  const count = COUNTED.exec(text.slice(at, at + 4));
  if (count)
    found.push({
      ...plain(text, at, at + count[0].length),
      isUnknown: false,
      words: count[0].startsWith('两') ? TWO : FILLER,
      count: readNumeral(count[0][0] as string) ?? 0,
    });
  const nth = ORDINAL.exec(text.slice(at, at + 8));
  const order = nth?.[1] ?? nth?.[2];
  const place = order && (/^\d+$/.test(order) ? Number(order) : readNumeral(order));
  if (nth && place && place > 1)
    found.push({ ...plain(text, at, at + nth[0].length), isUnknown: false, words: NTH, ordinal: place });
  const placed = FEW.test(text.slice(0, at)) ? readNumeral(text[at] as string) : undefined;
  if (placed !== undefined) {
    const value = new Fraction(placed);
    found.push({
      ...plain(text, at, at + 1),
      number: exactly(value),
      isUnknown: false,
    });
  }
  const number =
    /[\d一二两三四五六七八九十百千半]/.test(text[at] as string) && !/[\d.]/.test(text[at - 1] ?? '')
      ? readNumber(text.slice(at))
      : undefined;
  if (number) found.push({ ...plain(text, at, at + number.length), number: number.read, isUnknown: false });

  const add = (length: number) => {
    const piece = text.slice(at, at + length);
    const entry = dictionary.entryOf(piece);
    if (entry && piece.length === length && !isInsideRun(text, at) && !isInsideRun(text, at + length))
      found.push({ start: at, end: at + length, text: piece, ...entry });
  };
  for (const length of dictionary.lengths.get(text.slice(at, at + 2)) ?? []) add(length);
  add(1);
  return found;
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

const YEAR =
  /^(?:19|20)\d\d年?(?:以来|以后|之后|以前|之前|开始|起)|^((?:19|20)\d\d)(?:年度|年份|年|(?!\d|\.\d|[万亿%]))|^((?:1|2|3)\d)年度?|^(\d{1,2}|[一二三四五六七八九十])(?:月份|月底|月初|月|日|号|季度)|^[一二三四1-4]季度?(?:度)?|^(?:上|下)半年/u;

function periodAt(text: string, at: number): { period: Period; end: number } | undefined {
  if (/\d/.test(text[at - 1] ?? '')) return undefined;
  const match = YEAR.exec(text.slice(at, at + 8));
  if (!match) return undefined;
  const [all, full, short] = match;
  const end = at + all.length;
  if (full) return { period: { kind: 'year', year: Number(full) }, end };
  if (short) return { period: { kind: 'year', year: 2000 + Number(short) }, end };
  return /[月日号季半来后前始起]/.test(all) ? { period: { kind: 'subYear', said: all }, end } : undefined;
}

/** Between two letters of a Latin word, or two digits of a number. */
function isInsideRun(text: string, at: number): boolean {
  const pair = text.slice(Math.max(0, at - 1), at + 1);
  return /^(?:[a-z]{2}|\d{2})$/.test(pair);
}

/** For each character position, the nodejieba word that runs across it; undefined where a word begins. */
function wordsOf(text: string): (string | undefined)[] {
  const across: (string | undefined)[] = [];
  let at = 0;
  for (const word of cut(text)) {
    for (let i = 1; i < word.length; i++) across[at + i] = word;
    at += word.length;
  }
  return across;
}

/**
 * Words of asking don't explain the word of content that they make together: 个 + 人 isn't 个人, 派出 + 所 isn't 派出所.
 * A name may stand beside them, but no single character: 市 + 值 isn't 市值.
 */
function tearsWord(before: Mention, after: Mention, words: readonly (string | undefined)[]): boolean {
  const isSingle = ({ start, end }: Mention) => end - start === 1;
  const isPlain = ({ isName, number, unit, period, place }: Mention) =>
    !isName && !number && !unit && !period && !place;
  // 没 + 签: what is denied has a name.
  if (has(before, 'not') && after.isName) return false;
  // 每 + 笔, 这 + 项: what is counted, one by one.
  if (has(before, 'per', 'each', 'pronoun') && after.unit) return false;
  // 一进一出 + 差多少, 哪些 + 项目, though 出差 and 哪些项目 are words.
  if (has(before, 'both', 'which')) return false;
  // 比那年 + 少, though 年少 is a word.
  if (has(before, 'change', 'than') && has(after, 'more', 'less')) return false;
  const makesOne = (isSingle(before) && isSingle(after)) || (isPlain(before) && isPlain(after));
  return makesOne && splitsWord(after.start, words);
}

function splitsWord(at: number, words: readonly (string | undefined)[]): boolean {
  const word = words[at];
  return word !== undefined && CONTENT_WORD.test(wordKind(word));
}

const CONTENT_WORD = /^[ntsijlabvdfrz]/;

/**
 * Unknown stretches become the words that nodejieba sees there, to be quoted as such. Words of grammar (particles, exclamations) are no content, unless the lexicon says that they restrict what is asked (首次, 重复).
 */
function cutUnknown(
  tiles: readonly Mention[],
  text: string,
  words: readonly (string | undefined)[],
  { lexicon }: Dictionary,
): Mention[] {
  const pieces: Mention[] = [];
  for (const tile of tiles) {
    const last = pieces[pieces.length - 1];
    const isJoined = last?.isUnknown && !last.narrows && !tile.narrows && last.end === tile.start;
    if (tile.isUnknown && isJoined) pieces[pieces.length - 1] = plain(text, last.start, tile.end);
    // 地 of 地震 is no particle: what shares a word with the unknown is unknown.
    else if (tile.isUnknown && !tile.narrows && last && isLoneIn(last, tile.start, words))
      pieces[pieces.length - 1] = plain(text, last.start, tile.end);
    else if (isJoined && isLoneIn(tile, tile.start, words))
      pieces[pieces.length - 1] = plain(text, last.start, tile.end);
    else if (tile.isUnknown || tile.words.size > 0 || !PUNCTUATION.test(tile.text) || /[,。;:!?\s]/.test(tile.text))
      pieces.push(tile);
  }
  return pieces.flatMap((piece, i) => {
    if (!piece.isUnknown || piece.narrows) return [piece];
    const before = pieces[i - 1];
    let at = piece.start;
    return cut(piece.text).map((word) => {
      const start = at;
      at += word.length;
      // 「多少桶」: a lone character behind 多少 is a counting word misheard.
      const isCounting = word.length === 1 && before?.words.has('howMuch') === true && before.end === start;
      const isGrammar = /^\p{Script=Han}/u.test(word) && GRAMMAR.test(wordKind(word)) && !lexicon.restricting.has(word);
      return isGrammar || isCounting
        ? { ...plain(text, start, at), words: FILLER, isUnknown: false }
        : plain(text, start, at);
    });
  });
}

/**
 * 「算上县区」「连同县市区在内」「把县区平台也算进去」 name what contains the 县区, if something is called so: 全市（包含县市区平台）.
 */
function settleIncluded(mentions: readonly Mention[], { containing }: Dictionary): Mention[] {
  const settled: Mention[] = [];
  for (let i = 0; i < mentions.length; i++) {
    const m = mentions[i] as Mention;
    const whole = m.isName ? containing.get(m.text) : undefined;
    const before = settled[settled.length - 1];
    const leads = before !== undefined && before.end === m.start && has(before, 'including') && !before.isName;
    // 「市本级加上县区」 adds.
    const adds = leads && has(before, 'and') && settled[settled.length - 2]?.isName === true;
    let last = i;
    for (let next = i + 1; next < mentions.length && next < i + 4; next++) {
      const after = mentions[next] as Mention;
      if (has(after, 'countedIn')) last = next;
      if (!has(after, 'filler', 'countedIn')) break;
    }
    if (whole === undefined || !(last > i || (leads && !adds))) {
      settled.push(m);
      continue;
    }
    if (leads) settled.pop();
    settled.push({ ...m, text: whole, end: (mentions[last] as Mention).end });
    i = last;
  }
  return settled;
}

/** 「群众企业两边谁降了」: two rows in one word. 「企业群众的诉求」 is everybody's. */
function settleTwo(mentions: readonly Mention[], { vocabulary, entryOf }: Dictionary): readonly Mention[] {
  const isRow = (name: string) => vocabulary.names.get(name)?.some(({ key }) => vocabulary.rows.has(key)) === true;
  const asksOfTwo = (m: Mention) => has(m, 'which', 'each', 'both') && !m.isName;
  const at = mentions.findIndex(
    (m) => m.isName && m.text.length > 3 && !vocabulary.rows.has(m.text) && twoIn(m.text, isRow),
  );
  const found = mentions[at];
  const cut = found && twoIn(found.text, isRow);
  if (!found || !cut || !mentions.slice(at + 1).some(asksOfTwo)) return mentions;
  const [one, other] = [found.text.slice(0, cut), found.text.slice(cut)];
  const middle = found.start + cut;
  return [
    ...mentions.slice(0, at),
    { ...found, ...entryOf(one), text: one, end: middle },
    { start: middle, end: middle, text: '', isName: false, words: AND, isUnknown: false },
    { ...found, ...entryOf(other), text: other, start: middle },
    ...mentions.slice(at + 1),
  ];
}

function twoIn(text: string, isRow: (name: string) => boolean): number | undefined {
  for (let cut = 2; cut <= text.length - 2; cut++) if (isRow(text.slice(0, cut)) && isRow(text.slice(cut))) return cut;
  return undefined;
}

/** 「3.22分钟」「几分钟」「400个人」: a unit, whatever label holds the word. */
function settleUnits(mentions: readonly Mention[], { lexicon, entryOf }: Dictionary): Mention[] {
  return mentions.map((m, i) => {
    // 专员人数: how many 专员, of whatever kind.
    const ends = m.unit && m.isName ? [1, 2, 3, 4].filter((n) => lexicon.units.get(m.text.slice(-n)) === m.unit) : [];
    const head = ends.map((n) => m.text.slice(0, -n)).find((name) => name.length > 1 && entryOf(name)?.isName);
    if (head) return { ...m, text: head };
    const before = mentions[i - 1];
    const isCounted = before && before.end === m.start && (before.number || has(before, 'howMuch', 'convert'));
    const unit = m.unit ?? (m.text.startsWith('个') ? lexicon.units.get(m.text.slice(1)) : undefined);
    return unit && m.isName && isCounted ? { ...m, unit, isName: false } : m;
  });
}

/** 「有2000条吗」: no year, where it is counted. */
function settleCounts(mentions: readonly Mention[]): Mention[] {
  return mentions.map((m, i) => {
    const { period, ...rest } = m;
    const isCounted = period?.kind === 'year' && /^\d{4}$/.test(m.text) && mentions[i + 1]?.unit;
    const number = isCounted ? readNumber(m.text)?.read : undefined;
    return number ? { ...rest, number } : m;
  });
}

/**
 * 「师傅，问一下…」「…谢谢老师」: who is spoken to is none of what is asked. 「老板打来的电话」 asks of bosses, which no
 * report counts: there the word is unknown, or the name that it also is.
 */
function settleAddresses(mentions: readonly Mention[]): Mention[] {
  const isOpen = (m: Mention | undefined) =>
    m === undefined || PUNCTUATION.test(m.text) || has(m, 'courtesy') || (m.topic !== undefined && !m.isName);
  return mentions.map((m, i) => {
    if (!has(m, 'address')) return m;
    const before = mentions[i - 1];
    // 「谢谢师傅啊」
    const next = mentions[i + 1];
    const after = next && has(next, 'filler') && isOpen(mentions[i + 2]) ? mentions[i + 2] : next;
    const isSpokenTo =
      isOpen(before) && (isOpen(after) || (after !== undefined && has(after, 'self', 'pronoun', 'address')));
    if (isSpokenTo) return { ...m, isName: false, words: FILLER };
    const words = new Set([...m.words].filter((c) => c !== 'address'));
    return { ...m, words, isUnknown: !m.isName && words.size === 0 };
  });
}

/** A single character, no name, in the same word of content as the character at `at`. */
function isLoneIn({ start, end, isName }: Mention, at: number, words: readonly (string | undefined)[]): boolean {
  const isSameWord = start < at ? end === at && words[at] !== undefined : words[start] !== undefined;
  return end - start === 1 && !isName && isSameWord && splitsWord(start < at ? at : start, words);
}

/** Kinds of words that say nothing by themselves: u 助词, y 语气词, e 叹词. Adverbs and places may narrow: the lexicon sorts them. */
const GRAMMAR = /^[uye]/;
