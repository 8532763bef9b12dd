/** A row of a sheet as an entry is written: fields by their names, dates as 2024-01-31, other ways to ask as a list. */
import { createHash } from 'node:crypto';
import { termKey } from '../term-key';
import { type Columns, FIELDS } from './columns';
import type { SheetRow } from './read-sheet';

export function rowEntry(
  { values }: SheetRow,
  headings: ReadonlyMap<string, string>,
  { defaults }: Columns,
): Record<string, unknown> {
  const entry: Record<string, unknown> = { asks: [] };
  for (const field of FIELDS) {
    const heading = headings.get(field);
    const value = fieldValue(field, heading === undefined ? undefined : values[heading]) ?? defaults[field];
    if (value !== undefined) entry[field] = value;
  }
  // The same title gives the same id at every import, so that links to the entry stay good. A row without a title is told of
  // for that, not for the id it can't have.
  if (entry['id'] === undefined) entry['id'] = idOf(typeof entry['title'] === 'string' ? entry['title'] : '');
  return entry;
}

/** Undefined for an empty cell. What is no text and no date stays as it is, for the check to find. */
function fieldValue(field: string, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString().slice(0, 10);
  if (typeof value === 'number' || typeof value === 'boolean') return fieldValue(field, String(value));
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return undefined;
  if (field === 'asks') {
    const asks = text.split(/[;；|｜\n]/).map((ask) => ask.trim());
    return asks.filter((ask) => ask !== '');
  }
  return field === 'validFrom' || field === 'validTo' ? dayOf(text) : text;
}

/** 2024/1/31, 2024年1月31日, 2024.1.31, 20240131 → 2024-01-31; anything else as it is. */
function dayOf(text: string): string {
  const [, year, month = '', day = ''] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    [];
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}

function idOf(title: string): string {
  return `t-${createHash('sha256').update(termKey(title)).digest('hex').slice(0, 16)}`;
}
