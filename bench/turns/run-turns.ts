/** Only the turns and sockets of the benchmark: `npx tsx bench/turns/run-turns.ts [rounds] [ms of a round] [sockets]`. */
import { measureTurns } from './measure-turns';
import { printTurns } from './print-turns';

const [rounds = 5, ms = 4000, sockets = 2000] = process.argv.slice(2).map(Number);
measureTurns({ rounds, ms, sockets }).then(
  (measured) => {
    printTurns(measured);
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
