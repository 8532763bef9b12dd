/**
 * What a callback of the AI bot (智能机器人) says, read from its JSON: a message like those of the app, or the platform asking
 * how far an answer has come.
 */
import { z } from 'zod';
import type { Opened } from './callback-crypto';
import type { IncomingMessage } from './incoming-message';

export type BotCallback = { kind: 'message'; message: IncomingMessage } | { kind: 'poll'; streamId: string };

const id = z.string().min(1).max(256);
const text = z.object({ content: z.string().max(20_480) });

const Callback = z.object({
  msgid: id.optional(),
  aibotid: id.catch('bot'),
  chattype: z.string().max(32).optional(),
  chatid: id.optional(),
  from: z.object({ userid: id }).optional(),
  msgtype: z.string().min(1).max(64),
  text: text.optional().catch(undefined),
  voice: text.optional().catch(undefined),
  mixed: z
    .object({ msg_item: z.array(z.object({ text: text.optional().catch(undefined) })).max(50) })
    .optional()
    .catch(undefined),
  stream: z.object({ id }).optional().catch(undefined),
  event: z
    .object({ eventtype: z.string().max(64) })
    .optional()
    .catch(undefined),
});

type Callback = z.infer<typeof Callback>;

/** The bot's messages are JSON in JSON; its receiveid is empty. */
export function botWire(now: () => number) {
  return {
    encryptIn: (body: string): string | undefined => Outer.safeParse(parsed(body)).data?.encrypt,
    read: ({ message }: Opened): BotCallback | undefined => {
      const read = Callback.safeParse(parsed(message));
      return read.success ? callbackOf(read.data, new Date(now())) : undefined;
    },
  };
}

const Outer = z.object({ encrypt: z.string() });

function callbackOf(callback: Callback, createdAt: Date): BotCallback | undefined {
  const { msgid, from, aibotid, chatid, chattype, stream, msgtype } = callback;
  if (msgtype === 'stream' && stream) return { kind: 'poll', streamId: stream.id };
  if (!msgid || !from) return undefined;
  const isGroup = chattype === 'group' && chatid !== undefined;
  const head = { corpId: '', userId: from.userid, agentId: aibotid, createdAt, key: msgid, id: msgid };
  return {
    kind: 'message',
    message: { ...head, ...(isGroup && { groupId: chatid }), ...contentOf(callback, isGroup) },
  };
}

type Content =
  | { kind: 'text'; text: string }
  | { kind: 'enter' }
  | { kind: 'file'; type: string }
  | { kind: 'nothing'; type: string };

function contentOf({ msgtype, event, ...parts }: Callback, isGroup: boolean): Content {
  if (msgtype === 'event') {
    return event?.eventtype === 'enter_chat' ? { kind: 'enter' } : { kind: 'nothing', type: event?.eventtype ?? '' };
  }
  // Voice comes as text already; of a message with pictures the words are read.
  const words = parts.text ??
    parts.voice ?? { content: (parts.mixed?.msg_item ?? []).map((item) => item.text?.content ?? '').join('\n') };
  // In a group the bot is addressed by 「@年报问答 」, which is no part of the question.
  const said = (isGroup ? words.content.replace(/^\s*@\S+\s*/, '') : words.content).trim();
  return said === '' && msgtype !== 'text' ? { kind: 'file', type: msgtype } : { kind: 'text', text: said };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // Refused by the caller; the parser's message quotes the text.
  }
}
