import { Readable, Writable } from 'node:stream';
import { expect } from 'chai';
import { readArguments, WrongArguments } from '../../src/channels/terminal/arguments';
import { runAsk } from '../../src/channels/terminal/run-ask';
import { fakeAsk, recordingLogger, TODAY, WORDING } from '../bot/fake-engine';

async function run(args: string[], typed = '') {
  const { form, today } = readArguments(args);
  let printed = '';
  const output = new Writable({
    highWaterMark: 64, // so that writing has to wait now and then
    write(part, _encoding, done) {
      printed += part;
      setImmediate(done);
    },
  });
  const { logger } = recordingLogger();
  const parts = { ask: fakeAsk, wording: WORDING, today: () => today ?? TODAY, logger };
  const code = await runAsk(form, parts, { input: Readable.from([typed]), output });
  await new Promise<void>((resolve) => output.end(resolve));
  return { code, printed };
}

describe('ask', () => {
  it('prints the reply as text, with its buttons', async () => {
    expect(await run(['甲是多少'])).to.deep.equal({ code: 0, printed: `1. 甲是多少 @${TODAY}\n［再问一个］\n` });
  });

  it('takes words without quotes for one question', async () => {
    expect((await run(['甲', '多少'])).printed).to.include('1. 甲 多少');
  });

  it('prints the structured answer with --json, before or after the question', async () => {
    for (const args of [
      ['--json', '哪个'],
      ['哪个', '--json'],
    ]) {
      expect(JSON.parse((await run(args)).printed)).to.deep.include({ kind: 'clarify', options: ['甲'] });
    }
  });

  it('prints the reply and why with --explain', async () => {
    expect((await run(['--explain', '甲'])).printed).to.equal(`1. 甲 @${TODAY}\n［再问一个］\n\n{ question: '甲' }\n`);
  });

  it('answers as on the day of --today', async () => {
    expect((await run(['--today', '2025-01-02', '甲'])).printed).to.include('@2025-01-02');
  });

  it('ends with 1 when all it could say was sorry', async () => {
    expect(await run(['崩溃'])).to.deep.equal({ code: 1, printed: `${WORDING.apology}\n` });
  });

  for (const [args, word] of [
    [['--nonsense'], '--nonsense'],
    [['--today', '2025-02-30', '甲'], '--today'],
    [['--today', '昨天', '甲'], '昨天'],
    [['--json', '--explain', '甲'], '一次'],
    [['--json'], '--json'],
    [['--jsonl', '甲'], '--jsonl'],
  ] as const) {
    it(`tells what is wrong with ${args.join(' ')}`, () => {
      expect(() => readArguments([...args])).to.throw(WrongArguments, word);
    });
  }
});

describe('ask --jsonl', () => {
  it('answers each line as a conversation of its own, in order', async () => {
    const lines = [
      { id: 'a', say: ['甲', '乙'] },
      { id: 'a', say: ['丙'] },
      { id: 7, say: [] },
    ];
    const { code, printed } = await run(['--jsonl'], `${lines.map((line) => JSON.stringify(line)).join('\r\n')}\n\n`);
    const [first, second, third] = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).to.equal(0);
    expect(first.id).to.equal('a');
    expect(first.replies.map((reply: { text: string }) => reply.text)).to.deep.equal([
      `1. 甲 @${TODAY}`,
      `2. 乙 @${TODAY}`,
    ]);
    expect(first.replies[0].answer.kind).to.equal('talk');
    expect(second.replies[0].text).to.equal(`1. 丙 @${TODAY}`);
    expect(third).to.deep.equal({ id: 7, replies: [] });
  });

  it('puts an error line for each line it can’t read, goes on, and ends with 1', async () => {
    const lines = [
      '\uFEFF{"id":"bom","say":["甲"]}',
      '{broken',
      '{"id":"x","say":"甲"}',
      '["甲"]',
      '{"id":"z","say":["甲"]}',
    ];
    const { code, printed } = await run(['--jsonl'], lines.join('\n'));
    const out = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).to.equal(1);
    expect(out.map(({ id }) => id)).to.deep.equal(['bom', 2, 'x', 4, 'z']);
    expect(out.map((line) => 'error' in line)).to.deep.equal([false, true, true, true, false]);
  });

  it('keeps a place for a turn that failed', async () => {
    const { printed } = await run(['--jsonl'], '{"id":"a","say":["崩溃","甲"]}');
    const { replies } = JSON.parse(printed);
    expect(replies[0]).to.deep.equal({ text: WORDING.apology, answer: null });
    expect(replies[1].text).to.equal(`1. 甲 @${TODAY}`);
  });

  it('gets through 2 000 conversations of three turns', async () => {
    const line = (id: number) => JSON.stringify({ id, say: ['甲', '乙', '丙'] });
    const typed = Array.from({ length: 2000 }, (_, id) => line(id)).join('\n');
    const { printed } = await run(['--jsonl'], typed);
    expect(printed.trim().split('\n')).to.have.length(2000);
  });
});

describe('ask without a question', () => {
  it('welcomes, keeps the conversation, and ends at 退出', async () => {
    const { code, printed } = await run([], '甲\n\n乙\n退出\n丙\n');
    expect(code).to.equal(0);
    expect(printed).to.include(WORDING.welcome).and.include('1. 甲').and.include('2. 乙').and.not.include('丙');
  });

  it('ends with the input', async () => {
    expect((await run([], '甲')).printed).to.include('1. 甲');
  });
});
