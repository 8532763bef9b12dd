/**
 * How the platform and this service prove themselves to each other: every callback is signed with the token and encrypted
 * with the EncodingAESKey, and so is every answer given in the response.
 *
 *     plaintext = 16 random bytes ‖ length of the message in bytes, big-endian ‖ message ‖ receiveid ‖ padding to 32
 *
 * The padding is PKCS#7 with a block of 32 although AES has 16, so node's own check of it has to stay off: it would fail
 * on every pad above 16. receiveid is the corp id of a self-built app.
 *
 * Not here: what is in the message (read-xml.ts, incoming-message.ts), whether it is too old (callback-route.ts).
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The numbers of the platform's own libraries; they go to the log, never over the wire. */
export const CRYPTO_CODES = {
  wrongSignature: -40001,
  badKey: -40004,
  wrongReceiver: -40005,
  notDecrypted: -40007,
  badPlaintext: -40008,
  notBase64: -40010,
} as const;

export class CryptoFault extends Error {
  readonly code: number;
  constructor(kind: keyof typeof CRYPTO_CODES) {
    super(kind);
    this.code = CRYPTO_CODES[kind];
  }
}

export interface Signed {
  signature: string;
  timestamp: string;
  nonce: string;
  encrypt: string;
}

export interface Opened {
  message: string;
  receiveId: string;
}

const BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

export class CallbackCrypto {
  private readonly key: Buffer;
  private readonly iv: Buffer;

  /** Without a receiveId any is let through, and the caller compares it with what the message says of itself. */
  constructor(
    private readonly token: string,
    encodingAesKey: string,
    private readonly receiveId?: string,
  ) {
    if (!isEncodingAesKey(encodingAesKey)) throw new CryptoFault('badKey');
    this.key = Buffer.from(`${encodingAesKey}=`, 'base64');
    this.iv = this.key.subarray(0, 16);
  }

  sign({ timestamp, nonce, encrypt }: Omit<Signed, 'signature'>): string {
    // Sorted by code unit, as the platform sorts; localeCompare would order otherwise.
    const text = [this.token, timestamp, nonce, encrypt].sort().join('');
    return createHash('sha1').update(text).digest('hex');
  }

  /** The message, if it was signed with our token, encrypted with our key and meant for us. Throws CryptoFault. */
  open(signed: Signed): Opened {
    if (!isSame(this.sign(signed), signed.signature)) throw new CryptoFault('wrongSignature');
    const opened = this.decrypt(signed.encrypt);
    if (this.receiveId !== undefined && !isSame(this.receiveId, opened.receiveId)) {
      throw new CryptoFault('wrongReceiver');
    }
    return opened;
  }

  seal(message: string, at: { timestamp: string; nonce: string; receiveId?: string; random?: Buffer }): Signed {
    const { timestamp, nonce, receiveId = this.receiveId ?? '', random = randomBytes(RANDOM_BYTES) } = at;
    const text = Buffer.from(message);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(text.length);
    const plain = Buffer.concat([random, length, text, Buffer.from(receiveId)]);
    const pad = BLOCK - (plain.length % BLOCK);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.iv).setAutoPadding(false);
    const bytes = Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]);
    const encrypt = bytes.toString('base64');
    return { timestamp, nonce, encrypt, signature: this.sign({ timestamp, nonce, encrypt }) };
  }

  private decrypt(encrypt: string): Opened {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypt) || encrypt.length % 4 !== 0) throw new CryptoFault('notBase64');
    const bytes = Buffer.from(encrypt, 'base64');
    if (bytes.length === 0 || bytes.length % 16 !== 0) throw new CryptoFault('notDecrypted');
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.iv).setAutoPadding(false);
    return unpacked(Buffer.concat([decipher.update(bytes), decipher.final()]));
  }
}

/** By form only: the last character of a good key may carry bits that base64 throws away, so re-encoding tells nothing. */
export function isEncodingAesKey(text: string): boolean {
  return /^[A-Za-z0-9]{43}$/.test(text);
}

function unpacked(padded: Buffer): Opened {
  const pad = padded.at(-1) ?? 0;
  const isPadded = pad >= 1 && pad <= BLOCK && pad <= padded.length && padded.subarray(-pad).every((b) => b === pad);
  if (!isPadded) throw new CryptoFault('badPlaintext');
  const plain = padded.subarray(0, padded.length - pad);
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (plain.length < start) throw new CryptoFault('badPlaintext');
  // The length counts bytes, not characters: cut first, decode after.
  const end = start + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw new CryptoFault('badPlaintext');
  return { message: plain.subarray(start, end).toString('utf8'), receiveId: plain.subarray(end).toString('utf8') };
}

/** In a time that tells nothing about where the two differ. */
function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
