/**
 * From a result to a reply in words. One function an operation; every sentence comes from dialogs/replies.yaml.
 *
 * Not here: what is computed (compute), whether each number in the text is bound (verify.ts).
 */
import type { Result } from '../compute/result';
import { composeAbout, verdictKey } from './compose-about';
import { composeArithmetic } from './compose-arithmetic';
import { composeBefore } from './compose-before';
import { composeComparing } from './compose-comparing';
import { composeFigures } from './compose-figures';
import { composeGap } from './compose-gap';
import { type Draft, draft } from './draft';
import { joinDrafts } from './join-drafts';
import type { Speaking } from './speaking';

export function compose(result: Result, speaking: Speaking): Draft {
  switch (result.op) {
    case 'figures':
      return composeFigures(result, speaking);
    case 'before':
    case 'absoluteChange':
    case 'timesOfBefore':
      return composeBefore(result, speaking);
    case 'share':
    case 'rateAsShare':
    case 'complement':
    case 'difference':
    case 'times':
    case 'sum':
    case 'mean':
    case 'rest':
      return composeArithmetic(result, speaking);
    case 'clarify': {
      const asked = composeComparing(result, speaking);
      const clear = result.clear ?? [];
      const [first] = clear;
      if (!first) return asked;
      const stated = composeFigures({ ...AS_ASKED, alternatives: [], stated: clear }, speaking);
      return { ...(joinDrafts([stated, asked]) ?? asked), kind: 'clarify', focus: [] };
    }
    case 'rank':
    case 'filter':
      return composeComparing(result, speaking);
    case 'held':
      return withVerdict(result, compose(result.of, speaking), speaking);
    case 'together':
      return joinDrafts(result.of.map((one) => compose(one, speaking))) ?? draft('talk', null);
    case 'corrected':
      return (
        joinDrafts([compose(result.claim, speaking), compose(result.of, speaking)]) ?? compose(result.of, speaking)
      );
    case 'claim':
    case 'claims':
    case 'overview':
    case 'reportOverview':
    case 'source':
    case 'define':
    case 'doubt':
    case 'why':
    case 'identify':
    case 'named':
    case 'count':
      return composeAbout(result, speaking);
    case 'gap': {
      const declined = composeGap(result.instead ? withoutNearby(result.gap) : result.gap, speaking);
      if (result.instead) return withInstead(declined, compose(result.instead, speaking), speaking);
      // 「失业金上个月发多少」: none of the report's, whatever the month.
      const isElsewhere =
        (result.gap.reason === 'subYear' || result.gap.reason === 'otherPlace') && result.gap.spots.length === 0;
      return result.gap.reason === 'unknownWords' || isElsewhere
        ? { ...declined, sentences: [...declined.sentences, speaking.wording.say('去哪里问')] }
        : declined;
    }
  }
}

/** What was said first, then what was computed. */
function withVerdict(
  { of, claim, holds, isRounded }: Extract<Result, { op: 'held' }>,
  there: Draft,
  { wording }: Speaking,
): Draft {
  const { said = '' } = claim;
  const { headline } = there;
  const words = { 名称: headline?.label ?? '', 数值: headline?.figure ?? '', 同比: '', 说法: said };
  // The figure alone on its line is how much the one is more than the other: no name goes with it.
  const isOfTwo = of.op === 'difference' || of.op === 'absoluteChange' || of.op === 'before';
  const verdict = isOfTwo
    ? wording.say(holds ? '说得对' : '说得不对')
    : wording.say(isRounded ? '大致属实' : verdictKey(claim, holds), words);
  return {
    ...there,
    sentences: [verdict, ...there.sentences],
    quoted: [...there.quoted, said],
  };
}

const AS_ASKED = { op: 'figures', aspect: 'value', isDefault: false } as const;

/** What there is instead is said once. */
function withoutNearby(gap: Extract<Result, { op: 'gap' }>['gap']): typeof gap {
  switch (gap.reason) {
    case 'noSuch':
      return { ...gap, nearby: [] };
    case 'notComparable':
      return { ...gap, spots: [] };
    default:
      return gap;
  }
}

/** A refusal, with what the report has of what was named. */
export function beside(refusal: Draft, there: Draft, speaking: Speaking): Draft {
  return there.kind === 'decline'
    ? { ...there, sentences: [...refusal.sentences, ...there.sentences], quoted: [...refusal.quoted, ...there.quoted] }
    : withInstead(refusal, there, speaking);
}

/** First what isn't there, then what is: never the figure alone on its line, which would read as the answer. */
function withInstead(declined: Draft, instead: Draft, { wording }: Speaking): Draft {
  const { headline: _headline, chart: _chart, drawn: _drawn, ...there } = instead;
  return {
    ...there,
    kind: instead.kind === 'clarify' ? 'clarify' : 'decline',
    grade: '未涉及',
    sentences: [...declined.sentences, wording.say('有的是'), ...instead.sentences],
    quoted: [...declined.quoted, ...instead.quoted],
  };
}
