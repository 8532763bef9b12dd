/** What is compared, where only rows or tables are named: 「咨询类比非咨询类快多少」, 「尚贤的诉求比政风热线的多几件」. */
import type { UnitKind } from '../lexicon/lexicon';
import type { Operand } from '../parse/query';
import type { Spot } from '../vocabulary/spots';
import { closest, type Found, isTopColumn, measuresLike } from './find-spots';
import { matchSpots } from './match-spots';
import type { Situation } from './situation';

/** 「尚贤收的诉求比政风热线的多几件」: a table beside a measure of another is asked for its own measure of that name. */
function borrowMeasure(found: readonly Found[], { index, vocabulary }: Situation): Found[] | undefined {
  const [known, ...more] = found.flatMap((f) =>
    f.kind === 'spots' && f.spots.length === 1 ? [f.spots[0] as Spot] : [],
  );
  const scopes = found.filter((f) => f.kind === 'scope');
  if (!known || more.length > 0 || scopes.length !== found.length - 1) return undefined;
  const filled = found.map((f): Found => {
    if (f.kind !== 'scope') return f;
    const scopes = f.scopes.filter(({ table }) => table !== known.table);
    // Of a table that is named; a row of any name has figures of many ends.
    const isTable = scopes.every(({ row }) => !row);
    const isInScope = (s: Spot) =>
      (isTable || s.leaf.key === known.leaf.key) &&
      scopes.some(({ table, row }) => table === s.table && (!row || row === s.row));
    const [best, ...others] = closest(measuresLike(known, isInScope, { index, vocabulary }));
    return best && others.length === 0 ? { kind: 'spots', spots: [best.spot], candidates: [], isDefault: true } : f;
  });
  return filled.some((f, i) => f !== found[i]) ? filled : undefined;
}

/**
 * 「群众和企业谁降了」 names rows of the headline table and no measure: its top figure is meant, 诉求总量, and not whatever
 * label holds the words.
 */
export function headlineRows(operands: readonly Operand[], situation: Situation): Spot[] | undefined {
  if (operands.length < 2 || operands.some((o) => o.without || o.added || o.refersTo !== undefined)) return undefined;
  const spots = operands.map((operand) => headlineRow(operand, situation));
  const named = spots.filter((s) => s !== undefined);
  return named.length === operands.length && new Set(named).size === named.length ? named : undefined;
}

/** The top figure of the headline table's row that the words name, and nothing else. */
export function headlineRow({ phrase }: Operand, { index, vocabulary }: Situation): Spot | undefined {
  if (phrase.unknown.length > 0) return undefined;
  return matchSpots(phrase, index, vocabulary).find(
    (c) => c.spot.table.isHeadline && c.namesRow && c.isInRow && isTopColumn(c.spot) && c.spot.source.kind === 'cell',
  )?.spot;
}

/**
 * 「咨询类比非咨询类快多少」 names two rows and, by 快, what is compared: the measure that both rows have, of the
 * kind that the word compares. Without one such measure the rows stay rows, and are asked about.
 */
export function sharedMeasure(found: readonly Found[], kind: UnitKind | undefined, situation: Situation): Found[] {
  const measured = borrowMeasure(found, situation);
  if (measured) return measured;
  const rows = found.map((f) => (f.kind === 'scope' && f.scopes.length === 1 ? f.scopes[0] : undefined));
  if (!rows.every((r) => r?.row && r.table === rows[0]?.table)) return [...found];
  const spotsIn = (i: number) =>
    (rows[i]?.spots ?? []).filter((s) => s.source.kind === 'cell' && (!kind || s.unitKind === kind));
  const leaves = spotsIn(0).filter((s) => rows.every((_, i) => spotsIn(i).some((other) => other.leaf === s.leaf)));
  if (leaves.length !== 1) return [...found];
  return rows.map((_, i) => ({
    kind: 'spots',
    spots: spotsIn(i).filter((s) => s.leaf === leaves[0]?.leaf),
    candidates: [],
    isDefault: true,
  }));
}
