/** The conversations of test/conversations, asked of the engine and judged as the samples are. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Focus } from '../../src/engine/answer';
import { type CaseTurn, judge, misled } from '../cases/judge.mjs';
import { ask, served } from './asking';

export interface Conversation {
  id: string;
  class: string;
  turns: CaseTurn[];
}

export interface Outcome {
  id: string;
  isRight: boolean;
  isMisled: boolean;
  /** 「无法核对“”」: a placeholder that nothing was put into. */
  quotesNothing: boolean;
  /** 「question」 → reply, of the turns that are wrong. */
  faults: string[];
}

const FOLDER = 'test/conversations';

export function conversations(): Conversation[] {
  return readdirSync(FOLDER).flatMap((file): Conversation[] => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')));
}

export function outcomeOf({ id, turns }: Conversation): Outcome {
  const outcome: Outcome = { id, isRight: true, isMisled: false, quotesNothing: false, faults: [] };
  let focus: Focus | undefined;
  for (const turn of turns) {
    const { reply, focus: next } = ask(turn.say, served(), focus);
    focus = next;
    const seen = [reply.text, ...reply.options.map(({ label }) => label), ...reply.suggestions].join('\n');
    outcome.quotesNothing ||= seen.includes('“”');
    const verdict = judge(turn, seen);
    if (verdict.ok) continue;
    outcome.isRight = false;
    outcome.isMisled ||= misled(turn, verdict, seen);
    outcome.faults.push(`「${turn.say}」 → ${reply.text.replace(/\s+/g, ' ').slice(0, 160)}`);
  }
  return outcome;
}
