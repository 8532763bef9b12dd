/** The entry of `npm run baike:import`; what it does is in run-import.ts. */
import { join, relative } from 'node:path';
import { runImport } from './run-import';

const folder = relative(process.cwd(), join(__dirname, '../../../data/baike')) || '.';
let hasProgress = false;

runImport(process.argv.slice(2), folder, {
  print: (line) => {
    if (hasProgress) process.stdout.write('\n');
    hasProgress = false;
    console.log(line);
  },
  progress: (line) => {
    if (!process.stdout.isTTY) return console.log(line);
    process.stdout.write(`\r${line}`);
    hasProgress = true;
  },
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`没有导入：程序出错（${error instanceof Error ? error.name : typeof error}）。`);
    process.exitCode = 1;
  },
);
