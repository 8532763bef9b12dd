/**
 * From a phrase to the spots it means: one, several equally good ones, a whole table, or a gap.
 *
 * Defaults are the report's: its headline table is meant where the same kind of thing stands in several
 * tables (诉求总量), never between different kinds (民声接听员: persons here, answered requests there).
 */
import type { Table } from '../../report/report';
import type { Node, ReportIndex, Spot } from '../vocabulary/spots';
import type { Vocabulary } from '../vocabulary/vocabulary';
import { type Candidate, matchSpots, type Phrase } from './match-spots';

export type Found =
  | { kind: 'spots'; spots: Spot[]; candidates: Candidate[]; isDefault: boolean }
  /** Only tables, or rows of tables, are named. */
  | { kind: 'scope'; scopes: Scope[] }
  | { kind: 'gap'; gap: Gap };

export interface Scope {
  part?: Node;
  table?: Table;
  row?: Node;
  spots: Spot[];
}

export type Gap =
  /** Words that the report doesn't have. */
  | { reason: 'unknownWords'; words: string[] }
  /** All words are known, but nothing bears them together: 政风热线 + 平均等待时长. */
  | { reason: 'noSuch'; said: string; nearby: Spot[] }
  | { reason: 'nothingNamed' };

/** Candidates within this of the best are as good as the best. */
const AS_GOOD = 0.12;

export interface Ground {
  index: ReportIndex;
  vocabulary: Vocabulary;
}

export function findSpots(phrase: Phrase, ground: Ground, near?: Spot): Found {
  if (phrase.unknown.length > 0) return { kind: 'gap', gap: { reason: 'unknownWords', words: phrase.unknown } };
  if (phrase.pieces.every((p) => p.text === '')) {
    return near ? one(near) : { kind: 'gap', gap: { reason: 'nothingNamed' } };
  }
  const candidates = matchSpots(phrase, ground.index, ground.vocabulary, near);
  const best = candidates[0];
  if (!best) return { kind: 'gap', gap: missing(phrase, ground) };
  const keepsMeasure = near !== undefined && best.spot.table === near.table && best.spot.leaf === near.leaf;
  if (!best.namesMeasure && !keepsMeasure) {
    if (near && !best.namesTable && best.spot.table !== near.table && !best.namesRow) {
      return { kind: 'gap', gap: missing(phrase, ground) };
    }
    return { kind: 'scope', scopes: scopesOf(candidates.filter((c) => c.cost <= best.cost + AS_GOOD)) };
  }
  const asGood = candidates.filter((c) => c.cost <= best.cost + AS_GOOD && (c.namesMeasure || keepsMeasure));
  return settle(asGood, candidates);
}

/** Chooses among equally good candidates by the report's own defaults, or keeps them all. */
function settle(asGood: Candidate[], candidates: Candidate[]): Found {
  const best = asGood[0]?.cost ?? 0;
  const headline = asGood.filter((c) => c.spot.table.isHeadline && c.cost <= best + 0.01);
  const kinds = new Set(asGood.map((c) => c.spot.unitKind));
  const isDefault = headline.length > 0 && headline.length < asGood.length && kinds.size === 1;
  return { kind: 'spots', spots: (isDefault ? headline : asGood).map((c) => c.spot), candidates, isDefault };
}

function one(spot: Spot): Found {
  return { kind: 'spots', spots: [spot], candidates: [], isDefault: false };
}

function scopesOf(candidates: Candidate[]): Scope[] {
  const scopes = new Map<object, Scope>();
  for (const { spot, namesRow } of candidates) {
    const row = namesRow ? spot.row : undefined;
    const key = row ?? spot.table;
    const scope = scopes.get(key) ?? { table: spot.table, ...(row ? { row } : {}), spots: [] };
    scope.spots.push(spot);
    scopes.set(key, scope);
  }
  return [...scopes.values()];
}

/** What each of the named things would have been, to be offered instead. */
function missing(phrase: Phrase, ground: Ground): Gap {
  const nearby: Spot[] = [];
  const pieces = phrase.pieces.filter((p) => p.text !== '');
  for (const piece of pieces) {
    if (piece.isSoft && pieces.some((p) => !p.isSoft)) continue;
    const alone = matchSpots({ pieces: [piece], unknown: [] }, ground.index, ground.vocabulary);
    const best = alone[0];
    if (best?.namesMeasure)
      nearby.push(
        ...alone
          .filter((c) => c.cost <= best.cost + AS_GOOD)
          .map((c) => c.spot)
          .slice(0, 3),
      );
  }
  return { reason: 'noSuch', said: pieces.map((p) => p.text).join(''), nearby: [...new Set(nearby)] };
}
