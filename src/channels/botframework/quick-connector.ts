/**
 * A reply on its way to the connector, without the SDK's pipeline around it: one POST over a connection that is kept open.
 * The pipeline (built anew for each turn, then gone through) costs as much as the rest of a turn.
 *
 * Only the plain case is quick: what comes back other than as a success is left to the SDK, which knows what to try again.
 */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Activity, ResourceResponse } from 'botbuilder';

/** The part of the SDK's credentials that is needed: puts the token on a request, and gets a new one when it is over. */
export interface Credentials {
  signRequest(request: never): Promise<unknown>;
}

const OPTIONS = { keepAlive: true, maxSockets: 200, timeout: 30_000 };
const AGENTS = { http: new HttpAgent(OPTIONS), https: new HttpsAgent(OPTIONS) };
const TIMEOUT_MS = 15_000;
const MOST_BYTES = 65_536;

/** Nobody knows whether the reply arrived: it isn't sent again, or a person would read it twice. */
export class ReplyTimedOut extends Error {
  readonly code = 'REPLY_TIMED_OUT';
}

/** Undefined: not taken; the SDK may try. */
export async function sendQuickly(
  serviceUrl: string,
  credentials: Credentials | undefined,
  activity: Partial<Activity>,
): Promise<ResourceResponse | undefined> {
  const url = addressOf(serviceUrl, activity);
  if (!url) return undefined;
  const body = Buffer.from(JSON.stringify(activity));
  const headers: Record<string, string | number> = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    Accept: '*/*',
  };
  const toSign = { headers: { set: (name: string, value: string) => void Object.assign(headers, { [name]: value }) } };
  await credentials?.signRequest(toSign as never);
  return post(url, headers, body);
}

function addressOf(serviceUrl: string, { conversation, replyToId }: Partial<Activity>): URL | undefined {
  if (!conversation || !URL.canParse(serviceUrl)) return undefined;
  const to = `${serviceUrl.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(conversation.id)}/activities`;
  return new URL(replyToId ? `${to}/${encodeURIComponent(replyToId)}` : to);
}

function post(url: URL, headers: Record<string, string | number>, body: Buffer): Promise<ResourceResponse | undefined> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, timeout: TIMEOUT_MS };
    const answered = (response: IncomingMessage) => read(response).then(resolve, () => resolve(undefined));
    const req: ClientRequest =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: AGENTS.https }, answered)
        : httpRequest(url, { ...options, agent: AGENTS.http }, answered);
    req.on('timeout', () => req.destroy(new ReplyTimedOut('no response to a reply')));
    req.on('error', (error) => (error instanceof ReplyTimedOut ? reject(error) : resolve(undefined)));
    req.end(body);
  });
}

/** The id the channel gave the reply; none where it gives none. */
async function read(response: IncomingMessage): Promise<ResourceResponse | undefined> {
  let text = '';
  response.setEncoding('utf8');
  for await (const part of response) if (text.length < MOST_BYTES) text += part;
  if (response.statusCode === undefined || response.statusCode < 200 || response.statusCode > 299) return undefined;
  return { id: idIn(text) };
}

function idIn(text: string): string {
  if (text === '') return '';
  try {
    const { id }: { id?: unknown } = JSON.parse(text);
    return typeof id === 'string' ? id : '';
  } catch {
    return ''; // Taken all the same; only its name is unknown.
  }
}
