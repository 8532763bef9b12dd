/**
 * How the labels of all loaded reports can be said.
 *
 * Every run of words inside a label is a name of it (满意率 names 群众诉求办理满意率, partly), and so is
 * every synonym that the lexicon gives for such a run (话务员 names 民声接听员). A name keeps which
 * characters of the label it covers, so that several mentions together can cover a whole label.
 *
 * Reports share labels: names point to labels, and each report knows its nodes by label, so that a
 * thousand yearly reports cost no more names than one.
 */
import type { Library } from '../../report/library';
import type { Lexicon, WordClass } from '../lexicon/lexicon';
import { normalizeLabel } from '../normalize/normalize';
import { cutForSearch } from '../segment';
import { indexReport, type Node, type ReportIndex } from './spots';

export interface NameMatch {
  /** Normalised label. */
  key: string;
  /** Covered characters of the label, one bit each. */
  mask: bigint;
  /** Said in other words than the label's own. */
  isSynonym: boolean;
}

export interface Vocabulary {
  names: ReadonlyMap<string, readonly NameMatch[]>;
  /** Characters of each label that have to be covered for the label to be named in full. */
  fullMask: ReadonlyMap<string, bigint>;
  longestName: number;
  /** Labels of rows: who asks, and on which level. */
  rows: ReadonlySet<string>;
  indexOf(reportId: string): ReportIndex | undefined;
}

/** 情况, 数: words that stand in labels and name none; short numbers, which are figures first. */
function saysNothing(name: string, lexicon: Lexicon): boolean {
  const classes = lexicon.words.get(name);
  return (
    /^\d{1,2}$|^[的与和]|[的与和及]$/u.test(name) ||
    (classes !== undefined && ['overview', 'filler', 'within', 'pronoun'].some((c) => classes.has(c as WordClass)))
  );
}

/** What a label may lose at its end and still be itself: 期数 is said 期, 部门答复量 is said 部门答复. */
/** Not where what is left says nothing: 诉求数量 isn't 诉求. */
function withoutSuffix(label: string, lexicon: Lexicon): string {
  const rest = label.replace(SUFFIX, '');
  return rest.length === 0 || lexicon.words.get(rest)?.has('soft') ? label : rest;
}

const SUFFIX = /(情况|管理运行|运行|个数|总数|数量|数|量)$/u;

export function buildVocabulary(library: Library, lexicon: Lexicon): Vocabulary {
  const indexes = new Map(library.reports.map((r) => [r.id, indexReport(r, lexicon)]));
  const labels = new Map<string, string>();
  for (const index of indexes.values()) for (const node of index.nodes) labels.set(node.key, spokenLabel(node));

  const names = new Map<string, Map<string, NameMatch>>();
  const add = (name: string, match: NameMatch): void => {
    if (!name || (name.length < 2 && !match.isSynonym) || saysNothing(name, lexicon)) return;
    const byKey = names.get(name) ?? new Map<string, NameMatch>();
    // The label's own words and other words for it are kept apart: they are read differently inside a word.
    const kind = `${match.key} ${match.isSynonym}`;
    const known = byKey.get(kind);
    byKey.set(kind, known ? { ...known, mask: known.mask | match.mask } : match);
    names.set(name, byKey);
  };
  const fullMask = new Map<string, bigint>();
  for (const [key, label] of labels) {
    fullMask.set(key, maskOf(0, withoutSuffix(key, lexicon).length) & maskOf(0, label.length || key.length));
    add(key, { key, mask: maskOf(0, key.length), isSynonym: false });
    const cuts = wordBoundaries(label);
    for (const start of cuts) {
      for (const end of cuts) {
        if (end > start) add(label.slice(start, end), { key, mask: maskOf(start, end), isSynonym: false });
      }
    }
    // What stands in brackets explains words that are said with the label, and names nothing: mask 0.
    const aside = key.slice(label.length);
    for (const cut of [aside, ...(aside ? lexicon.synonyms : new Map()).keys()]) {
      if (!cut || !aside.includes(cut)) continue;
      for (const said of [cut, ...(lexicon.synonyms.get(cut) ?? [])]) add(said, { key, mask: 0n, isSynonym: true });
    }
    for (const [name, others] of lexicon.synonyms) {
      for (let at = label.indexOf(name); at >= 0; at = label.indexOf(name, at + 1)) {
        for (const other of others) add(other, { key, mask: maskOf(at, at + name.length), isSynonym: true });
        add(name, { key, mask: maskOf(at, at + name.length), isSynonym: false });
      }
    }
  }
  // 「“优秀”印在哪」: what is printed in words names its column.
  for (const { figure, column } of library.reports.flatMap((r) => r.cells)) {
    const key = normalizeLabel(column.label);
    if (figure.kind === 'text') add(normalizeLabel(figure.text), { key, mask: maskOf(0, key.length), isSynonym: true });
  }
  for (const { part } of library.reports.flatMap((r) => r.tables)) {
    const key = normalizeLabel(part.title);
    for (const name of [`第${part.number}部分`, `第${part.number}大部分`, `第${part.number}块`])
      add(normalizeLabel(name), { key, mask: maskOf(0, key.length), isSynonym: true });
  }
  return {
    names: new Map([...names].map(([name, byKey]) => [name, [...byKey.values()]])),
    fullMask,
    longestName: Math.max(...[...names.keys()].map((n) => n.length)),
    rows: new Set(
      [...indexes.values()].flatMap((i) => i.spots.flatMap((s) => (s.row && !s.isTotalRow ? [s.row.key] : []))),
    ),
    indexOf: (id) => indexes.get(id),
  };
}

/**
 * The part of a label that names it. What stands in brackets qualifies it and would mislead:
 * 县区 doesn't name 全市（含县市区平台）. A lone character before the bracket is no name: 县（市、区） stays whole.
 */
function spokenLabel(node: Node): string {
  const outside = normalizeLabel(node.label.replace(/[(（][^)）]*[)）]$/u, ''));
  return outside.length >= 2 ? outside : node.key;
}

function wordBoundaries(label: string): number[] {
  const cuts = new Set([0, label.length]);
  let from = 0;
  for (const word of cutForSearch(label)) {
    const at = label.indexOf(word, Math.max(0, from - word.length));
    if (at < 0) continue;
    cuts.add(at).add(at + word.length);
    from = at + word.length;
  }
  return [...cuts].sort((a, b) => a - b);
}

function maskOf(start: number, end: number): bigint {
  return ((1n << BigInt(end - start)) - 1n) << BigInt(start);
}
