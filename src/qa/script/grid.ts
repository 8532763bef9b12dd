/**
 * A sheet as it is seen, whatever program wrote it: rows of texts. Reading a workbook (xlsx-grid.ts) and a text file
 * (csv-grid.ts) both end here; what the columns mean is sheet-rows.ts.
 */
export interface Grid {
  /** "" where the file is one sheet. */
  sheet: string;
  rows: GridRow[];
}

export interface GridRow {
  /** As the program numbers it. */
  number: number;
  cells: (GridCell | undefined)[];
}

export interface GridCell {
  text: string;
  /** What the program made of what was typed, where that may not be what was meant. */
  trap?: 'date' | 'error';
  /** The value of a merged cell, in another place than its first. */
  isMerged?: boolean;
}

/** A file that can't be read as what its name says. */
export class UnreadableSheet extends Error {
  readonly code = 'UNREADABLE_SHEET';
  constructor(
    readonly expected: string,
    readonly found: string,
  ) {
    super(`${expected}: ${found}`);
  }
}
