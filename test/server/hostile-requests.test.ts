import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { postOf, rawRequest } from './raw-request';
import { message, post, type Service, startService } from './service';

const get = (target: string, host = 'localhost') => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
const body = JSON.stringify(message('甲'));

/** What is sent, and the status it is refused with. */
const HOSTILE: Record<string, [bytes: string | Buffer, status: number]> = {
  'a Host that is no host': [get('/healthz', 'a b:c:d'), 400],
  'a Host with brackets': [get('/healthz', '[::'), 400],
  'a Host with a wrong port': [get('/healthz', 'localhost:99999'), 400],
  'an absolute target that is none': [get('http://['), 400],
  'a target with a broken %-sign': [get('/%zz'), 400],
  'a target with half a character': [get('/%E4%B8'), 400],
  'a target that climbs up': [get('/../../etc/passwd'), 404],
  'a target that climbs up, encoded': [get('/..%2f..%2fetc%2fpasswd'), 404],
  'a target of two slashes': [get('//evil.example/x'), 404],
  'a target that is no path': [get('*'), 404],
  'a target with a null byte': [get('/healthz%00'), 404],
  'something that is not HTTP': ['\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
  'a head that is too long': [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
  'a hundred and fifty headers': [`GET /healthz HTTP/1.1\r\nHost: localhost\r\n${'X: y\r\n'.repeat(150)}\r\n`, 431],
  'two lengths': [postOf('/api/messages', body, { 'Content-Length': `1\r\nContent-Length: 2` }), 400],
  'a length and chunks': [postOf('/api/messages', body, { 'Transfer-Encoding': 'chunked' }), 400],
  'an unknown route': [get('/nothing/here'), 404],
  'a wrong method': [get('/api/messages'), 405],
  'an unknown route posted to': [postOf('/nothing', body), 404],
  'a compressed body': [
    postOf('/api/messages', gzipSync(Buffer.alloc(30_000_000)), { 'Content-Encoding': 'gzip' }),
    415,
  ],
  'a body said to be compressed': [postOf('/api/messages', body, { 'Content-Encoding': 'br' }), 415],
  'a multipart upload': [
    postOf(
      '/api/messages',
      `--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n${'x'.repeat(5000)}\r\n--b--`,
      {
        'Content-Type': 'multipart/form-data; boundary=b',
      },
    ),
    415,
  ],
  'a form': [postOf('/api/messages', 'type=message', { 'Content-Type': 'application/x-www-form-urlencoded' }), 415],
  XML: [postOf('/api/messages', '<xml/>', { 'Content-Type': 'application/xml' }), 415],
  'plain text': [postOf('/api/messages', body, { 'Content-Type': 'text/plain' }), 415],
  'no content type': [postOf('/api/messages', body, { 'Content-Type': '' }), 415],
  '5 MB': [postOf('/api/messages', JSON.stringify(message('x'.repeat(5_000_000)))), 413],
  'broken JSON': [postOf('/api/messages', '{"type": "message", geheim'), 400],
  'no body': [postOf('/api/messages', ''), 400],
  'JSON that is no object': [postOf('/api/messages', '[1]'), 400],
  null: [postOf('/api/messages', 'null'), 400],
  'JSON nested 100 000 deep': [postOf('/api/messages', '['.repeat(100_000) + ']'.repeat(100_000)), 400],
  'an activity without a type': [postOf('/api/messages', JSON.stringify(message('甲', { type: undefined }))), 400],
  'an activity whose type is a number': [postOf('/api/messages', JSON.stringify(message('甲', { type: 7 }))), 400],
  'an activity without a conversation': [
    postOf('/api/messages', JSON.stringify(message('甲', { conversation: null }))),
    400,
  ],
  'a text that is an object': [postOf('/api/messages', JSON.stringify(message('甲', { text: { a: 1 } }))), 400],
  'entities that are a word': [postOf('/api/messages', JSON.stringify(message('甲', { entities: 'x' }))), 400],
  'an unknown invoke': [
    postOf(
      '/api/messages',
      JSON.stringify(
        message('', { type: 'invoke', name: 'x', deliveryMode: 'normal', serviceUrl: 'http://localhost:1' }),
      ),
    ),
    501,
  ],
};

describe('a hostile request', () => {
  let service: Service;
  let folder: string;
  const usual = process.env['TMPDIR'];

  before(async () => {
    service = await startService();
    folder = mkdtempSync(join(tmpdir(), 'uploads-'));
    process.env['TMPDIR'] = folder; // where a careless body parser would write
  });
  after(async () => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    rmSync(folder, { recursive: true });
    expect(await service.stop(), 'closed in time').to.equal(true);
  });

  afterEach('the service lives, and nothing was written', async () => {
    expect((await fetch(`${service.url}/healthz`)).status).to.equal(200);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  for (const [name, [bytes, status]] of Object.entries(HOSTILE)) {
    it(`with ${name} is refused with ${status} in fixed words`, async () => {
      const response = await rawRequest(service.port, bytes);
      expect(response.status).to.equal(status);
      expect(response.head).not.to.match(/^(server|x-powered-by):/im);
      expect(JSON.parse(response.body))
        .to.have.nested.property('error.message')
        .that.matches(/^[^a-z]*(application\/json。)?$/);
      expect(response.body).not.to.match(/geheim|stack|\.js|node_modules|restify|passwd|evil/i);
    });
  }

  it('without a Host is refused by node itself, with nothing but the status', async () => {
    const response = await rawRequest(service.port, 'GET /healthz HTTP/1.1\r\n\r\n');
    expect(response.status).to.equal(400);
    expect(response.body).to.match(/^(0\s*)?$/);
  });

  it('to upgrade the connection is closed', async () => {
    const upgrade =
      'GET /api/messages HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect((await rawRequest(service.port, upgrade)).status).to.be.NaN;
  });

  it('that breaks off in the middle does no harm', async () => {
    for (const part of ['POST /api/mess', postOf('/api/messages', body, { 'Content-Length': '5000' })]) {
      await new Promise<void>((resolve) => {
        const socket = connect(service.port, '127.0.0.1', () => socket.write(part, () => socket.destroy()));
        socket.on('close', () => resolve());
      });
    }
  });

  it('with keys of every object’s own changes nothing for the next', async () => {
    const polluting = `${JSON.stringify(message('甲')).slice(0, -1)},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`;
    expect((await post(service.url, polluting)).status).to.equal(200);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});

describe('a slow client', () => {
  const timeouts = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };
  const slow: Record<string, [begin: string, then: string]> = {
    'a head letter by letter': ['GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ', 'x'],
    'a body letter by letter': [
      'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{',
      ' ',
    ],
  };
  for (const [name, [begin, then]] of Object.entries(slow)) {
    it(`that sends ${name} is ended, while others are served`, async () => {
      const service = await startService({ timeouts });
      const slowly = Array.from({ length: 50 }, () => drip(service.port, begin, then));
      expect((await post(service.url, message('甲'))).status).to.equal(200);
      for (const { text } of await Promise.all(slowly)) expect(text).to.match(/^HTTP\/1.1 4\d\d |^$/);
      expect((await Promise.all(slowly)).filter(({ text }) => text.startsWith('HTTP')).length).to.be.greaterThan(40);
      expect((await fetch(`${service.url}/healthz`)).status).to.equal(200);
      await service.stop();
    });
  }
});

/** Sends a beginning, then a letter every few milliseconds, until the server has had enough. */
function drip(port: number, begin: string, letter: string): Promise<{ text: string }> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(begin));
    const more = setInterval(() => socket.write(letter), 20);
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('error', () => {}); // the server's good right
    socket.on('close', () => {
      clearInterval(more);
      resolve({ text });
    });
  });
}

describe('every response', () => {
  it('bears the security headers and names no software', async () => {
    const service = await startService();
    for (const path of ['/healthz', '/nothing', '/%zz']) {
      const { headers } = await fetch(service.url + path);
      expect(headers.get('x-content-type-options'), path).to.equal('nosniff');
      expect(headers.get('content-security-policy'), path).to.include("default-src 'none'");
      expect(headers.get('server'), path).to.equal(null);
    }
    await service.stop();
  });
});

describe('a handler', () => {
  it('that fails is answered in fixed words and logged without the message', async () => {
    const service = await startService({
      routes: [
        (server) =>
          server.get('/fails', async () => {
            throw new Error('Geheimnis');
          }),
      ],
    });
    const response = await fetch(`${service.url}/fails`);
    expect(response.status).to.equal(500);
    expect(await response.text())
      .to.include('InternalError')
      .and.not.include('Geheimnis');
    expect(service.log).to.have.length(1);
    expect(JSON.stringify(service.log)).not.to.include('Geheimnis');
    await service.stop();
  });
});
