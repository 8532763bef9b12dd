/** Asking for so much of one thing for each of another: a day, a person, a deal. */
import type { UnitKind, WordClass } from '../../lexicon/lexicon';
import { has, type Mention } from '../../link/mention';
import { type Ask, NOTHING_SAID, type Operand, type Stretch } from '../query';
import { countingWord, hasAny, hasContent, operandOf, type Sentence } from '../sentence';
import { isComma, saidIn } from './lists';
import type { Rule } from './rule';

const STRETCH_WORDS: ReadonlyMap<WordClass, Stretch> = new Map([
  ['perDay', 'day'],
  ['perWeek', 'week'],
  ['perMonth', 'month'],
  ['perHour', 'hour'],
  ['perMinute', 'minute'],
]);

/** 「按接听员数摊，人均解答多少件」: what is divided by is named before 摊. */
function spreadOver(mentions: readonly Mention[], sentence: Sentence): Ask | undefined {
  const from = mentions.findIndex((m) => has(m, 'by') && !m.isName);
  // 「按接听员人头算，一人几件」
  const one = mentions.findIndex((m, i) => i > from && isComma(m) && isOneEach(mentions[i + 1], sentence));
  const mean = mentions.findIndex((m) => has(m, 'mean') && !m.isName);
  const at = mean < 0 && from >= 0 ? one : mean;
  const comma = mentions.findIndex((m, i) => i > from && i < at && isComma(m) && hasContent(mentions.slice(i + 1, at)));
  // 「按260名接听员算，话务量人均多少」: what is divided may stand in the next clause.
  const end = comma > 0 ? comma : at;
  if (from < 0 || at < from || !hasContent(mentions.slice(from + 1, end))) return undefined;
  const others = [...mentions.slice(0, from), ...mentions.slice(end + 1)].filter(
    (m, i, all) =>
      !has(m, 'mean') && !isOneEach(m, sentence) && !(isUnit(m, sentence) && isOneEach(all[i - 1], sentence)),
  );
  const per = operandOf(mentions.slice(from + 1, end), sentence, ['each']);
  const of = operandOf(others, sentence, ['sum', 'which', 'and', 'each']);
  if (!per || !of || !hasContent(others)) return undefined;
  const people: Operand = { ...per, phrase: { ...per.phrase, unit: per.phrase.unit ?? 'people' } };
  return { op: 'mean', of, per: people, instead: [], ...saidIn(mentions) };
}

/** 「双号互转摊到联动专席头上，一个人几件」「摊到市本级每名信息专员呢」: what is divided by is named behind 摊到. */
function spreadTo(mentions: readonly Mention[], sentence: Sentence): Ask | undefined {
  const at = mentions.findIndex(
    (m, i) => has(m, 'mean') && !m.isName && (/[到给]$/u.test(m.text) || /^[到给]$/u.test(mentions[i + 1]?.text ?? '')),
  );
  const behind = mentions.slice(at + 1).filter((m) => !/^[到给]$/u.test(m.text));
  const end = behind.findIndex((m) => isComma(m) || has(m, 'howMuch'));
  const [who, rest] = end < 0 ? [behind, []] : [behind.slice(0, end), behind.slice(end)];
  // 「平均到每个接听员」: another rule's; 「一个专员摊到多少对」 names nobody behind.
  if (at < 0 || !hasContent(who) || who[0]?.text.startsWith('每') || isOneEach(who[0], sentence)) return undefined;
  if (hasContent(rest.filter((m) => !isPerson(m)))) return undefined;
  const isOne = (m: Mention, i: number) =>
    isOneEach(m, sentence) || (isUnit(m, sentence) && isOneEach(who[i - 1], sentence));
  const per = operandOf(
    who.filter((m, i) => !isOne(m, i)),
    sentence,
    ['each'],
  );
  const of = operandOf(mentions.slice(0, at), sentence, ['sum', 'which', 'and']);
  return of && per ? { op: 'mean', of, per, instead: [], ...saidIn(mentions) } : undefined;
}

/** 个人 of 一个人 is a name too. */
function isPerson({ unit, text }: Mention): boolean {
  return unit === 'people' || text === '个人';
}

/** 「…，一个人几件」「…，每人多少通」: for whom is said already. */
function isOneEach(m: Mention | undefined, sentence: Sentence): boolean {
  return m !== undefined && has(m, 'per') && !m.isName && (m.text.length === 1 || unitIn(m, sentence) !== undefined);
}

function isUnit({ text }: Mention, { units }: Sentence): boolean {
  return units.has(text) || units.has(text.replace(/^个/u, ''));
}

export const mean: Rule = {
  name: 'mean',
  example: '政风热线平均每期收到多少诉求',
  read(sentence) {
    const { mentions } = sentence;
    const words = mentions.filter((m) => !m.isName);
    if (!hasAny(words, 'mean', 'per', 'convert', 'dividedBy', ...STRETCH_WORDS.keys())) return undefined;
    const says = (m: Mention) => has(m, 'mean', 'per', ...STRETCH_WORDS.keys()) && (!m.isName || has(m, 'mean'));
    // 「按一天24小时摊，每小时几通」: for each of which it is asked.
    const times = words.filter((m) => has(m, ...STRETCH_WORDS.keys()));
    const time = times.find((m) => m.text.startsWith('每')) ?? times[0];
    if (time) {
      const isLength = (m: Mention, i: number) =>
        m.number !== undefined || (m.unit === 'time' && mentions[i - 1]?.number);
      const of = operandOf(
        mentions.filter((m, i) => !says(m) && !(times.length > 1 && (isLength(m, i) || has(m, 'by')))),
        sentence,
        ['sum', 'which', 'and'],
      );
      const stretch = [...STRETCH_WORDS].find(([word]) => has(time, word))?.[1] ?? 'day';
      return of && { op: 'mean', of, per: stretch, instead: [] };
    }
    const spread = spreadOver(mentions, sentence) ?? spreadTo(mentions, sentence);
    const said = divided(mentions, sentence) ?? spread ?? perHead(mentions, sentence);
    if (said) return said;
    if (spread || (hasAny(words, 'by') && hasAny(words, 'mean'))) return spread;
    // 每 ⟨counting word⟩ [⟨name⟩]: 每名接听员, 每笔, 一笔; or ⟨name⟩ right behind: 每期. 一 counts only beside 平均.
    const isMean =
      mentions.some((m) => has(m, 'mean', 'convert') || (has(m, 'per') && !m.text.startsWith('一'))) ||
      countsPerOne(mentions, sentence) ||
      isOnlyPerOne(mentions);
    const one = mentions.findIndex(
      (m, i) =>
        has(m, 'per') &&
        !m.isName &&
        (!m.text.startsWith('一') || isMean) &&
        Boolean(unitIn(m, sentence) || mentions[i + 1]?.unit || mentions[i + 1]?.isName),
    );
    // 「一次通话平均下来讲了多少秒」: per what isn't said; the report may print that mean itself.
    // 「办结一件要几天」 asks for a time that is a mean by itself.
    const isTimed =
      hasAny(words, 'per') && mentions.some((m) => m.asksCount || countingWord(m, sentence.units)?.kind === 'time');
    if ((one < 0 && isMean && hasAny(words, 'mean') && !hasAny(words, 'by')) || (!isMean && isTimed)) {
      const of = operandOf(
        mentions.filter((m) => !has(m, 'mean') || m.isName),
        sentence,
        ['sum', 'which', 'per', 'equals'],
      );
      return of && hasContent(mentions) ? { op: 'mean', of, per: NOTHING_SAID, instead: [] } : undefined;
    }
    if (one < 0) return undefined;
    const perWord = mentions[one] as Mention;
    const within = unitIn(perWord, sentence);
    const [first, second] = within ? [undefined, mentions[one + 1]] : mentions.slice(one + 1);
    const counted = within ?? (first?.unit ? { text: first.text, kind: first.unit } : undefined);
    const unit = counted?.text;
    const named =
      unit && second?.isName && second.words.size === 0 && (first ?? perWord).end === second.start
        ? second
        : first?.isName
          ? first
          : undefined;
    const used = new Set([mentions[one], first, named]);
    const of = operandOf(
      mentions.filter((m) => !used.has(m) && !says(m)),
      sentence,
      ['sum', 'which', 'equals'],
    );
    const per = named
      ? operandOf([named], sentence, ['howMuch'])
      : { phrase: { pieces: [], unknown: [] }, aspect: 'value' as const, said: unit ?? '' };
    const otherwise =
      unit && named
        ? operandOf(
            mentions.filter((m) => m === named || (!used.has(m) && !says(m))),
            sentence,
            ['sum', 'which'],
          )
        : undefined;
    if (!per || !of) return undefined;
    // 「入驻的机构，平均一家做成几笔」: what it is divided by may be named in a clause of its own.
    const comma = mentions.slice(0, one).findLastIndex(isComma);
    const [who, what] = [
      mentions.slice(0, comma),
      mentions.slice(comma + 1).filter((m) => !used.has(m) && !says(m)),
    ].map((piece) => (hasContent(piece) ? operandOf(piece, sentence, ['sum', 'which']) : undefined));
    return {
      op: 'mean',
      of,
      per,
      instead: [
        ...(otherwise ? [{ of: otherwise, per: NOTHING_SAID }] : []),
        ...(comma > 0 && who && what ? [{ of: what, per: who }] : []),
        ...eachOf(mentions, new Set([mentions[one], first]), sentence),
      ],
      ...(unit ? { perUnit: unit } : {}),
      ...(counted ? { perKind: counted.kind, perGroup: sentence.unitGroups.get(counted.text) ?? '' } : {}),
      ...saidIn(mentions),
    };
  },
};

/** 「几笔」 and nothing that it counts. */
function countsOnly(mentions: readonly Mention[], { units }: Sentence): boolean {
  return !mentions.some((m) => m.isName) && mentions.some((m) => countingWord(m, units) !== undefined);
}

/** 「惠企政策平均一条能拆出几个事项」: what is divided by stands before the mean. */
function eachOf(
  mentions: readonly Mention[],
  used: ReadonlySet<Mention | undefined>,
  sentence: Sentence,
): { of: Operand; per: Operand }[] {
  const mean = mentions.findIndex((m) => has(m, 'mean'));
  // 「入驻机构每家几笔」
  const at = mean < 0 || !hasContent(mentions.slice(mean + 1)) ? mentions.findIndex((m) => has(m, 'per')) : mean;
  const [before, behind] = [
    mentions.slice(0, at),
    mentions.slice(at + 1).filter((m) => !used.has(m) && !has(m, 'mean')),
  ];
  if (at < 1 || !hasContent(before) || !(hasContent(behind) || countsOnly(behind, sentence))) return [];
  const [per, of] = [before, behind].map((piece) => operandOf(piece, sentence, ['sum', 'which']));
  return of && per ? [{ of, per }] : [];
}

/** 「一期现场能回应几件」「一条信息配几对问答」: for one of these, how many of those. */
function countsPerOne(mentions: readonly Mention[], sentence: Sentence): boolean {
  const per = mentions.find((m) => has(m, 'per') && !m.isName);
  const unit = per && unitIn(per, sentence);
  const counted = mentions.map((m) => countingWord(m, sentence.units)).find((word) => word !== undefined);
  return Boolean(unit && counted && unit.kind !== 'time' && counted.kind !== 'time' && unit.text !== counted.text);
}

/** 「一笔多少」 of what was talked about. */
function isOnlyPerOne(mentions: readonly Mention[]): boolean {
  const said = mentions.filter((m) => m.isName || (m.words.size > 0 && !has(m, 'filler')));
  const [per, asked, ...more] = said;
  return per !== undefined && has(per, 'per') && asked !== undefined && has(asked, 'howMuch') && more.length === 0;
}

/** 「拿话务量除以接听员，人均多少」 */
function divided(mentions: readonly Mention[], sentence: Sentence): Ask | undefined {
  const at = mentions.findIndex((m) => has(m, 'dividedBy') && !m.isName);
  const comma = mentions.findIndex((m, i) => i > at && isComma(m));
  const behind = mentions.slice(at + 1, comma < 0 ? undefined : comma);
  if (at < 0 || hasContent(comma < 0 ? [] : mentions.slice(comma))) return undefined;
  const of = operandOf(mentions.slice(0, at), sentence);
  const per = operandOf(behind, sentence);
  return of && per ? { op: 'mean', of, per, instead: [], ...saidIn(mentions) } : undefined;
}

/**
 * 「政策专员人均答了几件」「期均收到几件」: the word says what is counted. Who they are may be named before it: beside what they
 * did, or in a table of its own.
 */
function perHead(mentions: readonly Mention[], sentence: Sentence): Ask | undefined {
  const at = mentions.findIndex(
    (m) => has(m, 'mean') && !m.isName && m.text.length > 1 && sentence.units.has(m.text.slice(0, -1)),
  );
  const unit = mentions[at]?.text.slice(0, -1);
  const kind = unit && sentence.units.get(unit);
  if (!kind || kind === 'rate') return undefined;
  const [before, behind] = [mentions.slice(0, at), mentions.slice(at + 1)];
  const [of, who, what] = [[...before, ...behind], before, behind].map((piece) =>
    operandOf(piece, sentence, ['sum', 'which']),
  );
  if (!of || !who || !what) return undefined;
  // 「百科的信息专员人均几条信息」: what is named before them goes for both.
  const names = before.filter((m) => m.isName && m.words.size === 0);
  const there =
    names.length > 1 ? operandOf([...names.slice(0, -1), ...behind], sentence, ['sum', 'which']) : undefined;
  const instead = hasContent(before)
    ? [{ of, per: who }, ...(there && hasContent(behind) ? [{ of: there, per: who }] : []), { of: what, per: who }]
    : [];
  return { op: 'mean', of, per: NOTHING_SAID, perUnit: unit, perKind: kind, instead, ...saidIn(mentions) };
}

/** 一笔 → 笔 */
function unitIn({ text }: Mention, { units }: Sentence): { text: string; kind: UnitKind } | undefined {
  const kind = text.length > 1 ? units.get(text.slice(-1)) : undefined;
  return kind && kind !== 'rate' ? { text: text.slice(-1), kind } : undefined;
}
