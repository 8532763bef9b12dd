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
 * Not here: what a word may be alone (dictionary.ts), what the words around it make of it (settle-mentions.ts), wrong characters (repair.ts), which node a name means (resolve).
 */
import Fraction from '../../report/fraction';
import type { WordClass } from '../lexicon/lexicon';
import { readNumeral } from '../normalize/chinese-numerals';
import { cut, wordKind } from '../segment';
import type { Dictionary } from './dictionary';
import { FILLER, has, type Mention, NO_WORDS, type Period, PUNCTUATION } from './mention';
import { exactly, readNumber } from './read-number';
import { settleMentions } from './settle-mentions';

/** 四项, 五类, 两者: how many are listed, not a figure. */
const COUNTED = /^[二两三四五六七八九](?:个|项|类|种|者|样|块|级|栏|处|路|方面|大类)(?!接)/u;
/** 第二, 排第三的, 第2名 */
const ORDINAL =
  /^(?:排名?|数|位居|位列)?(?:第([一二三四五六七八九十]|\d{1,2})(?:名|位)?|老([二三四五])(?![板百师年人]))/u;
/** 前三, 头两名; not 里头两个. */
const FEW = /[前后第]$|(?<![里外上口源前后劲来])头$/u;
const NTH: ReadonlySet<WordClass> = new Set(['nth']);
/** 两类 may point at the two that were talked about. */
const TWO: ReadonlySet<WordClass> = new Set(['filler', 'both']);

// Costs of a tile: an unknown character outweighs any number of known tiles in its place.
const TILE = 1;
const UNKNOWN_CHARACTER = 8;
/** Of two ways to cut 问答了 the one that cuts no 问 off. */
const CUT_OFF = 0.02;

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
      const cutsOff = here.mention && !here.mention.isName && here.mention.end - here.mention.start === 1 && words[at];
      better(mention.end, here.cost + tileCost(mention) + (cutsOff ? CUT_OFF : 0), at, mention);
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
  return settleMentions(cutUnknown(tiles.reverse(), text, words, dictionary), dictionary);
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
  const found = countsAt(text, at);
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

/** Most characters begin none of these. */
const BEGINS_COUNT = /[\d一二两三四五六七八九十百千半上下第排数位列老]/;

/** Periods, numbers, places in an order: what no dictionary lists. */
function countsAt(text: string, at: number): Mention[] {
  const found: Mention[] = [];
  if (!BEGINS_COUNT.test(text[at] as string)) return found;
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
  const placed = FEW.test(text.slice(Math.max(0, at - 2), at)) ? readNumeral(text[at] as string) : undefined;
  if (placed !== undefined)
    found.push({ ...plain(text, at, at + 1), number: exactly(new Fraction(placed)), isUnknown: false });
  // 「打12345三秒就有人接」: what is written in characters stands apart from the digits before it.
  const before = text.slice(Math.max(0, at - 5), at);
  const goesOn = /[\d.]$/.test(before) && !(/\D/.test(text[at] as string) && OF_THE_HOTLINE.test(before));
  const number = BEGINS_NUMBER.test(text[at] as string) && !goesOn;
  const read = number ? readNumber(text.slice(at)) : undefined;
  if (read) found.push({ ...plain(text, at, at + read.length), number: read.read, isUnknown: false });
  return found;
}

/** Their numbers are names. */
const OF_THE_HOTLINE = /(?:12345|110)$/;
const BEGINS_NUMBER = /[\d一二两三四五六七八九十百千半]/;

const YEAR =
  /^(?:19|20)\d\d年?(?:以来|以后|之后|以前|之前|开始|起)|^((?:19|20)\d\d)(?:年度|年份|年|(?!\d|\.\d|[万亿%]))|^([12]\d)年度?|^(\d{1,2}|[一二三四五六七八九十])(?:月份|月底|月初|月|日|号|季度)|^[一二三四1-4]季度?(?:度)?|^(?:上|下)半年/u;

function periodAt(text: string, at: number): { period: Period; end: number } | undefined {
  if (/\d/.test(text[at - 1] ?? '')) return undefined;
  const match = YEAR.exec(text.slice(at, at + 8));
  if (!match) return undefined;
  const [all, full, short] = match;
  const end = at + all.length;
  // 「教过二十年书」: so many years, and not 2020.
  if (short && /[过了整近快满]/u.test(text[at - 1] ?? '')) return undefined;
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
  // 前 + 三 + 名, though 前三名 is a word.
  if ((has(before, 'firstFew', 'lastFew') && after.number) || (before.number && after.unit)) return false;
  // 比那年 + 少, though 年少 is a word.
  if (has(before, 'change', 'than') && has(after, 'more', 'less')) return false;
  // 跟 + 前头, though 跟前 is a word: what is known goes on behind it.
  if (has(before, 'and') && !isSingle(after) && words[after.end - 1] === undefined) return false;
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

/** A single character, no name, in the same word of content as the character at `at`. */
function isLoneIn({ start, end, isName }: Mention, at: number, words: readonly (string | undefined)[]): boolean {
  const isSameWord = start < at ? end === at && words[at] !== undefined : words[start] !== undefined;
  return end - start === 1 && !isName && isSameWord && splitsWord(start < at ? at : start, words);
}

/** Kinds of words that say nothing by themselves: u 助词, y 语气词, e 叹词. Adverbs and places may narrow: the lexicon sorts them. */
const GRAMMAR = /^[uye]/;
