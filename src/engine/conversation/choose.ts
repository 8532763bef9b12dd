/**
 * An answer to a question back: 「2」「第二个」「都要」「前两个」「政风热线那个」. Undefined when the message isn't one:
 * then it is a new question, and the offer is forgotten.
 */
import type { WordClass } from '../lexicon/lexicon';
import { has, type Mention } from '../link/mention';
import { matchSpots } from '../resolve/match-spots';
import { inEarnest, type Phrase } from '../resolve/name-nodes';
import type { Situation } from '../resolve/situation';
import type { Spot } from '../vocabulary/spots';
import type { Focus } from './focus';
import { spotsIn } from './focus';

const NUMERALS = '零一二三四五六七八九十';
const ORDINAL =
  /^(?:那|再)?(?:第|选|选第|要|要第|看|看第)?(\d{1,2}|[一二三四五六七八九十])(?:个|项|条|号|种|那个)?(?:也)?(?:给我|看看|说说|要|来)?(?:吧|呢|的)?$/u;
const FIRST_FEW = /^(?:前)(\d|[一二两三四五])(?:个|项|条)?(?:吧|都要)?$/u;

const ASKS_MORE: readonly WordClass[] = [
  'share',
  'times',
  'difference',
  'dividedBy',
  'most',
  'least',
  'except',
  'than',
];

export function chooseOffered(
  text: string,
  mentions: readonly Mention[],
  phrase: Phrase,
  focus: Focus,
  situation: Situation,
): Spot[] | undefined {
  const isPointing = mentions.some((m) => m.words.has('pronoun'));
  // 「接听员那个」 after a list points into it, as into an offer.
  const listed = isPointing && focus.list.length > 1 ? focus.list.map((spot) => ({ label: '', say: '', spot })) : [];
  const offered = focus.options.length > 0 ? focus.options : listed;
  if (offered.length === 0) return undefined;
  const spotOf = (i: number): Spot[] => {
    const id = offered[i]?.spot;
    return id ? spotsIn([id], situation.index) : [];
  };
  const bare = text.replace(/[\s,。!?、]/gu, '');
  const ordinal = ORDINAL.exec(bare)?.[1];
  if (ordinal) return spotOf(numberOf(ordinal) - 1);
  const few = FIRST_FEW.exec(bare)?.[1];
  if (few) return offered.slice(0, few === '两' ? 2 : numberOf(few)).flatMap((_, i) => spotOf(i));
  if (bare === '最后一个') return spotOf(offered.length - 1);
  // 「那两项合起来占企业诉求的百分之几」 asks more than which one is meant.
  if (mentions.some((m) => !m.isName && has(m, ...ASKS_MORE))) return undefined;
  const wantsAll =
    mentions.every((m) => m.words.size > 0 || m.isName === false) &&
    mentions.some((m) => m.words.has('each') || m.words.has('both'));
  if (wantsAll && phrase.pieces.every((p) => p.isSoft || p.text === '')) return offered.flatMap((_, i) => spotOf(i));
  const [other, ...more] = offered.flatMap((_, i) => spotOf(i)).filter(({ id }) => !focus.spots.includes(id));
  if (other && more.length === 0 && mentions.some((m) => has(m, 'theOther'))) return [other];
  const exact = offered.findIndex((o) => o.label === text || o.say === text);
  if (exact >= 0) return spotOf(exact);
  return byName(
    inEarnest(phrase),
    offered.flatMap((_, i) => spotOf(i)),
    situation,
    { isPointing: isPointing || isOneOf(mentions), isOfAll: mentions.some((m) => has(m, 'sum') && !m.isName) },
  );
}

/** 「办理的」: one of what was offered, by a part of its name; 「部门办理的有多少」 asks anew. */
function isOneOf(mentions: readonly Mention[]): boolean {
  return mentions[mentions.length - 1]?.text === '的' && mentions.every((m) => m.isName || has(m, 'filler', 'soft'));
}

function byName(
  phrase: Phrase,
  offered: readonly Spot[],
  situation: Situation,
  { isPointing, isOfAll }: { isPointing: boolean; isOfAll: boolean },
): Spot[] | undefined {
  if (phrase.unknown.length > 0 || phrase.pieces.every((p) => p.text === '')) return undefined;
  const all = matchSpots(phrase, situation.index, situation.vocabulary);
  // What is offered needn't be named again: 「全市那个」 is the one in that row.
  const among = offered
    .flatMap((spot) => matchSpots(phrase, situation.index, situation.vocabulary, spot).filter((c) => c.spot === spot))
    .sort((a, b) => a.cost - b.cost);
  const [best] = among;
  if (!best || isRowOfChosen(phrase, best.spot, offered, situation)) return undefined;
  // A new question that names its figure in full isn't a choice, even where an offered one would fit too.
  const rival = all[0];
  if (!isPointing && rival?.namesLeafInFull && rival.cost + 0.3 < best.cost) return undefined;
  // 「百科，市里那行」: the same figure of another row than the one that was offered.
  const [refined] = matchSpots(phrase, situation.index, situation.vocabulary, best.spot);
  if (refined && refined.cost + 0.1 < best.cost && refined.namesRow && refined.spot.leaf === best.spot.leaf)
    return [refined.spot];
  const near = among.filter((c) => c.cost <= best.cost + 0.12);
  // 「通话的」 of 时长: how long they are, and not how many of them are longer.
  const counted = near.filter((c) => c.spot.unitKind !== 'rate');
  const isOfBoth = counted.length > 0 && counted.length < near.length && !phrase.unit;
  const fitting = isOfBoth ? counted : near;
  // 「百科的，总的」: in the total's row, of two that fit.
  const inTotal = isOfAll ? fitting.filter((c) => c.spot.isTotalRow) : [];
  const tied = (inTotal.length > 0 ? inTotal : fitting).map((c) => c.spot);
  return tied.length === 1 || tied.length < offered.length ? tied : undefined;
}

/** 「市里的」 once one was chosen: its own figure in that row, and no longer one of the others. */
function isRowOfChosen(phrase: Phrase, best: Spot, offered: readonly Spot[], situation: Situation): boolean {
  const [chosen, ...more] = situation.focus;
  if (!chosen || more.length > 0 || !offered.includes(chosen) || best.table === chosen.table) return false;
  const [own] = matchSpots(phrase, situation.index, situation.vocabulary, chosen);
  return own?.namesRow === true && !own.namesLeaf && !own.namesTable && own.spot.leaf === chosen.leaf;
}

function numberOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NUMERALS.indexOf(text);
}
