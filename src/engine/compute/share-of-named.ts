/** A part and a whole that are both named: the pair that fits the words, and its share. */
import type { Operand } from '../parse/query';
import { isPartOf, wholesOf } from '../resolve/containment';
import { isPutTogether } from '../resolve/find-spots';
import { matchSpots } from '../resolve/match-spots';
import { isBare, resolveOperand } from '../resolve/resolve-operands';
import { sharedMeasure } from '../resolve/shared-measure';
import type { Situation } from '../resolve/situation';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { evaluate } from './expression';
import { isZero, PERCENT, spotsOf, unresolved, valueIn } from './operands';
import type { Result } from './result';
import { computed, inBaseUnit, isAlike, scaleOf, state } from './state';

export function shareResult(part: Spot, wholes: Spot[], situation: Situation): Result {
  const own = valueIn(part, situation);
  const shares = wholes.flatMap((whole) => {
    const printed = valueIn(whole, situation);
    if (!own || !printed || !isAlike(part, whole) || holds(part, whole, situation)) return [];
    const isScaled = scaleOf(part) !== scaleOf(whole);
    const of = isScaled ? inBaseUnit(part, own).expression : own;
    const under = isScaled ? inBaseUnit(whole, printed).expression : printed;
    if (isZero(under)) return [];
    // What one kind takes is no part of what another takes.
    if (part.unitKind === 'time' && part.leaf === whole.leaf) return [];
    // 件 are no part of a smaller number of 条次.
    if (part.measureUnit !== whole.measureUnit && evaluate(of).low.compare(evaluate(under).high) > 0) return [];
    const isDeclared = isPartOf(part, whole, situation);
    // 条 beside 万次 in one table: nothing says that these hold those.
    if (!isDeclared && part.table === whole.table && part.measureUnit !== whole.measureUnit) return [];
    const isApart = part.table !== whole.table && !isDeclared;
    // What is more than it can't be part of it.
    if ((isApart || part.source.kind !== 'cell') && evaluate(of).low.compare(evaluate(under).high) > 0) return [];
    return [
      {
        part: state(part),
        whole: state(whole),
        share: computed({ op: 'share', of, whole: under }, PERCENT),
        ...(isApart ? { isApart } : {}),
      },
    ];
  });
  if (shares.length === 0) return { op: 'gap', gap: { reason: 'notComparable', spots: [part, ...wholes] } };
  return { op: 'share', shares };
}

/** 诉求总量 is no share of 企业诉求, nor two sources together of one of them. */
function holds(part: Spot, whole: Spot, situation: Situation): boolean {
  const [own, others] = [cellsOf(part.source), cellsOf(whole.source)];
  const isAmongOwn = part.source.kind === 'sum' && own.length > others.length && others.every((c) => own.includes(c));
  return isAmongOwn || isPartOf(whole, part, situation);
}

/** ⟨part⟩ of ⟨whole⟩, both named: the pair of which one contains the other, each filling in what the other leaves out. */
export function shareOfNamed(part: Operand, whole: Operand, situation: Situation, isGuess = false): Result {
  for (const operand of [part, whole]) {
    if (operand.phrase.unknown.length > 0)
      return { op: 'gap', gap: { reason: 'unknownWords', words: operand.phrase.unknown } };
  }
  const asked = [part, whole].map((operand) => resolveOperand(operand, situation));
  // 「尚贤占诉求总量多少」: a table is asked for its own measure of that name.
  const measured = asked[0]?.kind === 'scope' ? sharedMeasure(asked, undefined, situation).map(spotsOf) : [];
  if (measured.length === 2 && measured.every((spots) => spots.length === 1) && !isGuess)
    return shareResult(measured[0]?.[0] as Spot, [measured[1]?.[0] as Spot], situation);
  const near = situation.focus[0];
  // 「市本级相当于县区的百分之几」 of what was talked about.
  const [inRow, besideIt] = [part, whole].map((operand) => spotsOf(resolveOperand(operand, situation)));
  const [one, other] = [inRow?.[0], besideIt?.[0]];
  const areRows = one && other && one !== other && inRow?.length === 1 && besideIt?.length === 1;
  if (
    near &&
    areRows &&
    [one, other].every((s) => s.table === near.table && s.leaf === near.leaf && s.row !== undefined)
  )
    return shareResult(one, [other], situation);
  // 「尚贤诉求占诉求总量」: what the part means by itself it means here too, and can't be the whole.
  const own = isBare(part) ? [] : spotsOf(resolveOperand(part, situation));
  const alone = own.length === 1 ? own[0] : undefined;
  const contained = containedPairs(part, whole, alone, situation);
  if (contained) return sharesOf(contained, situation);
  const wholes = matchSpots(whole.phrase, situation.index, situation.vocabulary, isBare(part) ? near : undefined)
    .filter((c) => c.cost < 2.2 && !isPutTogether(c.spot, whole.phrase, situation))
    .slice(0, 16);
  const best: { part: Spot; whole: Spot; cost: number; contains: boolean }[] = [];
  const partsAlone = isBare(part) ? situation.focus.map((spot) => ({ spot, cost: 0, namesMeasure: true })) : undefined;
  for (const w of wholes) {
    const parts = partsAlone ?? matchSpots(part.phrase, situation.index, situation.vocabulary, w.spot).slice(0, 6);
    for (const p of parts) {
      if (w.spot === alone || p.spot === w.spot || p.spot.unitKind !== w.spot.unitKind || p.spot.unitKind === 'rate')
        continue;
      const contains = isPartOf(p.spot, w.spot, situation);
      if (isGuess && !contains && !isTop(w.spot, situation)) continue;
      const headline = w.spot.table.isHeadline && !w.namesTable ? -0.4 : 0;
      best.push({ part: p.spot, whole: w.spot, cost: p.cost + w.cost + headline + (contains ? 0 : 1.2), contains });
    }
  }
  best.sort((a, b) => a.cost - b.cost);
  const [first] = best;
  if (!first) {
    const alone = resolveOperand(part, situation);
    return unresolved(alone, situation) ?? { op: 'gap', gap: { reason: 'notComparable', spots: spotsOf(alone) } };
  }
  const within = first.contains ? PAIRS_AS_GOOD : 0.05;
  const tied = best.filter((b) => b.cost <= first.cost + within && (b.part !== first.part || b.whole !== first.whole));
  if (tied.length > 0 && alone?.unitKind === first.whole.unitKind) return shareResult(alone, [first.whole], situation);
  if (tied.length > 0)
    return { op: 'clarify', spots: [...new Set([first.part, ...tied.map((t) => t.part)])], tables: [] };
  return shareResult(first.part, [first.whole], situation);
}

interface PartAndWhole {
  part: Spot;
  whole: Spot;
}

export function sharesOf(pairs: readonly PartAndWhole[], situation: Situation): Result {
  const results = pairs.map(({ part, whole }) => shareResult(part, [whole], situation));
  const shares = results.flatMap((r) => (r.op === 'share' ? r.shares : []));
  return shares.length > 0 ? { op: 'share', shares } : (results[0] as Result);
}

/**
 * A part whose declared whole is what was named as the whole, or is named by the part's own path (诉求来源里的互联网). Several where
 * rows that have no total fit as well: 「国有企事业占成员单位的几成」.
 */
export function containedPairs(
  part: Operand,
  whole: Operand,
  alone: Spot | undefined,
  situation: Situation,
): PartAndWhole[] | undefined {
  const { index, vocabulary, focus } = situation;
  const near = isBare(part) ? undefined : focus[0];
  const named = matchSpots(whole.phrase, index, vocabulary, near).filter(
    (c) => !isPutTogether(c.spot, whole.phrase, situation),
  );
  // 「说回企业，它占企业诉求总数多少」: what was talked about is part of what is named.
  const [best] = named;
  if (
    alone &&
    best?.namesLeafInFull &&
    focus.length > 0 &&
    wholesOf(alone, situation).some((w) => w.whole === best.spot)
  )
    return [{ part: alone, whole: best.spot }];
  const costOfWhole = new Map(named.map((c) => [c.spot, c.cost]));
  const parts = isBare(part)
    ? focus.map((spot) => ({ spot, cost: 0 }))
    : matchSpots(part.phrase, index, vocabulary, focus[0])
        .filter((c) => c.cost < 2.2 && (c.namesMeasure || c.namesRow))
        .slice(0, 24);
  const beside = new Map<Spot, Map<Spot, number>>();
  // What the part leaves out, its whole fills in: 企业诉求在线解答当中的政策专员 is that of 企业诉求.
  const costBeside = (spot: Spot, cost: number, w: Spot): number => {
    if (isBare(part)) return cost;
    let costs = beside.get(w);
    if (!costs) {
      costs = new Map(matchSpots(part.phrase, index, vocabulary, w).map((c) => [c.spot, c.cost]));
      beside.set(w, costs);
    }
    return costs.get(spot) ?? cost;
  };
  const pairs = parts.flatMap(({ spot, cost }) => {
    const direct = wholesOf(spot, situation).map((w) => w.whole);
    const all = [...direct, ...direct.flatMap((d) => wholesOf(d, situation).map((w) => w.whole))];
    return all.flatMap((w, i) => {
      const own = i < direct.length ? costOfWhole.get(spot) : undefined;
      const costOfNaming = costOfWhole.get(w) ?? (own === undefined ? undefined : own + 0.3);
      if (w === alone || costOfNaming === undefined || costBeside(spot, cost, w) >= UNNAMED) return [];
      const headline = w.table.isHeadline ? -0.4 : 0;
      return [
        {
          part: spot,
          whole: w,
          cost: costBeside(spot, cost, w) + costOfNaming + headline + (i < direct.length ? 0 : 0.1),
        },
      ];
    });
  });
  pairs.sort((a, b) => a.cost - b.cost);
  const [least, rival] = pairs;
  const closest = least && meantByItself(pairs, least, part, situation);
  if (!closest || (rival && rival.cost <= closest.cost + PAIRS_AS_GOOD && rival.whole.table !== closest.whole.table))
    return undefined;
  const fitsAsWell = pairs.filter(
    ({ part: p, whole: w, cost }) =>
      cost <= closest.cost + 0.05 && p.leaf === closest.part.leaf && w.leaf === closest.whole.leaf && p.row === w.row,
  );
  const isOfOneRow = closest.part.row !== closest.whole.row || fitsAsWell.some((pair) => pair.part.isTotalRow);
  return isOfOneRow ? [closest] : fitsAsWell;
}

/**
 * 「县区信息占总量几成」: 问答总量 stands under 政务信息数, but nobody calls it 信息 where 信息总量 is beside it. Undefined where two are
 * meant as well.
 */
function meantByItself<T extends PartAndWhole & { cost: number }>(
  pairs: readonly T[],
  least: T,
  part: Operand,
  situation: Situation,
): T | undefined {
  const asGood = pairs.filter(
    (p) => p.cost <= least.cost + NAMED_BESIDE && p.part.table === least.part.table && p.part.leaf !== least.part.leaf,
  );
  if (asGood.length === 0 || isBare(part)) return least;
  const meant = spotsOf(resolveOperand(part, situation));
  const [first, rival] = [least, ...asGood].filter((p) => meant.includes(p.part));
  return first && rival && rival.cost <= first.cost + JUST_AS_GOOD ? undefined : (first ?? least);
}

const JUST_AS_GOOD = 0.02;
const NAMED_BESIDE = 0.3;

/** Another table's pair, as good within what each of the two may be worse by. */
const PAIRS_AS_GOOD = 0.11;

/** A part that nothing but its group names isn't meant: 双号互转量 is all of it. */
const UNNAMED = 0.9;

/** The headline figure that has no whole of its own. */
function isTop(spot: Spot, situation: Situation): boolean {
  return spot.table.isHeadline && spot.isTotalRow && wholesOf(spot, situation).length === 0;
}

/**
 * 「回访评价覆盖了诉求总量的百分之多少」: nothing parts the two names but the names themselves. Each cut is tried both
 * ways round; only a declared whole, or the total that everything is part of, can be the whole.
 */
export function splitShare(operand: Operand, situation: Situation): Result | undefined {
  const { pieces } = operand.phrase;
  const cuts = pieces.flatMap((p, i) => (p.text === '' ? [i] : []));
  const sides = cuts.flatMap((cut) => {
    const [a, b] = [pieces.slice(0, cut), pieces.slice(cut + 1)].map(
      (side): Operand => ({ ...operand, phrase: { ...operand.phrase, pieces: side } }),
    ) as [Operand, Operand];
    return [
      [a, b],
      [b, a],
    ] as const;
  });
  const results = sides
    .map(([part, whole]) => shareOfNamed(part, whole, situation, true))
    .filter((r) => r.op === 'share');
  return results[0];
}
