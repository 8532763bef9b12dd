/**
 * People who write to a bot over /api/messages: a turn is over when the reply has arrived at the connector and the request
 * is answered.
 */
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** `people` at once, each asking when the last answer is there, until the time is up. Returns the turns. */
export async function askOverMessages(
  service: string,
  connectorUrl: string,
  questions: readonly string[],
  { people, ms, channelId = 'test' }: { people: number; ms: number; channelId?: string },
): Promise<number> {
  const end = performance.now() + ms;
  const before = await arrivedAt(connectorUrl);
  let turns = 0;
  const one = async (person: number) => {
    const conversation = `${person}-${Math.random()}`;
    for (let i = person; performance.now() < end; i += 1) {
      await post(`${service}/api/messages`, {
        type: 'message',
        id: `${conversation}-${i}`,
        timestamp: new Date().toISOString(),
        channelId,
        serviceUrl: connectorUrl,
        from: { id: `person-${person}`, name: 'person' },
        recipient: { id: 'bot', name: 'bot' },
        conversation: { id: conversation, conversationType: 'personal' },
        text: questions[i % questions.length],
        textFormat: 'plain',
        locale: 'zh-CN',
      });
      turns += 1;
    }
  };
  await Promise.all(Array.from({ length: people }, (_, person) => one(person)));
  const replies = (await arrivedAt(connectorUrl)) - before;
  if (replies !== turns) throw new Error(`${turns} turns, but ${replies} replies`);
  return turns;
}

async function arrivedAt(connectorUrl: string): Promise<number> {
  return Number(await (await fetch(connectorUrl)).text());
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
