/**
 * What is left of a whole without some of its parts, as a spot of its own: 「没派给部门的」 is 诉求总量 without 部门办理, and
 * can be divided, compared and ranked like any printed figure.
 *
 * Only where the table declares that the whole contains the parts. What a part leaves out, its whole fills in.
 */
import type { Header, Row } from '../../report/report';
import type { Operand } from '../parse/query';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { isPartOf, wholesOf } from './containment';
import { matchSpots } from './match-spots';
import type { Situation } from './situation';

export interface RestPair {
  whole: Spot;
  parts: Spot[];
  cost: number;
}

/** Whole and parts that fit the words, best first. */
export function restPairs(of: Operand, without: readonly Operand[], situation: Situation): RestPair[] {
  const { index, vocabulary, focus } = situation;
  const isBare = namesNothing(of);
  if (isBare && without.every(namesNothing)) return restOfTalkedAbout(situation);
  const named = isBare ? undefined : matchSpots(of.phrase, index, vocabulary, focus[0]).slice(0, 16);
  const wholes = named ?? [...talkedAbout(focus, situation), ...topWholes(without, situation)];
  const pairs = pairsOf(wholes, without, situation);
  if (pairs.length > 0 || !named) return pairs;
  // 「撇开电话，剩下几种来源合计」 names the group of the parts: what they make up together is the whole.
  const [first, second] = named;
  if (!first || first.cost !== second?.cost || first.spot.groups[0] !== second.spot.groups[0]) return [];
  const around = named.flatMap(({ spot, cost }) => wholesOf(spot, situation).map((w) => ({ spot: w.whole, cost })));
  return pairsOf(around, without, situation);
}

/** 「除掉市本级还剩几名」: of what was answered, or of what that is part of: after 「市本级占几成」. */
function talkedAbout(focus: readonly Spot[], situation: Situation): { spot: Spot; cost: number }[] {
  const around = focus.flatMap((spot) => wholesOf(spot, situation).map((w) => w.whole));
  return [...new Set([...focus, ...around])].map((spot) => ({ spot, cost: focus.includes(spot) ? 0 : AROUND }));
}

const AROUND = 0.1;

function namesNothing({ phrase }: Operand): boolean {
  return phrase.pieces.every((p) => p.text === '');
}

/** 「其余的呢」: what the whole of all that was talked about has besides. */
function restOfTalkedAbout(situation: Situation): RestPair[] {
  const { focus } = situation;
  const [first, ...others] = focus;
  const wholes = first ? wholesOf(first, situation).map((w) => w.whole) : [];
  const whole = wholes.find((w) => others.every((part) => isPartOf(part, w, situation)));
  return whole ? [{ whole, parts: focus, cost: 0 }] : [];
}

function pairsOf(
  wholes: readonly { spot: Spot; cost: number }[],
  without: readonly Operand[],
  situation: Situation,
): RestPair[] {
  const { index, vocabulary } = situation;
  return wholes
    .flatMap(({ spot: whole, cost }) => {
      const parts = without.map((operand) =>
        matchSpots(operand.phrase, index, vocabulary, whole).find(
          (c) =>
            // 电话 names no row that 总计's 电话 could be without.
            (c.spot.leaf === whole.leaf
              ? c.namesRow
              : // Nor does a group that is the whole name one of its columns.
                whole.source.kind !== 'sum' || !c.namesMeasure || c.namesLeaf) &&
            wholesOf(c.spot, situation).some((w) => w.whole === whole),
        ),
      );
      if (parts.some((p) => !p)) return [];
      const all = parts as { spot: Spot; cost: number }[];
      const total = all.reduce((sum, p) => sum + p.cost, cost) + (whole.table.isHeadline ? -0.4 : 0);
      return [{ whole, parts: all.map((p) => p.spot), cost: total }];
    })
    .sort((a, b) => a.cost - b.cost);
}

function topWholes(without: readonly Operand[], situation: Situation): { spot: Spot; cost: number }[] {
  const [first] = without;
  if (!first) return [];
  const parts = matchSpots(first.phrase, situation.index, situation.vocabulary).slice(0, 8);
  return parts.flatMap(({ spot, cost }) => wholesOf(spot, situation).map((w) => ({ spot: w.whole, cost })));
}

/** The one pair that fits best, as a spot; undefined where none fits, or several tables do. */
export function restSpot(of: Operand, without: readonly Operand[], situation: Situation): Spot | undefined {
  const [best, ...others] = restPairs(of, without, situation);
  if (!best || others.some((o) => o.cost <= best.cost + 0.05 && o.whole !== best.whole)) return undefined;
  return takenFrom(best.whole, best.parts, situation);
}

/** The whole without the parts, as a spot; undefined where it can't be computed. */
export function takenFrom(whole: Spot, parts: readonly Spot[], situation: Pick<Situation, 'index'>): Spot | undefined {
  if (whole.source.kind === 'rest' || overlaps(parts, situation)) return undefined;
  const wholes = cellsOf(whole.source);
  const cells = parts.flatMap((p) => (p.source.kind === 'rest' ? [] : cellsOf(p.source)));
  if (cells.length < parts.length || [...wholes, ...cells].some((c) => c.figure.kind !== 'number')) return undefined;
  const label = [
    whole.leaf.label,
    ...parts.map((p) => (p.row === whole.row ? p.leaf.label : (p.row?.label ?? p.leaf.label))),
  ].join('－');
  return {
    ...whole,
    id: [whole.id, ...parts.map((p) => p.id)].join('-'),
    leaf: { ...whole.leaf, label },
    source: { kind: 'rest', wholes, parts: cells },
    isTotalRow: false,
    isGroupDefault: false,
  };
}

/** What was computed last as one figure to go on with: 「占总量百分之几」 after a sum, or after what is left. */
export function derivedSpot({ derived, index }: Pick<Situation, 'derived' | 'index'>): Spot | undefined {
  const [first, ...others] = derived?.of ?? [];
  if (derived?.op === 'sum') return sumSpot(derived.of, { index });
  const [second] = others;
  // What 全市 has more than 市本级 is what is left of it.
  if (derived?.op === 'difference' && first && second) {
    if (isPartOf(second, first, { index })) return takenFrom(first, [second], { index });
    return isPartOf(first, second, { index }) ? takenFrom(second, [first], { index }) : undefined;
  }
  return derived?.op === 'rest' && first ? takenFrom(first, others, { index }) : undefined;
}

/** Figures that were added up just now, as one: 「合计 518 件」, 「占收到的诉求多少」. */
export function sumSpot(spots: readonly Spot[], situation: Pick<Situation, 'index'>): Spot | undefined {
  const [first] = spots;
  const cells = spots.flatMap((s) => (s.source.kind === 'rest' ? [] : cellsOf(s.source)));
  if (!first || cells.length < spots.length || cells.some((c) => c.figure.kind !== 'number')) return undefined;
  const isAddend = (s: Spot) => s.table === first.table && s.measureUnit === first.measureUnit;
  if (!spots.every(isAddend) || overlaps(spots, situation)) return undefined;
  return {
    ...first,
    id: spots.map((s) => s.id).join('+'),
    leaf: { ...first.leaf, label: spots.map((s) => s.leaf.label).join('＋') },
    groups: [],
    source: { kind: 'sum', cells },
    isTotalRow: false,
    isGroupDefault: false,
  };
}

/** Do some of the spots hold the same cells, or one another, or may what they count be the same? */
export function overlaps(spots: readonly Spot[], situation: Pick<Situation, 'index'>): boolean {
  const cells = spots.flatMap((s) => cellsOf(s.source));
  return (
    new Set(cells).size < cells.length ||
    spots.some((a) => spots.some((b) => a !== b && (isPartOf(a, b, situation) || countTheSame(a, b))))
  );
}

/** 电话 and 部门办理, 企业诉求 and 总计's 电话: what came by phone was handled by somebody, and 企业 call too. */
function countTheSame(a: Spot, b: Spot): boolean {
  const { table } = a;
  const [column, other] = [a.leaf.header, b.leaf.header];
  if (b.table !== table || a.source.kind !== 'cell' || b.source.kind !== 'cell' || !column || !other) return false;
  const [row, otherRow] = [a.source.cell.row, b.source.cell.row];
  const isIn = (part: Row, whole: Row) => table.rowWholes.some((w) => w.whole === whole && w.parts.includes(part));
  if (row !== otherRow && !isIn(row, otherRow) && !isIn(otherRow, row)) return false;
  const divisions = (header: Header) => table.columnWholes.filter((w) => w.parts.includes(header));
  const isWhole = (whole: Header, part: Header) => divisions(part).some((w) => w.whole === whole);
  // What both divide to the last item, they divide the same items of.
  const isDividedOtherwise = divisions(column).some(
    (w) =>
      w.isExhaustive && divisions(other).some((v) => v.isExhaustive && v.whole === w.whole && !w.parts.includes(other)),
  );
  return isWhole(column, other) || isWhole(other, column) || isDividedOtherwise;
}
