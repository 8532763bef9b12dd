import { expect } from 'chai';
import { createLogger, pseudonyms } from '../../src/server/logger';

function recording(secrets: string[] = []) {
  const lines: string[] = [];
  const faults: string[] = [];
  const logger = createLogger({
    level: 'info',
    secrets,
    onFault: (level, words) => faults.push(`${level} ${words}`),
    write: (line) => lines.push(line),
  });
  return { logger, lines, faults };
}

const PERSONAL = [
  '13912345678',
  '320703198001011234',
  '32070319800101123X',
  '0518-85555555',
  'zhang.san+12345@example.gov.cn',
];

describe('the log', () => {
  for (const personal of PERSONAL) {
    it(`never holds ${personal}, wherever it turns up, and stays JSON`, () => {
      const { logger, lines } = recording();
      logger.warn({ code: personal, deep: { list: [`打${personal}找他`] } }, `words ${personal}`);
      if (/^\d+$/.test(personal)) logger.warn({ number: Number(personal) }, 'as a number');
      expect(lines.join('')).not.to.include(personal);
      for (const line of lines) expect(JSON.parse(line)).to.include.keys('level', 'time', 'msg');
    });
  }

  it('leaves ids, times and counts as they are', () => {
    const { logger, lines } = recording();
    const kept = {
      turn: '5f0c1a2b-1391-4345-8123-139123456781',
      ms: 1732350000000,
      count: 1393747,
      code: 'E13912345678',
    };
    logger.info(kept, 'turn');
    expect(JSON.parse(lines[0] ?? '')).to.include(kept);
  });

  it('crosses out what people say, who they are and how requests prove themselves', () => {
    const { logger, lines } = recording();
    const said = '我家门口路灯坏了';
    logger.error({ text: said, from: { id: 'me', name: '张三' }, activity: { text: said, from: '张三' } }, 'failed');
    logger.error(
      { headers: { cookie: 'geheim' }, request: { authorization: 'Bearer geheim', token: 'geheim' } },
      'failed',
    );
    expect(lines.join('')).not.to.match(/路灯|张三|geheim/);
  });

  it('never holds a secret of the settings, not even inside of a longer text or with quotes in it', () => {
    const secrets = ['geheim-0815', 'with "quotes" in it'];
    const { logger, lines } = recording(secrets);
    logger.error({ url: 'redis://bot:geheim-0815@state', note: secrets[1] }, `tried geheim-0815`);
    expect(lines.join('')).not.to.match(/geheim|quotes/);
    expect(JSON.parse(lines[0] ?? '')).to.include({ msg: 'tried 〔隐去〕' });
  });

  it('tells warnings and errors by their words, and nothing else', () => {
    const { logger, faults } = recording();
    logger.info('fine');
    logger.warn({ code: 1 }, 'wecom: callback refused');
    logger.error('turn failed');
    expect(faults).to.deep.equal(['warn wecom: callback refused', 'error turn failed']);
  });
});

describe('pseudonyms', () => {
  it('name a conversation always the same, and with another secret otherwise', () => {
    expect(pseudonyms('a')('c')).to.equal(pseudonyms('a')('c')).and.not.equal(pseudonyms('b')('c'));
    expect(pseudonyms('a')('c')).not.to.equal(pseudonyms('a')('d'));
  });
});
