/**
 * What a script says, whatever it was written in: conversations of turns, each a question with what is expected of the
 * reply. A row of a sheet is a turn; rows with the same 对话 are turns of one conversation.
 *
 * Not here: reading files (read-scripts.ts), what an expectation means (../check/).
 */
import type Fraction from '../../report/fraction';

/** The columns of a sheet and the fields of YAML, in the order in which they are written. */
export const FIELDS = [
  '编号',
  '对话',
  '问题',
  '期望值',
  '单位',
  '同比',
  '方向',
  '出处',
  '应答方式',
  '等级',
  '选项',
  '条目',
  '应出现',
  '不应出现',
  '渠道',
  '备注',
] as const;
export type Field = (typeof FIELDS)[number];

/** As it was written, every field as text. */
export type Written = Partial<Record<Field, string>>;

/** Where a turn stands, for whoever has to find it: file, sheet, row as the program shows it. */
export interface Place {
  file: string;
  /** Of a workbook with several. */
  sheet?: string;
  /** 「第 12 行」 */
  row: string;
}

export interface Turn {
  /** Unique in a run: what is written under 编号, or file and row. */
  id: string;
  place: Place;
  question: string;
  /** Nothing is asked: the person opens the conversation and is greeted. */
  isOpening: boolean;
  written: Written;
  expected: Expectation;
}

export interface Conversation {
  name: string;
  /** Roads on which it is run; none named is all of them. */
  roads: string[];
  turns: Turn[];
}

/** A file as it was, for the results beside the rows. */
export interface Script {
  file: string;
  conversations: Conversation[];
}

export type ReplyKind = 'answer' | 'clarify' | 'decline' | 'talk';

export interface Expectation {
  /** All of them have to be stated. */
  values: ExpectedValue[];
  /** A unit, or that there is none. */
  unit?: string | 'none';
  change?: ExpectedChange | 'none';
  direction?: 'up' | 'down' | 'none';
  /** Pieces of a place in the report, all on the way to one cell. */
  place: string[];
  kind?: ReplyKind;
  grade?: string;
  options: string[];
  entries: string[];
  holds: string[];
  holdsNot: string[];
}

export interface ExpectedNumber {
  kind: 'number';
  written: string;
  /** In units: 1394000 for 139.4万. */
  low: Fraction;
  high: Fraction;
  /** 约: what rounds to it counts too. */
  isAbout: boolean;
  /** Half a unit of the last written place, scaled. */
  half: Fraction;
  /** The unit written behind the number, "%" for percentages. */
  unit: string;
}

export type ExpectedValue =
  | ExpectedNumber
  | { kind: 'text'; written: string }
  /** 「—」: the report prints no figure here. */
  | { kind: 'blank'; written: string };

export interface ExpectedChange {
  written: string;
  percent: Fraction;
  direction?: 'up' | 'down';
}

/** Separates several values, options or texts in one cell. */
export function listOf(text: string): string[] {
  return text
    .split(/[;；\n]/u)
    .map((one) => one.trim())
    .filter(Boolean);
}
