/**
 * What a search is answered with: first the engine's own answer, if what was typed already is a question (「企业占多少」), or
 * what it would ask back about; then the figures whose names fit, each as the engine answers it.
 *
 * A found figure is put to the engine as the one choice on offer, so the reply is the one that a question would get, with
 * all that belongs to it.
 */
import type { Ask } from '../../../../bot/ask';
import type { Reply } from '../../../../engine/answer-form';
import { type Focus, NO_FOCUS } from '../../../../engine/conversation/focus';
import type { Spot } from '../../../../engine/vocabulary/spots';
import type { FigureSearch } from './figure-search';

/** Replies kept for one day: a search on every key asks for the same figures again and again. */
const MOST_KEPT = 2_000;

export class FigureAnswers {
  private readonly kept = new Map<string, Reply | undefined>();
  private keptFor = '';

  constructor(
    private readonly ask: Ask,
    private readonly search: Pick<FigureSearch, 'find'>,
    private readonly today: () => string,
  ) {}

  /** Replies with a figure each, best first, no figure twice. */
  find(typed: string, most: number): Reply[] {
    const today = this.today();
    const { first, offered } = this.asQuestion(typed, today);
    const spots = [...offered, ...this.search.find(typed, most).map((spot) => choiceOf(spot))];
    const replies = first ? [first] : [];
    const seen = new Set(replies.map(figureKey));
    for (const choice of spots) {
      if (replies.length >= most) break;
      const reply = this.replyTo(choice, today);
      if (!reply || seen.has(figureKey(reply))) continue;
      seen.add(figureKey(reply));
      replies.push(reply);
    }
    return replies;
  }

  private asQuestion(typed: string, today: string): { first?: Reply; offered: Choice[] } {
    if (typed.trim() === '') return { offered: [] };
    const { reply, focus } = this.ask(typed, undefined, today);
    if (isFigure(reply)) return { first: reply, offered: [] };
    const offered = focus.options.flatMap(({ spot }) => (spot ? [{ spot, report: reportOf(spot) }] : []));
    return { offered: reply.answer.kind === 'clarify' ? offered : [] };
  }

  private replyTo({ spot, report }: Choice, today: string): Reply | undefined {
    if (this.keptFor !== today || this.kept.size >= MOST_KEPT) {
      this.kept.clear();
      this.keptFor = today;
    }
    if (!this.kept.has(spot)) {
      const focus: Focus = { ...NO_FOCUS, report, options: [{ label: spot, say: spot, spot }] };
      const { reply } = this.ask('1', focus, today);
      const isIt = reply.answer.figures.some(({ cell }) => cell === spot) || reply.answer.figures.length === 1;
      this.kept.set(spot, isIt && isFigure(reply) ? reply : undefined);
    }
    return this.kept.get(spot);
  }
}

interface Choice {
  spot: string;
  report: string;
}

function choiceOf({ id, report }: Spot): Choice {
  return { spot: id, report: report.id };
}

function reportOf(spot: string): string {
  return spot.slice(0, spot.indexOf('/'));
}

/** A blank counts: that a figure isn't published is an answer too. */
function isFigure({ answer }: Reply): boolean {
  return answer.kind === 'answer' && answer.figures.length > 0;
}

/** The same cell may be found by several ways; a share of it is another figure. */
function figureKey({ answer, headline }: Reply): string {
  return JSON.stringify([answer.figures.map(({ cell, label }) => cell ?? label), headline?.figure ?? '']);
}
