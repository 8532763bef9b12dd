/**
 * What the bot needs of the engine: a function from a question and what was remembered to a reply and what to remember.
 * The knowledge is already in it, so tests pass one of their own.
 */
import type { Focus, Turn } from '../engine/answer';
import type { ChartData } from '../engine/answer-form';

export type Ask = (question: string, focus: Focus | undefined, today: string) => Turn;

/** The same, and each chart with the address where it is drawn: the engine knows no server, and no secret to sign with. */
export function withChartUrls(ask: Ask, urlOf: (chart: ChartData) => string): Ask {
  return (question, focus, today) => {
    const turn = ask(question, focus, today);
    const { chart } = turn.reply;
    return chart ? { ...turn, reply: { ...turn.reply, chartUrl: urlOf(chart) } } : turn;
  };
}

/** The day in China, as YYYY-MM-DD: at 23:00 UTC on New Year's Eve 「去年」 is already another year there. */
export function dayInChina(now: Date = new Date()): string {
  return new Date(now.getTime() + CHINA_AHEAD_MS).toISOString().slice(0, 10);
}

/** Of UTC, all the year, since 1991. */
const CHINA_AHEAD_MS = 8 * 60 * 60 * 1000;
