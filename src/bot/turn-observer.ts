/**
 * Whoever wants to know of every turn that was answered: figures for operation, the log, questions without an answer. Observers
 * are told afterwards and can change nothing; one that throws does no harm to the turn.
 */
import type { Turn } from '../engine/answer';

export interface SeenTurn {
  /** Its id in the log. */
  id: string;
  channel: string;
  /** As the channel names them: personal, so for no log. */
  conversation: string;
  person: string;
  said: string;
  /** What the engine made of it. */
  turn: Turn;
  engineMs: number;
  /** From the activity's coming in until its reply was sent. */
  turnMs: number;
}

export type TurnObserver = (seen: SeenTurn) => void;
