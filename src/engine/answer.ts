/**
 * One question answered: the whole road on one screen.
 *
 * `text → normalize → link (→ repair) → parse → resolve and compute → compose → verify → reply`
 *
 * A pure function of (question, focus, knowledge, today): no channel, clock, file or network. The same
 * question in the same conversation gets the same answer.
 */
import type { Reply } from './answer-form';
import { compose } from './compose/compose';
import { type Draft, draft } from './compose/draft';
import { entriesFor, withDefinition, withEntry, withIntroduction } from './compose/entries-for';
import { joinDrafts } from './compose/join-drafts';
import { render } from './compose/render';
import { suggestionsFor } from './compose/suggestions';
import { type Context, focusAfter } from './conversation/context';
import { type Focus, NO_FOCUS } from './conversation/focus';
import { questionsIn } from './conversation/questions-in';
import { CHOICE, readTurn } from './conversation/read-turn';
import { namesService, toldBefore } from './conversation/told-before';
import type { Knowledge } from './knowledge';
import { LONGEST_QUESTION, LONGEST_TYPED, normalize } from './normalize/normalize';
import { splitSentences } from './normalize/split-sentences';
import { UnboundNumber, verify } from './verify';
import type { Explanation } from './why';

export type { Focus } from './conversation/focus';
export type { Explanation } from './why';
/** "2026-11-23" */
export type Day = string;

export interface Turn {
  reply: Reply;
  focus: Focus;
  /** How the answer came about, a sentence each: for `--explain`, logs and tests. */
  why: Explanation[];
  /** Set when the outgoing check withheld the reply: to be logged. */
  fault?: UnboundNumber;
}

export function answer(question: string, focus: Focus | undefined, knowledge: Knowledge, today: Day): Turn {
  const { wording } = knowledge;
  const text = normalize(question.slice(0, LONGEST_TYPED));
  const isTooLong = question.length > LONGEST_TYPED || text.length > LONGEST_QUESTION;
  let now = focus ?? NO_FOCUS;
  const drafts: Draft[] = isTooLong ? [draft('decline', '未涉及', { sentences: [wording.say('太长')] })] : [];
  const why: Explanation[] = [];
  const sentences = isTooLong ? [] : splitSentences(text);
  let services: string[] = [];
  for (const [i, sentence] of sentences.entries()) {
    const answered = answerAbout(services, sentence, now, knowledge, today);
    // 「我就爱翻那个热线百科。…」: what is told before the question has no answer and needs none.
    const told = i + 1 < sentences.length && isDeclined(answered) ? toldIn(sentence, now, knowledge) : undefined;
    if (told) services = told;
    for (const one of told ? [] : answered) {
      now = one.focus;
      drafts.push(one.said);
      why.push(one.why);
    }
  }
  const whole = joinDrafts(drafts) ?? nothingSaid(knowledge);
  return { ...outgoing(whole, question, text, knowledge, today), focus: now, why };
}

interface Answered {
  said: Draft;
  focus: Focus;
  why: Explanation;
}

function isDeclined(answered: readonly Answered[]): boolean {
  return answered.every(({ said }) => said.kind === 'decline');
}

function toldIn(sentence: string, focus: Focus, { dictionary, library }: Knowledge): string[] | undefined {
  const index = dictionary.vocabulary.indexOf(focus.report ?? library.newest().id);
  return index && toldBefore(sentence, dictionary, index);
}

/** Of a service that was told of before, should the question name none itself. */
function answerAbout(
  services: readonly string[],
  sentence: string,
  focus: Focus,
  knowledge: Knowledge,
  today: string,
): Answered[] {
  const plain = answerSentence(sentence, focus, knowledge, today);
  const index = knowledge.dictionary.vocabulary.indexOf(focus.report ?? knowledge.library.newest().id);
  if (services.length === 0 || !index || namesService(sentence, knowledge.dictionary, index)) return plain;
  const about = answerSentence(`${services.join(',')},${sentence}`, focus, knowledge, today);
  return about.every(({ said }) => said.kind === 'answer') ? about : plain;
}

/** A sentence as one question; as several, where they ask for different years or things, or where it has no answer as one. */
function answerSentence(sentence: string, focus: Focus, knowledge: Knowledge, today: Day): Answered[] {
  const { clauses, isApart, areOfKinds = false, named = NONE } = questionsIn(sentence, knowledge.dictionary);
  const whole = answerOne(sentence, focus, knowledge, today);
  const isSeveral = clauses.length > 1 && clauses.length <= QUESTIONS_AT_MOST;
  if (!isSeveral || (!isApart && !areOfKinds && whole.said.kind !== 'decline')) return [whole];
  const parts: Answered[] = [];
  for (const clause of clauses) {
    const part = answerOne(clause, parts[parts.length - 1]?.focus ?? focus, knowledge, today);
    // 「群众比企业多多少，电话比互联网多多少」: of neither of the two that were set against each other.
    const anew = areOfKinds && part.said.kind !== 'answer' ? answerOne(clause, focus, knowledge, today) : part;
    parts.push(anew.said.kind === 'answer' ? anew : part);
  }
  if (isApart) return parts;
  // 「没回应的占几成，多少件」: a clause that leads away from what the one before it was about isn't read by itself.
  const stays = ({ said }: Answered, i: number) =>
    i === 0 ||
    named.has(i) ||
    parts.slice(0, i).some((part) => part.said.focus.some((s) => s.table === said.focus[0]?.table));
  return parts.every((part, i) => part.said.kind === 'answer' && stays(part, i)) ? parts : [whole];
}

/** In one sentence. */
const QUESTIONS_AT_MOST = 8;
const NONE: ReadonlySet<number> = new Set();

function answerOne(sentence: string, focus: Focus, knowledge: Knowledge, today: Day): Answered {
  const { context, result, words, introduces, repairs, explanation } = readTurn(sentence, focus, knowledge, today);
  const composed = words ?? (result ? compose(result, context.speaking) : nothingSaid(knowledge));
  const introduced = introduces ? withIntroduction(composed, introduces, knowledge.entries, today) : composed;
  const asked = withEntry(introduced, sentence, knowledge.entries, today);
  const defined = withDefinition(asked, knowledge.entries, today, knowledge.wording);
  const said = withRepairs(context.isNewest ? withReport(defined, context) : defined, repairs, knowledge);
  return {
    said,
    focus: focusAfter(said, result, sentence, focus, context, explanation.rule === CHOICE),
    why: explanation,
  };
}

/** Several reports are loaded and none was named: which one answered. */
function withReport(said: Draft, { speaking }: Context): Draft {
  if (said.figures.length === 0) return said;
  return {
    ...said,
    sentences: [...said.sentences, speaking.wording.say('最新一份', { 报告: speaking.reportTitle })],
    quoted: [...said.quoted, speaking.reportTitle],
  };
}

/** A mending that changed the question is said. */
function withRepairs(said: Draft, repairs: readonly { from: string; to: string }[], { wording }: Knowledge): Draft {
  if (repairs.length === 0) return said;
  const remarks = repairs.map(({ from, to }) => wording.say('修正', { 原话: from, 改为: to }));
  return {
    ...said,
    sentences: [...said.sentences, ...remarks],
    quoted: [...said.quoted, ...repairs.flatMap((r) => [r.from, r.to])],
  };
}

function nothingSaid({ wording }: Knowledge): Draft {
  return draft('talk', null, {
    sentences: [wording.say('空话')],
    options: wording.examples.slice(0, 4).map((e) => ({ label: e, say: e })),
  });
}

/** Words, entries and suggestions put together, and let out only if every number in them is bound. */
function outgoing(
  whole: Draft,
  question: string,
  text: string,
  knowledge: Knowledge,
  today: Day,
): { reply: Reply; fault?: UnboundNumber } {
  const { wording, links, entries, library, dictionary, labels, knownNumbers } = knowledge;
  const offered = entriesFor(whole, entries, today);
  const index = whole.focus[0] && dictionary.vocabulary.indexOf(whole.focus[0].report.id);
  const reply = render(whole, {
    wording,
    links,
    entries: offered,
    // Not what was just asked.
    suggestions: suggestionsFor(whole, offered, index, wording).filter((s) => s !== question && s !== text),
  });
  try {
    const entryTexts = offered.flatMap((e) => [e.title, e.answer]);
    verify(reply, whole, {
      library,
      labels,
      known: knownNumbers,
      quoted: [...entryTexts, question.slice(0, LONGEST_TYPED), text],
    });
    return { reply };
  } catch (fault) {
    if (!(fault instanceof UnboundNumber)) throw fault;
    return {
      reply: render(draft('decline', null, { sentences: [wording.say('致歉')] }), {
        wording,
        links,
        entries: [],
        suggestions: [],
      }),
      fault,
    };
  }
}
