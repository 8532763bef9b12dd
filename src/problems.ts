/**
 * Faults in settings, reports, entries, wording or scripts, gathered so that all are told at once:
 * file, place, what was expected, what was found.
 */
export interface Problem {
  file: string;
  /** Where in the file, in the reader's words: 「话务服务 / 平均等待时长」, 「第 12 行」. "" for the file as a whole. */
  place: string;
  expected: string;
  found: string;
}

export class ProblemsFound extends Error {
  readonly code = 'PROBLEMS_FOUND';
  constructor(readonly problems: Problem[]) {
    super(problems.map(problemLine).join('\n'));
  }
}

export function problemLine({ file, place, expected, found }: Problem): string {
  return `${file}${place ? `：${place}` : ''}：应为${expected}，实为${found}`;
}

/** Runs every loader and throws the problems of all of them as one: nobody should have to start thrice to learn of three. */
export function together<Loaded extends unknown[]>(
  ...loaders: { [Index in keyof Loaded]: () => Loaded[Index] }
): Loaded {
  const problems: Problem[] = [];
  const loaded = loaders.map((load) => {
    try {
      return load();
    } catch (error) {
      if (!(error instanceof ProblemsFound)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  });
  if (problems.length > 0) throw new ProblemsFound(problems);
  return loaded as Loaded;
}
