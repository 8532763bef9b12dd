/**
 * What a callback says, read from its XML: a text, a press on a menu or card, somebody coming in, something that holds no
 * text, or nothing for the bot. Checked where it enters; inside, the types are trusted.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Opened } from './callback-crypto';
import { readXml, textOf, type XmlNode } from './read-xml';

interface From {
  /** The corp, the person, the app: who it is from and to. */
  corpId: string;
  userId: string;
  agentId: string;
  /** A group chat with the AI bot; the app gets none. */
  groupId?: string;
  createdAt: Date;
  /** The same for all deliveries of one message, and for no other message. */
  key: string;
  /** MsgId; an event has none and gets a digest of its key, which names nobody in the log. */
  id: string;
}

export type IncomingMessage = From &
  (
    | { kind: 'text'; text: string }
    | { kind: 'press'; pressed: string; card?: { taskId: string; responseCode: string } }
    | { kind: 'enter' }
    | { kind: 'file'; type: string; mediaId?: string; url?: string; name?: string }
    | { kind: 'nothing'; type: string }
  );

const id = z.string().trim().min(1).max(128);
const Head = z.object({
  ToUserName: id,
  FromUserName: id,
  CreateTime: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
  MsgType: z.string().trim().min(1).max(64),
  // Letters in a place of digits would do no harm either: ids are compared and handed back, never computed with.
  MsgId: z.string().trim().max(128).default(''),
  AgentID: z.string().trim().max(32).default(''),
});

/** The parts of an event by which two of one person in the same second are told apart. */
const OF_AN_EVENT = ['Event', 'EventKey', 'ChangeType', 'TaskId', 'ResponseCode'] as const;
const FILES = new Set(['image', 'voice', 'video', 'file', 'location', 'link']);
const ENTERED = new Set(['enter_agent', 'subscribe']);
const PRESSED = new Set(['click', 'template_card_event', 'template_card_menu_event']);

/** Undefined: not a message of the platform's. */
export function readMessage(xml: XmlNode): IncomingMessage | undefined {
  const read = Head.safeParse(xml);
  if (!read.success) return undefined;
  const { ToUserName, FromUserName, CreateTime, MsgType, MsgId, AgentID } = read.data;
  // MsgId alone was seen to collide, and an event has none.
  const parts = [AgentID, MsgId, FromUserName, CreateTime, MsgType, ...OF_AN_EVENT.map((name) => textOf(xml, name))];
  const key = JSON.stringify(parts.map((part) => part ?? ''));
  const from = {
    corpId: ToUserName,
    userId: FromUserName,
    agentId: AgentID,
    createdAt: new Date(CreateTime * 1000),
    key,
    id: MsgId || `event-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`,
  };
  if (MsgType === 'text') return { ...from, kind: 'text', text: textOf(xml, 'Content') ?? '' };
  if (FILES.has(MsgType)) return { ...from, kind: 'file', type: MsgType, ...fileParts(xml) };
  if (MsgType === 'event') return { ...from, ...readEvent(xml) };
  return { ...from, kind: 'nothing', type: MsgType };
}

/** The app's messages are XML in XML. */
export const APP_WIRE = {
  encryptIn: (body: string): string | undefined => textOf(readXml(body) ?? {}, 'Encrypt'),
  read: ({ message, receiveId }: Opened): IncomingMessage | undefined => {
    const read = readMessage(readXml(message) ?? {});
    return read?.corpId === receiveId ? read : undefined;
  },
};

type Event = { kind: 'press'; pressed: string; card?: { taskId: string; responseCode: string } };

function readEvent(xml: XmlNode): Event | { kind: 'enter' } | { kind: 'nothing'; type: string } {
  const event = textOf(xml, 'Event') ?? '';
  const pressed = textOf(xml, 'EventKey') ?? '';
  if (ENTERED.has(event)) return { kind: 'enter' };
  if (!PRESSED.has(event) || pressed === '') return { kind: 'nothing', type: event };
  const responseCode = textOf(xml, 'ResponseCode') ?? '';
  if (event !== 'template_card_event' || responseCode === '') return { kind: 'press', pressed };
  return { kind: 'press', pressed, card: { taskId: textOf(xml, 'TaskId') ?? '', responseCode } };
}

function fileParts(xml: XmlNode): { mediaId?: string; url?: string; name?: string } {
  const [mediaId, url, name] = [
    textOf(xml, 'MediaId'),
    textOf(xml, 'PicUrl') ?? textOf(xml, 'Url'),
    textOf(xml, 'Title') ?? textOf(xml, 'Label'),
  ];
  return { ...(mediaId && { mediaId }), ...(url && { url }), ...(name && { name }) };
}
