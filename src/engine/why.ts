/** How an answer came about, in words a person can read: what `--explain` prints. */
export interface Explanation {
  /** The sentence as normalised (and mended). */
  text: string;
  repairs: { from: string; to: string }[];
  /** Each tile with what it may be. */
  mentions: string[];
  rule: string;
  query?: unknown;
  /** Spots answered from, by id. */
  spots: string[];
  outcome: string;
}
