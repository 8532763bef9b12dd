/**
 * A sentence without what says nothing of what is asked: clauses about the person who asks, interjections, examples of
 * what is named next, question tags.
 *
 * 「没有啊，那就说企业的」 → 「那就说企业的」; 「我开个小厂的，企业诉求有多少」 → 「企业诉求有多少」; 「能查到不」 asks, and denies nothing.
 *
 * Not here: what the words that remain ask for (rules/).
 */
import { SOCIAL_TOPICS, type WordClass } from '../lexicon/lexicon';
import { has, type Mention } from '../link/mention';

const NO_MENTION: Mention = { start: 0, end: 0, text: '', isName: false, words: new Set(), isUnknown: false };

export function plainClauses(mentions: readonly Mention[]): Mention[] {
  const said = withoutBackground(withoutCorrected(withoutInterjections(withTags(withoutAskers(mentions)))));
  return withoutExamples(withoutLikened(withoutUnlisted(withoutAllCounted(withoutRest(said)))));
}

/** 「我摆个摊子做点小买卖」: as far from 我 as that. */
const OF_SELF_WITHIN = 7;

/** Each clause with the comma that ends it. */
function clausesOf(mentions: readonly Mention[]): Mention[][] {
  const clauses: Mention[][] = [[]];
  for (const m of mentions) {
    (clauses[clauses.length - 1] as Mention[]).push(m);
    if (m.text === ',') clauses.push([]);
  }
  return clauses.filter((clause) => clause.length > 0);
}

/** 「我家楼下大爷让我问问，…」「领导让我查一下企业的」: who wants to know it, where something that has a name follows. */
function withoutAskers(mentions: readonly Mention[]): Mention[] {
  const at = mentions.findIndex((m) => has(m, 'onBehalf') && !m.isName);
  const names = (m: Mention) => m.isName && m.words.size === 0;
  if (at < 0 || !mentions.slice(at + 1).some(names)) return [...mentions];
  const start = mentions.slice(0, at).findLastIndex((m) => m.text === ',') + 1;
  // The year and the place are asked for, wherever they stand.
  return mentions.filter((m, i) => i < start || i > at || m.period || m.place);
}

/** 「能查到不」「涨了没有」: a negation that ends its clause, behind something, asks whether it is so. */
function withTags(mentions: readonly Mention[]): Mention[] {
  return clausesOf(mentions).flatMap((clause) => {
    const saying = clause.filter((m) => !isSilent(m));
    const tag = saying[saying.length - 1];
    // 「算百分点不算」
    const isRepeated = tag?.text === '不算' && clause.some((m) => m.text === '算');
    if (!tag || saying.length < 2 || tag.isName || !(has(tag, 'not') || isRepeated)) return clause;
    return clause.map((m) => (m === tag ? { ...m, words: new Set<WordClass>(['confirm']) } : m));
  });
}

function isSilent(m: Mention): boolean {
  return !m.isUnknown && !m.isName && !m.number && !m.period && !m.place && [...m.words].every((c) => c === 'filler');
}

const INTERJECTED: ReadonlySet<WordClass> = new Set([
  'filler',
  'soft',
  'courtesy',
  'not',
  'confirm',
  'pronoun',
  'self',
]);

/** 「没有啊，」「哦这样，」: a first clause that names, asks and corrects nothing, where something follows. */
function withoutInterjections(mentions: readonly Mention[]): Mention[] {
  const [first, ...others] = clausesOf(mentions);
  if (!first || others.length === 0) return [...mentions];
  const saysNothing = first.every(
    (m) =>
      !m.isUnknown &&
      !m.number &&
      !m.period &&
      !m.place &&
      // 「往后凡是我问，…」 is an order.
      (m.topic === undefined ? !m.isName : SOCIAL_TOPICS.has(m.topic)) &&
      [...m.words].every((c) => INTERJECTED.has(c)),
  );
  const rest = others.flat();
  // 「早啊，小助手」 has said all; 「垃圾玩意，白白耽误我一下午」: what follows is none of the report's either.
  const goesOn =
    !rest.every((m) => m.text === ',' || isSilent(m)) &&
    (!first.some((m) => m.topic) || rest.some((m) => m.isName) || !rest.some((m) => m.isUnknown));
  return saysNothing && goesOn && !first.some((m) => has(m, 'correction')) ? rest : [...mentions];
}

/** 「不是信息，是问答」「不是企业的，我问的是群众的」: what was meant instead, and not what is left without the other. */
function withoutCorrected(mentions: readonly Mention[]): Mention[] {
  const first = mentions.findIndex((m) => !isSilent(m));
  const denial = mentions[first];
  const names = (m: Mention) => m.isName || m.isUnknown;
  if (!denial || denial.isName || !has(denial, 'not') || !has(denial, 'correction')) return [...mentions];
  const meant = mentions.findIndex(
    (m, i) => i > first && !m.isName && (m.text === '是' || (has(m, 'correction') && !has(m, 'not'))),
  );
  const [denied, said] = [mentions.slice(first + 1, meant), mentions.slice(meant + 1)];
  if (meant < 0 || !denied.some(names) || !said.some(names) || denied.some((m) => has(m, 'howMuch')))
    return [...mentions];
  return [{ ...denial, words: new Set<WordClass>(['correction']) }, ...said];
}

/**
 * 「我开个小厂的，想知道…」「我今年七十三了，…」: a clause in which somebody speaks of himself, that names nothing of the
 * report and asks nothing. It says why somebody asks, not what. A place in it still counts: 南京 stays 南京.
 */
function withoutBackground(mentions: readonly Mention[]): Mention[] {
  const clauses = clausesOf(mentions);
  if (clauses.length < 2) return [...mentions];
  const names = (clause: readonly Mention[]) => clause.some((m) => m.isName && m.words.size === 0 && m.text.length > 1);
  const asks = (clause: readonly Mention[]) =>
    clause.some(
      (m) =>
        has(m, 'howMuch', 'which', 'share', 'change', 'except', 'not', 'suchAs', 'whatIs', 'why', 'source') &&
        !has(m, 'filler') &&
        !(has(m, 'not') && m.text.length === 1),
    );
  const speaksOfSelf = (clause: readonly Mention[]) => clause.some((m) => has(m, 'self'));
  // 「我在一家公司跑业务的，」 tells who asks, even where it holds a name.
  const tellsWho = (clause: readonly Mention[]) => {
    const said = clause.filter((m) => m.text !== ',');
    if (!has(said[0] ?? NO_MENTION, 'self') || said.slice(2).some((m) => has(m, 'courtesy'))) return false;
    // 「我孩子是引进来的人才，」
    const isKin = (said[0]?.text.length ?? 0) > 1 && ['是', '算', '也是'].includes(said[1]?.text ?? '');
    // 「我在一家公司跑业务的，」; 「我觉得推到部门去办的，」 tells nothing of him.
    const isPlaced = ['在', '是'].includes(said[1]?.text ?? '') && said[said.length - 1]?.text === '的';
    return isKin || isPlaced || said.slice(1, OF_SELF_WITHIN).some((m) => has(m, 'ofSelf'));
  };
  // 「我们小区的人有事都爱打电话讲，…电话打的占多少」: what it names is named again where it is asked.
  const repeats = (clause: readonly Mention[]) => {
    const later = clauses.slice(clauses.indexOf(clause as Mention[]) + 1).flat();
    const named = clause.filter((m) => m.isName && m.words.size === 0);
    return named.every((m) => later.some((o) => o.isName && (o.text.includes(m.text) || m.text.includes(o.text))));
  };
  // 「我孩子在外头念博士想回来，」
  const isOfOthers = (clause: readonly Mention[]) =>
    has(clause[0] ?? NO_MENTION, 'self') && (clause[0]?.text.length ?? 0) > 2;
  // 「我退休在家没事算算账，」
  const tellsOfSelf = (clause: readonly Mention[]) =>
    has(clause[0] ?? NO_MENTION, 'self') && has(clause[1] ?? NO_MENTION, 'ofSelf');
  const isBackground = (clause: readonly Mention[]) =>
    (!names(clause) || tellsWho(clause) || repeats(clause)) &&
    !asks(clause) &&
    // 「我要找居住证办理的内容，」 says what is looked for.
    !clause.some(
      (m) =>
        m.place ||
        m.topic ||
        (m.isUnknown && !isOfOthers(clause) && !tellsOfSelf(clause) && clause.some((o) => has(o, 'courtesy'))),
    ) &&
    speaksOfSelf(clause) &&
    !clause.some((m) => has(m, 'correction', 'followUp', 'confirm') && !has(m, 'filler'));
  const kept = clauses.filter((clause) => !isBackground(clause));
  const points = (clause: readonly Mention[]) => clause.some((m) => has(m, 'pronoun'));
  // 「我妈今年八十二了，高龄津贴几个钱」: of what follows the report may have nothing.
  const goesOn = kept.some(
    (clause) => names(clause) || (clause.some((m) => m.isUnknown) && asks(clause) && !points(clause)),
  );
  return goesOn ? kept.flat() : [...mentions];
}

/**
 * 「尚贤的诉求有几成是在线就答掉的，接听员和专员都算」: that all of what was named counts needn't be said again. Not where
 * nothing else is named: 「电话和互联网都算上，占多少」.
 */
function withoutAllCounted(mentions: readonly Mention[]): Mention[] {
  const clauses = clausesOf(mentions);
  const names = (m: Mention) => m.isName && m.words.size === 0;
  const saysNothingElse = (m: Mention) =>
    names(m) || isSilent(m) || has(m, 'and', 'soft', 'countedIn', 'sum', 'all') || m.text === ',';
  const isAllCounted = (clause: readonly Mention[]) =>
    clause.filter(names).length > 1 &&
    clause.some((m) => has(m, 'countedIn') && !m.isName) &&
    !clause.some((m) => has(m, 'including') && !has(m, 'countedIn') && !m.isName) &&
    clause.every(saysNothingElse);
  const others = clauses.filter((clause) => !isAllCounted(clause));
  return others.length < clauses.length && others.flat().some(names) ? others.flat() : [...mentions];
}

/** 「剩下是部门办的吧，几件」「县里平台的就是剩的那些，几个」: what is left has a name, and is asked for by it. */
function withoutRest(mentions: readonly Mention[]): Mention[] {
  const rest = mentions.findIndex((m) => !m.isName && /^[剩余其]/u.test(m.text) && has(m, 'theRest', 'except'));
  const is = mentions.findIndex((m, i) => !m.isName && /^(?:就|都)?是$/u.test(m.text) && Math.abs(i - rest) < 3);
  const names = (piece: readonly Mention[]) => piece.some((m) => m.isName && m.words.size === 0);
  if (rest < 0 || is < 0) return [...mentions];
  const end = mentions.findIndex((m, i) => i > Math.max(rest, is) && m.text === ',');
  const [before, behind] = [
    mentions.slice(0, Math.min(rest, is)),
    mentions.slice(Math.max(rest, is) + 1, end < 0 ? undefined : end),
  ];
  const isLeading = rest < is && names(behind) && before.every(isSilent);
  const isTrailing = is < rest && names(before) && behind.every((m) => isSilent(m) || has(m, 'pronoun', 'confirm'));
  const asks = mentions.slice(end < 0 ? mentions.length : end).some((m) => has(m, 'howMuch'));
  if (!asks || !(isLeading || isTrailing)) return [...mentions];
  return isLeading ? mentions.slice(is + 1) : [...before, ...mentions.slice(end)];
}

/** 「企业的除开电话，互联网、承办转办和其他合计」: what isn't listed needn't be left out of the sum. */
function withoutUnlisted(mentions: readonly Mention[]): Mention[] {
  const clauses = clausesOf(mentions);
  const names = (piece: readonly Mention[]) =>
    piece.filter((m) => m.isName && (m.words.size === 0 || has(m, 'theRest')));
  const sum = clauses.find(
    (clause) => clause.some((m) => has(m, 'sum')) && clause.filter((m) => has(m, 'and') && !m.isName).length > 1,
  );
  if (!sum) return [...mentions];
  return clauses.flatMap((clause) => {
    const at = clause.findIndex((m) => has(m, 'except') && !m.isName);
    const out = names(clause.slice(at));
    const isUnlisted =
      clause !== sum &&
      at >= 0 &&
      out.length > 0 &&
      !out.some((m) => sum.some((o) => o.isName && o.text.includes(m.text)));
    return isUnlisted ? clause.slice(0, at) : clause;
  });
}

/**
 * 「督办的，也跟现场回应一样掉了两成」: what it is likened to is said by the way. 「专员跟接听员一样是涨的吧」 is said of
 * both.
 */
function withoutLikened(mentions: readonly Mention[]): Mention[] {
  const like = mentions.findIndex((m) => has(m, 'equals') && !m.isName && /^一?[样般]/u.test(m.text));
  const and = mentions.slice(0, like).findLastIndex((m) => has(m, 'and') && !m.isName);
  const names = (piece: readonly Mention[]) => piece.some((m) => m.isName && m.words.size === 0);
  const behind = mentions.slice(like + 1);
  const isOfTwo = like >= 0 && and > 0 && names(mentions.slice(0, and)) && names(mentions.slice(and, like));
  if (!isOfTwo || !behind.some((m) => has(m, 'up', 'down') && !m.isName)) return [...mentions];
  if (behind.some((m) => m.number)) return [...mentions.slice(0, and), ...behind];
  const both = mentions.map((m, i) => (i === like ? { ...m, words: new Set<WordClass>(['all']) } : m));
  return behind.some((m) => has(m, 'confirm')) ? both : [...mentions];
}

/**
 * 「微信啊网站啊这些网络渠道」: unknown words before 这些 are examples of what follows, if that has a name. The
 * figure is of what follows, and the reply names it.
 */
function withoutExamples(mentions: readonly Mention[]): Mention[] {
  const at = mentions.findIndex((m) => has(m, 'suchAs'));
  const named = mentions.slice(at + 1).find((m) => !has(m, 'filler'));
  if (at < 1 || !named?.isName) return [...mentions];
  let first = at;
  for (let i = at - 1; i >= 0; i--) {
    const m = mentions[i] as Mention;
    if (!m.isUnknown && !has(m, 'filler', 'and', 'suchAs')) break;
    if (m.isUnknown) first = i;
  }
  return mentions.filter((m, i) => i < first || i >= at || !m.isUnknown);
}
