/**
 * What the bot needs of the engine: a function from a question and what was remembered to a reply and what to remember.
 * The knowledge is already in it, so tests pass one of their own.
 */
import type { Focus, Turn } from '../engine/answer';

export type Ask = (question: string, focus: Focus | undefined, today: string) => Turn;

/** The day in China, as YYYY-MM-DD: at 23:00 UTC on New Year's Eve 「去年」 is already another year there. */
export function dayInChina(now: Date = new Date()): string {
  return CHINA.format(now);
}

const CHINA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }); // Swedish dates are written YYYY-MM-DD
