/** Entries of 热线百科 that explain what a reply speaks of: at most two, the service's first. */
import type { Entry } from '../../baike/entry';
import type { EntryLibrary } from '../../baike/entry-library';
import { type Draft, draft } from './draft';
import type { Wording } from './wording';

const AT_MOST = 2;

export function entriesFor({ terms, kind }: Draft, entries: EntryLibrary, today: string): Entry[] {
  if (kind === 'clarify') return [];
  const found: Entry[] = [];
  for (const term of terms) {
    const entry = entries.byTitle(term, today);
    if (entry && !found.includes(entry)) found.push(entry);
  }
  return found.slice(0, AT_MOST);
}

/**
 * A question that an entry asks word for word is answered by the entry: its beginning, and the link. Only where the report
 * has no answer: 「诉求总量」 is the title of an entry too, and asks for the figure.
 */
export function withEntry(said: Draft, sentence: string, entries: EntryLibrary, today: string): Draft {
  // 「热线百科呢」 that lacks what was asked before: what it has is said with that.
  if (said.kind !== 'decline' || said.figures.length > 0) return said;
  const entry = entries.byTitle(sentence, today);
  if (!entry) return said;
  // 未涉及: it isn't the report that says so.
  return draft('answer', said.grade, {
    sentences: [`${entry.title}：${beginningOf(entry.answer)}`],
    terms: [entry.title],
  });
}

/** What a term means, in its entry's words; where no entry explains it, that is said. */
export function withDefinition(draft: Draft, entries: EntryLibrary, today: string, wording: Wording): Draft {
  if (!draft.defines) return draft;
  const entry = draft.defines.map((term) => entries.byTitle(term, today)).find(Boolean);
  if (!entry)
    return { ...draft, sentences: [wording.say('含义未说明', { 名称: draft.defines[0] ?? '' }), ...draft.sentences] };
  return {
    ...draft,
    sentences: [`${entry.title}：${plainText(entry.answer)}`, ...draft.sentences],
    terms: [entry.title, ...draft.terms],
  };
}

/** 「介绍一下晓苏」: what it is, in its entry's words, before what the report prints of it. */
export function withIntroduction(said: Draft, term: string, entries: EntryLibrary, today: string): Draft {
  const entry = entries.byTitle(term, today);
  if (!entry || said.kind !== 'answer') return said;
  return {
    ...said,
    sentences: [`${entry.title}：${beginningOf(entry.answer)}`, ...said.sentences],
    terms: [entry.title, ...said.terms],
  };
}

const SHORT = 160;

/** Whole sentences, as many as a phone shows at a glance; at least one. */
function beginningOf(answer: string): string {
  const [first = '', ...others] = plainText(answer).split(/(?<=[。！？；\n])/u);
  let said = first;
  for (const sentence of others) {
    if (said.length + sentence.length > SHORT) return `${said.trimEnd()}……`;
    said += sentence;
  }
  return said;
}

/** Markdown as it is read aloud: no stars, lists as lines. */
function plainText(markdown: string): string {
  return markdown
    .replace(/\*\*([^*]+)\*\*/gu, '$1')
    .replace(/\n{2,}/gu, '\n')
    .trim();
}
