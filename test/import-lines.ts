/** The import lines of TypeScript sources, types too, and what can be read off them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A file under src (`bot/ask.ts`) and its text. */
export type Sources = Map<string, string>;

export function readSources(folder: string): Sources {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Every module a text names: `import … from`, `export … from`, bare `import`, `import()`, `require()`, `import('x').Type`. */
export function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const lines = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;
  return [...code.matchAll(lines)].map(([, , name = '']) => name);
}

/** Relative imports as files of `sources`; what leads nowhere is left to the compiler. */
export function filesImportedBy(file: string, sources: Sources): string[] {
  return importsOf(sources.get(file) ?? '')
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)))
    .flatMap((path) =>
      [path, `${path}.ts`, `${path}/index.ts`, path.replace(/\.js$/, '.ts')].filter((at) => sources.has(at)),
    );
}

/** Each circle once, as the files along it, the first one repeated at the end. */
export function circlesIn(sources: Sources): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, path: string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of filesImportedBy(file, sources)) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of sources.keys()) walk(file, []);
  return circles;
}
