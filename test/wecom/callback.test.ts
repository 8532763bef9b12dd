import { encrypt } from '@wecom/crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { refusalBody } from '../../src/server/refusal';
import { WORDING } from '../bot/fake-engine';
import { AES_KEY, CORP, type Delivery } from './stand-in-client';
import vectors from './vectors.json';
import { patientClock, startWeCom, type WeComService } from './wecom-service';

const REFUSED = { status: 403, text: JSON.stringify(refusalBody(403)) };
const TAKEN = { status: 200, text: '' };
const NOW_S = () => Math.floor(Date.now() / 1000);

describe('GET /wecom/callback', () => {
  let service: WeComService;
  before(async () => {
    service = await startWeCom();
  });
  after(() => service.stop());

  it('gives back what it was asked to read, bare', async () => {
    const answer = await service.client.verify('1616140317555161061');
    expect(answer).to.deep.equal({ status: 200, text: '1616140317555161061' });
  });

  it('takes a plus sign that nobody encoded', async () => {
    let url = '';
    for (let tries = 0; !url.includes('+'); tries += 1) {
      const sealed = encrypt(AES_KEY, `12345${tries}`, CORP);
      const { query } = service.client.sealedXml('x');
      expect(query).to.be.a('string');
      if (sealed.includes('+')) url = sealed;
    }
    const { getSignature } = await import('@wecom/crypto');
    const signature = getSignature('stand-in-token', '1', '2', url);
    const raw = `${service.url}/wecom/callback?msg_signature=${signature}&timestamp=1&nonce=2&echostr=${url.replaceAll('/', '%2F').replaceAll('=', '%3D')}`;
    const response = await fetch(raw);
    expect(await response.text()).to.match(/^12345\d+$/);
  });

  it('refuses all the same: a wrong signature, another corp, nothing at all', async () => {
    expect(await service.client.verify('1', { signature: '0'.repeat(40) })).to.deep.equal(REFUSED);
    expect(await service.client.verify('1', { token: 'another' })).to.deep.equal(REFUSED);
    expect(await service.client.verify('1', { corp: 'ww0000000000000000' })).to.deep.equal(REFUSED);
    const bare = await fetch(`${service.url}/wecom/callback`);
    expect({ status: bare.status, text: await bare.text() }).to.deep.equal(REFUSED);
  });

  it('reads no message out to whoever holds a copy of its request', async () => {
    const { query, body } = service.client.text('lisi', '秘密');
    const sealed = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? '';
    const response = await fetch(`${service.url}/wecom/callback?${query}&echostr=${encodeURIComponent(sealed)}`);
    expect({ status: response.status, text: await response.text() }).to.deep.equal(REFUSED);
  });

  for (const vector of vectors.vectors.filter(({ kind }) => kind === 'url_verify')) {
    it(`answers the known vector ${vector.name}`, async () => {
      const app = { token: vector.token, encodingAesKey: vector.encodingAESKey, corpId: vector.receiveId };
      const own = await startWeCom({ app });
      const { msgSignature: msg_signature, timestamp, nonce, encrypt: echostr } = vector;
      const query = new URLSearchParams({ msg_signature, timestamp, nonce, echostr });
      const response = await fetch(`${own.url}/wecom/callback?${query}`);
      expect(await response.text()).to.equal(vector.expectedPlaintext);
      await own.stop();
    });
  }

  for (const vector of vectors.vectors.filter(({ kind }) => kind === 'message')) {
    it(`takes the known vector ${vector.name} at its own time, and not years later`, async () => {
      const app = {
        token: vector.token,
        encodingAesKey: vector.encodingAESKey,
        corpId: vector.receiveId,
        agentId: undefined,
        secret: undefined,
      };
      const { msgSignature: msg_signature, timestamp, nonce } = vector;
      const delivery = {
        query: new URLSearchParams({ msg_signature, timestamp, nonce }).toString(),
        body: 'postBody' in vector ? (vector.postBody ?? '') : '',
      };
      const then = {
        now: () => Number(timestamp) * 1000,
        wait: () => new Promise<void>(() => {}),
        random: Math.random,
      };
      const own = await startWeCom({ app, clock: then });
      expect((await own.client.deliver(delivery)).status).to.equal(200);
      expect(own.turns).to.have.length(1);
      await own.stop();
      const late = await startWeCom({ app });
      expect(await late.client.deliver(delivery)).to.deep.equal(REFUSED);
      expect(late.turns).to.deep.equal([]);
      await late.stop();
    });
  }
});

describe('POST /wecom/callback', () => {
  let service: WeComService;
  beforeEach(async () => {
    service = await startWeCom();
  });
  afterEach(() => service.stop());
  const { sent } = { sent: (person: string) => service.platform.seenBy(person).map(({ text }) => text?.content) };

  it('acknowledges at once and sends the answer when it is there', async () => {
    expect(await service.client.deliver(service.client.text('lisi', '甲'))).to.deep.equal(TAKEN);
    await service.quiet();
    expect(sent('lisi')[0]).to.match(/^1\. 甲/);
  });

  it('answers a message that is delivered three times at once, and again later, once', async () => {
    const delivery = service.client.text('lisi', '甲');
    const answers = await Promise.all([1, 2, 3].map(() => service.client.deliver(delivery)));
    await service.quiet();
    answers.push(await service.client.deliver(delivery));
    await service.quiet();
    expect(answers).to.deep.equal([TAKEN, TAKEN, TAKEN, TAKEN]);
    expect(service.turns).to.deep.equal(['甲']);
    expect(sent('lisi')).to.have.length(1);
  });

  it('answers once also when the platform encrypts a delivery anew', async () => {
    const inner = '<MsgType>text</MsgType><Content>甲</Content><MsgId>77</MsgId>';
    const timestamp = NOW_S();
    for (let n = 0; n < 3; n += 1) await service.client.deliver(service.client.sealed('lisi', inner, { timestamp }));
    await service.quiet();
    expect(service.turns).to.deep.equal(['甲']);
  });

  it('answers the same words of two messages twice', async () => {
    for (let n = 0; n < 2; n += 1) await service.client.deliver(service.client.text('lisi', '甲'));
    await service.quiet();
    expect(sent('lisi')).to.have.length(2);
  });

  it('takes a message nine minutes old or new, and none of eleven', async () => {
    for (const [minutes, expected] of [
      [-9, TAKEN],
      [9, TAKEN],
      [-11, REFUSED],
      [11, REFUSED],
    ] as const) {
      const timestamp = NOW_S() + minutes * 60;
      expect(
        await service.client.deliver(service.client.text('lisi', '甲', { timestamp })),
        `${minutes}`,
      ).to.deep.equal(expected);
    }
  });

  it('welcomes once, whether somebody opens the app or is added to it', async () => {
    await service.client.deliver(service.client.event('lisi', 'subscribe'));
    await service.client.deliver(service.client.event('lisi', 'enter_agent', '<EventKey></EventKey>'));
    await service.quiet();
    const [welcome, ...others] = sent('lisi');
    expect(welcome).to.include(WORDING.welcome).and.include('甲是多少');
    expect(others).to.deep.equal([]);
  });

  it('takes the key of a menu for a question', async () => {
    await service.client.deliver(service.client.event('lisi', 'click', '<EventKey>诉求总量是多少</EventKey>'));
    await service.quiet();
    expect(service.turns).to.deep.equal(['诉求总量是多少']);
  });

  for (const event of ['unsubscribe', 'LOCATION', 'view', 'batch_job_result', 'change_contact', 'a_new_one', 'click']) {
    it(`acknowledges the event ${event} and says nothing`, async () => {
      expect(await service.client.deliver(service.client.event('lisi', event, '<EventKey></EventKey>'))).to.deep.equal(
        TAKEN,
      );
      await service.quiet();
      expect(service.platform.sent).to.deep.equal([]);
    });
  }

  for (const [type, more] of [
    ['image', '<PicUrl>http://p/1</PicUrl><MediaId>m</MediaId>'],
    ['voice', '<MediaId>m</MediaId><Format>amr</Format>'],
    ['video', '<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>'],
    ['file', '<MediaId>m</MediaId>'],
    ['location', '<Location_X>34.6</Location_X><Label>某路</Label>'],
    ['link', '<Title>某页</Title><Url>http://p/2</Url>'],
  ] as const) {
    it(`says kindly that it can't read a message of the kind ${type}`, async () => {
      await service.client.deliver(service.client.file('lisi', type, more));
      await service.quiet();
      expect(sent('lisi')).to.deep.equal([WORDING.notText]);
      expect(service.turns).to.deep.equal([]);
    });
  }

  it('leaves a message for another app alone', async () => {
    const xml = `<xml><ToUserName>${CORP}</ToUserName><FromUserName>lisi</FromUserName><CreateTime>${NOW_S()}</CreateTime><MsgType>text</MsgType><Content>甲</Content><MsgId>1</MsgId><AgentID>999</AgentID></xml>`;
    expect(await service.client.deliver(service.client.sealedXml(xml))).to.deep.equal(TAKEN);
    expect(service.turns).to.deep.equal([]);
    expect(service.log.map(({ msg }) => msg)).to.deep.equal(['wecom: meant for another app (WECOM_AGENT_ID)']);
  });

  it('refuses a corp inside that is not the one it was sealed for', async () => {
    const xml = `<xml><ToUserName>ww2</ToUserName><FromUserName>lisi</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>甲</Content></xml>`;
    expect(await service.client.deliver(service.client.sealedXml(xml))).to.deep.equal(REFUSED);
  });

  it('logs why it refused, once a minute, without a word of the request', async () => {
    for (let n = 0; n < 5; n += 1) {
      await service.client.deliver(service.client.text('lisi', '秘密', { token: 'wrong' }));
    }
    expect(service.log).to.have.length(1);
    expect(service.log[0]).to.deep.include({ reason: 'wrongSignature', code: -40001 });
    expect(JSON.stringify(service.log)).not.to.match(/秘密|lisi/);
  });

  for (const type of ['application/xml', 'text/plain', 'application/octet-stream', undefined]) {
    it(`reads a body declared as ${type ?? 'nothing'}`, async () => {
      const { query, body } = service.client.text('lisi', '甲');
      const url = `${service.url}/wecom/callback?${query}`;
      const headers: Record<string, string> = type ? { 'Content-Type': type } : {};
      const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(body) });
      expect(response.status).to.equal(200);
      await service.quiet();
      expect(service.turns).to.deep.equal(['甲']);
    });
  }

  it('refuses a body beyond its limit in the shape of every refusal', async () => {
    const { query } = service.client.text('lisi', '甲');
    const answer = await service.client.deliver({ query, body: `<xml>${'a'.repeat(200_000)}</xml>` });
    expect(answer).to.deep.equal({ status: 413, text: JSON.stringify(refusalBody(413)) });
  });
});

describe('ten thousand broken callbacks', () => {
  const RUNS = 10_000;

  it('are refused in one shape, none is a turn, and the service lives on', async function () {
    this.timeout(180_000);
    const service = await startWeCom({ app: { secret: undefined }, clock: patientClock() });
    const good = () => service.client.text('lisi', '你好');
    const junk = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 400 }));
    const position = fc.nat();
    const broken = fc.oneof(
      // Anything at all as a body, with a query that is as right as can be.
      junk.map((body): Delivery => ({ query: good().query, body })),
      junk.map(
        (text): Delivery => ({
          query: good().query,
          body: `<xml><Encrypt><![CDATA[${text.replaceAll(']]>', '')}]]></Encrypt></xml>`,
        }),
      ),
      // A good delivery with one byte of its cipher text changed, or cut off, or signed with the wrong token.
      fc.tuple(position, fc.integer({ min: 1, max: 127 })).map(([at, by]): Delivery => {
        const { query, body } = good();
        const [start, end] = [body.lastIndexOf('CDATA[') + 6, body.lastIndexOf(']]>')];
        const index = start + (at % (end - start));
        const changed = String.fromCharCode((body.charCodeAt(index) ^ by) & 127);
        return { query, body: `${body.slice(0, index)}${changed}${body.slice(index + 1)}` };
      }),
      position.map((at): Delivery => {
        const { query, body } = good();
        return { query, body: body.slice(0, at % body.length) };
      }),
      fc
        .string({ minLength: 1, maxLength: 30 })
        .map((token) => service.client.text('lisi', '你好', { token: `not ${token}` })),
      // A good body with any query.
      fc.webQueryParameters().map((query): Delivery => ({ query, body: good().body })),
      fc.constantFrom('msg_signature', 'timestamp', 'nonce').chain((name) =>
        fc.string({ maxLength: 300 }).map((value): Delivery => {
          const { query, body } = good();
          const changed = new URLSearchParams(query);
          changed.set(name, `${value}x`);
          return { query: changed.toString(), body };
        }),
      ),
      // Well signed, but nothing that could be a message.
      junk.map((xml) => service.client.sealedXml(xml)),
      junk.map((inner) => service.client.sealedXml(`<xml><MsgType>text</MsgType>${inner}</xml>`)),
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(broken, { minLength: 25, maxLength: 25 }), async (deliveries) => {
        const answers = await Promise.all(deliveries.map((delivery) => service.client.deliver(delivery)));
        count += answers.length;
        for (const answer of answers) expect(answer).to.deep.equal(REFUSED);
      }),
      { numRuns: RUNS / 25, endOnFailure: true },
    );
    expect(count).to.equal(RUNS);
    expect(service.turns).to.deep.equal([]);
    const faults = service.log.filter(({ level }) => Number(level) >= 50);
    expect(faults).to.deep.equal([]);
    expect((await service.client.deliver(good())).status).to.equal(200);
    expect(service.turns).to.deep.equal(['你好']);
    await service.stop();
  });
});
