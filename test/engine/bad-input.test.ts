/**
 * Whatever is sent gets a sane reply: no exception, no markup sent back, no figure that nothing accounts for; also in the
 * middle of a conversation. How long it takes is measured by the benchmark.
 */
import { expect } from 'chai';
import type { Focus, Turn } from '../../src/engine/answer';
import { ask, said, served, some } from './asking';
import { BAD_INPUT, sequence, shuffledWords, strangeMessages } from './strange-messages';

/** A phone screen is full much earlier. */
const LONGEST_REPLY = 8000;

describe('bad input', () => {
  for (const [what, message] of Object.entries(BAD_INPUT)) {
    it(`of ${what} gets a sane reply`, () => {
      const turn = ask(message);
      expect(insane(turn, message), said(turn)).to.deep.equal([]);
    });

    it(`of ${what} gets a sane reply in a conversation, and the next question is answered`, () => {
      const before = ask('政风热线满意率').focus;
      const turn = ask(message, served(), before);
      expect(insane(turn, message), said(turn)).to.deep.equal([]);
      const after = ask('2024年企业诉求总量是多少', served(), turn.focus);
      expect(after.reply.text).to.include('49,722');
    });
  }

  it('is not thrown at by the report\u2019s own words in any order', () => {
    const next = shuffledWords(served().library, 110);
    expect(some(faultsOf(1000, next))).to.equal('');
  });

  it('of five thousand fuzzed messages gets sane replies', function () {
    this.timeout(180_000);
    const next = strangeMessages(served().library, 12345);
    expect(some(faultsOf(5000, next))).to.equal('');
  });
});

/** Each message alone, and every third one as a follow-up to the one before. */
function faultsOf(count: number, next: () => string): string[] {
  const random = sequence(count);
  const faults: string[] = [];
  let focus: Focus | undefined;
  for (let i = 0; i < count; i += 1) {
    const message = next();
    try {
      const turn = ask(message, served(), random() < 0.33 ? focus : undefined);
      focus = turn.focus;
      const wrong = insane(turn, message);
      if (wrong.length > 0) faults.push(`${JSON.stringify(message.slice(0, 120))}: ${wrong.join(', ')}: ${said(turn)}`);
    } catch (error) {
      faults.push(`${JSON.stringify(message.slice(0, 120))}: threw ${String(error)}`);
    }
  }
  return faults;
}

/** What is wrong with a reply, whatever was asked. */
function insane({ reply, fault }: Turn, message: string): string[] {
  const shown = [reply.text, ...reply.options.map(({ label }) => label), ...reply.suggestions].join('\n');
  const found: string[] = [];
  if (fault) found.push(`withheld: ${fault.message}`);
  if (reply.text.trim() === '') found.push('empty');
  if (shown.length > LONGEST_REPLY) found.push(`${shown.length} characters`);
  // A word of it may be quoted as not in the report; what makes it markup may not.
  if (/[<>]|javascript:|\]\(/i.test(shown)) found.push('markup');
  if (!/undefined|NaN/i.test(message) && /undefined|NaN|\[object|\{[年数名]/.test(shown))
    found.push('a hole in the wording');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\ufffd]/.test(shown)) found.push('control characters');
  if (/\p{Cs}/u.test(shown)) found.push('half a character');
  return found;
}
