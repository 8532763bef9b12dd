/** The running service, driven by Microsoft's own client. */
import { ConnectionStatus } from 'botframework-directlinejs';
import { expect } from 'chai';
import { MemoryConversationStore } from '../../src/channels/webchat/memory-store';
import { Tokens } from '../../src/channels/webchat/tokens';
import { TODAY, WORDING } from '../bot/fake-engine';
import {
  type ChatService,
  first,
  microsoftClient,
  request,
  SECRET,
  saying,
  startChatService,
  tokenFrom,
  until,
} from './chat-service';

const WAYS = {
  'by WebSocket': { webSocket: true },
  'by polling': { webSocket: false, pollingInterval: 200 },
};

describe('botframework-directlinejs', () => {
  let service: ChatService;
  const open: { end: () => void }[] = [];
  const client = (options: Record<string, unknown>, at = service) => {
    const made = microsoftClient(at, options);
    open.push(made);
    return made;
  };
  before(async () => {
    service = await startChatService();
  });
  afterEach(() => {
    for (const one of open.splice(0)) one.end();
  });
  after(() => service.stop());

  for (const [way, how] of Object.entries(WAYS)) {
    describe(way, () => {
      it('opens a conversation, is greeted once, asks and follows up', async () => {
        const { token } = await tokenFrom(service);
        const { say, texts, heard } = client({ token, ...how });
        await until(() => texts().length === 1, 'the greeting');
        const id = await say('甲');
        await say('乙');
        await until(() => texts().length === 3, 'two answers');
        expect(texts()).to.deep.equal([WORDING.welcome, `1. 甲 @${TODAY}`, `2. 乙 @${TODAY}`]);
        expect(heard[0]?.suggestedActions?.actions.map(({ value }) => value)).to.deep.equal(WORDING.suggestions);
        const echo = heard.find(({ text }) => text === '甲');
        expect(echo?.id).to.equal(id);
        expect(echo?.from.id).to.match(/^dl_/);
        expect(heard.find(({ text }) => text === texts()[1])?.replyToId).to.equal(id);
      });

      it('gives activities ids and times that only grow, and the bot a name', async () => {
        const { token } = await tokenFrom(service);
        const { say, texts, heard } = client({ token, ...how });
        for (const word of ['甲', '乙', '丙']) await say(word);
        await until(() => texts().length === 4, 'answers');
        const times = heard.map(({ timestamp }) => timestamp);
        expect([...times].sort()).to.deep.equal(times);
        expect(new Set(times).size).to.equal(times.length);
        expect(new Set(heard.map(({ id }) => id)).size).to.equal(heard.length);
        expect(heard.find(({ from }) => from.role === 'bot')?.from.name).to.equal('年报');
      });

      it('resumes with the watermark: what was missed, nothing twice, no second greeting', async () => {
        const { token, conversationId } = await tokenFrom(service);
        const before = client({ token, ...how });
        await before.say('甲');
        await until(() => before.texts().length === 2, 'the answer');
        const { watermark } = (await (
          await request(service, `/conversations/${conversationId}/activities`, { bearer: token })
        ).json()) as { watermark: string };
        before.end();
        await request(service, `/conversations/${conversationId}/activities`, { bearer: token, body: saying('乙') });
        const after = client({ token, conversationId, watermark, ...how });
        await until(() => after.texts().length === 1, 'what was missed');
        await after.say('丙');
        await until(() => after.texts().length === 2, 'the next answer');
        expect(after.texts()).to.deep.equal([`2. 乙 @${TODAY}`, `3. 丙 @${TODAY}`]);
      });

      it('uses a refreshed token for the same conversation and person', async () => {
        const old = await tokenFrom(service);
        const { say, texts, heard, client: dl } = client({ token: old.token, ...how });
        await say('甲');
        await until(() => texts().length === 2, 'the answer');
        const answer = await request(service, '/tokens/refresh', { bearer: old.token, method: 'POST' });
        const fresh = (await answer.json()) as { token: string; conversationId: string };
        expect(fresh.conversationId).to.equal(old.conversationId);
        dl.reconnect({ token: fresh.token, conversationId: fresh.conversationId });
        await say('乙');
        await until(() => texts().length === 3, 'the next answer');
        expect(new Set(heard.filter(({ from }) => from.role === 'user').map(({ from }) => from.id)).size).to.equal(1);
      });

      it('works for a server that holds the secret', async () => {
        const { say, texts } = client({ secret: SECRET, ...how });
        await until(() => texts().length === 1, 'the greeting');
        await say('甲');
        await until(() => texts().length === 2, 'the answer');
      });
    });
  }

  it('comes back by itself after a dropped socket, and hears what it missed', async () => {
    const { token, conversationId } = await tokenFrom(service);
    const { say, texts, sockets } = client({ token });
    await say('甲');
    await until(() => texts().length === 2, 'the answer');
    sockets[0]?.terminate();
    await request(service, `/conversations/${conversationId}/activities`, { bearer: token, body: saying('乙') });
    await until(() => texts().length === 3, 'what was missed', 9000);
    expect(sockets).to.have.length(2);
    expect(texts()).to.deep.equal([WORDING.welcome, `1. 甲 @${TODAY}`, `2. 乙 @${TODAY}`]);
  });

  it('goes on after the service was started anew, without a second greeting', async () => {
    const first = await startChatService();
    const { token } = await tokenFrom(first);
    const { say, texts, heard } = client({ token }, first);
    await say('甲');
    await until(() => texts().length === 2, 'the answer');
    await first.stop();
    const second = await startChatService({ port: first.port, store: new MemoryConversationStore() });
    await until(() => texts().length === 2, 'coming back');
    await say('乙');
    await until(() => texts().length === 3, 'the next answer', 9000);
    expect(texts()[2]).to.equal(`1. 乙 @${TODAY}`); // what was remembered went with the process
    expect(new Set(heard.map(({ id }) => id)).size).to.equal(heard.length);
    await second.stop();
  });

  it('is told that its token has expired, and only then', async () => {
    const { conversationId } = await tokenFrom(service);
    const dying = new Tokens(SECRET, () => Date.now() - 3598_000).chatToken(conversationId, 'dl_1');
    const options = { token: dying, conversationId, webSocket: false, pollingInterval: 200 };
    const { client: dl } = client(options);
    const states: ConnectionStatus[] = [];
    dl.connectionStatus$.subscribe((state) => states.push(state));
    await until(() => states.includes(ConnectionStatus.Online), 'being online');
    await until(() => states.includes(ConnectionStatus.ExpiredToken), 'the state of an expired token');
    expect(states).not.to.include(ConnectionStatus.FailedToConnect);
  });

  it('hears that a foreign token opens nothing', async () => {
    const forged = new Tokens('another secret').chatToken('c1', 'dl_1');
    const { client: dl } = client({ token: forged });
    const states: ConnectionStatus[] = [];
    dl.connectionStatus$.subscribe((state) => states.push(state));
    await until(() => states.includes(ConnectionStatus.FailedToConnect), 'the state of a failure');
    const failure = await first(dl.postActivity(saying('甲') as never)).catch((error) => error);
    expect(failure).to.be.an('error');
  });
});
