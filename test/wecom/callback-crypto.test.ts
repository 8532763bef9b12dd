import { createCipheriv, randomBytes } from 'node:crypto';
import * as other from '@wecom/crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { CallbackCrypto, CryptoFault, isEncodingAesKey } from '../../src/channels/wecom/wire/callback-crypto';
import file from './vectors.json';

type Vector = (typeof file.vectors)[number];

const cryptoOf = ({ token, encodingAESKey, receiveId }: Vector) => new CallbackCrypto(token, encodingAESKey, receiveId);
const signedOf = ({ msgSignature: signature, timestamp, nonce, encrypt }: Vector) => ({
  signature,
  timestamp,
  nonce,
  encrypt,
});

function codeOf(run: () => unknown): number | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof CryptoFault) return error.code;
    throw error;
  }
  return undefined;
}

const keyText = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

describe('CallbackCrypto', () => {
  for (const vector of file.vectors) {
    it(`opens the known vector ${vector.name} and seals it again byte for byte`, () => {
      const opened = cryptoOf(vector).open(signedOf(vector));
      expect(opened).to.deep.equal({ message: vector.expectedPlaintext, receiveId: vector.expectedReceiveId });
      const { timestamp, nonce } = vector;
      const random = Buffer.from(vector.expectedRandom);
      expect(cryptoOf(vector).seal(opened.message, { timestamp, nonce, random })).to.deep.equal(signedOf(vector));
    });
  }

  for (const { name, base, change, expectError, ...rest } of file.negative) {
    it(`refuses the known vector ${name} with ${expectError}`, () => {
      const good = file.vectors.find((vector) => vector.name === base);
      if (!good) throw new Error(`no vector ${base}`);
      const bad: Vector = { ...good, ...change };
      const resigned = 'recomputeSignature' in rest && rest.recomputeSignature;
      const signature = resigned ? cryptoOf(bad).sign(bad) : bad.msgSignature;
      expect(codeOf(() => cryptoOf(bad).open({ ...signedOf(bad), signature }))).to.equal(expectError);
    });
  }

  it('refuses a text that is no base64, were it well signed', () => {
    const [vector] = file.vectors;
    if (!vector) throw new Error('no vectors');
    for (const encrypt of ['', '====', 'a', '<xml>', `${vector.encrypt}\n`, vector.encrypt.slice(1)]) {
      const signature = cryptoOf(vector).sign({ ...vector, encrypt });
      expect(
        codeOf(() => cryptoOf(vector).open({ ...signedOf(vector), encrypt, signature })),
        encrypt,
      ).to.be.oneOf([-40010, -40007]);
    }
  });

  it('refuses a padding of which only the last byte is right', () => {
    const crypto = new CallbackCrypto('token', keyText, 'ww1');
    const aesKey = Buffer.from(`${keyText}=`, 'base64');
    const plain = Buffer.concat([Buffer.alloc(16), Buffer.from([0, 0, 0, 2]), Buffer.from('okww1')]);
    for (const [tail, expected] of [
      [Buffer.alloc(7, 7), undefined],
      [Buffer.from([1, 7, 7, 7, 7, 7, 7]), -40008],
      [Buffer.from([7, 7, 7, 7, 7, 7, 0]), -40008],
      [Buffer.from([7, 7, 7, 7, 7, 7, 33]), -40008],
    ] as const) {
      const cipher = createCipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16)).setAutoPadding(false);
      const encrypt = Buffer.concat([cipher.update(plain), cipher.update(tail), cipher.final()]).toString('base64');
      const signed = { timestamp: '1', nonce: '2', encrypt };
      expect(codeOf(() => crypto.open({ ...signed, signature: crypto.sign(signed) }))).to.equal(expected);
    }
  });

  it('knows a key by its form', () => {
    expect(isEncodingAesKey('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C')).to.equal(true);
    for (const text of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(42)} `]) {
      expect(isEncodingAesKey(text), text).to.equal(false);
    }
  });

  const key = keyText;
  const anything = {
    message: fc.string({ unit: 'grapheme', maxLength: 300 }),
    token: fc.string({ minLength: 1, maxLength: 32 }),
    receiveId: fc.string({ maxLength: 40 }),
    timestamp: fc.nat().map(String),
    nonce: fc.string({ maxLength: 20 }),
  };

  it('says the same as @wecom/crypto on a thousand random messages, both ways', () => {
    fc.assert(
      fc.property(fc.record(anything), ({ message, token, receiveId, timestamp, nonce }) => {
        const crypto = new CallbackCrypto(token, key, receiveId);
        const random = randomBytes(16);
        const sealed = crypto.seal(message, { timestamp, nonce, random });
        expect(sealed.encrypt).to.equal(other.encrypt(key, message, receiveId, random));
        expect(sealed.signature).to.equal(other.getSignature(token, timestamp, nonce, sealed.encrypt));
        expect(other.decrypt(key, sealed.encrypt)).to.deep.include({ message, id: receiveId });
        expect(crypto.open(sealed)).to.deep.equal({ message, receiveId });
      }),
      { numRuns: 1000 },
    );
  });

  it('opens nothing once a single bit of the cipher text, the signature or the nonce is another', () => {
    const crypto = new CallbackCrypto('token', key, 'ww1');
    const sealed = crypto.seal('<xml>您好</xml>', { timestamp: '1', nonce: 'n' });
    fc.assert(
      fc.property(
        fc.constantFrom('encrypt', 'signature', 'nonce', 'timestamp'),
        fc.nat(),
        fc.nat(6),
        (part, at, bit) => {
          const text = [...sealed[part as keyof typeof sealed]];
          const index = at % text.length;
          text[index] = String.fromCharCode((text[index] ?? '').charCodeAt(0) ^ (1 << bit));
          expect(codeOf(() => crypto.open({ ...sealed, [part]: text.join('') }))).to.equal(-40001);
        },
      ),
      { numRuns: 500 },
    );
  });
});
