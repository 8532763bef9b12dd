/**
 * One sentence in its conversation: small talk, a choice among what was offered, or a question. A question
 * that only names another spot asks the same of it as the last one did.
 */

import { beside, compose } from '../compose/compose';
import { type Draft, draft } from '../compose/draft';
import type { Gap, Result } from '../compute/result';
import { runQuery } from '../compute/run-query';
import { PLAINLY, stated } from '../compute/settled';
import type { Knowledge } from '../knowledge';
import { linkText } from '../link/link-text';
import { has, type Mention } from '../link/mention';
import { plainClauses } from '../parse/clauses';
import { parse } from '../parse/parse';
import { type Ask, NOTHING_SAID, type Query } from '../parse/query';
import { readSentence } from '../parse/read-sentence';
import { hasAny, phraseOf, type Sentence } from '../parse/sentence';
import { isBare } from '../resolve/resolve-operands';
import type { Spot } from '../vocabulary/spots';
import type { Explanation } from '../why';
import { chooseOffered } from './choose';
import { type Context, contextFor } from './context';
import { type Focus, spotsIn } from './focus';
import { nearest, plainFigures } from './nearest';
import { otherThreshold } from './other-threshold';
import { pointIntoList } from './point-into-list';
import { likelyTopicOf, type Topic, topicOf } from './topics';

export interface ReadTurn {
  context: Context;
  /** Undefined for small talk, whose words are ready. */
  result?: Result;
  words?: Draft;
  /** What is said to be before its figures are listed. */
  introduces?: string;
  repairs: { from: string; to: string }[];
  explanation: Explanation;
}

export function readTurn(typed: string, focus: Focus, knowledge: Knowledge, today: string): ReadTurn {
  const alone = readAlone(typed, focus, knowledge, today);
  const anew = { ...focus, options: [], question: '' };
  // 「那就2024年的」 after a year that isn't loaded: the year named last counts.
  const { result } = alone;
  if (focus.question && focus.spots.length === 0 && result?.op === 'gap' && result.gap.reason === 'nothingNamed') {
    const other = readAlone(`${focus.question},${typed}`, anew, knowledge, today);
    if (other.result && other.result.op !== 'gap') return other;
  }
  // 「通话那个」 of 「平均时长」 and what else was offered.
  const isSeveral =
    alone.explanation.rule === CHOICE && alone.result?.op === 'figures' && alone.result.stated.length > 1;
  const isOpen = alone.result !== undefined && (isSeveral || OPEN_AFTER_CHOICE.has(alone.result.op));
  const isFigure = alone.explanation.rule !== CHOICE && alone.result?.op === 'figures';
  if (!(isOpen || isFigure) || !focus.question || focus.options.length === 0) return alone;
  // 「晓苏县区的」 after 「问答总量，您要问哪一个？」 is none of those offered, but says more of what was asked.
  const whole = readAlone(`${focus.question},${typed}`, anew, knowledge, today);
  const [only, ...more] = whole.result?.op === 'figures' ? whole.result.stated : [];
  const own = alone.result?.op === 'figures' ? alone.result.stated : [];
  if (!only) return alone;
  // 「百科的部门单位」 after 「市里和县里各多少，您要看哪一处？」: of both rows.
  if (more.length > 0) return own.length === 1 && isInRowsOf(own[0]?.spot, whole.result) ? whole : alone;
  // 「要在线解答的，企业的」: a figure by itself, but in the column that was offered of all rows.
  const offered = spotsIn(
    focus.options.flatMap(({ spot }) => spot ?? []),
    whole.context.situation.index,
  );
  const [figure] = own;
  // 「百科的，信息专员」 after 「县区那行，您要看哪一处？」: that row's.
  const isInRow =
    figure !== undefined && figure.spot.leaf === only.spot.leaf && figure.spot.isTotalRow && !only.spot.isTotalRow;
  return (isOpen && offered.length > 0) || isInRow || offered.some(({ leaf }) => leaf === only.spot.leaf)
    ? whole
    : alone;
}

/** The same column in several rows of its table. */
function isInRowsOf(total: Spot | undefined, result: Result | undefined): boolean {
  const stated = result?.op === 'figures' ? result.stated : [];
  const rows = stated.filter(({ spot }) => !spot.isTotalRow);
  return total?.isTotalRow === true && rows.length > 1 && stated.every(({ spot }) => spot.leaf === total.leaf);
}

/** The rule by which one of what was offered is taken. */
export const CHOICE = 'choice';
const OPEN_AFTER_CHOICE: ReadonlySet<Result['op']> = new Set(['overview', 'gap', 'clarify']);

/** A sentence by itself, in the report that it is about. */
function readAlone(typed: string, focus: Focus, knowledge: Knowledge, today: string): ReadTurn {
  const here = readIn(typed, focus, knowledge, today, false);
  if (!here.context.isElsewhere || here.result?.op !== 'gap') return here;
  const elsewhere = readIn(typed, focus, knowledge, today, true);
  return elsewhere.result?.op === 'gap' ? here : elsewhere;
}

function readIn(typed: string, focus: Focus, knowledge: Knowledge, today: string, isElsewhere: boolean): ReadTurn {
  const { text, mentions, repairs } = linkText(typed, knowledge);
  const pointed = pointIntoList(plainClauses(mentions), focus.list.length);
  const sentence = readSentence(text, pointed, knowledge.dictionary.lexicon);
  const context = contextFor(sentence, focus, knowledge, today, isElsewhere);
  const explain = (rule: string, outcome: string, query?: Query, result?: Result): Explanation => ({
    text,
    repairs,
    mentions: mentions.map(describe),
    rule,
    ...(query ? { query: query.ask } : {}),
    spots: (result ? spotsOf(result) : []).map((s) => s.id),
    outcome,
  });
  const said = (words: Draft, rule: string): ReadTurn => ({
    context,
    words,
    repairs,
    explanation: explain(rule, words.kind),
  });
  const found = (result: Result, rule: string, query?: Query): ReadTurn => ({
    context,
    result,
    ...(query?.ask.op === 'overview' && query.ask.introduces ? { introduces: query.ask.introduces } : {}),
    repairs,
    explanation: explain(rule, result.op, query, result),
  });

  const chosen = chooseOffered(
    text,
    sentence.mentions,
    phraseOf(sentence.mentions, sentence),
    focus,
    context.situation,
  );
  if (chosen && chosen.length > 0) {
    const result = stated(
      chosen,
      { aspect: focus.asked === 'change' ? 'change' : 'value' },
      PLAINLY,
      context.situation,
    );
    return found(result, CHOICE);
  }
  const aside = (topic: Topic) => {
    const words = topicWords(topic.name, topic.isSocial, topic.said, knowledge);
    const { situation } = context;
    // 「改成 41，重新回答」: what was answered stands.
    const standing = topic.name === '指令' && situation.focus.length > 0 ? situation.focus : undefined;
    const named =
      topic.isSocial || NEEDS_NO_FIGURE.has(topic.name)
        ? undefined
        : (plainFigures(sentence, situation) ??
          (standing && stated(standing, { aspect: 'value' }, PLAINLY, situation)));
    // What was named is still there to be had, for the year that was asked.
    const outside = named && context.outside?.(spotsOf(named));
    return said(
      named
        ? beside(words, compose(outside ? { op: 'gap', gap: outside } : named, context.speaking), context.speaking)
        : words,
      `topic:${topic.name}`,
    );
  };
  const asksOfYear = sentence.period?.kind === 'year' && focus.spots.length > 0;
  const topic = topicOf(sentence.mentions, asksOfYear);
  if (topic) return aside(topic);
  const asksAgain =
    sentence.mentions.some((m) => has(m, 'again') && !m.isName) &&
    !sentence.mentions.some((m) => m.isName && m.words.size === 0);
  if (asksAgain && !focus.question)
    return said(draft('talk', null, { sentences: [knowledge.wording.say('没有上文')] }), 'again');
  if (asksAgain) {
    return readTurn(focus.question, { ...focus, ...focus.leanedOn, options: [], question: '' }, knowledge, today);
  }
  const query = sinceThen(carriedOver(parse(sentence), sentence, focus), sentence, focus);
  if (!query) {
    // 「…在全省排第几」: what there is here.
    const here = sentence.mentions.filter((m) => !(m.place && !m.place.region && !m.isName));
    const instead = nearest({ ...sentence, mentions: here }, context.situation);
    const likely = instead ? undefined : likelyTopicOf(sentence.mentions);
    if (likely) return aside(likely);
    const { unknown } = phraseOf(sentence.mentions, sentence);
    const gap: Gap = unknown.length > 0 ? { reason: 'unknownWords', words: unknown } : { reason: 'notUnderstood' };
    return found({ op: 'gap', gap: context.outside ? context.outside([]) : gap, instead }, 'none');
  }
  // A term means the same in every year; a figure with it isn't one of the night's.
  if (context.outside && (query.ask.op !== 'define' || sentence.period?.kind === 'subYear')) {
    const inside = parse({
      ...sentence,
      mentions: sentence.mentions.filter((m) => !m.isUnknown && !(m.place && !m.place.region)),
    });
    const asked = inside ? spotsOf(runQuery(inside.ask, context.situation)) : [];
    // 「今年翻了几倍」: what is named is there, whatever was asked of it.
    const plain = asked.length > 0 ? undefined : plainFigures(sentence, context.situation);
    const spots = plain?.op === 'figures' ? spotsOf(plain) : asked;
    return found({ op: 'gap', gap: context.outside(spots) }, query.rule, query);
  }
  const result = runQuery(query.ask, context.situation);
  // 「接线员叫什么名字」: what the report names nowhere is somebody's own.
  const likely = query.ask.op === 'named' && result.op === 'gap' ? likelyTopicOf(sentence.mentions) : undefined;
  if (likely) return aside(likely);
  const spots = spotsOf(result);
  const other = otherThreshold(sentence, spots);
  if (other) {
    const instead = stated(spots, { aspect: 'value' }, PLAINLY, context.situation);
    return found({ op: 'gap', gap: { reason: 'unknownWords', words: [other] }, instead }, query.rule, query);
  }
  if (result.op === 'gap' && !result.instead && OPEN_GAPS.has(result.gap.reason)) {
    // The words that the report lacks are named; what it has without them is offered, as that.
    return found({ ...result, instead: nearest(sentence, context.situation) }, query.rule, query);
  }
  return found(
    query.isCarriedShare && result.op === 'share' ? { ...result, isCarried: true } : result,
    query.rule,
    query,
  );
}

/** 「那群众呢」 after a share asks for a share. */
function carriedOver(query: Query | undefined, sentence: Sentence, focus: Focus): Query | undefined {
  const said = withoutOperation(sentence, focus);
  if (said) return carriedOver(parse(said), said, focus);
  // 「差几个百分点」 after shares, or after 同比, is asked of those.
  const isOfPoints = query?.ask.op === 'difference' && !query.ask.right && isBare(query.ask.left);
  if (query?.ask.op === 'difference' && isOfPoints && hasAny(sentence.mentions, 'percent')) {
    const aspect = focus.asked === 'share' ? 'share' : focus.asked === 'change' ? 'change' : undefined;
    if (aspect) return { ...query, ask: { ...query.ask, left: { ...query.ask.left, aspect } } };
    return { ...query, ask: { ...query.ask, isInPoints: true } };
  }
  // 「群众口占多少」 after the share of 企业's 在线解答 in its own total: of the same in what is named.
  if (query?.ask.op === 'share' && focus.derived?.op === 'share' && isOfPartAlone(query.ask))
    return {
      rule: `${query.rule} (carried over: share)`,
      ask: { op: 'again', of: query.ask.part, otherwise: query.ask, isOfSame: true },
    };
  if (query?.ask.op !== 'figures' || query.ask.of.length !== 1) return query;
  const direction = oneWay(sentence);
  // 「升的呢」 after those that have fallen: of all that stand in their table.
  if (direction && focus.list.length > 1 && query.ask.of.every(isBare))
    return {
      rule: `${query.rule} (carried over: filter)`,
      ask: { op: 'filter', among: query.ask.of, by: 'change', direction },
    };
  const isFollowUp =
    sentence.mentions.some((m) => has(m, 'followUp')) &&
    !sentence.mentions.some((m) => has(m, 'howMuch', 'change', 'up', 'down') && !m.isName);
  const [operand] = query.ask.of;
  if (!isFollowUp || !operand) return query;
  // 「平均办理时长分别呢」 after a share asks for the figures of all that were listed.
  const asksAnew = query.ask.each && !isBare(operand);
  if (focus.asked === 'share' && !asksAnew) {
    // 「企业诉求里呢」 after a share of all: of the same part, in what is named.
    const isWhole = sentence.mentions.some((m) => has(m, 'within') && !m.isName) && !isBare(operand);
    if (isWhole)
      return {
        rule: `${query.rule} (carried over: share)`,
        ask: { op: 'share', part: NOTHING_SAID, whole: operand },
        isCarriedShare: true,
      };
    const ask: Ask = { op: 'share', part: operand };
    return {
      rule: `${query.rule} (carried over: share)`,
      ask: focus.derived ? { op: 'again', of: operand, otherwise: ask } : ask,
      isCarriedShare: true,
    };
  }
  if (focus.asked === 'change')
    return {
      rule: `${query.rule} (carried over: change)`,
      ask: { ...query.ask, of: [{ ...operand, aspect: 'change' }] } satisfies Ask,
    };
  // 「分别呢」 asks for the figures, not for what was computed of them.
  return focus.derived && !query.ask.each
    ? {
        rule: `${query.rule} (carried over: ${focus.derived.op})`,
        ask: { op: 'again', of: operand, otherwise: query.ask },
      }
    : query;
}

function isOfPartAlone({ part, ...ask }: Extract<Ask, { op: 'share' }>): boolean {
  return !ask.whole && !ask.parts && !ask.each && !ask.isSummed && !ask.within && !part.without && !isBare(part);
}

/** 「光算县区，平均呢」 after a mean: what was computed needn't be said again. */
function withoutOperation(sentence: Sentence, { derived }: Focus): Sentence | undefined {
  const { mentions } = sentence;
  const isFollowUp = mentions.some((m) => has(m, 'followUp')) && !mentions.some((m) => has(m, 'howMuch', 'per'));
  const named = mentions.filter((m) => m.isName && m.words.size === 0);
  if (derived?.op !== 'mean' || !isFollowUp || named.length !== 1 || !hasAny(mentions, 'mean')) return undefined;
  return { ...sentence, mentions: mentions.filter((m) => !has(m, 'mean') && m.text !== ',') };
}

/** 「升的呢」「降的」: a direction, and nothing that asks by how much. */
function oneWay({ mentions }: Sentence): 'up' | 'down' | undefined {
  const plain = mentions.filter((m) => !m.isName);
  if (hasAny(plain, 'howMuch', 'change', 'upOrDown', 'confirm', 'pronoun') || mentions.some((m) => m.number))
    return undefined;
  const [up, down] = [hasAny(plain, 'up'), hasAny(plain, 'down')];
  return up === down ? undefined : up ? 'up' : 'down';
}

/** 「23年几秒？24年短了多少」: beside last year's figure the change is asked in its units, not in per cent. */
function sinceThen(query: Query | undefined, { mentions, period }: Sentence, focus: Focus): Query | undefined {
  if (query?.ask.op !== 'figures' || query.ask.of.length !== 1 || !focus.isBefore || !period) return query;
  const [operand] = query.ask.of;
  const asksAmount = mentions.some((m) => has(m, 'howMuch') && !has(m, 'percent'));
  if (operand?.aspect !== 'change' || !asksAmount || hasAny(mentions, 'change')) return query;
  return { rule: query.rule, ask: { ...query.ask, of: [{ ...operand, aspect: 'absoluteChange' }] } };
}

/** What isn't there as it was asked, where something near it may be. */
const OPEN_GAPS: ReadonlySet<Gap['reason']> = new Set(['unknownWords', 'noSuch', 'notComparable']);

/** A broken street lamp, somebody's number: no figure is of any help. */
const NEEDS_NO_FIGURE: ReadonlySet<string> = new Set(['办事', '隐私']);

function topicWords(name: string, isSocial: boolean, said: readonly string[], { wording }: Knowledge): Draft {
  const reply = name === '帮助' ? wording.say('帮助') : (wording.topic(name) ?? wording.say('没有听懂'));
  if (isSocial) {
    const options = name === '帮助' ? wording.examples.map((e) => ({ label: e, say: e })) : [];
    return draft('talk', null, { sentences: [reply], options });
  }
  return draft('decline', '未涉及', {
    sentences: [wording.say('没有这些词', { 词: said.join('”“') }), reply],
    quoted: [...said],
  });
}

function spotsOf(result: Result): Spot[] {
  switch (result.op) {
    case 'figures':
    case 'before':
    case 'doubt':
    case 'why':
    case 'source':
    case 'define':
    case 'named':
    case 'reportOverview':
      return result.stated.map((s) => s.spot).slice(0, 3);
    case 'absoluteChange':
    case 'timesOfBefore':
    case 'claim':
    case 'rateAsShare':
      return [result.stated.spot];
    case 'share':
      return result.shares.map((s) => s.part.spot);
    case 'mean':
      return [result.of.spot];
    case 'rest':
      return [result.whole.spot];
    case 'clarify':
      return result.spots.slice(0, 4);
    case 'sum':
      return result.of.map((s) => s.spot).slice(0, 3);
    default:
      return [];
  }
}

function describe(m: Mention): string {
  const kinds = [
    m.isName ? 'name' : '',
    ...m.words,
    m.number ? 'number' : '',
    m.period ? `period:${m.period.kind}` : '',
    m.place ? 'place' : '',
    m.unit ? `unit:${m.unit}` : '',
    m.topic ? `topic:${m.topic}` : '',
    m.isUnknown ? 'unknown' : '',
  ].filter(Boolean);
  return `${m.text}〔${kinds.join(' ')}〕`;
}
