/** All that the engine knows, read once from data/ and dialogs/ and checked: every fault at once. */
import { join } from 'node:path';
import type { EntryLibrary } from '../baike/entry-library';
import type { EntryLinks } from '../baike/entry-url';
import { loadEntries } from '../baike/load-entries';
import { together } from '../problems';
import { type Library, libraryOf } from '../report/library';
import { loadReports } from '../report/load-reports';
import { loadWording, type Wording } from './compose/wording';
import { loadLexicon } from './lexicon/lexicon';
import { buildDictionary, type Dictionary } from './link/dictionary';
import { buildRepairs, type Repairs } from './link/repair';
import { normalizeLabel } from './normalize/normalize';
import { loadDictionary, teachWords } from './segment';
import { anyOf } from './verify';
import { buildVocabulary } from './vocabulary/vocabulary';

export interface Folders {
  data: string;
  dialogs: string;
}

export interface Knowledge {
  library: Library;
  entries: EntryLibrary;
  dictionary: Dictionary;
  repairs: Repairs;
  wording: Wording;
  links: EntryLinks;
  /** Finds labels and titles with digits in them: 12345转110诉求量. */
  labels: RegExp;
  /** Years of the reports, and the numbers that the wording itself holds. */
  knownNumbers: ReadonlySet<string>;
}

/** Throws ProblemsFound with every fault of every file. */
export function loadKnowledge(folders: Folders, links: EntryLinks): Knowledge {
  const [reports, entries, lexicon, wording] = together(
    () => loadReports(join(folders.data, 'reports')),
    () => loadEntries(join(folders.data, 'baike')),
    () => loadLexicon(join(folders.data, 'lexicon')),
    () => loadWording(join(folders.dialogs, 'replies.yaml')),
  );

  loadDictionary();
  const library = libraryOf(reports);
  const vocabulary = buildVocabulary(library, lexicon);
  teachWords(vocabulary.names.keys());
  const regions = new Map<string, string>();
  for (const { region } of library.reports) {
    for (const name of [region.name, ...region.alsoSaid]) regions.set(normalizeLabel(name), region.name);
  }
  const dictionary = buildDictionary(vocabulary, lexicon, regions);
  const names = library.reports.flatMap((r) => [
    r.title,
    ...r.tables.flatMap((t) => [
      `${t.number}.${t.title}`,
      `${t.part.number}、${t.part.title}`,
      t.title,
      t.part.title,
      ...t.rows.map((row) => row.label),
      ...t.columns.flatMap((c) => c.path.map((h) => h.label)),
    ]),
  ]);
  // Replies leave out the spaces that a label is printed with.
  const labels = new Set(names.flatMap((name) => [name, name.replace(/ /gu, '')]));
  const years = [...new Set(library.reports.flatMap((r) => [String(r.year), String(r.comparedWith)]))];
  return {
    library,
    entries,
    dictionary,
    repairs: buildRepairs(dictionary),
    wording,
    links,
    labels: anyOf([...labels].filter((name) => /\d/u.test(name))),
    knownNumbers: new Set([...years, ...wording.numbers]),
  };
}
