import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';
import { expect } from 'chai';
import { MessagesAdapter } from '../../src/channels/botframework/cloud-adapter';
import { isFromThisMachine, isOnThisMachine } from '../../src/channels/botframework/from-this-machine';
import { TODAY, WORDING } from '../bot/fake-engine';
import { message, post, type Service, startService } from '../server/service';

async function texts(response: Response): Promise<(string | undefined)[]> {
  const { activities } = (await response.json()) as { activities: Partial<Activity>[] };
  return activities.map(({ text }) => text);
}

describe('POST /api/messages without a registration', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.stop());

  it('gives the replies in the response when they are expected there', async () => {
    const response = await post(service.url, message('甲', { conversation: { id: 'one' } }));
    expect(response.status).to.equal(200);
    const { activities } = (await response.json()) as { activities: Partial<Activity>[] };
    expect(activities[0]).to.deep.include({ type: 'message', text: `1. 甲 @${TODAY}`, textFormat: 'plain' });
    expect(activities[0]?.channelData.answer.kind).to.equal('talk');
    const second = await post(service.url, message('乙', { conversation: { id: 'one' } }));
    expect(await texts(second)).to.deep.equal([`2. 乙 @${TODAY}`]);
  });

  it('apologises for a fault with status 200, and answers the next message', async () => {
    const conversation = { id: 'fault' };
    expect(await texts(await post(service.url, message('崩溃', { conversation })))).to.deep.equal([WORDING.apology]);
    expect(await texts(await post(service.url, message('甲', { conversation })))).to.deep.equal([`1. 甲 @${TODAY}`]);
  });

  it('takes an id of half a character and a control character', async () => {
    const sent = message('甲\u0000\ud83d', { conversation: { id: '\ud800' }, from: { id: '\u0000' } });
    expect((await post(service.url, sent)).status).to.equal(200);
  });

  for (const header of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via', 'X-Forwarded-Host', 'CF-Connecting-IP']) {
    it(`refuses a request that carries ${header}: a proxy makes strangers look local`, async () => {
      expect((await post(service.url, message('甲'), { [header]: '127.0.0.1' })).status).to.equal(403);
    });
  }

  it('sends replies to no other machine than this one', async () => {
    const sent = message('甲', { deliveryMode: 'normal', serviceUrl: 'http://192.0.2.1/' });
    expect((await post(service.url, sent)).status).to.equal(403);
  });
});

describe('POST /api/messages with replies over a connector', () => {
  let connector: Server;
  let received: { url: string; activity: Partial<Activity> }[];
  let serviceUrl: string;
  let service: Service;

  before(async () => {
    received = [];
    connector = createServer((req, res) => {
      let body = '';
      req.on('data', (part) => {
        body += part;
      });
      req.on('end', () => {
        received.push({ url: req.url ?? '', activity: JSON.parse(body) });
        res.statusCode = req.url?.includes('/gone/') ? 404 : 200;
        res.setHeader('Content-Type', 'application/json').end('{"id":"1"}');
      });
    });
    await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
    serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}/`;
    service = await startService();
  });
  after(async () => {
    await service.stop();
    connector.closeAllConnections();
    connector.close();
  });

  it('posts the reply to the conversation, with buttons and the structured answer', async () => {
    const sent = message('哪个', { id: 'activity-1', deliveryMode: 'normal', serviceUrl });
    const response = await post(service.url, sent);
    expect(response.status).to.equal(200);
    expect(await response.text()).to.equal('');
    expect(received).to.have.length(1);
    expect(received[0]?.url).to.equal('/v3/conversations/c/activities/activity-1');
    expect(received[0]?.activity.channelData.answer.kind).to.equal('clarify');
    expect(received[0]?.activity.suggestedActions?.actions).to.deep.equal([
      { type: 'imBack', title: '1. 甲', value: '1' },
    ]);
  });

  it('answers and logs when the connector does not take the reply, and lives', async () => {
    const sent = message('甲', { id: 'x', conversation: { id: 'gone' }, deliveryMode: 'normal', serviceUrl });
    expect((await post(service.url, sent)).status).to.equal(200);
    expect(service.log.map(({ msg }) => msg)).to.deep.equal(['turn failed', 'apology not sent']);
    expect((await post(service.url, message('乙'))).status).to.equal(200);
  });
});

describe('POST /api/messages with a registration', () => {
  let service: Service;
  before(async () => {
    service = await startService({ app: { id: 'app', password: 'geheim', type: 'MultiTenant', tenantId: undefined } });
  });
  after(() => service.stop());

  for (const [name, headers] of Object.entries({
    'no token': {},
    'a token that is none': { Authorization: 'Bearer x.y.z' },
    'another scheme': { Authorization: 'Basic eDp5' },
  } as Record<string, Record<string, string>>)) {
    it(`refuses ${name} in fixed words`, async () => {
      const response = await post(service.url, message('甲'), headers);
      expect(response.status).to.equal(401);
      expect(await response.json()).to.have.nested.property('error.code', 'Unauthorized');
    });
  }
});

describe('MessagesAdapter', () => {
  const verify = (authenticateRequest: () => Promise<never>) => {
    const adapter = new MessagesAdapter(undefined);
    Object.assign(adapter, { botFrameworkAuthentication: { authenticateRequest } });
    return adapter.verify('', {} as Activity).catch((error) => error.code);
  };

  it('tells a wrong token from keys that could not be fetched', async () => {
    const failing = (error: Error) => verify(() => Promise.reject(error));
    expect(await failing(Object.assign(new Error('x'), { statusCode: 401 }))).to.equal('WRONG_SENDER');
    expect(await failing(Object.assign(new Error('x'), { name: 'TokenExpiredError' }))).to.equal('WRONG_SENDER');
    expect(await failing(new Error('getaddrinfo ENOTFOUND'))).to.equal('SENDER_UNKNOWN');
  });
});

describe('isFromThisMachine', () => {
  const from = (remoteAddress: string | undefined, headers = {}) => {
    return isFromThisMachine({ headers, socket: { remoteAddress } as never });
  };

  it('knows every form of a loopback address', () => {
    for (const address of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])
      expect(from(address), address).to.equal(true);
  });

  it('takes no other address, and none at all, for this machine', () => {
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '128.0.0.1', '', undefined]) {
      expect(from(address), String(address)).to.equal(false);
    }
  });
});

describe('isOnThisMachine', () => {
  const here = ['http://localhost:5000', 'https://127.0.0.1/', 'http://[::1]:9', 'http://127.1/'];
  const elsewhere = [
    'http://localhost.evil.example/',
    'http://evil.example@10.0.0.1',
    'file:///etc/passwd',
    'http://0.0.0.0',
    '',
    'x',
  ];
  it('tells a loopback address of replies from any other', () => {
    for (const url of here) expect(isOnThisMachine(url), url).to.equal(true);
    for (const url of elsewhere) expect(isOnThisMachine(url), url).to.equal(false);
  });
});
