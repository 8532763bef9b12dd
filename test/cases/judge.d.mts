export interface CaseTurn {
  say: string;
  kind: 'answer' | 'clarify' | 'decline' | 'talk';
  must?: (string | string[])[];
  mustNot?: (string | string[])[];
  why?: string;
}
export interface Verdict {
  ok: boolean;
  missing: (string | string[])[];
  forbidden: string[];
  empty: boolean;
}
export function fold(text: string): string;
export function judge(turn: CaseTurn, reply: string): Verdict;
export function grave(turn: CaseTurn, verdict: Verdict): boolean;
export function misled(turn: CaseTurn, verdict: Verdict, reply: string): boolean;
