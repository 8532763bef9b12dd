import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { expect } from 'chai';
import { MAX_ACTIVITY_BYTES } from '../../src/channels/webchat';
import { Tokens } from '../../src/channels/webchat/tokens';
import { type ChatService, request, SECRET, saying, startChatService, type Token, tokenFrom } from './chat-service';

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Direct Line at the door', () => {
  let service: ChatService;
  let mine: Token;
  let theirs: Token;
  before(async () => {
    service = await startChatService({ origins: ['https://site.example'] });
    mine = await tokenFrom(service);
    theirs = await tokenFrom(service);
    for (const { token } of [mine, theirs]) {
      await request(service, '/conversations', { bearer: token, body: {} });
    }
  });
  after(() => service.stop());
  const at = (what: string) => `/conversations/${mine.conversationId}${what}`;

  it('gives tokens of one conversation and one person each, with no secret in them', () => {
    const claims = JSON.parse(Buffer.from(mine.token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).to.include({ conv: mine.conversationId });
    expect(claims.user).to.match(/^dl_[A-Za-z0-9_-]{22}$/);
    expect(claims.exp - claims.iat).to.equal(mine.expires_in);
    expect(mine.expires_in).to.be.greaterThan(900);
    expect(mine.conversationId).not.to.equal(theirs.conversationId);
    expect(JSON.stringify(mine)).not.to.include(SECRET);
  });

  it('takes a token for what it was signed for', async () => {
    expect((await request(service, at('/activities'), { bearer: mine.token })).status).to.equal(200);
  });

  const now = Math.floor(Date.now() / 1000);
  const forgeries: Record<string, () => string | undefined> = {
    nothing: () => undefined,
    'a wrong secret': () => 'another secret',
    'half a secret': () => SECRET.slice(0, -1),
    'the token of another conversation': () => theirs.token,
    'a token signed by somebody else': () => new Tokens('x').chatToken(mine.conversationId, 'dl_1'),
    'a token whose claims were changed': () => {
      const [head, , signature] = theirs.token.split('.');
      const claims = { use: 'chat', conv: mine.conversationId, user: 'dl_1', iat: now, exp: now + 999 };
      return `${head}.${base64url(claims)}.${signature}`;
    },
    'a token without a signature': () => {
      const claims = { use: 'chat', conv: mine.conversationId, user: 'dl_1', iat: now, exp: now + 999 };
      return `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(claims)}.`;
    },
    'a stream token': () =>
      new Tokens(SECRET).streamToken({ conversationId: mine.conversationId, userId: 'dl_1', expiresAt: now + 999 }),
    'a token of other claims, rightly signed': () => {
      const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ conv: mine.conversationId })}`;
      return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
    },
    'a bearer of control characters': () => 'a\tb',
  };
  for (const [name, forge] of Object.entries(forgeries)) {
    it(`refuses ${name} with 401, for reading, writing and coming back`, async () => {
      const bearer = forge();
      const with_ = bearer === undefined ? {} : { bearer };
      const statuses = await Promise.all([
        request(service, at('/activities'), with_),
        request(service, at(''), with_),
        request(service, at('/activities'), { ...with_, body: saying('甲') }),
      ]);
      expect(statuses.map(({ status }) => status)).to.deep.equal([401, 401, 401]);
      expect(await statuses[0]?.json()).to.have.nested.property('error.code', 'Unauthorized');
    });
  }

  it('refuses an expired token with 403, also for refreshing', async () => {
    const bearer = new Tokens(SECRET, () => Date.now() - 3601_000).chatToken(mine.conversationId, 'dl_1');
    expect((await request(service, at('/activities'), { bearer })).status).to.equal(403);
    expect((await request(service, '/tokens/refresh', { bearer, method: 'POST' })).status).to.equal(403);
  });

  it('gives tokens away only against the secret', async () => {
    expect((await request(service, '/tokens/generate', { body: {} })).status).to.equal(401);
    expect((await request(service, '/tokens/generate', { bearer: mine.token, body: {} })).status).to.equal(401);
    expect((await request(service, '/tokens/generate', { bearer: SECRET, method: 'POST' })).status).to.equal(200);
  });

  it('binds the person a server names, if the id is one of those that are not free to take', async () => {
    const named = await request(service, '/tokens/generate', { bearer: SECRET, body: { user: { id: 'dl_zhang' } } });
    const { token } = (await named.json()) as Token;
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).user).to.equal('dl_zhang');
    const other = await request(service, '/tokens/generate', { bearer: SECRET, body: { user: { id: 'zhang' } } });
    expect(other.status).to.equal(400);
  });

  it('refuses what is no JSON, no activity, too long, or of a type only channels send', async () => {
    const post = (body: unknown, headers = {}) =>
      request(service, at('/activities'), { bearer: mine.token, body, headers });
    expect((await post('{"type":')).status).to.equal(400);
    expect((await post('[]')).status).to.equal(400);
    expect((await post('null')).status).to.equal(400);
    expect((await post({ text: '甲' })).status).to.equal(400);
    expect((await post({ type: 'conversationUpdate', membersAdded: [{ id: 'x' }] })).status).to.equal(400);
    expect((await post(saying('甲', { text: { $ne: 1 } }))).status).to.equal(400);
    expect((await post(saying('长'.repeat(MAX_ACTIVITY_BYTES)))).status).to.equal(413);
    expect((await post('type=message', { 'Content-Type': 'text/plain' })).status).to.equal(415);
    const upload = await request(service, at('/upload'), { bearer: mine.token, method: 'POST' });
    expect(upload.status).to.equal(415);
  });

  it('writes over whom and where a client claims to be', async () => {
    const lie = saying('甲', {
      id: 'x',
      from: { id: 'boss', role: 'bot' },
      conversation: { id: theirs.conversationId },
    });
    const { id } = (await (
      await request(service, at('/activities'), { bearer: mine.token, body: { ...lie, timestamp: '1999-01-01' } })
    ).json()) as { id: string };
    const { activities } = (await (await request(service, at('/activities'), { bearer: mine.token })).json()) as {
      activities: { id: string; from: { id: string; role: string }; timestamp: string; conversation: { id: string } }[];
    };
    const kept = activities.find((activity) => activity.id === id);
    expect(kept?.from).to.deep.include({ role: 'user' });
    expect(kept?.from.id).to.match(/^dl_/);
    expect(kept?.conversation.id).to.equal(mine.conversationId);
    expect(kept?.timestamp).not.to.include('1999');
  });

  it('keeps a message that is sent twice once', async () => {
    const { token, conversationId } = await tokenFrom(service);
    const body = saying('甲', { channelData: { clientActivityID: 'once' } });
    const send = () => request(service, `/conversations/${conversationId}/activities`, { bearer: token, body });
    const ids = await Promise.all([send(), send(), send()].map(async (sent) => (await (await sent).json()) as object));
    expect(new Set(ids.map((id) => JSON.stringify(id))).size).to.equal(1);
  });

  it('reads any watermark, were it garbage', async () => {
    for (const watermark of ['', '-', 'abc', '-5', '99999999999999999999', '%00']) {
      const answer = await request(service, at(`/activities?watermark=${watermark}`), { bearer: mine.token });
      const { activities } = (await answer.json()) as { activities: unknown[] };
      expect(activities, watermark).not.to.have.length(0);
    }
  });

  it('lets the pages of named sites read, and those of no other', async () => {
    const asked = async (origin: string) => {
      const answer = await request(service, '/conversations', { method: 'OPTIONS', headers: { Origin: origin } });
      expect(answer.status).to.equal(204);
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await asked('https://site.example')).to.equal('https://site.example');
    expect(await asked('https://site.example.evil.example')).to.equal(null);
    expect(await asked('null')).to.equal(null);
  });

  it('answers no upgrade but that of a stream with its token', async () => {
    const upgrade = (path: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(service.port, '127.0.0.1', () => {
          const key = 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\nSec-WebSocket-Version: 13';
          socket.write(
            `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`,
          );
        });
        let answer = '';
        socket.on('data', (part) => {
          answer += part;
          if (answer.includes('101 ')) socket.destroy();
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
      });
    const stream = `/v3/directline/conversations/${mine.conversationId}/stream`;
    const pass = { conversationId: mine.conversationId, userId: 'dl_1', expiresAt: now + 999 };
    const right = new Tokens(SECRET).streamToken(pass);
    expect(await upgrade('/elsewhere')).to.equal('');
    expect(await upgrade('//')).to.equal('');
    expect(await upgrade(stream)).to.include('401');
    expect(await upgrade(`${stream}?t=${mine.token}`)).to.include('401');
    const old = new Tokens(SECRET, () => Date.now() - 301_000).streamToken(pass);
    expect(await upgrade(`${stream}?t=${old}`)).to.include('403');
    const other = new Tokens(SECRET).streamToken({ ...pass, conversationId: theirs.conversationId });
    expect(await upgrade(`${stream}?t=${other}`)).to.include('401');
    expect(await upgrade(`${stream}?t=${right}`)).to.include('101');
  });
});
