/**
 * What the report has nearest to a question that it can't answer: to be offered as that, never as the answer.
 *
 * First the same question without the words that nobody knows, or that are said by the way; then the figures that are
 * named, all together or piece by piece; then the figure that bears most of the names: 「尚贤那边接电话的接听员几位」 names
 * one thing too many, and is nearest to 尚贤's 民声接听员.
 */
import { identify } from '../compute/about';
import type { Result, Stated } from '../compute/result';
import { runQuery } from '../compute/run-query';
import { has, type Mention } from '../link/mention';
import { parseLoosely } from '../parse/parse';
import type { Operand } from '../parse/query';
import { countingWord, phraseOf, type Sentence, splitAt } from '../parse/sentence';
import type { Phrase } from '../resolve/name-nodes';
import type { Situation } from '../resolve/situation';
import type { Node } from '../vocabulary/spots';

export function nearest(sentence: Sentence, situation: Situation): Result | undefined {
  if (sentence.mentions.length > MENTIONS_AT_MOST) return undefined;
  // 「高龄津贴一个月几块钱」: whatever costs money is near to it by nothing else.
  const isOfMoneyAlone =
    situation.focus.length === 0 && sentence.mentions.some((m) => m.unit) && !namesAnything(sentence);
  if (isOfMoneyAlone || (situation.focus.length === 0 && isMostlyUnknown(sentence))) return undefined;
  const wider = widened(sentence, situation);
  const around = wider && plainFigures(wider, situation);
  if (around) return around;
  for (const { ask } of parseLoosely(sentence)) {
    const result = runQuery(ask, situation);
    if (isWorthSaying(result) && result.op !== 'clarify') return result;
  }
  // 「实施方案里要求几个工作日办结」: what is named may be counted otherwise, or in nothing.
  const uncounted = { ...sentence, mentions: sentence.mentions.filter((m) => m.isName || !has(m, 'howMuch')) };
  for (const one of [sentence, uncounted]) {
    const result = plainFigures(one, situation) ?? numbersBorne(one, situation) ?? mostNames(one, situation);
    if (result) return result;
  }
  return undefined;
}

/** 「我厂里裁员了，失业金能领多少钱」: of money, one name among words that nobody knows is named by the way. */
function isMostlyUnknown({ mentions, units }: Sentence): boolean {
  const asksMoney = mentions.some((m) => m.unit === 'money' || countingWord(m, units)?.kind === 'money');
  const unknown = mentions.filter((m) => m.isUnknown).length;
  const named = mentions.filter((m) => m.isName && m.words.size === 0).length;
  return asksMoney && unknown > 0 && (named === 0 || (unknown >= MOSTLY && named < 2));
}

const MOSTLY = 3;

/** 「事业单位有几个」: a word known to narrow, and the name that holds it, 国有企事业单位. */
function widened(sentence: Sentence, { vocabulary }: Situation): Sentence | undefined {
  const narrow = sentence.mentions.find((m) => m.narrows);
  const name = narrow && [...vocabulary.names.keys()].find((n) => n.includes(narrow.text));
  if (!name) return undefined;
  const named: Mention = { ...narrow, text: name, isName: true, isUnknown: false, narrows: false };
  return { ...sentence, mentions: sentence.mentions.map((m) => (m === narrow ? named : m)) };
}

function namesAnything(sentence: Sentence): boolean {
  const { pieces } = phraseOf(knownIn(sentence), sentence);
  return pieces.some((p) => p.text !== '') || sentence.mentions.some((m) => m.number);
}

/** Of a text that goes on and on something would always be nearest to something. */
const MENTIONS_AT_MOST = 60;

/** What is named, with its figure, whatever was asked of it: all of it as one, or each of the pieces. */
export function plainFigures(sentence: Sentence, situation: Situation): Result | undefined {
  const known = knownIn(sentence);
  const isNamed = (mentions: readonly Mention[]) => names(operandOf(mentions, sentence).phrase).length > 0;
  if (!isNamed(known)) return undefined;
  const pieces = splitAt(
    known,
    (m) => (has(m, 'and', 'than', 'times') && !m.isName) || m.text === ',' || m.text === '是',
  ).filter(isNamed);
  const asked = [[known], pieces].map((cut) =>
    runQuery({ op: 'figures', of: cut.map((piece) => operandOf(piece, sentence)), each: cut.length > 1 }, situation),
  );
  return asked.find(isWorthSaying);
}

/** 「被查了1234条次，县区的也算吗」: a number that one figure alone bears says which is spoken of. */
function numbersBorne({ mentions }: Sentence, situation: Situation): Result | undefined {
  const said = mentions.flatMap(({ number }) =>
    number && !number.isPercent && number.value.toFraction().replace(/\D/gu, '').length >= LONG ? [number] : [],
  );
  if (said.length === 0) return undefined;
  const { numbers } = identify({ op: 'identify', numbers: said }, situation);
  const stated = numbers.flatMap(({ matches }) => (matches.length === 1 ? matches : []));
  return stated.length === said.length
    ? { op: 'figures', stated, aspect: 'value', isDefault: false, alternatives: [] }
    : undefined;
}

/** Shorter ones are printed by chance. */
const LONG = 3;

/** The one figure, or the few of one table, that bear all the names but one. */
function mostNames(sentence: Sentence, situation: Situation): Result | undefined {
  const operand = operandOf(knownIn(sentence), sentence);
  const named = names(operand.phrase);
  if (named.length < 2 || named.length > NAMES_AT_MOST) return undefined;
  // A table that is named says where the others are looked for.
  const isPlace = ({ text }: { text: string }) =>
    situation.vocabulary.names
      .get(text)
      ?.some(({ key, mask }) => situation.index.nodesByKey.get(key)?.some(isTitled(mask))) === true;
  // 「群众满意率，咨询类和非咨询类各多少」: a figure that stands for several rows has none of its own.
  const isRow = ({ text }: { text: string }) =>
    situation.vocabulary.names.get(text)?.every(({ key }) => situation.vocabulary.rows.has(key)) === true;
  const rows = named.filter(isRow);
  const one = [...named.filter((p) => !isPlace(p)), ...named.filter(isPlace)].map((p) => [p]);
  const found = [...one, ...(rows.length > 1 && rows.length < named.length ? [rows] : [])].flatMap((left) => {
    const pieces = operand.phrase.pieces.map((p) => (left.includes(p) ? { text: '', isSoft: true } : p));
    const without: Operand = { ...operand, phrase: { ...operand.phrase, pieces } };
    const result = runQuery({ op: 'figures', of: [without], each: false }, situation);
    return result.op === 'figures' ? [result] : [];
  });
  return found.find(({ stated }) => stated.length === 1) ?? found.find(({ stated }) => areFew(stated));
}

const NAMES_AT_MOST = 6;

/** The title itself, or the service's own name in it. */
function isTitled(mask: bigint): (node: Node) => boolean {
  return ({ kind, core }) => kind === 'table' && core !== undefined && (mask & core) === core;
}

/** Columns of one row, which a name leads to together. */
function areFew(stated: readonly Stated[]): boolean {
  const [first, ...more] = stated.map(({ spot }) => spot);
  return more.length < FEW && more.every((s) => s.table === first?.table && s.row === first.row);
}

const FEW = 3;

function knownIn({ mentions }: Sentence): Mention[] {
  return mentions.filter((m) => !m.isUnknown && (m.isName || !m.topic || m.words.size > 0));
}

function operandOf(mentions: readonly Mention[], sentence: Sentence): Operand {
  return { phrase: phraseOf(mentions, sentence), aspect: 'value', said: sentence.text };
}

function names({ pieces }: Phrase): Phrase['pieces'] {
  return pieces.filter((p) => p.text !== '' && !p.isSoft);
}

function isWorthSaying(result: Result): boolean {
  return (
    result.op !== 'gap' &&
    result.op !== 'define' &&
    result.op !== 'why' &&
    result.op !== 'reportOverview' &&
    !(result.op === 'identify' && result.numbers.every(({ matches }) => matches.length === 0)) &&
    !(result.op === 'overview' && result.spots.length > 12)
  );
}
