/**
 * `npm run ask`: asks the report from the command line. The entry; what it does with a question is in run-ask.ts.
 */
import pino from 'pino';
import { type Ask, dayInChina } from '../../bot/ask';
import { withDataSource } from '../../bot/data-source';
import { loadBotWording } from '../../bot/wording';
import { readConfig } from '../../config';
import { answer } from '../../engine/answer';
import { loadKnowledge } from '../../engine/knowledge';
import { faultForStarter } from '../../fault';
import { together } from '../../problems';
import { readArguments, USAGE, WrongArguments } from './arguments';
import { runAsk } from './run-ask';

async function main(args: string[]): Promise<number> {
  const { form, today } = readArguments(args);
  const { folders, publicUrl, entryUrlTemplate: template } = readConfig();
  const [wording, knowledge] = together(
    () => loadBotWording(folders.dialogs),
    () => loadKnowledge(folders, { publicUrl, template }),
  );
  const engine: Ask = (question, focus, day) => answer(question, focus, knowledge, day);
  const parts = {
    ask: withDataSource(engine, wording, knowledge.library, publicUrl),
    wording,
    today: () => today ?? dayInChina(),
    logger: pino({ level: 'error' }, pino.destination({ fd: 2, sync: true })), // standard output is for answers
  };
  return runAsk(form, parts, { input: process.stdin, output: process.stdout });
}

/** `ask … | head -1` closes the pipe while we write: that is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof WrongArguments ? `${error.message}\n\n${USAGE}` : faultForStarter(error));
    process.exitCode = error instanceof WrongArguments ? 2 : 1;
  },
);
