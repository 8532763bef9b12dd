import { randomInt, randomUUID } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { BotAnswers } from '../../src/channels/wecom/bot-answers';
import { textForm } from '../../src/channels/wecom/form/text-form';
import { refusalBody } from '../../src/server/refusal';
import { WORDING } from '../bot/fake-engine';
import { AES_KEY, TOKEN } from './stand-in-client';
import { patientClock, startWeCom, WECOM_WORDING, type WeComService } from './wecom-service';

const REFUSED = { status: 403, text: JSON.stringify(refusalBody(403)) };

interface Answer {
  status: number;
  text: string;
  nonce: string;
}

/** The platform's side of the AI bot: signs, encrypts, delivers. */
async function deliver(
  url: string,
  content: unknown,
  changes: { token?: string; timestamp?: number } = {},
): Promise<Answer> {
  const sealed = encrypt(AES_KEY, typeof content === 'string' ? content : JSON.stringify(content), '');
  const timestamp = String(changes.timestamp ?? Math.floor(Date.now() / 1000));
  const nonce = String(randomInt(1_000_000_000));
  const msg_signature = getSignature(changes.token ?? TOKEN, timestamp, nonce, sealed);
  const query = new URLSearchParams({ msg_signature, timestamp, nonce });
  const body = JSON.stringify({ encrypt: sealed });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${url}/wecom/bot?${query}`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text(), nonce };
}

/** The packet of an answer, opened as the platform opens it. */
function opened({ text, nonce }: Answer) {
  const packet = JSON.parse(text);
  expect(packet.nonce).to.equal(nonce);
  expect(packet.timestamp).to.be.a('number');
  expect(packet.msgsignature).to.equal(getSignature(TOKEN, packet.timestamp, nonce, packet.encrypt));
  const { message, id } = decrypt(AES_KEY, packet.encrypt);
  expect(id).to.equal('');
  return JSON.parse(message);
}

const said = (content: string, more: object = {}) => ({
  msgid: randomUUID(),
  aibotid: 'bot1',
  chattype: 'single',
  from: { userid: 'lisi' },
  msgtype: 'text',
  text: { content },
  ...more,
});

describe('the AI bot at /wecom/bot', () => {
  let service: WeComService;
  beforeEach(async () => {
    service = await startWeCom({ clock: patientClock() });
  });
  afterEach(() => service.stop());

  it('proves itself to the platform', async () => {
    const sealed = encrypt(AES_KEY, '1616140317555161061', '');
    const query = new URLSearchParams({
      msg_signature: getSignature(TOKEN, '1', '2', sealed),
      timestamp: '1',
      nonce: '2',
      echostr: sealed,
    });
    expect(await (await fetch(`${service.url}/wecom/bot?${query}`)).text()).to.equal('1616140317555161061');
  });

  it('answers in the response, with a finished stream', async () => {
    const { msgtype, stream } = opened(await deliver(service.url, said('甲')));
    expect(msgtype).to.equal('stream');
    expect(stream.finish).to.equal(true);
    expect(stream.content).to.match(/^1\. 甲/);
  });

  it('gives the same stream to every delivery of a message, from one turn', async () => {
    const message = said('甲');
    const answers = await Promise.all([1, 2, 3].map(() => deliver(service.url, message)));
    const streams = answers.map((answer) => opened(answer).stream);
    expect(new Set(streams.map(({ id }) => id)).size).to.equal(1);
    expect(service.turns).to.deep.equal(['甲']);
    const polled = opened(
      await deliver(service.url, { msgtype: 'stream', stream: { id: streams[0].id }, from: { userid: 'lisi' } }),
    );
    expect(polled.stream).to.deep.equal(streams[0]);
  });

  it('takes its own name out of what a group says to it, and keeps the people of a group apart', async () => {
    const group = { chattype: 'group', chatid: 'g1' };
    await deliver(service.url, said('@年报问答 甲', group));
    const second = opened(await deliver(service.url, said('@年报问答 乙', { ...group, from: { userid: 'wangwu' } })));
    expect(service.turns).to.deep.equal(['甲', '乙']);
    expect(second.stream.content).to.match(/^1\. 乙/);
    expect(opened(await deliver(service.url, said('@年报问答 丙', group))).stream.content).to.match(/^2\. 丙/);
  });

  it('reads a voice message, which comes as text, and the words of a mixed one', async () => {
    await deliver(service.url, said('', { msgtype: 'voice', text: undefined, voice: { content: '诉求总量' } }));
    const items = [
      { msgtype: 'image', image: { url: 'x' } },
      { msgtype: 'text', text: { content: '满意率' } },
    ];
    await deliver(service.url, said('', { msgtype: 'mixed', text: undefined, mixed: { msg_item: items } }));
    expect(service.turns).to.deep.equal(['诉求总量', '满意率']);
  });

  it('says kindly that it can’t read a picture', async () => {
    const { stream } = opened(
      await deliver(service.url, said('', { msgtype: 'image', text: undefined, image: { url: 'x' } })),
    );
    expect(stream.content).to.equal(WORDING.notText);
  });

  it('greets with a text whoever comes in, once', async () => {
    const entering = () => said('', { msgtype: 'event', text: undefined, event: { eventtype: 'enter_chat' } });
    expect(opened(await deliver(service.url, entering())).text.content).to.include(WORDING.welcome);
    expect((await deliver(service.url, entering())).text).to.equal('');
  });

  it('lets other events go', async () => {
    const feedback = said('', { msgtype: 'event', event: { eventtype: 'feedback_event' } });
    expect(await deliver(service.url, feedback)).to.include({ status: 200, text: '' });
  });

  it('refuses a wrong signature, an old message, and a thousand broken ones, all the same', async function () {
    this.timeout(60_000);
    const refused = async (answer: Promise<Answer>) => {
      const { status, text } = await answer;
      expect({ status, text }).to.deep.equal(REFUSED);
    };
    await refused(deliver(service.url, said('甲'), { token: 'another' }));
    await refused(deliver(service.url, said('甲'), { timestamp: 1_400_000_000 }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' })), (text) =>
        refused(deliver(service.url, text)),
      ),
      { numRuns: 1000 },
    );
    expect(service.turns).to.deep.equal([]);
    expect(service.log.filter(({ level }) => Number(level) >= 50)).to.deep.equal([]);
  });
});

describe('BotAnswers', () => {
  it('opens a stream that isn’t finished when the answer takes its time, and finishes it when asked', async () => {
    let isOver = true;
    const wait = () => (isOver ? Promise.resolve() : new Promise<void>(() => {}));
    const answers = new BotAnswers({ now: Date.now, wait }, { waiting: '正在查…' });
    let done: (text: string) => void = () => {};
    const first = await answers.open('m1', () => new Promise((resolve) => (done = resolve)));
    expect(first?.stream).to.deep.include({ finish: false, content: '正在查…' });
    isOver = false;
    done('答');
    const id = first?.stream.id ?? '';
    expect((await answers.poll(id))?.stream).to.deep.equal({ id, finish: true, content: '答' });
    expect(await answers.poll('unknown')).to.equal(undefined);
  });
});

describe('the AI bot’s Markdown', () => {
  it('writes tables as tables', () => {
    const text = textForm(
      {
        text: '',
        sentences: ['甲：'],
        table: { head: ['项目', '数据'], rows: [['期|数', '30 期']] },
        sources: [],
        options: [],
        suggestions: [],
        answer: { kind: 'answer', grade: '原文', figures: [], options: [], entries: [], provenance: [] },
      },
      WECOM_WORDING,
      'tables',
    );
    expect(text).to.equal('甲：\n\n| 项目 | 数据 |\n| --- | --- |\n| 期｜数 | 30 期 |\n');
  });
});
