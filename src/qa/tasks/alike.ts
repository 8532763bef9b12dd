/**
 * Puts questions that ask nearly the same into one group, the most asked first. Likeness is the share of pairs of characters
 * that two questions have in common, after the clean-up of the engine: enough to gather 「医保怎么报销」 and 「医保报销怎么弄」,
 * and nothing that has to be explained.
 */
import { normalize } from '../../engine/normalize/normalize';

export interface Group<Item> {
  /** As it was asked most often. */
  question: string;
  items: Item[];
}

const ALIKE = 0.45;

export function grouped<Item extends { question: string }>(items: Item[]): Group<Item>[] {
  const same = new Map<string, Item[]>();
  for (const item of items) {
    const key = bare(item.question);
    if (key !== '') same.set(key, [...(same.get(key) ?? []), item]);
  }
  const groups: { pairs: Set<string>; items: Item[] }[] = [];
  for (const [key, some] of [...same].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]))) {
    const pairs = pairsOf(key);
    const group = groups.find((one) => likeness(one.pairs, pairs) >= ALIKE);
    if (group) group.items.push(...some);
    else groups.push({ pairs, items: [...some] });
  }
  return groups
    .map(({ items: all }) => ({ question: all[0]?.question ?? '', items: all }))
    .sort((a, b) => b.items.length - a.items.length);
}

function bare(question: string): string {
  return normalize(question)
    .replace(/[\s\p{P}＊]/gu, '')
    .toLowerCase();
}

function pairsOf(text: string): Set<string> {
  const characters = [...text];
  return characters.length < 2
    ? new Set(characters)
    : new Set(characters.slice(1).map((one, index) => characters[index] + one));
}

function likeness(a: Set<string>, b: Set<string>): number {
  const common = [...a].filter((pair) => b.has(pair)).length;
  return common / (a.size + b.size - common);
}
