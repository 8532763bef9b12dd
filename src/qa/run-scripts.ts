/**
 * Runs scripts on a road: each conversation anew, its turns one after the other, each judged. The results come in the order
 * of the scripts, whatever was done first, so that the same scripts give the same results twice.
 */
import type { Answer } from '../engine/answer-form';
import { checkTurn, type Verdict } from './check/check-turn';
import type { FindCell } from './check/place';
import type { Road } from './roads/road';
import type { Conversation, Script, Turn } from './script/script';

export interface Outcome extends Verdict {
  turn: Turn;
  /** Of the conversation that the turn is in. */
  conversation: string;
  passed: boolean;
  text: string;
  buttons: string[];
  answer: Answer | undefined;
}

export interface ScriptOutcome {
  file: string;
  outcomes: Outcome[];
}

export interface Run {
  road: Road;
  /** Conversations that are not of this road, or not asked for, are left out. */
  isWanted: (conversation: Conversation, file: string) => boolean;
  findCell: FindCell;
  /** So many conversations side by side: a service that runs answers several at once. */
  sideBySide: number;
  onTurn?: (outcome: Outcome) => void;
}

export async function runScripts(scripts: Script[], run: Run): Promise<ScriptOutcome[]> {
  const tasks = scripts.flatMap(({ file, conversations }) =>
    conversations
      .filter((conversation) => run.isWanted(conversation, file))
      .map((conversation) => ({ file, conversation, outcomes: [] as Outcome[] })),
  );
  let next = 0;
  const work = async () => {
    for (let task = tasks[next++]; task; task = tasks[next++]) task.outcomes = await converse(task.conversation, run);
  };
  await Promise.all(Array.from({ length: run.sideBySide }, work));
  return scripts.map(({ file }) => ({
    file,
    outcomes: tasks.filter((task) => task.file === file).flatMap(({ outcomes }) => outcomes),
  }));
}

async function converse({ name, turns }: Conversation, { road, findCell, onTurn }: Run): Promise<Outcome[]> {
  const talk = road.begin();
  const outcomes: Outcome[] = [];
  for (const turn of turns) {
    const reply = turn.isOpening ? await talk.greeting() : await talk.say(turn.question);
    const verdict = checkTurn(turn, reply, findCell);
    const outcome = { ...verdict, ...reply, turn, conversation: name, passed: verdict.faults.length === 0 };
    outcomes.push(outcome);
    onTurn?.(outcome);
  }
  return outcomes;
}
