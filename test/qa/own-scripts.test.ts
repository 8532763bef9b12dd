/** The team's first set of scripts: whole, all passing, on every road, and every cell asked for. */
import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { expect } from 'chai';
import { messagesRoute } from '../../src/channels/botframework';
import { webChat } from '../../src/channels/webchat';
import { MemoryConversationStore } from '../../src/channels/webchat/memory-store';
import { coverageOf, shareCovered } from '../../src/qa/check/coverage';
import { resultsOf } from '../../src/qa/output/results';
import { directLineRoad } from '../../src/qa/roads/direct-line-road';
import { botOf, type inProcessRoad, wecomRoad } from '../../src/qa/roads/in-process-road';
import { messagesRoad } from '../../src/qa/roads/messages-road';
import type { Outcome } from '../../src/qa/run-scripts';
import { createServer } from '../../src/server/create-server';
import { close, listen } from '../../src/server/run-server';
import { recordingLogger } from '../bot/fake-engine';
import { served } from '../engine/asking';
import { faultLines, outcomesOf, ownScripts, SCRIPTS, serviceOf } from './running';

const SECRET = 'a secret of tests, forty characters long';

describe('the scripts of dialogs/scripts', () => {
  const scripts = ownScripts();
  let direct: Outcome[] = [];

  before(async function () {
    this.timeout(60_000);
    direct = await outcomesOf(scripts);
  });

  it('are 250 rows at least, as sheets, YAML and .chat', () => {
    expect(direct).to.have.length.greaterThan(249);
    expect(new Set(readdirSync(SCRIPTS).map((name) => extname(name)))).to.include.keys(
      '.xlsx',
      '.csv',
      '.yaml',
      '.chat',
    );
  });

  it('pass', () => {
    expect(faultLines(direct)).to.equal('');
  });

  it('ask for every cell of the report', () => {
    const [report] = served().library.reports;
    if (!report) throw new Error('no report');
    const coverage = coverageOf(report, direct);
    expect(coverage.missing.map(({ id }) => id)).to.deep.equal([]);
    expect(shareCovered(coverage)).to.equal('100%');
  });

  it('ask for all kinds of replies and all grades', () => {
    expect(new Set(direct.map(({ answer }) => answer?.kind))).to.include.keys('answer', 'clarify', 'decline', 'talk');
    expect(new Set(direct.map(({ answer }) => answer?.grade))).to.include.keys(
      '原文',
      '计算',
      '推算',
      '未公布',
      '未涉及',
    );
  });

  it('give the same results a second time', async () => {
    const again = await outcomesOf(scripts);
    const results = (outcomes: Outcome[]) => resultsOf('direct', [{ file: 'all', outcomes }], []);
    expect(results(again)).to.deep.equal(results(direct));
  });

  it('pass as WeChat Work shows the replies, in cards and texts', async () => {
    const service = serviceOf();
    const seen = await outcomesOf(scripts, { road: wecomRoad(service, service.wecomWording), channel: 'wecom' });
    expect(faultLines(seen)).to.equal('');
    expect(seen).to.have.length(direct.length);
  });

  describe('on a service that runs', () => {
    let stop: () => Promise<unknown>;
    let url = '';

    before(async () => {
      const service = serviceOf();
      const { logger } = recordingLogger();
      const [bot, { apology }] = [botOf(service), service.wording];
      const chat = webChat({
        ...{ bot, botName: '年报', apology, store: new MemoryConversationStore(), logger, secret: SECRET },
        publicUrl: 'http://localhost:3978',
        origins: [],
      });
      const messages = messagesRoute({ bot, apology, microsoftApp: undefined, logger });
      const server = createServer({ routes: [chat.route, messages], logger });
      const { port } = await listen(server, 0, '127.0.0.1');
      url = `http://127.0.0.1:${port}`;
      stop = () => Promise.all([close(server, 2000), chat.end()]);
    });
    after(() => stop());

    /** Everything but the welcome, of which each channel has its own row. */
    const compared = (outcomes: Outcome[]) =>
      outcomes
        .filter(({ conversation }) => !/打开/.test(conversation))
        .map(({ turn, passed, faults, answer, text, cells }) => ({ id: turn.id, passed, faults, answer, text, cells }));

    it('give the same results through the engine, Direct Line and /api/messages', async function () {
      this.timeout(90_000);
      const overDirectLine = await outcomesOf(scripts, { road: directLineRoad(url, SECRET), sideBySide: 8 });
      const throughMessages = await outcomesOf(scripts, { road: messagesRoad(url), channel: 'teams' });
      expect(faultLines([...overDirectLine, ...throughMessages])).to.equal('');
      expect(compared(overDirectLine)).to.deep.equal(compared(direct));
      expect(compared(throughMessages)).to.deep.equal(compared(direct));
      console.log(`      ${compared(direct).length} turns, the same on three roads`);
    });

    it('are let in with the token of the public page too', async () => {
      const talk = directLineRoad(url, undefined).begin();
      const reply = await talk.say('你好');
      expect(reply.answer?.kind).to.equal('talk');
    });

    it('say in Chinese what is wrong where nobody answers, or the secret is another', async () => {
      const refused = async (road: ReturnType<typeof inProcessRoad>) =>
        road
          .begin()
          .say('你好')
          .then(String, (error: Error & { code?: string }) => `${error.code} ${error.message}`);
      expect(await refused(directLineRoad('http://127.0.0.1:9', undefined))).to.match(
        /ROAD_BLOCKED .*连不上 http:\/\/127\.0\.0\.1:9/,
      );
      expect(await refused(directLineRoad(url, 'another'))).to.match(/ROAD_BLOCKED .*401（没有通过验证/);
    });
  });
});
