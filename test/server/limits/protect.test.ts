import { connect, type Socket } from 'node:net';
import { setTimeout as later } from 'node:timers/promises';
import { expect } from 'chai';
import type { Route } from '../../../src/server/create-server';
import { addressOf, TrustedProxies } from '../../../src/server/limits/client-address';
import { Gate } from '../../../src/server/limits/gate';
import { protect } from '../../../src/server/limits/protect';
import { rateLimits } from '../../../src/server/limits/rate-limits';
import { message, post, type Service, startService } from '../service';

const busy: Route = (server) => {
  server.get('/busy', async (_req, res) => {
    for (const end = performance.now() + 10; performance.now() < end; );
    res.send(200, { done: true });
  });
};

function protection({
  perMinute = 0,
  proxies = [] as string[],
  connections = 0,
  isHttps = false,
  isClosing = false,
} = {}) {
  const trusted = new TrustedProxies(proxies);
  return protect({
    gate: new Gate({ longestWaitMs: 100, aFew: 5, mostWaiting: 20, atOnce: 1 }),
    limits: rateLimits(perMinute),
    addressOf: addressOf(trusted),
    trusted,
    connections: { inAll: 1000, ofOneClient: connections },
    verifiesSenders: /^\/api\/messages/,
    isHttps,
    isClosing: () => isClosing,
  });
}

describe('a protected service', () => {
  let service: Service;
  afterEach(() => service.stop());
  const get = (path: string, headers: Record<string, string> = {}) => fetch(service.url + path, { headers });

  it('answers 429 with Retry-After to who asks too often, and goes on telling its health', async () => {
    service = await startService({ routes: [busy], protection: protection({ perMinute: 5 }) });
    const statuses = [];
    for (let i = 0; i < 8; i += 1) statuses.push((await get('/busy')).status);
    expect(statuses).to.deep.equal([200, 200, 200, 200, 200, 429, 429, 429]);
    const refused = await get('/busy');
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    expect(await refused.json()).to.have.nested.property('error.code', 'TooManyRequests');
    expect((await get('/healthz')).status).to.equal(200);
  });

  it('counts the people behind a proxy of ours apart, and forged headers of strangers as one', async () => {
    service = await startService({ routes: [busy], protection: protection({ perMinute: 2, proxies: ['127.0.0.1'] }) });
    const asked = async (from: string) => (await get('/busy', { 'X-Forwarded-For': from })).status;
    for (let n = 1; n <= 4; n += 1) expect(await asked(`192.0.2.${n}`)).to.equal(200);
    await service.stop();
    service = await startService({ routes: [busy], protection: protection({ perMinute: 2 }) });
    expect([await asked('192.0.2.1'), await asked('192.0.2.2'), await asked('192.0.2.3')]).to.deep.equal([
      200, 200, 429,
    ]);
  });

  it('lets a verified sender ask as often as it likes, and shuts out one that is refused again and again', async () => {
    service = await startService({ protection: protection({ perMinute: 2 }) });
    for (let i = 0; i < 20; i += 1) expect((await post(service.url, message('甲'))).status).to.equal(200);
    for (let i = 0; i < 61; i += 1) await post(service.url, '{}');
    expect((await post(service.url, message('甲'))).status).to.equal(429);
  });

  it('turns away what it has no room for with 503 and Retry-After, while health is told at once', async () => {
    service = await startService({ routes: [busy], protection: protection() });
    let answered = 0;
    const crowd = Array.from({ length: 200 }, async () => {
      const response = await get('/busy');
      await response.text();
      answered += 1;
      return response;
    });
    expect((await get('/healthz')).status).to.equal(200);
    expect(answered, 'health was told before the crowd was through').to.be.lessThan(200);
    const responses = await Promise.all(crowd);
    const shed = responses.filter(({ status }) => status === 503);
    expect(responses.filter(({ status }) => status === 200).length).to.be.greaterThan(10);
    expect(shed.length).to.be.greaterThan(10);
    expect(shed.length + responses.filter(({ status }) => status === 200).length).to.equal(200);
    for (const { headers } of shed) expect(headers.get('retry-after')).to.equal('2');
    expect((await get('/busy')).status, 'afterwards').to.equal(200);
  });

  it('holds so many connections of one address, idle or not', async () => {
    service = await startService({ protection: protection({ connections: 5 }) });
    const ended: Socket[] = [];
    const sockets = Array.from({ length: 8 }, () => {
      const socket = connect(service.port, '127.0.0.1');
      return socket.on('error', () => {}).on('close', () => ended.push(socket));
    });
    await later(300);
    expect(ended).to.have.length(3);
    sockets[0]?.destroy();
    await later(100);
    expect((await get('/healthz')).status).to.equal(200);
    for (const socket of sockets) socket.destroy();
  });

  it('tells browsers to come by https only where that is its address, and ends connections once it is closing', async () => {
    service = await startService({ protection: protection({ isHttps: true }) });
    const response = await get('/healthz');
    expect(response.headers.get('strict-transport-security')).to.match(/^max-age=\d+/);
    await service.stop();
    service = await startService({ protection: protection({ isClosing: true }) });
    const closing = await get('/healthz');
    expect(closing.headers.get('strict-transport-security')).to.equal(null);
    expect(closing.headers.get('connection')).to.equal('close');
  });
});
