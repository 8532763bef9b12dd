import { expect } from 'chai';
import { WebSocket } from 'ws';
import { addressOf, TrustedProxies } from '../../src/server/limits/client-address';
import { Gate } from '../../src/server/limits/gate';
import { protect } from '../../src/server/limits/protect';
import { rateLimits } from '../../src/server/limits/rate-limits';
import { type ChatService, request, saying, startChatService, tokenFrom } from './chat-service';

function limited(perMinute: number, socketsPerClient = 0, messagesPerMinute = 100) {
  const trusted = new TrustedProxies([]);
  const limits = rateLimits(perMinute, undefined, messagesPerMinute);
  const protection = protect({
    gate: new Gate(),
    limits,
    addressOf: addressOf(trusted),
    trusted,
    connections: { inAll: 1000, ofOneClient: 0 },
    verifiesSenders: /^\/api\/messages/,
    isHttps: false,
    isClosing: () => false,
  });
  return { limits, socketsPerClient, protection, addressOf: addressOf(trusted) };
}

describe('the limits of web chat', () => {
  let service: ChatService;
  afterEach(() => service.stop());

  it('refuse tokens and requests beyond so many a minute with 429 and Retry-After, readable from allowed sites', async () => {
    const origin = 'https://www.example.gov.cn';
    service = await startChatService({ origins: [origin], limited: limited(3) });
    const asked = () => fetch(`${service.url}/webchat/token`, { method: 'POST', headers: { Origin: origin } });
    for (let i = 0; i < 3; i += 1) expect((await asked()).status).to.equal(200);
    const refused = await asked();
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    expect(refused.headers.get('access-control-allow-origin')).to.equal(origin);
    expect((await request(service, '/conversations', { method: 'POST', bearer: 'x' })).status).to.equal(429);
  });

  it('refuse messages of a conversation beyond so many a minute, and leave other conversations alone', async () => {
    service = await startChatService({ limited: limited(10_000, 0, 5) });
    const [first, second] = [await tokenFrom(service), await tokenFrom(service)];
    const say = async ({ conversationId, token }: typeof first) =>
      (await request(service, `/conversations/${conversationId}/activities`, { bearer: token, body: saying('甲') }))
        .status;
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push(await say(first));
    expect(statuses).to.deep.equal([200, 200, 200, 200, 200, 429]);
    expect(await say(second)).to.equal(200);
  });

  it('hold so many sockets of one address', async () => {
    service = await startChatService({ limited: limited(10_000, 3) });
    const statuses: number[] = [];
    const sockets: WebSocket[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { token } = await tokenFrom(service);
      const opened = await request(service, '/conversations', { method: 'POST', bearer: token });
      const { streamUrl } = (await opened.json()) as { streamUrl: string };
      const socket = new WebSocket(streamUrl.replace(/^wss?:\/\/[^/]+/, `ws://127.0.0.1:${service.port}`));
      sockets.push(socket);
      statuses.push(
        await new Promise<number>((resolve) => {
          socket.on('open', () => resolve(101));
          socket.on('unexpected-response', (_req, res) => resolve(res.statusCode ?? 0));
          socket.on('error', () => {}); // told by the response
        }),
      );
    }
    expect(statuses).to.deep.equal([101, 101, 101, 429, 429]);
    for (const socket of sockets) socket.terminate();
  });
});
