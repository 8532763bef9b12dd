import type { Activity } from 'botbuilder';
import { expect } from 'chai';
import type { MicrosoftApp } from '../../src/config';
import { fromTeams, postActivity, startTeamsService, type TeamsService } from './service';
import { APP_ID, SERVICE_URL, type Signer, startSigner } from './tokens';

const APP: MicrosoftApp = {
  id: APP_ID,
  password: 'geheim',
  type: 'SingleTenant',
  tenantId: '11111111-2222-3333-4444-555555555555',
};
const HOUR = 3600;
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

describe('the token of a request with a registration', () => {
  let signer: Signer;
  let service: TeamsService;
  const said: string[] = [];
  const { error } = console;
  before(async () => {
    signer = await startSigner();
    service = await startTeamsService({ app: APP, authority: signer.authority });
    // The SDK prints the reason of each refusal; the tests below cause a dozen.
    console.error = (...words: unknown[]) => void said.push(words.map(String).join(' '));
  });
  after(async () => {
    console.error = error;
    await service.stop();
    signer.stop();
  });

  const ask = (authorization: string | undefined, activity: Record<string, unknown> = {}) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization };
    return postActivity(
      service.url,
      fromTeams({ text: '政风热线期数', serviceUrl: SERVICE_URL, ...activity }),
      headers,
    );
  };

  it('that is right is taken, from anywhere and behind a proxy too', async () => {
    const response = await postActivity(service.url, fromTeams({ text: '政风热线期数', serviceUrl: SERVICE_URL }), {
      Authorization: `Bearer ${signer.token()}`,
      'X-Forwarded-For': '203.0.113.9',
    });
    expect(response.status).to.equal(200);
    const { activities } = (await response.json()) as { activities: Partial<Activity>[] };
    expect(activities[0]?.text).to.include('30 期');
  });

  it('that is right for an invoke gets the response of the invoke', async () => {
    const value = { commandId: 'searchFigures', parameters: [{ name: 'words', value: '政风 满意' }] };
    const invoke = { type: 'invoke', name: 'composeExtension/query', value, deliveryMode: undefined };
    const response = await ask(`Bearer ${signer.token()}`, invoke);
    expect(await response.json()).to.have.nested.property('composeExtension.type', 'result');
  });

  const wrong: Record<string, () => string | undefined> = {
    'is none': () => undefined,
    'is empty': () => '',
    'is of another scheme': () => `Basic ${signer.token()}`,
    'is for another app': () => `Bearer ${signer.token({ aud: '00000000-0000-0000-0000-000000000000' })}`,
    'is for nobody': () => `Bearer ${signer.token({ aud: undefined })}`,
    'comes from another issuer': () => `Bearer ${signer.token({ iss: 'https://evil.example' })}`,
    'has no issuer': () => `Bearer ${signer.token({ iss: undefined })}`,
    'is signed with another key': () => `Bearer ${signer.token({}, {}, signer.otherKey)}`,
    'names a key that nobody has': () => `Bearer ${signer.token({}, { kid: 'key-2' }, signer.otherKey)}`,
    'is expired': () => `Bearer ${signer.token({ nbf: seconds(-2 * HOUR), exp: seconds(-HOUR) })}`,
    'is not yet valid': () => `Bearer ${signer.token({ nbf: seconds(HOUR), exp: seconds(2 * HOUR) })}`,
    'claims to be unsigned': () => {
      const [, claims] = signer.token().split('.');
      return `Bearer ${Buffer.from('{"alg":"none","kid":"key-1"}').toString('base64url')}.${claims}.`;
    },
    'was changed after signing': () => {
      const [head, , signature] = signer.token().split('.');
      const [, claims] = signer.token({ serviceurl: SERVICE_URL, extra: 1 }).split('.');
      return `Bearer ${head}.${claims}.${signature}`;
    },
    'is for replies to another address': () => `Bearer ${signer.token({ serviceurl: 'https://evil.example/' })}`,
    'names no address for replies': () => `Bearer ${signer.token({ serviceurl: undefined })}`,
  };
  for (const [how, authorization] of Object.entries(wrong)) {
    it(`that ${how} is refused, and no turn is run`, async () => {
      const before = service.asked();
      const response = await ask(authorization());
      expect(response.status).to.be.oneOf([401, 403]);
      expect(await response.json())
        .to.have.nested.property('error.code')
        .that.is.oneOf(['Unauthorized', 'Forbidden']);
      expect(service.asked()).to.equal(before);
    });
  }

  it('of a key that vouches for other channels only is refused', async () => {
    const before = service.asked();
    const response = await ask(`Bearer ${signer.token()}`, { channelId: 'slack' });
    expect(response.status).to.equal(401);
    expect(service.asked()).to.equal(before);
  });

  it('stands in no log and in no response', async () => {
    const token = signer.token({ aud: 'x' });
    const response = await ask(`Bearer ${token}`);
    expect(await response.text()).not.to.include(token.slice(0, 40));
    expect(JSON.stringify(service.log) + said.join()).not.to.include(token.slice(0, 40));
  });

  it('that can’t be checked now gets 503, so that the channel tries again', async () => {
    const authority = { ...signer.authority, openIdMetadataUrl: 'http://127.0.0.1:9/openid' };
    const cutOff = await startTeamsService({ app: APP, authority });
    const activity = fromTeams({ text: '政风热线期数', serviceUrl: SERVICE_URL });
    const response = await postActivity(cutOff.url, activity, { Authorization: `Bearer ${signer.token()}` });
    expect(response.status).to.equal(503);
    expect(cutOff.asked()).to.equal(0);
    await cutOff.stop();
  });
});
