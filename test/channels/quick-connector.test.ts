import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { message, post, type Service, startService } from '../server/service';

interface Received {
  path: string;
  activity: { text: string; replyToId?: string; conversation: { id: string }; id?: string };
}

async function standInConnector(answer: (res: ServerResponse, nth: number) => void) {
  const received: Received[] = [];
  const server = createServer((req: IncomingMessage, res) => {
    let text = '';
    req.on('data', (part) => {
      text += part;
    });
    req.on('end', () => {
      received.push({ path: req.url ?? '', activity: JSON.parse(text) });
      answer(res, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { received, url: `http://127.0.0.1:${port}`, stop };
}

const answering =
  (status: number, body = '') =>
  (res: ServerResponse) => {
    res.statusCode = status; // restify's writeHead returns nothing
    res.setHeader('Content-Type', 'application/json');
    res.end(body);
  };
const ok = answering(200, '{"id":"r1"}');
const asking = (serviceUrl: string) =>
  message('甲', { id: 'a/1', deliveryMode: 'normal', serviceUrl, conversation: { id: 'c;1' } });

describe('a reply to the connector', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('goes where the activity came from, as an answer to it, once', async () => {
    const connector = await standInConnector(ok);
    expect((await post(service.url, asking(`${connector.url}/`))).status).to.equal(200);
    expect(connector.received).to.have.length(1);
    const [{ path, activity }] = connector.received as [Received];
    expect(path).to.equal('/v3/conversations/c%3B1/activities/a%2F1');
    expect(activity).to.deep.include({ text: '1. 甲 @2026-11-23', replyToId: 'a/1' });
    expect(activity).not.to.have.property('id');
    connector.stop();
  });

  it('is taken by a connector that says nothing back', async () => {
    const connector = await standInConnector(answering(202));
    expect((await post(service.url, asking(connector.url))).status).to.equal(200);
    expect(connector.received).to.have.length(1);
    connector.stop();
  });

  it('is sent again when the connector has no time just now', async () => {
    const connector = await standInConnector((res, nth) => (nth < 3 ? answering(503)(res) : ok(res)));
    expect((await post(service.url, asking(connector.url))).status).to.equal(200);
    expect(connector.received).to.have.length(3);
    expect(service.log).to.deep.equal([]);
    connector.stop();
  }).timeout(15_000);

  it('that is refused for good is told in the log, and nothing is remembered of it', async () => {
    const connector = await standInConnector(answering(403));
    await post(service.url, asking(connector.url));
    expect(service.log[0]).to.include({ msg: 'turn failed' });
    connector.stop();
    const again = await standInConnector(ok);
    await post(service.url, asking(again.url));
    expect(again.received[0]?.activity.text).to.match(/^1\./);
    again.stop();
  });

  it('comes in order, of many turns each to its own', async () => {
    const connector = await standInConnector(ok);
    const turns = Array.from({ length: 100 }, (_, n) =>
      post(
        service.url,
        message(`问${n}`, {
          id: `${n}`,
          deliveryMode: 'normal',
          serviceUrl: connector.url,
          conversation: { id: `c${n}` },
        }),
      ),
    );
    await Promise.all(turns);
    expect(connector.received).to.have.length(100);
    for (const { activity } of connector.received) {
      expect(activity.text).to.include(`问${activity.replyToId} `);
      expect(activity.conversation.id).to.equal(`c${activity.replyToId}`);
    }
    connector.stop();
  });
});
