/**
 * Writes a data folder with many reports and an encyclopedia of real size, the same ones every time.
 *
 * Each report has the form of the served one, which stays in as it is; regions, years and counts are made up. A count is
 * multiplied by a whole number, so that every sum that a table declares holds in all of them.
 *
 * Not here: made-up entries (test/baike/generated-entries.ts).
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedEntries } from '../test/baike/generated-entries';

const SERVED = 'lianyungang-2024';
const YEARS = 20;
const NEWEST_YEAR = 2024;
const FIRST_CHARACTERS = [...'青白玄朱金银铜铁石玉'];
const SECOND_CHARACTERS = [...'岭溪浦泽渡'];

interface Form {
  id: string;
  title: string;
  region: { name: string; alsoSaid: string[] };
  year: number;
  comparedWith: number;
  parts: { tables: { rows: { cells: string[] }[] }[] }[];
}

/** A folder to load knowledge from; `reports` counts the served one. */
export function dataFolder({ reports, entries }: { reports: number; entries: number }): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  cpSync('data/lexicon', join(folder, 'lexicon'), { recursive: true });
  cpSync('data/baike', join(folder, 'baike'), { recursive: true });
  mkdirSync(join(folder, 'reports'));
  cpSync(`data/reports/${SERVED}.json`, join(folder, 'reports', `${SERVED}.json`));
  for (let number = 1; number < reports; number += 1) {
    const form = madeUp(number);
    writeFileSync(join(folder, 'reports', `${form.id}.json`), JSON.stringify(form));
  }
  if (entries > 0) writeFileSync(join(folder, 'baike', 'made-up.json'), JSON.stringify(generatedEntries(entries)));
  return folder;
}

function madeUp(number: number): Form {
  const form: Form = JSON.parse(readFileSync(`data/reports/${SERVED}.json`, 'utf8'));
  const region = Math.floor((number - 1) / YEARS);
  const name = `${FIRST_CHARACTERS[region % 10]}${SECOND_CHARACTERS[Math.floor(region / 10) % 5]}`;
  const year = NEWEST_YEAR - ((number - 1) % YEARS);
  return {
    ...form,
    // Behind the served report by name: of several of the newest year, the first one loaded is the newest.
    id: `made-up-${region}-${year}`,
    title: `${name} 12345 热线 ${year} 年度工作情况发布`,
    region: { name, alsoSaid: [`${name}市`] },
    year,
    comparedWith: year - 1,
    parts: form.parts.map((part) => ({
      ...part,
      tables: part.tables.map((table) => ({
        ...table,
        rows: table.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => times(cell, number + 1)) })),
      })),
    })),
  };
}

/** "30 (16.67%↓)" becomes "60 (16.67%↓)"; rates, decimals and words stay. */
function times(printed: string, factor: number): string {
  return printed.replace(/^\d+(?![\d.%])/, (count) => String(Number(count) * factor));
}
