/** A sentence as the rules see it, and helpers to cut it at words of asking and to make operands of the pieces. */
import type { UnitKind, WordClass } from '../lexicon/lexicon';
import { has, type Mention, type Period } from '../link/mention';
import type { Phrase } from '../resolve/name-nodes';
import type { Aspect, Operand } from './query';

export interface Sentence {
  text: string;
  mentions: Mention[];
  period?: Period;
  /** 「比去年」: the year that the change is asked against. */
  against?: Period;
  place?: Mention['place'];
  units: ReadonlyMap<string, UnitKind>;
  unitGroups: ReadonlyMap<string, string>;
  nounUnits: ReadonlyMap<string, string>;
  secondsIn: ReadonlyMap<string, number>;
}

export function hasAny(mentions: readonly Mention[], ...classes: readonly WordClass[]): boolean {
  for (const { words } of mentions) if (words.size > 0) for (const c of classes) if (words.has(c)) return true;
  return false;
}

/** Words of asking, also those that are names besides. */
export function askingIn(mentions: readonly Mention[]): Mention[] {
  return mentions.filter((m) => !m.isName || m.words.size > 0);
}

/** The pieces between the words of a class; the words themselves are dropped. */
export function splitAt(mentions: readonly Mention[], isCut: (m: Mention) => boolean): Mention[][] {
  const pieces: Mention[][] = [[]];
  for (const mention of mentions) {
    if (isCut(mention)) pieces.push([]);
    else (pieces[pieces.length - 1] as Mention[]).push(mention);
  }
  return pieces;
}

/** Words that a phrase may hold without changing what it names. */
const HARMLESS: ReadonlySet<WordClass> = new Set<WordClass>([
  'filler',
  'soft',
  'howMuch',
  'followUp',
  'pronoun',
  'confirm',
  'within',
  'placedIn',
  'wholeTable',
  'wholeRow',
  'each',
  'all',
  'only',
  'none',
  'parts',
  'overview',
  'correction',
  'inWan',
  'plainUnit',
  'former',
  'latter',
  'both',
  'theOther',
  'convert',
  'by',
  'someRows',
]);
/** Words that say which figure of a spot is meant. */
const CHANGE: readonly WordClass[] = ['change', 'up', 'down', 'upOrDown'];

/**
 * An operand of what a piece of the sentence names. Undefined when the piece holds a word of asking
 * that the rule doesn't account for: then another rule has to read the sentence.
 */
export function operandOf(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[] = [],
): Operand | undefined {
  for (const m of mentions) {
    const isAllowed = (c: WordClass) => HARMLESS.has(c) || CHANGE.includes(c) || handled.includes(c);
    if (m.words.size > 0 && !m.isName && ![...m.words].some(isAllowed)) return undefined;
  }
  const phrase = phraseOf(mentions, sentence);
  const aspect: Aspect = hasAny(
    mentions.filter((m) => !m.isName),
    ...CHANGE,
  )
    ? 'change'
    : 'value';
  const isOfEach = mentions.some((m) => has(m, 'each') && !m.isName && /^[各每].*[类项种个]$/u.test(m.text));
  const operand: Operand = {
    phrase,
    aspect,
    said: mentions.map((m) => m.text).join(''),
    ...(isOfEach ? { isOfEach } : {}),
  };
  const refersTo = reference(mentions);
  return refersTo === undefined ? operand : { ...operand, refersTo };
}

/** 前者 → 0, 后者 → 1; 它 and 这个 refer to what stands in the focus anyway. */
function reference(mentions: readonly Mention[]): Operand['refersTo'] {
  const places = mentions.find((m) => m.places)?.places;
  if (places) return places;
  if (hasAny(mentions, 'former')) return 0;
  if (hasAny(mentions, 'latter')) return 1;
  if (hasAny(mentions, 'theOther')) return 'other';
  if (hasAny(mentions, 'both')) return 'all';
  return undefined;
}

/** What has to be explained: names, and words that nobody knows. Words of asking aren't part of it. */
export function phraseOf(mentions: readonly Mention[], { units, unitGroups, nounUnits }: Sentence): Phrase {
  const pieces: Phrase['pieces'] = [];
  const unknown: string[] = [];
  const last = mentions.findLast((m) => m.isName && !has(m, 'filler'));
  let unit: UnitKind | undefined;
  let unitText: string | undefined;
  let isUnitNamed = false;
  let end = -1;
  for (const m of mentions) {
    const before = mentions[mentions.indexOf(m) - 1];
    // 「几通」 may be one word or two.
    const asks = before && (has(before, 'howMuch') || before.asksCount);
    // 「多少件事儿」 counts in 件.
    const isAsked = asks && countingWord(before, units) === undefined;
    const isCounted = isAsked && before.end === m.start && m.unit && m.unit !== 'rate';
    const said =
      isCounted && m.unit ? { kind: m.unit, text: m.text } : (countingWord(m, units) ?? numberOfUnits(m, units));
    if (said) [unit, unitText, isUnitNamed] = [said.kind, said.text, m.text.endsWith('数')];
    if (m.unit && m.isName && m.text.length > 1) unit = m.unit; // 人数
    const isForeign = m.place && !m.isName && !m.place.region;
    if (m.isUnknown || isForeign || isOfOtherSubject(m)) unknown.push(m.text);
    if (!m.isName || has(m, 'filler')) continue;
    if (end !== m.start && pieces.length > 0) pieces.push({ text: '', isSoft: true });
    const isPlace = Boolean(m.place?.region);
    const countedIn = nounUnits.get(m.text);
    pieces.push({
      text: m.text,
      isSoft: isPlace || [...m.words].some((c) => c !== 'theRest' && c !== 'source'),
      ...(isPlace ? { isPlace } : {}),
      ...(countedIn ? { countedIn } : {}),
      ...(m.isWordy ? { isWordy: true } : {}),
      // 「接听员的人数」; 人数 before a name is the group that it stands in.
      ...(m.unit && m === last ? { isUnit: true } : {}),
    });
    end = m.end;
  }
  const countsNamed = mentions.some((m, i) => {
    const next = mentions[i + 1];
    return has(m, 'howMuch') && m.text.endsWith('个') && next?.isName === true && next.start === m.end;
  });
  const unitGroup = unitText && unitGroups.get(unitText);
  const isSpecific = mentions.some((m) => has(m, 'specific') && !m.isName);
  return {
    pieces,
    unknown,
    ...(isSpecific ? { isSpecific } : {}),
    ...(unit ? { unit } : {}),
    ...(unitText ? { unitText } : {}),
    ...(isUnitNamed ? { isUnitNamed } : {}),
    ...(unitGroup === undefined ? {} : { unitGroup }),
    ...(countsNamed ? { countsNamed } : {}),
  };
}

/** 天气, 股票: words that the lexicon knows as none of the report's business. A greeting is no subject. */
function isOfOtherSubject(m: Mention): boolean {
  return m.topic !== undefined && !m.isName && m.words.size === 0 && !COURTESIES.has(m.topic);
}

const COURTESIES: ReadonlySet<string> = new Set(['招呼', '道谢', '应声', '告别']);

/** 几名 → people. Only where a number is asked for: 「接听员」 holds no counting word. */
export function countingWord(
  m: Mention,
  units: ReadonlyMap<string, UnitKind>,
): { kind: UnitKind; text: string } | undefined {
  if (!has(m, 'howMuch', 'difference')) return undefined;
  for (let length = Math.min(4, m.text.length - 1); length > 0; length--) {
    const text = m.text.slice(-length);
    const kind = units.get(text);
    if (kind && kind !== 'rate') return { kind, text };
  }
  return undefined;
}

/** 件数, 笔数: how many, in the counting word's own words. */
function numberOfUnits(
  { text, isName }: Mention,
  units: ReadonlyMap<string, UnitKind>,
): { kind: UnitKind; text: string } | undefined {
  const unit = text.endsWith('数') && !isName ? text.slice(0, -1) : '';
  const kind = units.get(unit);
  return kind === 'things' || kind === 'people' ? { kind, text: unit } : undefined;
}

/** Does the piece name anything, or hold a word that nobody knows? */
export function hasContent(mentions: readonly Mention[]): boolean {
  return mentions.some(
    (m) =>
      m.isUnknown ||
      (m.isName && (m.words.size === 0 || has(m, 'theRest', 'source'))) ||
      (m.isName && !has(m, 'filler', 'soft')),
  );
}
