/** An answer given in the response to a callback: a text message, encrypted and signed, with a nonce of its own. */
import { randomInt } from 'node:crypto';
import type { CallbackCrypto } from './callback-crypto';

export interface PassiveText {
  to: string;
  from: string;
  content: string;
}

export function passiveReply({ to, from, content }: PassiveText, crypto: CallbackCrypto, nowMs: number): string {
  const timestamp = String(Math.floor(nowMs / 1000));
  const message = [
    '<xml>',
    `<ToUserName>${cdata(to)}</ToUserName>`,
    `<FromUserName>${cdata(from)}</FromUserName>`,
    `<CreateTime>${timestamp}</CreateTime>`,
    '<MsgType><![CDATA[text]]></MsgType>',
    `<Content>${cdata(content)}</Content>`,
    '</xml>',
  ].join('');
  const nonce = String(randomInt(1_000_000_000, 10_000_000_000));
  const { encrypt, signature } = crypto.seal(message, { timestamp, nonce, receiveId: from });
  return [
    '<xml>',
    `<Encrypt>${cdata(encrypt)}</Encrypt>`,
    `<MsgSignature>${cdata(signature)}</MsgSignature>`,
    `<TimeStamp>${timestamp}</TimeStamp>`,
    `<Nonce>${cdata(nonce)}</Nonce>`,
    '</xml>',
  ].join('');
}

export function cdata(text: string): string {
  return `<![CDATA[${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Without the characters that XML 1.0 has no way to write, and without halves of characters. */
function legal(text: string): string {
  return Buffer.from(text)
    .toString()
    .replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '');
}
