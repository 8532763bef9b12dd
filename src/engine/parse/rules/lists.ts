/** Several things named in one sentence: 「电话、互联网和其他」, each an operand; or one thing that only commas divide. */
import type Fraction from '../../../report/fraction';
import type { UnitKind, WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import type { Operand } from '../query';
import { countingWord, hasAny, hasContent, operandOf, type Sentence, splitAt } from '../sentence';

/** The operands that a piece lists: 「电话、互联网和其他」. */
export function listed(
  said: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[] = [],
): Operand[] | undefined {
  const mentions = withUntold(enumerated(said));
  const isCut = (m: Mention) => isAnd(m) || isComma(m);
  const cut = mentions.find(isCut);
  const pieces = withAskedOfSame(insidePlace(withAsides(splitAt(mentions, isCut))), sentence);
  if (pieces.length > LISTED_AT_MOST) return undefined;
  const operands = pieces.map((p, i) => {
    const operand = operandOf(p, sentence, handled);
    return operand && i === 0 && cut && isComma(cut) ? { ...operand, isBeforeComma: true } : operand;
  });
  // A piece that names nothing still has to be understood: 「…，人均多少」.
  if (operands.some((o) => o === undefined)) return undefined;
  // 件数 of 督办件数 is counted so, and nothing beside it.
  // What asks by its name is counted as that says: 成交几笔.
  const asksByName = pieces.slice(0, -1).some((p) => p.some((m) => m.asksCount));
  const counted = asksByName
    ? undefined
    : (operands as Operand[]).findLast((o) => o.phrase.unitText && !o.phrase.isUnitNamed)?.phrase;
  const named = countedAlike(
    (operands as Operand[]).filter((_, i) => hasContent(pieces[i] as Mention[])),
    counted,
  );
  return named.length > 0
    ? named
    : [
        operandOf(
          mentions.filter((m) => !has(m, 'and')),
          sentence,
          handled,
        ) as Operand,
      ];
}

/** 「苏税援成交几笔、多少钱」「尚贤有几个接听员，接了多少件」: a second question, of what was named in the first. */
function withAskedOfSame(pieces: Mention[][], { units }: Sentence): Mention[][] {
  const kindIn = (piece: readonly Mention[]) => piece.flatMap((m, at) => countedKind(m, piece[at + 1], units) ?? [])[0];
  // 「苏税援，成了几笔，多少钱」: both of what was named first.
  const [head, ...asking] = pieces;
  const kinds = asking.map((piece) => (hasContent(piece) ? undefined : kindIn(piece)));
  const isOfHead = head && hasContent(head) && kindIn(head) === undefined && kinds.every((kind) => kind !== undefined);
  if (isOfHead && new Set(kinds).size > 1) return asking.map((piece) => [...head, ...piece]);
  return pieces.map((piece, i) => {
    const before = pieces[i - 1] ?? [];
    const asked = before.findIndex((m, at) => countedKind(m, before[at + 1], units) !== undefined);
    const kind = countedKind(before[asked], before[asked + 1], units);
    const own = kindIn(piece);
    const named = before.filter((_, at) => at !== asked);
    const isOther = own !== undefined && kind !== undefined && own !== kind;
    return isOther && !hasContent(piece) && hasContent(named) ? [...named, ...piece] : piece;
  });
}

/** 几期 counts things, and 几个接听员 what is named behind it. */
function countedKind(
  m: Mention | undefined,
  next: Mention | undefined,
  units: Sentence['units'],
): UnitKind | 'named' | undefined {
  if (!m) return undefined;
  const isOfNamed = has(m, 'howMuch') && m.text.endsWith('个') && next?.isName === true && next.start === m.end;
  return countingWord(m, units)?.kind ?? (m.asksCount ? units.get(m.text.slice(-1)) : isOfNamed ? 'named' : undefined);
}

/** 「企业诉求里，接听员解答、专员解答、部门办理三块」: what is listed stands in what was said first. */
function insidePlace(pieces: Mention[][]): Mention[][] {
  const [place, ...behind] = pieces;
  const others = behind.filter(hasContent);
  const last = place?.[place.length - 1];
  const isPlace = place && last && has(last, 'within') && !last.isName && hasContent(place) && others.length > 1;
  return isPlace ? others.map((piece) => [...place, ...piece]) : pieces;
}

/** 「满意率这块，政风热线、接听员、警单各多少」: what is said first, of each that is listed behind it. */
export function underHead(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[],
): Operand[] | undefined {
  const comma = mentions.findIndex(isComma);
  const [head, behind] = [mentions.slice(0, comma), mentions.slice(comma + 1)];
  const names = (piece: readonly Mention[]) => piece.some((m) => m.isName && !has(m, 'filler'));
  const isHead =
    comma > 0 &&
    head.some((m) => m.isName) &&
    hasContent(head) &&
    !hasAny(head, 'and', 'howMuch') &&
    !head.some((m) => m.asksCount);
  const pieces = isHead ? splitAt(behind, (m) => isAnd(m) || isComma(m)).filter(names) : [];
  if (pieces.length < 2 || pieces.length > LISTED_AT_MOST) return undefined;
  const operands = pieces.map((piece) =>
    operandOf([...piece.map(inEarnest), ...rightBehind(piece, head)], sentence, handled),
  );
  return operands.every((o) => o !== undefined) ? operands : undefined;
}

/** 「在线解答和部门办理，企业的分别多少」: what is said last, of each that is listed before it. */
export function underTail(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[],
): Operand[] | undefined {
  const clauses = splitAt(mentions, isComma).filter(hasContent);
  const [front, tail, ...more] = clauses;
  if (!front || !tail || more.length > 0 || hasAny(tail, 'and') || hasAny(front, 'howMuch', 'each')) return undefined;
  const pieces = splitAt(front, isAnd).filter(hasContent);
  if (pieces.length > LISTED_AT_MOST) return undefined;
  const operands = pieces.map((piece) => operandOf([...tail, ...piece.map(inEarnest)], sentence, handled));
  return operands.every((o) => o !== undefined) ? operands : undefined;
}

/** 通话 and 时长 are read as 通话时长. */
function rightBehind(piece: readonly Mention[], head: readonly Mention[]): Mention[] {
  const { end } = piece.findLast((m) => m.isName) as Mention;
  const { start } = head.find((m) => m.isName) as Mention;
  return head.map((m) => ({ ...m, start: m.start + end - start, end: m.end + end - start }));
}

/** More than anybody asks at once: each of a list is held against all others. */
const LISTED_AT_MOST = 16;

/** 「百科的问答，市里攒了多少」: what names something only beside others stays with what stands before it. */
function withAsides(pieces: readonly Mention[][]): Mention[][] {
  const kept: Mention[][] = [];
  for (const piece of pieces) {
    const before = kept[kept.length - 1];
    const isAside = !hasContent(piece) && piece.some((m) => m.isName && !has(m, 'filler'));
    if (before && isAside && hasContent(before)) before.push(...piece);
    else kept.push([...piece]);
  }
  return kept;
}

/** 「等待、通话、办理的时长」「市里和县里各几名」: 办理 may go with anything and 市里 be said by the way, but is one of a list here. */
function enumerated(mentions: readonly Mention[]): readonly Mention[] {
  const joins = (m: Mention | undefined) => m !== undefined && isAnd(m) && m.text !== '';
  const joined = mentions.filter(joins).length;
  if (joined === 0) return mentions;
  return mentions.map((m, i) => {
    const [before, after] = [mentions[i - 1], mentions[i + 1]];
    const isFirst = i === 0 || joins(before) || (before !== undefined && isComma(before));
    const isAlone = !after?.isName || after.start > m.end;
    // 「市里的和县里的」
    const isJoined = joins(after) || (after?.text === '的' && joins(mentions[i + 2]));
    return isFirst && (isJoined || (isAlone && (joined > 1 || joins(before)))) && !isAnd(m) ? inEarnest(m) : m;
  });
}

export function inEarnest(m: Mention): Mention {
  return m.isName && has(m, 'soft') && !has(m, 'filler') ? { ...m, words: new Set<WordClass>() } : m;
}

function isAnd(m: Mention): boolean {
  return has(m, 'and') && !m.isName;
}

/** 「按来源、按办理去向拆开」「从哪来、谁办的」: one that is listed in words that name nothing isn't left out without a word. */
function withUntold(mentions: readonly Mention[]): readonly Mention[] {
  const [first = [], ...others] = splitAt(mentions, isAnd);
  if (others.length === 0 || !hasContent(first)) return mentions;
  const ands = mentions.filter(isAnd);
  const isVague = (m: Mention) => (has(m, 'soft') && !has(m, 'filler', 'each')) || (has(m, 'which') && !m.isName);
  const told = others.map((piece) => {
    const end = piece.findIndex(isComma);
    const own = end < 0 ? piece : piece.slice(0, end);
    if (hasContent(piece) || own.filter(isVague).length < 2) return piece;
    return piece.map((m) =>
      own.includes(m) && isVague(m) ? { ...m, isName: false, words: new Set<WordClass>(), isUnknown: true } : m,
    );
  });
  return [...first, ...told.flatMap((piece, i) => [ands[i] as Mention, ...piece])];
}

/** 「接听员和专员共几名」「接听员加专员，总共几个人」: what is counted is said once, at the end. */
function countedAlike(operands: readonly Operand[], counted: Operand['phrase'] | undefined): Operand[] {
  if (!counted || operands.slice(0, -1).some((o) => o.phrase.unit)) return [...operands];
  const { unit, unitText, unitGroup } = counted;
  const said = {
    ...(unit ? { unit } : {}),
    ...(unitText ? { unitText } : {}),
    ...(unitGroup === undefined ? {} : { unitGroup }),
    ...(operands.length > 1 ? { isUnitShared: true } : {}),
  };
  // 「几个接听员，接了多少件」: persons are no 件.
  return operands.map((o) => (o.phrase.unit || o.phrase.countsNamed ? o : { ...o, phrase: { ...o.phrase, ...said } }));
}

/** The whole piece as one operand, where only commas and spaces divide it. */
export function jointOf(
  mentions: readonly Mention[],
  sentence: Sentence,
  handled: readonly WordClass[],
): Operand | undefined {
  if (mentions.some((m) => has(m, 'and') && !m.isName)) return undefined;
  return operandOf(mentions, sentence, handled);
}

/** A side names something, or points at what was named: 后者. */
export function isSide(mentions: readonly Mention[]): boolean {
  return hasContent(mentions) || hasAny(mentions, 'former', 'latter');
}

export function isComma(m: Mention): boolean {
  return m.text === ',' || m.text === ' ' || m.text === ';';
}

/** 「市加县」「企业+人才」「接听员连专员拢一块」: a word between two names that joins what is added. */
export function joins(m: Mention, before: Mention | undefined): boolean {
  return m.text === '加' || m.text === '+' || (has(m, 'including') && !m.isName && before?.isName === true);
}

/** 「有多少人上线，领导去了几个」「成交了多少笔，多少钱」: each clause asks how many of what it names, or of what it counts. */
export function asksTwice(mentions: readonly Mention[], { units }: Sentence): boolean {
  const clauses = splitAt(mentions, isComma);
  // 「苏税援，进驻了多少家，做成了几笔」: words that go with any figure say what is asked too.
  const says = (c: readonly Mention[]) => hasContent(c) || c.some((m) => m.isName && !has(m, 'filler'));
  // 「一共几期」 asks by a column's name.
  const asksFor = (m: Mention) =>
    m.asksCount || (has(m, 'howMuch') && (!m.isName || countingWord(m, units) !== undefined));
  const asking = clauses.filter((c) => c.some(asksFor));
  const kinds = asking.flatMap((c) => c.flatMap((m, i) => countedKind(m, c[i + 1], units) ?? []));
  return asking.filter(says).length > 1 || (asking.length > 1 && asking.some(says) && new Set(kinds).size > 1);
}

/** 「电话123加互联网45」 */
export function saidIn(mentions: readonly Mention[]): { said?: Fraction[] } {
  const said = mentions.flatMap(({ number }) => (number && !number.isRough ? [number.value] : []));
  return said.length > 0 ? { said } : {};
}
