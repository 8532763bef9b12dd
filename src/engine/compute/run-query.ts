/** From a query to its result: one operation, one function. */
import type { Ask } from '../parse/query';
import type { Situation } from '../resolve/resolve-operands';
import { claim, claims, count, define, identify, overview, source, why } from './about';
import { mean, rest, share, sum, twoSided } from './arithmetic';
import { filter, rank } from './comparing';
import { figures } from './figures';
import type { Result } from './result';
import { state } from './state';

export function runQuery(ask: Ask, situation: Situation): Result {
  const result = run(ask, situation);
  // A choice of one is none.
  if (result.op !== 'clarify' || result.spots.length !== 1 || result.tables.length > 0) return result;
  return { op: 'figures', stated: result.spots.map(state), aspect: 'value', isDefault: true, alternatives: [] };
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
    case 'rank':
      return rank(ask, situation);
    case 'filter':
      return filter(ask, situation);
    case 'claim':
      return claim(ask, situation);
    case 'claims':
      return claims(ask, situation);
    case 'overview':
      return overview(ask, situation);
    case 'source':
      return source(ask, situation);
    case 'define':
      return define(ask, situation);
    case 'why':
      return why(ask, situation);
    case 'identify':
      return identify(ask, situation);
    case 'count':
      return count(ask, situation);
  }
}
