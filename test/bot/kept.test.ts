/** What is kept of turns that weren't answered, and of votes: masked, for a set number of days. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { BoundedStorage } from '../../src/bot/bounded-storage';
import type { Feedback } from '../../src/bot/feedback';
import { InProcessAdapter } from '../../src/bot/in-process-adapter';
import { keeping } from '../../src/bot/kept/keeping';
import { KeptFiles, readKept } from '../../src/bot/kept/kept-files';
import { mask } from '../../src/bot/kept/mask';
import { ReportBot } from '../../src/bot/report-bot';
import { fakeAsk, recordingLogger, TODAY, WORDING } from './fake-engine';

describe('mask', () => {
  for (const [said, kept] of [
    ['我叫王小明，电话13812345678', '我叫＊＊,电话＊＊'],
    ['我叫王明想问满意率', '我叫＊＊想问满意率'],
    ['我是李红，满意率多少', '我是＊＊,满意率多少'],
    ['本人姓欧阳，问诉求总量', '本人姓＊＊,问诉求总量'],
    ['我叫阿依古丽', '我叫＊＊'],
    ['电话 138-1234-5678', '电话 ＊＊'],
    ['电话０５１８－８５８１２３４５', '电话＊＊'],
    ['+86 138 1234 5678 打不通', '＊＊ 打不通'],
    ['身份证32070119900101123X', '身份证＊＊'],
    ['一三八一二三四五六七八', '＊＊'],
    ['发到 a.b@example.com', '发到 ＊＊'],
  ] as const) {
    it(`takes out of 「${said}」 who it is`, () => expect(mask(said)).to.equal(kept));
  }

  for (const said of [
    '诉求总量是1393747件吗',
    '1,393,747件',
    '99.11%是什么',
    '12345转110有多少',
    '我是企业的,企业诉求多少',
    '2024年满意率',
    '116.95万次',
  ]) {
    it(`leaves 「${said}」`, () => expect(mask(said)).to.equal(said));
  }
});

describe('what is kept', () => {
  let folder = '';
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'kept-')), 'kept');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  const filesOf = (days: number, today = () => TODAY, failures: unknown[] = []) =>
    new KeptFiles({ folder, days, today, onFailure: (error) => failures.push(error) });

  it('is a file of JSON lines a day, without who, where and when', async () => {
    const files = filesOf(7);
    files.keepMiss({ question: '我叫王小明，\n投诉类有多少', channel: 'directline', kind: 'decline' });
    files.keepVote({ channel: 'msteams', vote: 'down', comment: '打 13812345678', replyId: 'r1', question: '满意率' });
    await files.settled();
    const lines = readFileSync(join(folder, `${TODAY}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).to.deep.equal([
      { what: 'miss', day: TODAY, channel: 'directline', kind: 'decline', question: '我叫＊＊, 投诉类有多少' },
      {
        what: 'vote',
        day: TODAY,
        channel: 'msteams',
        vote: 'down',
        replyId: 'r1',
        question: '满意率',
        comment: '打 ＊＊',
      },
    ]);
    expect(await readKept(folder)).to.deep.equal(lines);
  });

  it('is deleted after the set number of days', async () => {
    let today = '2026-11-01';
    const files = filesOf(3, () => today);
    for (today of ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']) {
      files.keepMiss({ question: '甲', channel: 'c', kind: 'clarify' });
      await files.settled();
    }
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(readdirSync(folder).sort()).to.deep.equal([
      '2026-11-02.jsonl',
      '2026-11-03.jsonl',
      '2026-11-04.jsonl',
      'notes.txt',
    ]);
  });

  it('is read though a line was cut off', async () => {
    const files = filesOf(7);
    files.keepMiss({ question: '甲', channel: 'c', kind: 'clarify' });
    await files.settled();
    writeFileSync(join(folder, '2026-11-01.jsonl'), '{"what":"mi');
    expect(await readKept(folder)).to.have.length(1);
    expect(await readKept(join(folder, 'none'))).to.deep.equal([]);
  });

  it('disturbs nobody when it can’t be written, and that is told once', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const failures: unknown[] = [];
    const files = filesOf(7, undefined, failures);
    files.keepMiss({ question: '甲', channel: 'c', kind: 'clarify' });
    files.keepMiss({ question: '乙', channel: 'c', kind: 'clarify' });
    await files.settled();
    expect(failures).to.have.length(1);
  });

  it('is nothing with 0 days', () => {
    expect(keeping({ folder, days: 0 }, () => TODAY, recordingLogger().logger).observers).to.deep.equal([]);
  });
});

describe('a bot that is watched', () => {
  it('tells of every turn, and of a vote on a reply with the question that it answered', async () => {
    const turns: { channel: string; question: string; kind: string }[] = [];
    const votes: Feedback[] = [];
    const bot = new ReportBot({
      ...{ ask: fakeAsk, storage: new BoundedStorage(), wording: WORDING, today: () => TODAY },
      observers: [({ channel, said, turn }) => turns.push({ channel, question: said, kind: turn.reply.answer.kind })],
      onFeedback: (vote) => void votes.push(vote),
    });
    class Numbering extends InProcessAdapter {
      vote(replyId: unknown, feedback: unknown, conversation: string) {
        return this.take({ type: 'event', name: 'feedback', value: { activity: replyId, feedback } }, conversation);
      }
    }
    const adapter = new Numbering(bot, 'test');
    const ids: string[] = [];
    adapter.use(async (context, next) => {
      context.onSendActivities(async (_context, activities, send) => {
        await send();
        return activities.map(() => ({ id: ids[ids.push(`reply ${ids.length + 1}`) - 1] ?? '' }));
      });
      await next();
    });
    await adapter.say('甲', 'c');
    await adapter.say('哪个', 'c');
    expect(turns).to.deep.equal([
      { channel: 'test', question: '甲', kind: 'talk' },
      { channel: 'test', question: '哪个', kind: 'clarify' },
    ]);
    await adapter.vote('reply 2', 'down', 'c');
    await adapter.vote('reply 2', 'up', 'another conversation');
    await adapter.vote('reply 2', 'sideways', 'c');
    await adapter.vote({ $ne: 1 }, 'up', 'c');
    const vote = { channel: 'test', comment: undefined, replyId: 'reply 2' };
    expect(votes).to.deep.equal([
      { ...vote, vote: 'down', question: '哪个' },
      { ...vote, vote: 'up', question: undefined },
    ]);
  });
});
