import { setTimeout as later } from 'node:timers/promises';
import { expect } from 'chai';
import { createServer } from '../../src/server/create-server';
import { healthRoutes } from '../../src/server/health';
import { close, listen } from '../../src/server/run-server';
import { SILENT } from '../bot/fake-engine';
import { startService } from './service';

const slow = (ms: number) => (server: Parameters<Parameters<typeof createServer>[0]['routes'][number]>[0]) => {
  server.get('/slow', async (_req, res) => {
    await later(ms);
    res.send(200, { done: true });
  });
};

describe('close', () => {
  it('finishes what is under way and takes nothing new', async () => {
    const { url, server } = await startService({ routes: [slow(300)] });
    const underWay = fetch(`${url}/slow`);
    await later(100);
    const closed = close(server, 5000);
    const late = await fetch(`${url}/healthz`).then(
      () => 'taken',
      () => 'refused',
    );
    expect(late).to.equal('refused');
    expect(await (await underWay).json()).to.deep.equal({ done: true });
    expect(await closed).to.equal(true);
  });

  it('does not wait for connections kept open by browsers', async () => {
    const { url, server } = await startService();
    await (await fetch(`${url}/healthz`)).text(); // fetch keeps its connection
    const began = performance.now();
    expect(await close(server, 5000)).to.equal(true);
    expect(performance.now() - began).to.be.lessThan(1000);
  });

  it('cuts what takes longer than the time set, and says so', async () => {
    const { url, server } = await startService({ routes: [slow(5000)] });
    const underWay = fetch(`${url}/slow`).catch(() => 'cut');
    await later(100);
    expect(await close(server, 200)).to.equal(false);
    expect(await underWay).to.equal('cut');
  });
});

describe('/readyz', () => {
  it('is red as soon as one check fails, throws or says no, while /healthz stays green', async () => {
    let check = (): boolean | Promise<boolean> => true;
    const server = createServer({ routes: [healthRoutes([() => true, () => check()])], logger: SILENT });
    const { port } = await listen(server, 0, '127.0.0.1');
    const status = async (path: string, method = 'GET') =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
    expect(await status('/readyz')).to.equal(200);
    check = () => false;
    expect(await status('/readyz')).to.equal(503);
    check = () => Promise.reject(new Error('away'));
    expect(await status('/readyz', 'HEAD')).to.equal(503);
    expect(await status('/healthz', 'HEAD')).to.equal(200);
    await close(server);
  });
});

describe('listen', () => {
  it('rejects with EADDRINUSE where another listens', async () => {
    const { port, stop } = await startService();
    const second = createServer({ routes: [], logger: SILENT });
    const error = await listen(second, port, '127.0.0.1').catch((caught) => caught);
    expect(error.code).to.equal('EADDRINUSE');
    await stop();
  });
});
