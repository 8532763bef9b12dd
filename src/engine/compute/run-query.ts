/** From a query to its result: one operation, one function. */
import type { Ask, Operand } from '../parse/query';
import { resolveOperand } from '../resolve/resolve-operands';
import type { Situation } from '../resolve/situation';
import { claim, claims, count, define, doubt, identify, overview, source, titles, why } from './about';
import { again } from './again';
import { filter, rank, spread } from './comparing';
import { figures } from './figures';
import { held, heldBefore } from './held';
import { mean } from './mean';
import { rest } from './rest';
import type { Result } from './result';
import { PLAINLY, stated } from './settled';
import { share } from './share';
import { numberOf, state } from './state';
import { sum } from './sum';
import { twoSided } from './two-sided';

export function runQuery(ask: Ask, situation: Situation): Result {
  const result = run(ask, situation);
  if (situation.isBefore) return inYearBefore(ask, result, situation);
  // A choice of one is none.
  if (result.op !== 'clarify' || result.spots.length !== 1 || result.tables.length > 0) return result;
  const only: Result = {
    op: 'figures',
    stated: result.spots.map(state),
    aspect: 'value',
    isDefault: true,
    alternatives: [],
  };
  return ask.op === 'figures' || ask.op === 'overview'
    ? only
    : { op: 'gap', gap: { reason: 'notComparable', spots: [] }, instead: only };
}

/**
 * Asked for the year before: its figures can only be estimated, one by one. What rests on this year's figures may not
 * stand for it, and estimates aren't computed with any further.
 */
function inYearBefore(ask: Ask, result: Result, situation: Situation): Result {
  switch (result.op) {
    case 'figures':
      return stated(
        result.stated.map((s) => s.spot),
        { aspect: 'before' },
        result,
        situation,
      );
    // 「那是2023年36期？」: what it may have been.
    case 'claim': {
      const before = stated([result.stated.spot], { aspect: 'before' }, PLAINLY, situation);
      return before.op === 'before' ? heldBefore(before, result.claim) : before;
    }
    case 'before':
    case 'gap':
    case 'clarify':
    case 'define':
    // Where the figure stands that it was estimated from.
    case 'source':
    case 'count':
    case 'absoluteChange':
    case 'timesOfBefore':
      return result;
    default:
      return { op: 'gap', gap: { reason: 'onlyThisYear', asked: ask.op } };
  }
}

function run(ask: Ask, situation: Situation): Result {
  switch (ask.op) {
    case 'figures':
      return figures(ask, situation);
    case 'share':
      return share(ask, situation);
    case 'difference':
    case 'times':
      return twoSided(ask, situation);
    case 'sum':
      return sum(ask, situation);
    case 'mean':
      return mean(ask, situation);
    case 'rest':
      return rest(ask, situation);
    case 'again':
      return again(ask, situation) ?? run(ask.otherwise, situation);
    case 'rank':
      return rank(ask, situation);
    case 'spread':
      return spread(ask, situation);
    case 'filter':
      return ask.claimed?.of === 'all' && isOne(ask.among, situation)
        ? run(ask.claimed.ofOne, situation)
        : filter(ask, situation);
    case 'claim':
      return claim(ask, situation);
    case 'held':
      return held(ask, run(ask.ask, situation));
    case 'beside': {
      const said = claim(ask.claim, situation);
      // 「企业诉求98.8%是打电话来的，…」 says a share.
      const isShare = ask.claim.claim.isPercent && !ask.claim.claim.direction;
      if (said.op !== 'claim' || (isShare && said.stated.computed?.isPercent !== true))
        return run(ask.otherwise ?? ask.ask, situation);
      const of = run(ask.ask, { ...situation, focus: [said.stated.spot] });
      return said.verdict.holds ? of : { op: 'corrected', claim: said, of };
    }
    case 'claims':
      return claims(ask, situation);
    case 'together':
      return together(ask, situation);
    case 'fromTo': {
      const now = claim({ op: 'claim', of: ask.of, claim: ask.to }, situation);
      if (now.op !== 'claim' || !now.verdict.holds) return now;
      const before = stated([now.stated.spot], { aspect: 'before' }, PLAINLY, situation);
      return before.op === 'before' ? heldBefore(before, ask.from) : before;
    }
    case 'overview':
      return overview(ask, situation);
    case 'source':
      return source(ask, situation);
    case 'define':
      return define(ask, situation);
    case 'doubt':
      return doubt(ask, situation);
    case 'why':
      return why(ask, situation);
    case 'identify': {
      const result = identify(ask, situation);
      const isPrinted = result.numbers.some(({ matches }) => matches.length > 0);
      const [spot, ...more] = situation.focus;
      // A bare number may be meant in per cent.
      const isAlike = spot && more.length === 0 && (!ask.numbers[0]?.isPercent || numberOf(spot)?.isPercent);
      if (!ask.otherwise || isPrinted || !(isAlike || situation.focus.length === 0)) return result;
      // 「一年一百三十多万件吧」 is said of what is counted so, if that is known.
      const claimed = run(ask.otherwise, situation);
      return isAlike || claimed.op === 'claim' ? claimed : result;
    }
    case 'named':
      return titles(ask, situation);
    case 'count':
      return count(ask, situation);
  }
}

/** A printed figure: what is said of all can only be said of it. */
function isOne(among: readonly Operand[], situation: Situation): boolean {
  const [alone, ...others] = among.map((operand) => resolveOperand(operand, situation));
  return (
    alone?.kind === 'spots' && others.length === 0 && alone.spots.length === 1 && alone.spots[0]?.source.kind === 'cell'
  );
}

/** One of several claims, held for itself, would answer for all: each is, or none. */
function together({ asks }: Extract<Ask, { op: 'together' }>, situation: Situation): Result {
  const of: Extract<Result, { op: 'together' }>['of'] = [];
  let now = situation;
  for (const ask of asks) {
    const result = run(ask, now);
    // 「三成多派给部门，68.5%接听员办」: per cent of a count, among shares, is a share too, and of what isn't said.
    const isOpen = result.op === 'claim' && result.verdict.about === 'unit' && ask.claim.isPercent === true;
    if ((result.op !== 'claim' && result.op !== 'held') || isOpen)
      return { op: 'gap', gap: { reason: 'notUnderstood' }, instead: of[0] ?? result };
    of.push(result);
    const [spot] =
      result.op === 'claim'
        ? [result.stated.spot]
        : result.of.op === 'share'
          ? result.of.shares.map((s) => s.part.spot)
          : [];
    if (spot) now = { ...now, focus: [spot] };
  }
  return { op: 'together', of };
}
