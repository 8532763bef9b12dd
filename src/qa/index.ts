/**
 * The comms team's command line: checks the scripts (`npm run qa`), drafts questions, tells what a new year changes, lists
 * what wasn't answered. The entry; each task is a file of tasks/.
 */
import { readConfig } from '../config';
import { faultForStarter } from '../fault';
import { ProblemsFound, problemLine } from '../problems';
import { type Asked, readArguments, USAGE, WrongArguments } from './arguments';
import { RoadBlocked } from './roads/road';
import { checkScripts } from './tasks/check-scripts';
import { draftScript } from './tasks/draft-script';
import { listMisses } from './tasks/list-misses';
import { listRollover } from './tasks/rollover';

async function main(args: string[]): Promise<boolean> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(USAGE);
    return true;
  }
  const asked = readArguments(args);
  const config = readConfig();
  return run(asked, config);
}

function run(asked: Asked, config: ReturnType<typeof readConfig>): Promise<boolean> {
  switch (asked.task) {
    case 'check':
      return checkScripts(asked.options, config);
    case 'draft':
      return draftScript(asked.options, config);
    case 'rollover':
      return listRollover(asked.options, config);
    case 'misses':
      return listMisses(asked.options, config);
  }
}

function told(error: unknown): string {
  if (error instanceof WrongArguments) return `${error.message}\n\n${USAGE}`;
  if (error instanceof RoadBlocked) return `没有检查：${error.message}。`;
  if (error instanceof ProblemsFound) {
    return [
      `没有运行，有 ${error.problems.length} 处要改：`,
      ...error.problems.map((one) => `  - ${problemLine(one)}`),
    ].join('\n');
  }
  return faultForStarter(error);
}

main(process.argv.slice(2)).then(
  (isGood) => {
    process.exitCode = isGood ? 0 : 1;
  },
  (error: unknown) => {
    console.error(told(error));
    process.exitCode = error instanceof WrongArguments ? 2 : 1;
  },
);
