/**
 * People in the web chat: each has a conversation and a WebSocket, says something, and a turn is over when the answer has come
 * over the socket. The same clients can also only listen.
 */
import { Agent, request } from 'node:http';
import { WebSocket } from 'ws';

const agent = new Agent({ keepAlive: true });

export interface Person {
  say: (text: string) => Promise<void>;
  end: () => void;
}

export async function openChat(service: string): Promise<Person> {
  const token = (await post(`${service}/webchat/token`, undefined)) as { token: string; conversationId: string };
  const opened = (await post(`${service}/v3/directline/conversations`, {}, token.token)) as { streamUrl: string };
  const address = new URL(opened.streamUrl);
  address.host = new URL(service).host;
  const socket = new WebSocket(address, { perMessageDeflate: false });
  const waiting = new Map<string, () => void>();
  const early = new Set<string>();
  socket.on('message', (data) => {
    const text = String(data);
    if (text === '') return;
    const { activities } = JSON.parse(text) as { activities: { replyToId?: string; type: string }[] };
    for (const { replyToId, type } of activities) {
      if (type !== 'message' || replyToId === undefined) continue;
      const heard = waiting.get(replyToId);
      waiting.delete(replyToId);
      if (heard) heard();
      else early.add(replyToId);
    }
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const path = `${service}/v3/directline/conversations/${token.conversationId}/activities`;
  return {
    async say(text) {
      const { id } = (await post(path, { type: 'message', text, from: { id: 'me' } }, token.token)) as { id: string };
      if (early.delete(id)) return;
      await new Promise<void>((resolve) => waiting.set(id, resolve));
    },
    end: () => socket.terminate(),
  };
}

/** `people` at once, each saying the next thing when the last answer is there, until the time is up. Returns the turns. */
export async function askOverDirectLine(
  service: string,
  questions: readonly string[],
  { people, ms }: { people: number; ms: number },
): Promise<number> {
  const chats = await Promise.all(Array.from({ length: people }, () => openChat(service)));
  const end = performance.now() + ms;
  let turns = 0;
  await Promise.all(
    chats.map(async (chat, person) => {
      for (let i = person; performance.now() < end; i += 1) {
        await chat.say(questions[i % questions.length] ?? '');
        turns += 1;
      }
      chat.end();
    }),
  );
  return turns;
}

export function post(url: string, body: unknown, token?: string): Promise<unknown> {
  const json = body === undefined ? '' : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(json),
      ...(token && { Authorization: `Bearer ${token}` }),
    };
    const req = request(url, { method: 'POST', agent, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      res.on('end', () => {
        if ((res.statusCode ?? 500) < 300) resolve(text === '' ? {} : JSON.parse(text));
        else reject(new Error(`${url}: ${res.statusCode}`));
      });
    });
    req.on('error', reject);
    req.end(json);
  });
}
