/**
 * The platform's other half: it signs and encrypts what people do and calls the service, as the platform would. With the
 * cipher of @wecom/crypto, so that a mistake of our own cipher can't hide by being made twice.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { readXml, textOf } from '../../src/channels/wecom/wire/read-xml';

export const TOKEN = 'stand-in-token';
export const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
export const CORP = 'ww1436e0e65a779aee';
export const AGENT = '1000002';

export interface Delivery {
  query: string;
  body: string;
}

export interface Changes {
  token?: string;
  corp?: string;
  timestamp?: number;
  nonce?: string;
}

let lastId = 4561255354251345929n;

export class StandInClient {
  constructor(
    private readonly url: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** A message of a person, ready to be delivered, once or several times. */
  text(person: string, content: string, changes: Changes = {}): Delivery {
    lastId += 1n;
    return this.sealed(
      person,
      `<MsgType><![CDATA[text]]></MsgType><Content>${cdata(content)}</Content><MsgId>${lastId}</MsgId>`,
      changes,
    );
  }

  file(person: string, type: string, more: string): Delivery {
    lastId += 1n;
    return this.sealed(person, `<MsgType><![CDATA[${type}]]></MsgType>${more}<MsgId>${lastId}</MsgId>`);
  }

  event(person: string, event: string, more = ''): Delivery {
    return this.sealed(person, `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event>${more}`);
  }

  press(
    person: string,
    key: string,
    taskId: string,
    event = 'template_card_event',
    code: string = randomUUID(),
  ): Delivery {
    const card = event === 'template_card_event' ? 'button_interaction' : 'text_notice';
    return this.event(
      person,
      event,
      `<EventKey>${cdata(key)}</EventKey><TaskId>${cdata(taskId)}</TaskId><CardType>${card}</CardType><ResponseCode>${cdata(code)}</ResponseCode>`,
    );
  }

  async deliver({ query, body }: Delivery): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.url}/wecom/callback?${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml' },
      body,
    });
    return { status: response.status, text: await response.text() };
  }

  /** The address check of the admin console. */
  async verify(
    echo: string,
    changes: Changes & { signature?: string } = {},
  ): Promise<{ status: number; text: string }> {
    const sealed = encrypt(AES_KEY, echo, changes.corp ?? CORP);
    const query = this.signed(sealed, changes);
    if (changes.signature) query.set('msg_signature', changes.signature);
    query.set('echostr', sealed);
    const response = await fetch(`${this.url}/wecom/callback?${query}`);
    return { status: response.status, text: await response.text() };
  }

  sealed(person: string, inner: string, changes: Changes = {}): Delivery {
    const corp = changes.corp ?? CORP;
    const at = changes.timestamp ?? Math.floor(this.now() / 1000);
    const xml = `<xml><ToUserName>${cdata(corp)}</ToUserName><FromUserName>${cdata(person)}</FromUserName><CreateTime>${at}</CreateTime>${inner}<AgentID>${AGENT}</AgentID></xml>`;
    return this.sealedXml(xml, changes);
  }

  sealedXml(xml: string, changes: Changes = {}): Delivery {
    const corp = changes.corp ?? CORP;
    const sealed = encrypt(AES_KEY, xml, corp);
    const body = `<xml><ToUserName>${cdata(corp)}</ToUserName><AgentID>${cdata(AGENT)}</AgentID><Encrypt>${cdata(sealed)}</Encrypt></xml>`;
    return { query: this.signed(sealed, changes).toString(), body };
  }

  private signed(sealed: string, changes: Changes): URLSearchParams {
    const timestamp = String(changes.timestamp ?? Math.floor(this.now() / 1000));
    const nonce = changes.nonce ?? String(randomInt(1_000_000_000));
    return new URLSearchParams({
      msg_signature: getSignature(changes.token ?? TOKEN, timestamp, nonce, sealed),
      timestamp,
      nonce,
    });
  }
}

/** The text of an answer in the response, opened as the platform opens it. */
export function openPassive(text: string): { to: string; from: string; content: string; type: string } {
  const outer = readXml(text) ?? {};
  const part = (name: string) => textOf(outer, name) ?? '';
  const expected = getSignature(TOKEN, part('TimeStamp'), part('Nonce'), part('Encrypt'));
  if (expected !== part('MsgSignature')) throw new Error('wrong signature on the answer');
  const opened = decrypt(AES_KEY, part('Encrypt'));
  if (opened.id !== CORP) throw new Error('wrong receiveid on the answer');
  const inner = readXml(opened.message) ?? {};
  const value = (name: string) => textOf(inner, name) ?? '';
  return { to: value('ToUserName'), from: value('FromUserName'), content: value('Content'), type: value('MsgType') };
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
