/**
 * Mends what was mistyped or misheard: characters that sound alike (政疯热线), pinyin (zhengfeng), one
 * wrong character in a long name (满意卒). Only what nobody knows is mended, against the vocabulary alone,
 * and only where one mending wins clearly; the reply says how it was read.
 *
 * Not here: simplified and full-width forms (normalize), other words for the same (lexicon).
 */
import { pinyin } from 'pinyin-pro';
import { cut, wordKind } from '../segment';
import type { Dictionary } from './dictionary';
import type { Mention } from './mention';
import { inPinyin, type PinyinIndex } from './pinyin';
import { sameMeaning } from './same-meaning';

export interface Repairs extends PinyinIndex {
  /** Joined syllables, sounds that people mix up made one → names. */
  bySound: ReadonlyMap<string, readonly string[]>;
  /** Names of four characters and more with one character left out → names. */
  byGap: ReadonlyMap<string, readonly string[]>;
}

export interface Repaired {
  text: string;
  changes: { from: string; to: string }[];
}

const LONGEST = 12;
/** Of the characters that sound alike, the ones that are said most between names. */
const COMMON = '是有的年几件秒人个条次通名家对篇期笔和在里比占吗呢';

export function buildRepairs({ vocabulary, lexicon }: Dictionary): Repairs {
  const bySound = new Map<string, string[]>();
  const byGap = new Map<string, string[]>();
  const byPinyin = new Map<string, string[]>();
  const push = (map: Map<string, string[]>, key: string, name: string) => {
    const known = map.get(key);
    if (!known) map.set(key, [name]);
    else if (!known.includes(name)) known.push(name);
  };
  for (const name of vocabulary.names.keys()) {
    if (!/^\p{Script=Han}{2,12}$/u.test(name) || lexicon.spelledOut.has(name)) continue;
    const syllables = soundsOf(name);
    push(bySound, syllables.map(alike).join(' '), name);
    push(byPinyin, syllables.join(''), name);
    if (name.length >= 3)
      for (let i = 0; i < name.length; i++) push(byGap, `${name.slice(0, i)}?${name.slice(i + 1)}`, name);
  }
  for (const [word, classes] of lexicon.words) {
    if (/^\p{Script=Han}{2,6}$/u.test(word) && !classes.has('filler')) push(byPinyin, soundsOf(word).join(''), word);
  }
  const bySyllable = new Map<string, string>();
  const single = (word: string) => /^\p{Script=Han}$/u.test(word);
  for (const word of [...COMMON, ...lexicon.units.keys(), ...lexicon.words.keys()].filter(single)) {
    const syllable = soundsOf(word).join('');
    if (!bySyllable.has(syllable)) bySyllable.set(syllable, word);
  }
  return { bySound, byGap, byPinyin, bySyllable };
}

function soundsOf(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true });
}

/** How a piece of a question sounds: found out anew only where it is not the same piece again, in the next pass over it. */
function heard(piece: string): string {
  const sound = known.get(piece) ?? soundsOf(piece).map(alike).join(' ');
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(piece, sound);
  return sound;
}

const known = new Map<string, string>();
const MOST_KNOWN = 10_000;

/** Sounds that many speakers and input methods don't keep apart: zh/z, n/l, ing/in. */
function alike(syllable: string): string {
  return syllable
    .replace(/^(z|c|s)h/, '$1')
    .replace(/^n(?=[^g])/, 'l')
    .replace(/^f(?=u)/, 'h')
    .replace(/(?<=[aei])ng$/, 'n')
    .replace(/v/g, 'u');
}

/**
 * The text with its unknown stretches mended; undefined when nothing could be mended. A window around each
 * unknown stretch is tried, longest first, since the wrong character often took its neighbour along.
 */
export function repair(
  text: string,
  unknown: readonly Mention[],
  dictionary: Dictionary,
  repairs: Repairs,
): Repaired | undefined {
  const typed = inPinyin(text, unknown, dictionary, repairs);
  if (typed) return { text: typed.text, changes: [typed.change] };
  let mended = text;
  const changes: Repaired['changes'] = [];
  // 实名满意率 is no misspelt 市民满意率: a word that narrows is meant as it stands.
  const meant = unknown.filter((m) => m.narrows);
  for (const { start, end } of [...unknown].reverse()) {
    const found = /^[a-z' ]+$/.test(text.slice(start, end))
      ? latin(text, start, end, repairs)
      : (window(text, start, end, dictionary, repairs) ?? oneWrong(text, start, end, dictionary, repairs));
    if (
      !found ||
      found.to === text.slice(found.start, found.end) ||
      meant.some((m) => m.start < found.end && found.start < m.end)
    )
      continue;
    mended = mended.slice(0, found.start) + found.to + mended.slice(found.end);
    changes.push({ from: text.slice(found.start, found.end), to: found.to });
  }
  return changes.length > 0 ? { text: mended, changes: changes.reverse() } : undefined;
}

/**
 * The text with one stretch mended that is made of known single characters only: 人工·皆·通·率. It has to sound like a name
 * of four characters and more, and like one only.
 */
export function repairSingles(
  text: string,
  mentions: readonly Mention[],
  dictionary: Dictionary,
  repairs: Repairs,
): Repaired | undefined {
  const isSingle = (m: Mention | undefined) =>
    m !== undefined && m.end - m.start === 1 && !m.isName && !m.isUnknown && /\p{Script=Han}/u.test(m.text);
  const pairs = mentions.flatMap((a, i) => {
    const b = mentions[i + 1];
    return b && isSingle(a) && isSingle(b) && a.end === b.start ? [{ start: a.start, end: b.end }] : [];
  });
  // Sounding out is slow, and whoever types so many is not misheard in one word.
  if (pairs.length > PAIRS_AT_MOST) return undefined;
  for (const { start, end } of pairs) {
    const found = window(text, start, end, dictionary, repairs);
    const from = found && text.slice(found.start, found.end);
    if (!found || from === found.to || found.to.length < SURE) continue;
    return {
      text: text.slice(0, found.start) + found.to + text.slice(found.end),
      changes: [{ from: from as string, to: found.to }],
    };
  }
  return undefined;
}

const SURE = 4;
const PAIRS_AT_MOST = 4;

interface Mended {
  start: number;
  end: number;
  to: string;
}

function window(
  text: string,
  start: number,
  end: number,
  { vocabulary }: Dictionary,
  { bySound }: Repairs,
): Mended | undefined {
  // 震服 in 地震·服务 is no word: a mending begins and ends where words do, unless nobody knows the word.
  const across = knownWordsAcross(text);
  const splits = (at: number) => across.has(at);
  let best: Mended | undefined;
  for (let from = Math.max(0, end - LONGEST); from <= start; from++) {
    for (let to = Math.min(text.length, from + LONGEST); to >= end; to--) {
      const piece = text.slice(from, to);
      if (!/^\p{Script=Han}{2,}$/u.test(piece) || splits(from) || splits(to)) continue;
      if (best && piece.length <= best.end - best.start) break;
      // A word of two characters that the dictionary has is meant as it is: 识字 isn't 市直.
      if (piece.length === 2 && wordKind(piece) !== 'x') continue;
      const names = bySound.get(heard(piece));
      const name = names && sameMeaning(names, vocabulary);
      if (name) best = { start: from, end: to, to: name };
    }
  }
  return best;
}

/** Positions inside words that the dictionary holds. */
function knownWordsAcross(text: string): ReadonlySet<number> {
  const inside = new Set<number>();
  let at = 0;
  for (const word of cut(text)) {
    if (wordKind(word) !== 'x') for (let i = 1; i < word.length; i++) inside.add(at + i);
    at += word.length;
  }
  return inside;
}

/**
 * One wrong character in a name of three or more: only where the wrong character isn't part of a word of its
 * own (男声 is a word: 男声接听员 isn't 民声接听员).
 */
function oneWrong(
  text: string,
  start: number,
  end: number,
  { vocabulary }: Dictionary,
  { byGap }: Repairs,
): Mended | undefined {
  if (end - start !== 1) return undefined;
  const ends = new Set<number>();
  let at = 0;
  for (const word of cut(text)) {
    at += word.length;
    ends.add(at);
  }
  const isAlone = (start === 0 || ends.has(start)) && ends.has(end);
  const isSlip = !isAlone && isInNoWord(text, start);
  let best: Mended | undefined;
  for (let from = Math.max(0, end - LONGEST); from <= start; from++) {
    for (let to = Math.min(text.length, from + LONGEST); to >= end; to--) {
      if (to - from < 4 || (best && to - from <= best.end - best.start)) continue;
      // 「接听员扛了」: what stands beside it is a name by itself.
      const isBeside = vocabulary.names.has(text.slice(from, start)) || vocabulary.names.has(text.slice(end, to));
      if (isBeside && (to === end || from === start)) continue;
      const names = byGap.get(`${text.slice(from, start)}?${text.slice(start + 1, to)}`);
      if (names?.length === 1 && (isAlone || (isSlip && to - from >= LONG)))
        best = { start: from, end: to, to: names[0] as string };
    }
  }
  return best;
}

/** A name of so many characters is known by the others, even if one of them isn't a word of its own. */
const LONG = 5;

/** 通活 is a word that nobody knows: its 活 may be a slip. */
function isInNoWord(text: string, at: number): boolean {
  let from = 0;
  for (const word of cut(text)) {
    if (at >= from && at < from + word.length) return word.length > 1 && wordKind(word) === 'x';
    from += word.length;
  }
  return false;
}

function latin(text: string, start: number, end: number, { byPinyin }: Repairs): Mended | undefined {
  const typed = text.slice(start, end).replace(/[' ]/g, '');
  const pieces: string[] = [];
  for (let at = 0; at < typed.length; ) {
    let found: string | undefined;
    let length = Math.min(40, typed.length - at);
    for (; length >= 3; length--) {
      const names =
        byPinyin.get(typed.slice(at, at + length).replace(/lu(?=$|[^aeiouvng])/g, (m) => m)) ??
        byPinyin.get(typed.slice(at, at + length).replace(/lu/g, 'lv'));
      if (names?.length) {
        found = names[0];
        break;
      }
    }
    if (!found) return undefined;
    pieces.push(found);
    at += length;
  }
  return pieces.length > 0 ? { start, end, to: pieces.join('') } : undefined;
}
