/**
 * A phrase of a question, and what its names point at: for each node of a report, which characters of the phrase it
 * explains and how much of its label they cover.
 *
 * Not here: which spots that makes likely (match-spots.ts).
 */
import type { UnitKind } from '../lexicon/lexicon';
import type { Node, ReportIndex } from '../vocabulary/spots';
import type { NameMatch, Vocabulary } from '../vocabulary/vocabulary';

/** A stretch of normalised text whose names point at something. */
export interface Phrase {
  /** Characters that have to be explained, in order; names don't run across pieces. */
  pieces: {
    text: string;
    isSoft: boolean;
    isPlace?: boolean;
    countedIn?: string;
    isWordy?: boolean;
    isUnit?: boolean;
  }[];
  /** Words that neither the reports nor the lexicon know: any of them forbids an answer. */
  unknown: string[];
  /** A counting word that was said with it: 几名. */
  unit?: UnitKind;
  unitText?: string;
  /** 件数: by a noun, and not asked for. */
  isUnitNamed?: boolean;
  unitGroup?: string;
  /** 「几个接听员」: how many of those that are named. */
  countsNamed?: boolean;
  /** 「派了多少件」: what is done is said, if not to what. */
  isSpecific?: boolean;
  /** Said once for all that is listed: 「接听员和专员共几名」. */
  isUnitShared?: boolean;
}

/** 「办理的」 after several 时长: a word that may be left out elsewhere says here which. */
export function inEarnest(phrase: Phrase): Phrase {
  const isSoft = phrase.pieces.every((p) => p.isSoft);
  return isSoft ? { ...phrase, pieces: phrase.pieces.map((p) => ({ ...p, isSoft: p.text === '' })) } : phrase;
}

export interface NodeMatch {
  /** Explained characters of the phrase, by piece-independent position. */
  explained: bigint;
  /** Covered characters of the label. */
  covered: bigint;
  isFull: boolean;
  /** Named in the label's own words. */
  isOwn: boolean;
}

/** A word that needn't be explained, and what it is instead of a name. */
export interface Soft {
  bits: bigint;
  kind: 'place' | 'unit' | 'word';
  countedIn?: string;
}

/** Which nodes of the report the phrase's names point at, and which characters have to be explained. */
export function linkNodes(phrase: Phrase, index: ReportIndex, vocabulary: Vocabulary) {
  const occurrences: Occurrence[] = [];
  let required = 0n;
  let places = 0n;
  const soft: Soft[] = [];
  let offset = 0;
  const runs = joinAdjacent(phrase.pieces);
  for (const run of runs) {
    let at = 0;
    // Names run inside one tile, or over whole tiles: 市平台 isn't in 全市·平台.
    const starts: number[] = [];
    for (const piece of run) {
      for (let i = 0; i < piece.text.length; i++) starts.push(at);
      const bits = mask(offset + at, offset + at + piece.text.length);
      if (piece.isPlace) places |= bits;
      if (piece.isSoft)
        soft.push({
          bits,
          kind: piece.isPlace ? 'place' : piece.isUnit ? 'unit' : 'word',
          ...(piece.countedIn ? { countedIn: piece.countedIn } : {}),
        });
      else required |= bits;
      at += piece.text.length;
    }
    const text = run.map((p) => p.text).join('');
    for (let start = 0; start < text.length; start++) {
      const longest = Math.min(vocabulary.longestName, text.length - start);
      for (let length = longest; length > 0; length--) {
        if (!isAligned(start, start + length, starts)) continue;
        const all = vocabulary.names.get(text.slice(start, start + length));
        // Inside a word only the label's own words are read: 部门 of 部门单位 isn't another name of 政府部门.
        const names = all && isWhole(start, start + length, starts) ? all : all?.filter((n) => !n.isSynonym);
        if (names) occurrences.push(...occurrencesOf(names, mask(offset + start, offset + start + length), index));
      }
    }
    offset += text.length;
  }
  return { matches: matchesOf(occurrences, vocabulary), required, soft, places };
}

/** `starts`: for each character, where its tile begins. One character is a name only where it is a tile (市, not in 全市). */
function isAligned(start: number, end: number, starts: readonly number[]): boolean {
  const beginsTile = starts[start] === start;
  const endsTile = end === starts.length || starts[end] === end;
  if (end - start === 1 || starts[start] !== starts[end - 1]) return beginsTile && endsTile;
  return true;
}

function isWhole(start: number, end: number, starts: readonly number[]): boolean {
  return starts[start] === start && (end === starts.length || starts[end] === end);
}

interface Occurrence {
  node: Node;
  isOwn: boolean;
  explained: bigint;
  covered: bigint;
}

function occurrencesOf(names: readonly NameMatch[], explained: bigint, index: ReportIndex): Occurrence[] {
  return names.flatMap(({ key, mask: covered, isSynonym }) =>
    (index.nodesByKey.get(key) ?? []).map((node) => ({ node, explained, covered, isOwn: !isSynonym })),
  );
}

/**
 * What each node explains and how much of its label is covered. What stands inside the title of a table names the
 * table: 人才 in 尚贤人才服务 doesn't also name its column 人才政务信息.
 */
function matchesOf(occurrences: readonly Occurrence[], vocabulary: Vocabulary): Map<Node, NodeMatch> {
  const titles = new Map<object, bigint[]>();
  for (const { node, explained } of occurrences) {
    if (node.kind === 'table' && node.table) titles.set(node.table, [...(titles.get(node.table) ?? []), explained]);
  }
  const matches = new Map<Node, NodeMatch>();
  for (const { node, explained, covered, isOwn } of occurrences) {
    const isInTitle =
      node.kind !== 'table' &&
      node.table &&
      titles
        .get(node.table)
        ?.some((t) => (explained & ~t) === 0n && (t !== explained || isLeafInPart(node, covered, vocabulary)));
    if (isInTitle) continue;
    const known = matches.get(node);
    const all = (known?.covered ?? 0n) | covered;
    const full = node.core ?? vocabulary.fullMask.get(node.key) ?? 0n;
    matches.set(node, {
      explained: (known?.explained ?? 0n) | explained,
      covered: all,
      isFull: (full & ~all) === 0n,
      isOwn: isOwn || known?.isOwn === true,
    });
  }
  return matches;
}

function joinAdjacent(pieces: Phrase['pieces']): Phrase['pieces'][] {
  const runs: Phrase['pieces'][] = [];
  let run: Phrase['pieces'] = [];
  for (const piece of pieces) {
    if (piece.text === '') {
      if (run.length) runs.push(run);
      run = [];
    } else run.push(piece);
  }
  if (run.length) runs.push(run);
  return runs;
}

/** 一企来办 is all of a title and a part of the column “一企来办”诉求总量: it means the title. */
function isLeafInPart(node: Node, covered: bigint, vocabulary: Vocabulary): boolean {
  const full = vocabulary.fullMask.get(node.key) ?? 0n;
  return node.header?.children.length === 0 && (full & ~covered) !== 0n && node.isTitled === true;
}

function mask(start: number, end: number): bigint {
  return ((1n << BigInt(end - start)) - 1n) << BigInt(start);
}
