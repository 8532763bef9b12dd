/**
 * What leaves the engine: the reply in channel-neutral form, the structured answer of the contract,
 * and what is remembered for the next turn. Channels make cards or text of it.
 */
export type Kind = 'answer' | 'clarify' | 'decline' | 'talk';
/** 依据等级: printed, computed, estimated range, blank, not in the report. */
export type Grade = '原文' | '计算' | '推算' | '未公布' | '未涉及';

export interface AnswerFigure {
  cell: string | null;
  label: string;
  value: number | string;
  unit: string;
  change: { value: number; direction: 'up' | 'down'; printed: string } | null;
  formula: string | null;
}

export interface Provenance {
  report: string;
  section: string;
  table: string;
  row: string;
  column: string;
  url: string;
}

/** The structured answer: rides in `channelData.answer`, printed by `ask --json`. */
export interface Answer {
  kind: Kind;
  grade: Grade | null;
  figures: AnswerFigure[];
  options: string[];
  entries: { title: string; url: string }[];
  provenance: Provenance[];
}

/** What is worth a picture; the channel decides whether it can show one. */
export interface ChartData {
  /** bar: amounts from zero. share: per cent of one whole. change: 同比 in per cent, from zero to either side. */
  kind: 'bar' | 'share' | 'change';
  title: string;
  unit: string;
  bars: { label: string; value: number; text: string; isEstimate?: boolean }[];
  /** share: what a full bar stands for. */
  whole?: string;
  /** The same in words, for whoever doesn't see the picture. */
  alt: string;
}

/** Channel-neutral reply. `text` is the whole reply in plain words; the other fields are its parts. */
export interface Reply {
  text: string;
  /** 12.34%, alone on its line. */
  headline?: { figure: string; change?: string; label: string };
  sentences: string[];
  table?: { head: string[]; rows: string[][] };
  /** One line each: 二、… › 1.… › … */
  sources: { line: string; url: string }[];
  /** Choices of a clarification: `label` is shown, `say` is what pressing it sends. */
  options: { label: string; say: string }[];
  /** At most four next questions, each one that works. */
  suggestions: string[];
  chart?: ChartData;
  /** Where the chart is to be had as a PNG; with .svg or .dark.svg for the ending, as that. Set by whoever serves pictures. */
  chartUrl?: string;
  answer: Answer;
}
