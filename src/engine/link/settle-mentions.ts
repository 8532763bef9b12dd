/** What a word is, settled by the words around it: each step sees all mentions of a sentence and changes those it knows better. */
import type { WordClass } from '../lexicon/lexicon';
import type { Dictionary } from './dictionary';
import { FILLER, has, type Mention, NO_WORDS, PUNCTUATION } from './mention';
import { readNumber } from './read-number';

const AND: ReadonlySet<WordClass> = new Set(['and']);

export function settleMentions(mentions: readonly Mention[], dictionary: Dictionary): Mention[] {
  const known = settleCounts(settleAddresses(mentions));
  return settleIncluded(settleUnits(settleTwo(known, dictionary), dictionary), dictionary);
}

/**
 * 「算上县区」「连同县市区在内」「把县区平台也算进去」 name what contains the 县区, if something is called so: 全市（包含县市区平台）.
 */
function settleIncluded(mentions: readonly Mention[], { containing }: Dictionary): Mention[] {
  const settled: Mention[] = [];
  for (let i = 0; i < mentions.length; i++) {
    const m = mentions[i] as Mention;
    const whole = m.isName ? containing.get(m.text) : undefined;
    const before = settled[settled.length - 1];
    const leads = before !== undefined && before.end === m.start && has(before, 'including') && !before.isName;
    // 「市本级加上县区」 adds.
    const adds = leads && has(before, 'and') && settled[settled.length - 2]?.isName === true;
    let last = i;
    for (let next = i + 1; next < mentions.length && next < i + 4; next++) {
      const after = mentions[next] as Mention;
      if (has(after, 'countedIn')) last = next;
      if (!has(after, 'filler', 'countedIn')) break;
    }
    if (whole === undefined || !(last > i || (leads && !adds))) {
      settled.push(m);
      continue;
    }
    if (leads) settled.pop();
    settled.push({ ...m, text: whole, end: (mentions[last] as Mention).end });
    i = last;
  }
  return settled;
}

/** 「群众企业两边谁降了」「市县各几条」: two rows in one word. 「企业群众的诉求」 is everybody's. */
function settleTwo(mentions: readonly Mention[], { vocabulary, entryOf }: Dictionary): readonly Mention[] {
  const isRow = (name: string) => vocabulary.names.get(name)?.some(({ key }) => vocabulary.rows.has(key)) === true;
  const asksOfTwo = (m: Mention) => has(m, 'which', 'each', 'both') && !m.isName;
  const at = mentions.findIndex((m) => m.isName && !vocabulary.rows.has(m.text) && twoIn(m.text, isRow));
  const found = mentions[at];
  const rows = found && twoIn(found.text, isRow);
  if (!found || !rows || !mentions.slice(at + 1).some(asksOfTwo)) return mentions;
  const [one, other] = rows;
  const middle = found.start + one.length;
  return [
    ...mentions.slice(0, at),
    { ...found, ...entryOf(one), text: one, end: middle, words: NO_WORDS },
    { start: middle, end: middle, text: '', isName: false, words: AND, isUnknown: false },
    { ...found, ...entryOf(other), text: other, start: found.end - other.length },
    ...mentions.slice(at + 1),
  ];
}

function twoIn(text: string, isRow: (name: string) => boolean): [string, string] | undefined {
  for (let cut = 1; cut < text.length; cut++) {
    const [one, other] = [text.slice(0, cut), text.slice(cut).replace(/^[和跟与、]/u, '')];
    if (isRow(one) && isRow(other)) return [one, other];
  }
  return undefined;
}

/** 「3.22分钟」「几分钟」「400个人」: a unit, whatever label holds the word. */
function settleUnits(mentions: readonly Mention[], { lexicon, entryOf }: Dictionary): Mention[] {
  return mentions.map((m, i) => {
    // 专员人数: how many 专员, of whatever kind.
    const ends = m.unit && m.isName ? [1, 2, 3, 4].filter((n) => lexicon.units.get(m.text.slice(-n)) === m.unit) : [];
    const head = ends.map((n) => m.text.slice(0, -n)).find((name) => name.length > 1 && entryOf(name)?.isName);
    if (head) return { ...m, text: head };
    const before = mentions[i - 1];
    const isCounted = before && before.end === m.start && (before.number || has(before, 'howMuch', 'convert'));
    const unit = m.unit ?? (m.text.startsWith('个') ? lexicon.units.get(m.text.slice(1)) : undefined);
    return unit && m.isName && isCounted ? { ...m, unit, isName: false } : m;
  });
}

/** 「有2000条吗」: no year, where it is counted. */
function settleCounts(mentions: readonly Mention[]): Mention[] {
  return mentions.map((m, i) => {
    const { period, ...rest } = m;
    const isCounted = period?.kind === 'year' && /^\d{4}$/.test(m.text) && mentions[i + 1]?.unit;
    const number = isCounted ? readNumber(m.text)?.read : undefined;
    return number ? { ...rest, number } : m;
  });
}

/**
 * 「师傅，问一下…」「…谢谢老师」: who is spoken to is none of what is asked. 「老板打来的电话」 asks of bosses, which no
 * report counts: there the word is unknown, or the name that it also is.
 */
function settleAddresses(mentions: readonly Mention[]): Mention[] {
  const isOpen = (m: Mention | undefined) =>
    m === undefined || PUNCTUATION.test(m.text) || has(m, 'courtesy') || (m.topic !== undefined && !m.isName);
  return mentions.map((m, i) => {
    if (!has(m, 'address')) return m;
    const before = mentions[i - 1];
    // 「谢谢师傅啊」
    const next = mentions[i + 1];
    const after = next && has(next, 'filler') && isOpen(mentions[i + 2]) ? mentions[i + 2] : next;
    // 「多谢你了小伙子」
    const said = mentions.slice(0, i).findLast((o) => !(has(o, 'filler') && !has(o, 'courtesy')));
    const isThanked = before !== undefined && said !== undefined && has(said, 'courtesy') && isOpen(next);
    const isSpokenTo =
      isThanked ||
      (isOpen(before) && (isOpen(after) || (after !== undefined && has(after, 'self', 'pronoun', 'address'))));
    if (isSpokenTo) return { ...m, isName: false, words: FILLER };
    const words = new Set([...m.words].filter((c) => c !== 'address'));
    return { ...m, words, isUnknown: !m.isName && words.size === 0 };
  });
}
