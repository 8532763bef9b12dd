/** Where a table or a row is named, and only by its counting word what is asked of it. */
import type { Spot } from '../vocabulary/spots';
import { isPartOf } from './containment';
import { closest, type Ground } from './find-spots';
import { matchSpots } from './match-spots';
import type { Phrase } from './name-nodes';

/**
 * 「市本级有多少人」: all that are people there, and nobody knows whether some of them are the same. 「晓苏的有多少条」: all that are counted
 * so, but not what others of them contain.
 */
export function countedThere(phrase: Phrase, { index, vocabulary }: Ground): Spot[] {
  const { unit, unitText } = phrase;
  if (phrase.unknown.length > 0 || phrase.pieces.every((p) => p.isSoft)) return [];
  const named = closest(matchSpots(phrase, index, vocabulary)).filter(
    ({ spot, namesTable }) =>
      spot.source.kind === 'cell' &&
      spot.unitKind === unit &&
      (unit === 'people' || (unit === 'things' && namesTable && spot.measureUnit === unitText)),
  );
  const there = named.filter((c) => c.namesRow || c.spot.isTotalRow || !c.spot.table.totalRow).map((c) => c.spot);
  return there.filter((s) => !there.some((o) => o !== s && isPartOf(s, o, { index })));
}
