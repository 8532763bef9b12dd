/**
 * `npm run baike:import -- FILE`: a sheet becomes a file of data/baike, or, with a fault in any row, nothing is written and
 * every fault is told. `--skip-bad` writes the sound rows and still tells the others.
 */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Problem, ProblemsFound, problemLine } from '../../problems';
import { readEntryFiles } from '../load-entries';
import { loadColumns } from './columns';
import { importEntries } from './import-entries';

export const USAGE = `用法：npm run --silent baike:import -- 文件.csv|.xlsx|.jsonl
  --columns 文件    列名对照，默认 data/baike/columns.yaml
  --sheet 名称      XLSX 里的哪张工作表，默认第一张
  --out 名称        写成 data/baike/名称.json，默认与原文件同名；已有的同名文件整个换成新的
  --skip-bad        有问题的行不导入，其余照常写入；不加时，有一处问题就什么都不写`;

export interface Output {
  print: (line: string) => void;
  /** Overwrites itself on a terminal. */
  progress: (line: string) => void;
}

/** The exit code: 0 all is written, 1 something was told and left out, 2 the command wasn't understood. */
export async function runImport(args: string[], folder: string, { print, progress }: Output): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    print(USAGE);
    return 0;
  }
  const asked = readArguments(args);
  if (typeof asked === 'string') {
    print(`${asked}\n\n${USAGE}`);
    return 2;
  }
  const { file, name, sheet, skipsBad } = asked;
  const target = join(folder, name);
  const problems: Problem[] = [];
  let columns: ReturnType<typeof loadColumns>;
  try {
    columns = loadColumns(asked.columns ?? join(folder, 'columns.yaml'));
  } catch (error) {
    if (!(error instanceof ProblemsFound)) throw error;
    return tell(error.problems, print);
  }
  const others = readEntryFiles(folder, problems, name);
  if (problems.length > 0) return tell(problems, print);

  const imported = await importEntries(file, {
    columns,
    others,
    sheet,
    onProgress: (done, all) => progress(`已核对 ${counted(done)}／${counted(all)} 行`),
  });
  const { entries, rows, emptyLines, unused } = imported;
  if (unused.length > 0) print(`没有用到的列：${unused.join('、')}`);
  if (emptyLines.length > 0) print(`空行 ${emptyLines.length} 行，没有内容可导入：第 ${emptyLines.join('、')} 行`);
  if (imported.problems.length > 0) tell(imported.problems, print);
  const left = rows - entries.length;
  if (imported.problems.length > 0 && (!skipsBad || entries.length === 0)) {
    const told = rows > 0 ? `共 ${counted(rows)} 行，${counted(left)} 行有问题，` : '';
    const advice = entries.length > 0 ? '改好再导入，或加 --skip-bad 先导入其余的。' : '改好再导入。';
    print(`${told}什么都没有写。${advice}`);
    return 1;
  }
  const isNew = !existsSync(target);
  writeWhole(target, `${JSON.stringify(entries, null, 2)}\n`);
  print(`共 ${counted(rows)} 行，导入 ${counted(entries.length)} 条，${counted(left)} 行没有导入。`);
  print(`${isNew ? '写成' : '换掉了原来的'} ${target}，重启服务后生效。`);
  return left > 0 ? 1 : 0;
}

interface Asked {
  file: string;
  columns: string | undefined;
  sheet: string | undefined;
  /** Of the file to write. */
  name: string;
  skipsBad: boolean;
}

function readArguments(args: string[]): Asked | string {
  const text = { type: 'string' } as const;
  const options = { columns: text, sheet: text, out: text, 'skip-bad': { type: 'boolean' } } as const;
  let read: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true; args: string[] }>>;
  try {
    read = parseArgs({ args, options, allowPositionals: true });
  } catch {
    return `看不懂参数“${args.find((arg) => arg.startsWith('-')) ?? ''}”`;
  }
  const { values, positionals } = read;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) return '请写上要导入的文件，一次一个';
  const name = `${(values.out ?? basename(file, extname(file))).replace(/\.json$/, '')}.json`;
  if (basename(name) !== name || name.startsWith('.')) return `--out 只写文件名，不带路径，实为“${values.out}”`;
  return { file, columns: values.columns, sheet: values.sheet, name, skipsBad: values['skip-bad'] ?? false };
}

function tell(problems: readonly Problem[], print: Output['print']): 1 {
  print(`有 ${counted(problems.length)} 处要改：`);
  for (const problem of problems) print(`  - ${problemLine(problem)}`);
  return 1;
}

/** A service that starts meanwhile reads the old file or the new one. */
function writeWhole(target: string, text: string): void {
  const half = `${target}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, target);
}

function counted(count: number): string {
  return count.toLocaleString('en');
}
