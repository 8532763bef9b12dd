/**
 * People who write to a bot over /api/messages, and the connector it answers to, in one process: a turn is over when the
 * reply has arrived at the connector and the request is answered.
 */
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Connector {
  url: string;
  /** Replies that have arrived so far. */
  count: () => number;
  end: () => void;
}

export async function standInConnector(): Promise<Connector> {
  let replies = 0;
  const server: Server = createServer((req, res) => {
    req.resume();
    req.on('end', () => {
      replies += 1;
      res.writeHead(200, { 'Content-Type': 'application/json' });
      res.end(`{"id":"${replies}"}`);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, count: () => replies, end: () => void server.close() };
}

const agent = new Agent({ keepAlive: true });

/** `people` at once, each asking when the last answer is there, until the time is up. Returns the turns. */
export async function askOverMessages(
  service: string,
  connector: Connector,
  questions: readonly string[],
  { people, ms }: { people: number; ms: number },
): Promise<number> {
  const end = performance.now() + ms;
  const before = connector.count();
  let turns = 0;
  const one = async (person: number) => {
    const conversation = `${person}-${Math.random()}`;
    for (let i = person; performance.now() < end; i += 1) {
      await post(`${service}/api/messages`, {
        type: 'message',
        id: `${conversation}-${i}`,
        timestamp: new Date().toISOString(),
        channelId: 'test',
        serviceUrl: connector.url,
        from: { id: `person-${person}`, name: 'person' },
        recipient: { id: 'bot', name: 'bot' },
        conversation: { id: conversation },
        text: questions[i % questions.length],
        textFormat: 'plain',
        locale: 'zh-CN',
      });
      turns += 1;
    }
  };
  await Promise.all(Array.from({ length: people }, (_, person) => one(person)));
  const replies = connector.count() - before;
  if (replies !== turns) throw new Error(`${turns} turns, but ${replies} replies`);
  return turns;
}

function post(url: string, body: unknown): Promise<void> {
  const json = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) };
    const req = request(url, { method: 'POST', agent, headers }, (res) => {
      res.resume();
      res.on('end', () => (res.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${res.statusCode}`))));
    });
    req.on('error', reject);
    req.end(json);
  });
}
