/** A reply being put together: words, and the figures and spots that they rest on. */

import type { ChartData, Grade, Kind } from '../answer-form';
import type { Computed, Stated } from '../compute/result';
import type { Spot } from '../vocabulary/spots';

export interface Draft {
  kind: Kind;
  grade: Grade | null;
  headline?: { figure: string; change?: string; label: string };
  sentences: string[];
  table?: { head: string[]; rows: string[][] };
  /** Where what is said stands. */
  sources: Spot[];
  figures: DraftFigure[];
  options: { label: string; say: string; spot?: Spot }[];
  chart?: ChartData;
  /** Figures that only the chart shows. */
  drawn?: Computed[];
  /** What the next question may lean on. */
  focus: Spot[];
  /** The term whose meaning was asked: its entry's text becomes the answer. */
  defines?: string[];
  /** Words whose entries are offered. */
  terms: string[];
  /** Numbers that aren't figures: what the person said, counts of what is listed. */
  quoted: string[];
}

export type DraftFigure = { stated: Stated } | { computed: Computed; label: string };

export function draft(kind: Kind, grade: Grade | null, parts: Partial<Draft> = {}): Draft {
  return {
    kind,
    grade,
    sentences: [],
    sources: [],
    figures: [],
    options: [],
    focus: [],
    terms: [],
    quoted: [],
    ...parts,
  };
}
