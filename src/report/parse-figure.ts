/**
 * Reads a printed string: "1234567 (5.67%↑)" is 1234567 with a 同比 of 5.67% up, "—" is not published, "" is empty.
 *
 * Full-width digits, brackets and thousands separators are tolerated, the arrow may stand before or after the percentage
 * (both are printed). Words are a figure only in a column that is declared to hold words. Anything else is undefined, and
 * whoever reads the file says so: a string that is half understood would be a wrong figure.
 *
 * Not here: the file (file-format.ts), what the cell belongs to (build-report.ts).
 */
import Fraction from './fraction';
import type { Change, Figure } from './report';

/** What the header says about the strings below it. */
export interface ColumnKind {
  /** 件, 万次; "%" for a column of rates; "" where nothing is printed. */
  measureUnit: string;
  holdsWords: boolean;
}

const NUMBER = /^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%)?(?:\(([^()]*)\))?$/;
const CHANGE = /^([↑↓])?(\d+)(\.\d+)?%([↑↓])?$/;
const SCALES: [string, number][] = [
  ['万亿', 1e12],
  ['亿', 1e8],
  ['千万', 1e7],
  ['百万', 1e6],
  ['万', 1e4],
];

export function parseFigure(printed: string, { measureUnit, holdsWords }: ColumnKind): Figure | undefined {
  const text = printed.trim();
  if (text === '') return { kind: 'blank', reason: 'empty' };
  if (/^[—–－-]+$/.test(text)) return { kind: 'blank', reason: 'notPublished' };
  if (holdsWords) return { kind: 'text', text };

  const found = NUMBER.exec(text.normalize('NFKC').replace(/\s+/g, ''));
  if (!found) return undefined;
  const [, whole = '', fraction = '', percentSign, bracket] = found;
  const isPercent = percentSign !== undefined;
  // 95.43 under a header of rates has lost its sign; 97% under 件 is in the wrong column.
  if (measureUnit !== '' && isPercent !== (measureUnit === '%')) return undefined;
  const change = bracket === undefined ? undefined : parseChange(bracket);
  if (bracket !== undefined && !change) return undefined;
  const digits = whole.replaceAll(',', '') + fraction;
  return {
    kind: 'number',
    value: new Fraction(digits),
    digits,
    decimals: decimalsOf(fraction),
    ...scaled(isPercent ? '%' : measureUnit),
    isPercent,
    ...(change && { change }),
  };
}

/** "5.67%↑" or "↑6.78%": one arrow, on either side. */
function parseChange(inBrackets: string): Change | undefined {
  const found = CHANGE.exec(inBrackets);
  if (!found) return undefined;
  const [, before, whole = '', fraction = '', after] = found;
  if ((before === undefined) === (after === undefined)) return undefined;
  const digits = whole + fraction;
  return {
    percent: new Fraction(digits),
    digits,
    decimals: decimalsOf(fraction),
    direction: (before ?? after) === '↑' ? 'up' : 'down',
    printed: inBrackets,
  };
}

/** 万次 is 10000 次. */
function scaled(measureUnit: string): { measureUnit: string; scale: number; baseUnit: string } {
  for (const [prefix, scale] of SCALES) {
    if (measureUnit.startsWith(prefix)) return { measureUnit, scale, baseUnit: measureUnit.slice(prefix.length) };
  }
  return { measureUnit, scale: 1, baseUnit: measureUnit };
}

/** ".96" has two decimal places. */
function decimalsOf(fraction: string): number {
  return fraction === '' ? 0 : fraction.length - 1;
}
