import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Environment, readConfig } from '../../src/config';
import { ProblemsFound } from '../../src/problems';

function problemsOf(env: NodeJS.ProcessEnv) {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ProblemsFound) return error.problems;
    throw error;
  }
  return [];
}
const places = (env: NodeJS.ProcessEnv) => problemsOf(env).map(({ place }) => place);

describe('readConfig', () => {
  it('needs no setting', () => {
    expect(readConfig({})).to.deep.equal({
      port: 3978,
      host: undefined,
      publicUrl: 'http://localhost:3978',
      microsoftApp: undefined,
      wecomApp: undefined,
      wecomBot: undefined,
      webChat: { secret: undefined, origins: [] },
      entryUrlTemplate: undefined,
      state: { redisUrl: undefined, prefix: 'lyg12345:', expireMs: 8 * 60 * 60 * 1000 },
      limits: { perMinute: 600, trustedProxies: [], connections: 12_000, connectionsPerClient: 500 },
      shutdownMs: 8000,
      logLevel: 'info',
      folders: { data: 'data', dialogs: 'dialogs' },
      secrets: [],
      kept: { folder: 'var/kept', days: 90 },
    });
  });

  it('takes a Redis for shared state, and never repeats its password', () => {
    const url = 'rediss://bot:geheim@state.example:6380/2';
    expect(readConfig({ STATE_URL: url, STATE_EXPIRE_HOURS: '1' }).state).to.deep.equal({
      redisUrl: url,
      prefix: 'lyg12345:',
      expireMs: 3_600_000,
    });
    for (const STATE_URL of ['redis:', 'redis://', 'geheim', 'memory', 'http://geheim']) {
      expect(places({ STATE_URL }), STATE_URL).to.deep.equal(['STATE_URL']);
      expect(JSON.stringify(problemsOf({ STATE_URL }))).not.to.include('geheim');
    }
    expect(places({ STATE_EXPIRE_HOURS: '0', STATE_PREFIX: 'a b' })).to.have.members([
      'STATE_EXPIRE_HOURS',
      'STATE_PREFIX',
    ]);
  });

  it('takes an empty variable for a missing one', () => {
    expect(readConfig({ PORT: '', HOST: '  ', MicrosoftAppId: '', MicrosoftAppPassword: '' })).to.deep.equal(
      readConfig({}),
    );
  });

  it('takes the port into the public address, and the slash off a given one', () => {
    expect(readConfig({ PORT: '80' }).publicUrl).to.equal('http://localhost:80');
    expect(readConfig({ PUBLIC_URL: 'https://bot.example.gov.cn/12345/' }).publicUrl).to.equal(
      'https://bot.example.gov.cn/12345',
    );
  });

  it('tells all problems at once', () => {
    const env = { PORT: '80a', PUBLIC_URL: 'bot.example', MicrosoftAppType: 'Single', MicrosoftAppPassword: 'geheim' };
    expect(places(env)).to.have.members(['PORT', 'PUBLIC_URL', 'MicrosoftAppType', 'MicrosoftAppId']);
  });

  for (const PORT of ['-1', '65536', '3.5', '0x50', '1e3', '99999999999']) {
    it(`refuses the port ${PORT}`, () => expect(places({ PORT })).to.deep.equal(['PORT']));
  }

  for (const PUBLIC_URL of ['ftp://x', 'http://', 'javascript:alert(1)']) {
    it(`refuses the public address ${PUBLIC_URL}`, () => expect(places({ PUBLIC_URL })).to.deep.equal(['PUBLIC_URL']));
  }

  for (const BAIKE_URL_TEMPLATE of ['https://x.example/', 'x.example/{id}', 'javascript:alert({id})']) {
    it(`refuses the address of entries ${BAIKE_URL_TEMPLATE}`, () =>
      expect(places({ BAIKE_URL_TEMPLATE })).to.deep.equal(['BAIKE_URL_TEMPLATE']));
  }

  it('asks for what each kind of registration needs', () => {
    const app = (more: NodeJS.ProcessEnv) => places({ MicrosoftAppId: 'id', ...more });
    const [tenant, password] = [{ MicrosoftAppTenantId: 't' }, { MicrosoftAppPassword: 'p' }];
    expect(app({})).to.deep.equal(['MicrosoftAppPassword']);
    expect(app(password)).to.deep.equal([]);
    expect(app({ MicrosoftAppType: 'SingleTenant' })).to.have.members(['MicrosoftAppPassword', 'MicrosoftAppTenantId']);
    expect(app({ MicrosoftAppType: 'SingleTenant', ...tenant, ...password })).to.deep.equal([]);
    expect(app({ MicrosoftAppType: 'UserAssignedMSI', ...password })).to.have.members([
      'MicrosoftAppPassword',
      'MicrosoftAppTenantId',
    ]);
    expect(app({ MicrosoftAppType: 'UserAssignedMSI', ...tenant })).to.deep.equal([]);
  });

  it('asks for what the 企业微信 channel needs, and for no more', () => {
    const [token, key] = [{ WECOM_TOKEN: 'geheim' }, { WECOM_ENCODING_AES_KEY: 'a'.repeat(43) }];
    const toSend = { WECOM_SECRET: 's', WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1000002' };
    expect(places({ ...token, ...key })).to.deep.equal([]);
    expect(places({ ...token, ...key, ...toSend })).to.deep.equal([]);
    expect(places(token)).to.deep.equal(['WECOM_ENCODING_AES_KEY']);
    expect(places({ ...token, ...key, WECOM_SECRET: 's' })).to.have.members(['WECOM_CORP_ID', 'WECOM_AGENT_ID']);
    expect(places({ WECOM_BOT_TOKEN: 't' })).to.deep.equal(['WECOM_BOT_ENCODING_AES_KEY']);
    expect(readConfig({ WECOM_BOT_TOKEN: 't', WECOM_BOT_ENCODING_AES_KEY: 'a'.repeat(43) }).wecomBot?.token).to.equal(
      't',
    );
    expect(places({ WECOM_CORP_ID: 'ww1' })).to.have.members(['WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY']);
    expect(places({ ...token, WECOM_ENCODING_AES_KEY: 'kurz' })).to.deep.equal(['WECOM_ENCODING_AES_KEY']);
    expect(places({ WECOM_FORM: 'x', WECOM_API_BASE: 'y' })).to.have.members(['WECOM_FORM', 'WECOM_API_BASE']);
    expect(readConfig({ ...token, ...key, WECOM_API_BASE: 'http://127.0.0.1:1/' }).wecomApp).to.deep.equal({
      token: 'geheim',
      encodingAesKey: 'a'.repeat(43),
      corpId: undefined,
      agentId: undefined,
      secret: undefined,
      apiBase: 'http://127.0.0.1:1',
      form: 'cards',
    });
  });

  it('takes the sites that may embed the chat, apart by commas or spaces', () => {
    const { webChat } = readConfig({ WEBCHAT_ORIGINS: 'https://www.example.gov.cn, http://localhost:8080' });
    expect(webChat.origins).to.deep.equal(['https://www.example.gov.cn', 'http://localhost:8080']);
  });

  for (const WEBCHAT_ORIGINS of [
    'www.example.gov.cn',
    'https://a.cn/',
    'https://a.cn/b',
    'https://a.cn:443',
    '*',
    'https://a.cn;script-src',
    "'self'",
  ]) {
    it(`refuses ${WEBCHAT_ORIGINS} for a site`, () => {
      expect(places({ WEBCHAT_ORIGINS: `https://b.cn,${WEBCHAT_ORIGINS}` })).to.deep.equal(['WEBCHAT_ORIGINS']);
    });
  }

  it('takes limits, and 0 for none', () => {
    expect(readConfig({ RATE_LIMIT_PER_MINUTE: '0' }).limits.perMinute).to.equal(0);
    const env = { MAX_CONNECTIONS: '0', MAX_CONNECTIONS_PER_CLIENT: 'x', SHUTDOWN_SECONDS: '0', LOG_LEVEL: 'loud' };
    expect(places({ RATE_LIMIT_PER_MINUTE: '-1', ...env })).to.have.members([
      'RATE_LIMIT_PER_MINUTE',
      ...Object.keys(env),
    ]);
  });

  it('takes the proxies to believe, by address or network', () => {
    const TRUSTED_PROXIES = '127.0.0.1, 10.0.0.0/8,2001:db8::/32';
    const trusted = ['127.0.0.1', '10.0.0.0/8', '2001:db8::/32'];
    expect(readConfig({ TRUSTED_PROXIES }).limits.trustedProxies).to.deep.equal(trusted);
    for (const wrong of ['localhost', '10.0.0.0/33', '1.2.3', '*', '10.0.0.0/8/8']) {
      expect(places({ TRUSTED_PROXIES: wrong }), wrong).to.deep.equal(['TRUSTED_PROXIES']);
    }
  });

  it('gathers the secrets that may stand in no log, of an address only its password', () => {
    const env = { DIRECTLINE_SECRET: 'geheim-1', STATE_URL: 'redis://bot:geheim-2@state.example' };
    expect(readConfig(env).secrets).to.have.members(['geheim-1', 'geheim-2', 'geheim-2']);
  });

  it('never repeats a secret', () => {
    const env = {
      MicrosoftAppPassword: 'geheim',
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppId: 'id',
      PORT: 'x',
      WECOM_SECRET: 'geheim',
      WECOM_ENCODING_AES_KEY: 'geheim',
    };
    expect(JSON.stringify(problemsOf(env))).not.to.include('geheim');
  });
});

describe('.env.example', () => {
  it('lists exactly the settings there are', () => {
    const keys = [...readFileSync('.env.example', 'utf8').matchAll(/^(\w+)=/gm)].map(([, key]) => key);
    expect(keys).to.have.members(Object.keys(Environment.shape));
  });
});
