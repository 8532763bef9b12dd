/**
 * Conversations as lines of JSON, one in, one out, in the same order:
 *
 *     {"id": "a", "say": ["企业诉求总量", "那群众呢"]}
 *     {"id": "a", "replies": [{"text": "…", "answer": {…}}, {"text": "…", "answer": {…}}]}
 *
 * A line that can't be read becomes {"id": <its id or line number>, "error": "…"}, and the rest goes on.
 */
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { InProcessAdapter } from '../../bot/in-process-adapter';
import { answerOf } from '../../bot/reply-activity';

const Id = z.union([z.string(), z.number()]);
const Conversation = z.object({ id: Id, say: z.array(z.string()) });
type Conversation = z.infer<typeof Conversation>;

/** True: every line could be read. */
export async function answerLines(
  lines: AsyncIterable<string>,
  adapter: InProcessAdapter,
  print: (line: string) => Promise<void>,
): Promise<boolean> {
  let number = 0;
  let isAllRead = true;
  for await (const line of lines) {
    number += 1;
    if (!line.trim()) continue;
    const read = readLine(line.replace(/^\uFEFF/, ''), number);
    if ('error' in read) isAllRead = false;
    // The line's number is the conversation, so that two lines with one id are still two.
    await print(JSON.stringify('error' in read ? read : await converse(read, `line ${number}`, adapter)));
  }
  return isAllRead;
}

async function converse({ id, say }: Conversation, conversation: string, adapter: InProcessAdapter) {
  const replies = [];
  for (const text of say) replies.push(replyOf(await adapter.say(text, conversation)));
  return { id, replies };
}

/** One reply for each thing said. The bot sends one activity a turn; should it be more, their texts belong together. */
function replyOf(sent: Partial<Activity>[]) {
  const answers = sent.map(answerOf).filter((answer) => answer !== undefined);
  return { text: sent.map(({ text }) => text ?? '').join('\n'), answer: answers.at(-1) ?? null };
}

function readLine(line: string, number: number): Conversation | { id: string | number; error: string } {
  const form = '{"id": "…", "say": ["…", "…"]}';
  let written: unknown;
  try {
    written = JSON.parse(line);
  } catch {
    return { id: number, error: `第 ${number} 行不是 JSON，应为 ${form}` };
  }
  const read = Conversation.safeParse(written);
  if (read.success) return read.data;
  const { data: id = number } = z
    .object({ id: Id })
    .transform((object) => object.id)
    .safeParse(written);
  const places = read.error.issues.map(({ path }) => path.join('.') || '整行').join('、');
  return { id, error: `第 ${number} 行的 ${places} 写得不对，应为 ${form}` };
}
