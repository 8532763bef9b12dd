/**
 * The terminal as a channel: every form goes through the bot, as a message from Teams would. What is printed on standard
 * output is the answer and nothing else.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Logger } from 'pino';
import type { Ask } from '../../bot/ask';
import { BoundedStorage } from '../../bot/bounded-storage';
import { InProcessAdapter } from '../../bot/in-process-adapter';
import { answerOf } from '../../bot/reply-activity';
import { ReportBot } from '../../bot/report-bot';
import { turnFailed } from '../../bot/turn-failed';
import type { BotWording } from '../../bot/wording';
import type { Turn } from '../../engine/answer';
import type { Form } from './arguments';
import { answerLines } from './json-lines';
import { printReasons, printReplies } from './print-reply';

export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

export interface AskParts {
  ask: Ask;
  wording: BotWording;
  today: () => string;
  logger: Logger;
}

const LEAVING = new Set(['退出', '再见', 'exit', 'quit']);

/** The exit code: 1 if something could not be answered as asked. */
export async function runAsk(form: Form, { ask, wording, today, logger }: AskParts, { input, output }: Terminal) {
  let why: Turn['why'] | undefined;
  const remembering: Ask = (question, focus, day) => {
    const turn = ask(question, focus, day);
    why = turn.why;
    return turn;
  };
  const bot = new ReportBot({ ask: remembering, storage: new BoundedStorage(), wording, today });
  const adapter = new InProcessAdapter(bot, 'terminal');
  adapter.onTurnError = turnFailed(logger, wording.apology);
  const print = async (text: string) => {
    if (!output.write(`${text}\n`)) await once(output, 'drain');
  };

  switch (form.kind) {
    case 'jsonl': {
      const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
      return (await answerLines(lines, adapter, print)) ? 0 : 1;
    }
    case 'conversation':
      await converse(adapter, { input, output }, print);
      return 0;
    case 'text':
    case 'json':
    case 'explain': {
      const sent = await adapter.say(form.question, 'one question');
      const answer = sent.map(answerOf).find(Boolean);
      await print(form.kind === 'json' ? JSON.stringify(answer ?? null, null, 2) : printReplies(sent));
      if (form.kind === 'explain') await print(`\n${printReasons(why)}`);
      return answer ? 0 : 1; // Without an answer it was the apology.
    }
  }
}

async function converse(
  adapter: InProcessAdapter,
  { input, output }: Terminal,
  print: (text: string) => Promise<void>,
) {
  await print(printReplies(await adapter.join('conversation')));
  const lines = createInterface({ input, ...(input.isTTY && { output, prompt: '> ' }) });
  if (input.isTTY) lines.prompt();
  for await (const line of lines) {
    if (LEAVING.has(line.trim())) break;
    if (line.trim()) await print(`${printReplies(await adapter.say(line, 'conversation'))}\n`);
    if (input.isTTY) lines.prompt();
  }
  lines.close();
}
