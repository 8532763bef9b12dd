/**
 * An address the platform calls, `/wecom/callback` for the app and `/wecom/bot` for the AI bot: GET proves to it that this is the service it was told of, POST brings
 * a message. A message is acknowledged at once and answered when the answer is ready; the platform delivers a message
 * again until it is acknowledged, and that copy is acknowledged and forgotten.
 *
 * Whatever is wrong with a request, the refusal is the same: it tells nothing about how near it was. A copy of a good old
 * request is the same signed bytes, so it holds a message that is remembered (seen.ts), or it is too old to be read.
 */
import type * as restify from 'restify';
import type { Route } from '../../server/create-server';
import { Refusal } from '../../server/refusal';
import type { Refusals } from './refusals';
import type { Clock } from './sending/clock';
import { type CallbackCrypto, CryptoFault, type Opened, type Signed } from './wire/callback-crypto';
import { readBody } from './wire/read-body';

/** Clocks drift and deliveries are repeated; the platform itself sets no limit. */
export const WINDOW_MS = 10 * 60 * 1000;
const MAX_BODY_BYTES = 131_072;
const MAX_QUERY_CHARS = 128;
/** The platform sends some 19 digits; encrypted it is about a hundred characters. */
const MAX_ECHO_CHARS = 1024;

/** What differs between the app and the AI bot: XML or JSON around and inside of the cipher. */
export interface Wire<Message> {
  /** The cipher text of a body. */
  encryptIn: (body: string) => string | undefined;
  read: (opened: Opened) => Message | undefined;
}

export interface CallbackParts<Message> {
  path: string;
  crypto: CallbackCrypto;
  wire: Wire<Message>;
  refusals: Refusals;
  clock: Pick<Clock, 'now'>;
  /** Answers the request; throws Refusal(503) when the platform shall deliver again. */
  receive: (message: Message, exchange: Exchange) => Promise<void>;
}

export interface Exchange {
  req: restify.Request;
  res: restify.Response;
  nonce: string;
}

export function callbackRoute<Message>(parts: CallbackParts<Message>): Route {
  const { path, crypto, wire, refusals, clock, receive } = parts;
  const refuse = (reason: string, code?: number): never => {
    refusals.note(reason, code);
    throw new Refusal(403);
  };

  const open = (signed: Signed): Opened => {
    try {
      return crypto.open(signed);
    } catch (error) {
      if (error instanceof CryptoFault) return refuse(error.message, error.code);
      throw error;
    }
  };

  const verify = async (req: restify.Request, res: restify.Response) => {
    // A plus sign that somebody on the way didn't encode arrives as a space.
    const encrypt = (queryOf(req).get('echostr') ?? '').replaceAll(' ', '+');
    if (encrypt === '' || encrypt.length > MAX_ECHO_CHARS) refuse('no echostr');
    const { message } = open(readSigned(req, encrypt) ?? refuse('no signature'));
    // Else this would read recorded messages out to whoever holds a copy of their request.
    if (/^\s*[<{]/.test(message)) refuse('echostr is a message');
    sendText(res, message);
  };

  const post = async (req: restify.Request, res: restify.Response) => {
    const body = await readBody(req, MAX_BODY_BYTES);
    if (body === undefined) throw new Refusal(413);
    const encrypt = wire.encryptIn(body) ?? refuse('nothing encrypted');
    const signed = readSigned(req, encrypt) ?? refuse('no signature');
    if (Math.abs(clock.now() - Number(signed.timestamp) * 1000) > WINDOW_MS) refuse('too old or too new');
    const message = wire.read(open(signed)) ?? refuse('no message');
    await receive(message, { req, res, nonce: signed.nonce });
  };

  return (server) => {
    server.get(path, verify);
    server.post(path, post);
  };
}

/** Bare text: as JSON it would be quoted, and the platform would not know it again. */
export function sendText(res: restify.Response, text: string, contentType = 'text/plain; charset=utf-8'): void {
  res.sendRaw(200, text, { 'Content-Type': contentType });
}

function queryOf(req: restify.Request): URLSearchParams {
  return new URLSearchParams(req.getQuery() ?? '');
}

function readSigned(req: restify.Request, encrypt: string): Signed | undefined {
  const query = queryOf(req);
  const [signature = '', timestamp = '', nonce = ''] = ['msg_signature', 'timestamp', 'nonce'].map(
    (name) => query.get(name) ?? '',
  );
  const isGiven = [signature, timestamp, nonce, encrypt].every((part) => part !== '');
  const isShort = [signature, nonce].every((part) => part.length <= MAX_QUERY_CHARS);
  return isGiven && isShort && /^\d{1,12}$/.test(timestamp) ? { signature, timestamp, nonce, encrypt } : undefined;
}
