/**
 * Finds figures while someone is still typing: every piece of what was typed has to begin a name that the figure bears, be
 * it of its column, row, table or part, by its own label or by a synonym of the lexicon.
 *
 *     「政风 满」 → 满意率 of the table “政风热线”, since 政风 begins 政风热线 and 满 begins 满意率
 *
 * The names are the engine's vocabulary, so what it understands in a question is found here too. Nothing typed yet: the
 * total rows of the headline tables.
 *
 * Not here: what a found figure says (figure-answers.ts).
 */
import type { Knowledge } from '../../../../engine/knowledge';
import { normalize } from '../../../../engine/normalize/normalize';
import { cut } from '../../../../engine/segment';
import type { ReportIndex, Spot } from '../../../../engine/vocabulary/spots';
import type { NameMatch } from '../../../../engine/vocabulary/vocabulary';
import type { Report } from '../../../../report/report';

/** How much a word says that names the column, its group, the row, the table, the part. */
const WEIGHT = { leaf: 1, group: 0.9, row: 0.95, table: 0.8, part: 0.5 };
/** Reports looked through for one search, newest first: who means an older one says its year. */
const MOST_REPORTS = 4;
const YEAR = /^(20\d\d)年?$/;
const DIVIDERS = /[\s\p{P}\p{S}]+/u;

type Weights = ReadonlyMap<string, number>;

export class FigureSearch {
  /** All names in order, so that those with a beginning stand together. */
  private readonly names: readonly string[];

  constructor(private readonly knowledge: Pick<Knowledge, 'library' | 'dictionary'>) {
    this.names = [...knowledge.dictionary.vocabulary.names.keys()].sort(byCodeUnits);
  }

  /** Best first. */
  find(typed: string, most: number): Spot[] {
    const { library, dictionary } = this.knowledge;
    const pieces = normalize(typed).split(DIVIDERS).filter(Boolean);
    // A year without a report of its own narrows nothing: it may be the one before, which an answer speaks of.
    const years = pieces
      .map((piece) => Number(YEAR.exec(piece)?.[1]))
      .filter((year) => library.reports.some((report) => report.year === year));
    const regions = pieces.flatMap((piece) => dictionary.regions.get(piece) ?? []);
    const words = pieces.filter((piece) => !YEAR.test(piece) && !dictionary.regions.has(piece));
    const weights = words.flatMap((word) => this.weightsOf(word));
    const isMeant = ({ year, region }: Report) =>
      (years.length === 0 || years.includes(year)) && (regions.length === 0 || regions.includes(region.name));

    const found: Spot[] = [];
    for (const report of library.reports.filter(isMeant).slice(0, MOST_REPORTS)) {
      const index = dictionary.vocabulary.indexOf(report.id);
      if (index) found.push(...(weights.length > 0 ? ranked(index, weights) : headlines(index)));
      if (found.length >= most) break;
    }
    return found.slice(0, most);
  }

  /** A piece that begins no name is cut into words, each of which has to: 政风满意 is 政风 and 满意. */
  private weightsOf(piece: string): Weights[] {
    const whole = this.namesBeginning(piece);
    if (whole.size > 0) return [whole];
    const parts = cut(piece);
    return (parts.length > 1 ? parts : [piece]).map((part) => this.namesBeginning(part));
  }

  /** By key of the label: how well the word names it. */
  private namesBeginning(word: string): Weights {
    const { names } = this.knowledge.dictionary.vocabulary;
    const weights = new Map<string, number>();
    for (let at = firstAtOrAfter(this.names, word); this.names[at]?.startsWith(word); at += 1) {
      const name = this.names[at] ?? '';
      for (const match of names.get(name) ?? []) {
        const weight = (word.length / name.length) * shareCovered(match);
        weights.set(match.key, Math.max(weights.get(match.key) ?? 0, weight));
      }
    }
    return weights;
  }
}

function ranked({ spots }: ReportIndex, weights: readonly Weights[]): Spot[] {
  return spots
    .map((spot) => ({ spot, score: scoreOf(spot, weights) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || rankOf(b.spot) - rankOf(a.spot))
    .map(({ spot }) => spot);
}

/** 0 where a word names nothing of the spot. */
function scoreOf({ leaf, groups, row, tableNode, part }: Spot, weights: readonly Weights[]): number {
  let score = 0;
  for (const weight of weights) {
    const best = Math.max(
      WEIGHT.leaf * (weight.get(leaf.key) ?? 0),
      ...groups.map(({ key }) => WEIGHT.group * (weight.get(key) ?? 0)),
      row ? WEIGHT.row * (weight.get(row.key) ?? 0) : 0,
      WEIGHT.table * (weight.get(tableNode.key) ?? 0),
      WEIGHT.part * (weight.get(part.key) ?? 0),
    );
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

/** Between equals: what the report puts first, its totals, and what is printed before what is added up. */
function rankOf({ table, isTotalRow, source }: Spot): number {
  return (table.isHeadline ? 4 : 0) + (isTotalRow ? 2 : 0) + (source.kind === 'cell' ? 1 : 0);
}

function headlines({ spots }: ReportIndex): Spot[] {
  return spots.filter(({ table, isTotalRow, source }) => table.isHeadline && isTotalRow && source.kind === 'cell');
}

/** From half, for one word of a long label, to 1. */
function shareCovered({ key, mask, isSynonym }: NameMatch): number {
  let covered = 0;
  for (let rest = mask; rest > 0n; rest >>= 1n) covered += Number(rest & 1n);
  return (0.5 + (0.5 * Math.min(covered, key.length)) / key.length) * (isSynonym ? 0.9 : 1);
}

function firstAtOrAfter(sorted: readonly string[], word: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
