import { expect } from 'chai';
import fc from 'fast-check';
import { cutText, splitText } from '../../src/channels/wecom/form/split-text';

describe('splitText', () => {
  it('leaves a text alone that fits', () => expect(splitText('您好。\n再见。', 100)).to.deep.equal(['您好。\n再见。']));

  it('cuts at the end of a line first, then of a sentence, then between characters', () => {
    expect(splitText('一一一。\n二二二。', 14)).to.deep.equal(['一一一。', '二二二。']);
    expect(splitText('一一一。二二二。', 14)).to.deep.equal(['一一一。', '二二二。']);
    expect(splitText('一一一二二二', 9)).to.deep.equal(['一一一', '二二二']);
  });

  it('cuts no character of several code points in two', () => {
    expect(splitText('👨‍👩‍👧👨‍👩‍👧', 20)).to.deep.equal(['👨‍👩‍👧', '👨‍👩‍👧']);
  });

  it('keeps every part within its bytes and every character of the text, in order', () => {
    const character = fc.constantFrom('一', 'a', '。', '！', '；', '\n', ' ', '😀', '“', '9');
    fc.assert(
      fc.property(fc.array(character, { maxLength: 400 }), fc.integer({ min: 8, max: 200 }), (characters, maxBytes) => {
        const text = characters.join('');
        const parts = splitText(text, maxBytes);
        for (const part of parts) expect(Buffer.byteLength(part)).to.be.within(1, maxBytes);
        expect(parts.join('').replace(/\s/g, '')).to.equal(text.replace(/\s/g, ''));
      }),
    );
  });
});

describe('cutText', () => {
  it('says that there is more, within the bytes', () => {
    const cut = cutText('一一一。二二二。三三三。', 26, '还有。');
    expect(cut).to.equal('一一一。\n还有。');
    expect(cutText('一一一。', 26, '还有。')).to.equal('一一一。');
  });
});
