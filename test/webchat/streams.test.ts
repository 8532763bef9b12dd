import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import type { ConversationStore } from '../../src/channels/webchat/conversation-store';
import { MemoryConversationStore } from '../../src/channels/webchat/memory-store';
import { streamAddress } from '../../src/channels/webchat/stream-address';
import { STREAM_LIMITS, Streams } from '../../src/channels/webchat/streams';
import { Tokens } from '../../src/channels/webchat/tokens';
import { SILENT } from '../bot/fake-engine';
import { until } from './chat-service';

const saying = (text: string) => ({ type: 'message', text });
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

describe('Streams', () => {
  const tokens = new Tokens('secret');
  let server: Server;
  let streams: Streams;

  async function serving(store: ConversationStore, limits = {}): Promise<void> {
    streams = new Streams({ store, tokens, logger: SILENT }, { ...STREAM_LIMITS, ...limits });
    server = createServer().on('upgrade', (req, socket, head) => streams.upgrade(req, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  afterEach(() => {
    streams.end();
    server.close();
    server.closeAllConnections();
  });

  function listening(watermark = '', expiresAt = inAnHour(), options = {}) {
    const t = tokens.streamToken({ conversationId: 'c', userId: 'dl_1', expiresAt });
    const { port } = server.address() as AddressInfo;
    const path = `v3/directline/conversations/c/stream?watermark=${watermark}&t=${t}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${path}`, options);
    const heard: { activities: { text: string; type: string }[]; watermark?: string }[] = [];
    const state = { code: 0, refused: false };
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    socket.on('close', (code) => {
      state.code = code;
    });
    socket.on('error', () => {
      state.refused = true;
    });
    const texts = () => heard.flatMap(({ activities }) => activities.map(({ text }) => text));
    return { socket, heard, texts, state };
  }

  it('sends what came before, then what comes, each once and in a frame of its own with its watermark', async () => {
    const store = new MemoryConversationStore();
    await serving(store);
    const all = Array.from({ length: 150 }, (_, place) => `m${place}`);
    for (const text of all) await store.append('c', saying(text));
    const { texts, heard } = listening();
    await until(() => texts().length === 150, 'the old ones');
    await store.append('c', saying('new'));
    await store.pass('c', { type: 'typing' });
    await until(() => heard.length === 152, 'the new ones');
    expect(texts()).to.deep.equal([...all, 'new', undefined]);
    const watermarks = heard.slice(0, -1).map(({ watermark }) => Number(watermark));
    expect([...watermarks].sort((a, b) => a - b)).to.deep.equal(watermarks);
    expect(new Set(watermarks).size).to.equal(151);
    expect(heard.at(-1)?.watermark).to.equal(undefined);
  });

  it('loses and doubles nothing that comes while the old ones are being read', async () => {
    const store = new MemoryConversationStore();
    const slow: ConversationStore = Object.create(store);
    slow.after = async (id, watermark) => {
      const set = await store.after(id, watermark);
      if (watermark === 0) await store.append('c', saying('meanwhile'));
      return set;
    };
    await serving(slow);
    await store.append('c', saying('before'));
    const { texts } = listening();
    await until(() => texts().length === 2, 'both');
    await store.append('c', saying('after'));
    await until(() => texts().length === 3, 'the last');
    expect(texts()).to.deep.equal(['before', 'meanwhile', 'after']);
  });

  it('ends with the token behind it, and when the service does', async () => {
    await serving(new MemoryConversationStore());
    const [short, long] = [listening('', Math.floor(Date.now() / 1000) + 1), listening()];
    await until(() => short.state.code === 4001, 'the end of the token');
    expect(long.state.code).to.equal(0);
    streams.end();
    await until(() => long.state.code === 1001, 'the end of the service');
  });

  it('ends a client that answers no ping, and keeps one that does', async () => {
    await serving(new MemoryConversationStore(), { pingMs: 50 });
    const [silent, lively] = [listening('', inAnHour(), { autoPong: false }), listening()];
    await until(() => silent.state.code !== 0, 'the end of the silent one');
    expect(lively.state.code).to.equal(0);
  });

  it('takes no more sockets than it may, of one conversation and in all', async () => {
    await serving(new MemoryConversationStore(), { ofOneConversation: 2 });
    const three = [listening(), listening(), listening()];
    await until(() => three.filter(({ state }) => state.refused).length === 1, 'one refusal');
    await until(() => streams.size === 2, 'two sockets');
  });
});

describe('streamAddress', () => {
  const parts = { publicUrl: 'https://bot.example.gov.cn/12345', conversationId: 'c', token: 't', watermark: '' };
  const addressFor = (headers: Record<string, string>) => streamAddress({ headers }, parts).split('/v3')[0];

  it('is the one by which the client reached us', () => {
    expect(addressFor({ host: 'localhost:3978' })).to.equal('ws://localhost:3978');
    expect(addressFor({ host: 'bot.example.gov.cn' })).to.equal('wss://bot.example.gov.cn/12345');
    const proxy = { host: 'inside:3978', 'x-forwarded-host': 'a.cn, b.cn', 'x-forwarded-proto': 'https, http' };
    expect(addressFor(proxy)).to.equal('wss://a.cn');
  });

  it('is the published one where the headers name no host', () => {
    for (const host of ['', 'a/b', 'a b', '[', 'x@y']) {
      expect(addressFor({ host }), host).to.equal('wss://bot.example.gov.cn/12345');
    }
  });
});
