/**
 * Web chat: Direct Line 3.0 inside the service, as Microsoft's own clients speak it, and POST /webchat/token, which gives a
 * page a token for one new conversation.
 *
 * | request (under /v3/directline) | who | answer |
 * |---|---|---|
 * | POST /tokens/generate | secret | a token for a new conversation |
 * | POST /tokens/refresh | token | another one, for the same |
 * | POST /conversations | token or secret | opens it and greets: 201; 200 when it is open |
 * | GET /conversations/:id?watermark= | either | a new stream address |
 * | POST /conversations/:id/activities | either | `{"id"}`; the bot's answer comes by stream or GET |
 * | GET /conversations/:id/activities?watermark= | either | what came after the watermark |
 * | WebSocket /conversations/:id/stream | token in the address | the same, as it comes |
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as later } from 'node:timers/promises';
import type * as restify from 'restify';
import { z } from 'zod';
import { faultForLog } from '../../fault';
import type { Route } from '../../server/create-server';
import { jsonBody } from '../../server/json-body';
import { type AddressOf, addressOf as addressFor, TrustedProxies } from '../../server/limits/client-address';
import { NO_LIMITS, type RateLimits } from '../../server/limits/rate-limits';
import { Refusal } from '../../server/refusal';
import { CLOSE_WITHIN_MS } from '../../server/run-server';
import { mayEnter, type Visitor, visitorOf } from './at-the-door';
import { activitySetJson, readWatermark } from './conversation-store';
import { allowCrossOrigin } from './cross-origin';
import { DirectLine, type DirectLineParts } from './direct-line';
import { streamAddress } from './stream-address';
import { Streams } from './streams';
import { BOUND_USER, TOKEN_LIFE_S, Tokens } from './tokens';

export interface WebChatParts extends DirectLineParts {
  secret: string;
  /** Where people reach the service. */
  publicUrl: string;
  /** Sites whose pages may speak to us. */
  origins: readonly string[];
  limits?: RateLimits;
  /** Whose request it is, for counting. */
  addressOf?: AddressOf;
  socketsPerClient?: number;
}

export interface WebChat {
  route: Route;
  /** Lets the turns under way end, then tells the clients to come back. False: the time was up before. */
  end: (withinMs?: number) => Promise<boolean>;
  /** For the figures of operation. */
  sockets: () => number;
}

export const MAX_ACTIVITY_BYTES = 65_536;

const directAddress = addressFor(new TrustedProxies([]));

const locale = z.string().max(35).optional().catch(undefined);
/** `{}`, or who the person is: an id that a site's own login stands for. Ids that begin otherwise are free for all to take. */
const Naming = z.object({
  user: z
    .object({ id: z.string().regex(BOUND_USER).optional() })
    .passthrough()
    .optional(),
});
/** Clients send the id they chose for themselves; only one that a token could name is taken. */
const Opening = z.object({
  user: z
    .object({ id: z.string().regex(BOUND_USER).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  locale,
});

export function webChat(parts: WebChatParts): WebChat {
  const tokens = new Tokens(parts.secret);
  const directLine = new DirectLine(parts);
  const streams = new Streams({ ...parts, tokens });
  const crossOrigin = allowCrossOrigin(parts.origins);
  const { limits = NO_LIMITS, addressOf = directAddress } = parts;

  const visitor = (req: restify.Request): Visitor => visitorOf(req, tokens);
  /** Who may enter the conversation of the path; of anybody else's it isn't even said whether it exists. */
  const entering = (req: restify.Request): { visitor: Visitor; conversationId: string } => {
    const conversationId = String(req.params['id']);
    const who = visitor(req);
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(conversationId)) throw new Refusal(404);
    if (!mayEnter(who, conversationId)) throw new Refusal(401);
    return { visitor: who, conversationId };
  };
  const newToken = (conversationId: string, userId: string) => ({
    conversationId,
    token: tokens.chatToken(conversationId, userId),
    expires_in: TOKEN_LIFE_S,
  });
  const withStream = (req: restify.Request, conversationId: string, userId: string, expiresAt: number) => {
    const token = tokens.streamToken({ conversationId, userId, expiresAt });
    const watermark = String(readWatermark(queryOf(req).get('watermark')) || '');
    return { streamUrl: streamAddress(req, { publicUrl: parts.publicUrl, conversationId, token, watermark }) };
  };

  const giveToken = async (_req: restify.Request, res: restify.Response) => {
    res.send(200, newToken(Tokens.newConversationId(), Tokens.newUserId()));
  };

  const generate = async (req: restify.Request, res: restify.Response) => {
    if (visitor(req).is !== 'server') throw new Refusal(401);
    const { user } = read(Naming, req.body);
    res.send(200, newToken(Tokens.newConversationId(), user?.id ?? Tokens.newUserId()));
  };

  const refresh = async (req: restify.Request, res: restify.Response) => {
    const who = visitor(req);
    if (who.is !== 'person') throw new Refusal(400);
    res.send(200, newToken(who.pass.conversationId, who.pass.userId));
  };

  const open = async (req: restify.Request, res: restify.Response) => {
    const who = visitor(req);
    const opening = read(Opening, req.body);
    await limits.conversation(addressOf(req));
    const [conversationId, userId] =
      who.is === 'person'
        ? [who.pass.conversationId, who.pass.userId]
        : [Tokens.newConversationId(), opening.user?.id ?? Tokens.newUserId()];
    const isNew = await directLine.open(conversationId, userId, opening.locale);
    const token = newToken(conversationId, userId);
    res.send(isNew ? 201 : 200, { ...token, ...withStream(req, conversationId, userId, secondsFromNow(TOKEN_LIFE_S)) });
  };

  /** Prolongs nothing: that is what refreshing is for. Opens nothing either, so nobody is greeted again. */
  const comeBack = async (req: restify.Request, res: restify.Response) => {
    const { visitor: who, conversationId } = entering(req);
    if (who.is === 'server') {
      const userId = Tokens.newUserId();
      const expiresAt = secondsFromNow(TOKEN_LIFE_S);
      res.send(200, { ...newToken(conversationId, userId), ...withStream(req, conversationId, userId, expiresAt) });
      return;
    }
    const { userId, expiresAt } = who.pass;
    const mine = { conversationId, token: who.token, expires_in: expiresAt - secondsFromNow(0) };
    res.send(200, { ...mine, ...withStream(req, conversationId, userId, expiresAt) });
  };

  const say = async (req: restify.Request, res: restify.Response) => {
    const { visitor: who, conversationId } = entering(req);
    await limits.message(conversationId);
    const userId = who.is === 'person' ? who.pass.userId : idOf(req.body);
    const said = await directLine.say(conversationId, userId, req.body);
    if (said.is === 'unreadable') throw new Refusal(400);
    if (said.is === 'too many') throw new Refusal(429, 2);
    res.send(200, { id: said.id });
  };

  const listen = async (req: restify.Request, res: restify.Response) => {
    const { conversationId } = entering(req);
    const watermark = readWatermark(queryOf(req).get('watermark'));
    // Microsoft's client stops asking for ever at the first error.
    const set = await parts.store.after(conversationId, watermark).catch((error: unknown) => {
      parts.logger.error({ fault: faultForLog(error) }, 'activities not read');
      return { activities: [], watermark };
    });
    res.sendRaw(200, activitySetJson(set), { 'Content-Type': 'application/json' });
  };

  const noFiles = async (req: restify.Request) => {
    entering(req);
    throw new Refusal(415);
  };

  /** Before the body is read: what a stranger sends isn't waited for. */
  const known: restify.RequestHandler = (req, _res, next) => next(refusalOf(() => visitor(req)));
  const knownHere: restify.RequestHandler = (req, _res, next) => next(refusalOf(() => entering(req)));
  const preflight = async (_req: restify.Request, res: restify.Response) => {
    res.send(204);
  };

  const at = '/v3/directline';
  const route: Route = (server) => {
    server.pre((req: restify.Request, res: restify.Response, next: restify.Next) => {
      if (/^\/(v3\/directline|webchat\/token)(\/|\?|$)/.test(req.url ?? '')) crossOrigin(req, res);
      next();
    });
    for (const path of ['/webchat/token', `${at}/tokens/generate`, `${at}/tokens/refresh`, `${at}/conversations`]) {
      server.opts(path, preflight);
    }
    for (const path of ['', '/activities', '/upload']) server.opts(`${at}/conversations/:id${path}`, preflight);

    server.post('/webchat/token', giveToken);
    server.post(`${at}/tokens/generate`, known, ...bodyIfAny(), generate);
    server.post(`${at}/tokens/refresh`, refresh);
    server.post(`${at}/conversations`, known, ...bodyIfAny(), open);
    server.get(`${at}/conversations/:id`, comeBack);
    server.post(`${at}/conversations/:id/activities`, knownHere, ...jsonBody(MAX_ACTIVITY_BYTES), say);
    server.get(`${at}/conversations/:id/activities`, listen);
    server.post(`${at}/conversations/:id/upload`, noFiles);
    server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => streams.upgrade(req, socket, head));
  };
  const end = async (withinMs = CLOSE_WITHIN_MS) => {
    const isSettled = await Promise.race([
      directLine.settled().then(() => true),
      later(withinMs, false, { ref: false }),
    ]);
    streams.end();
    return isSettled;
  };
  return { route, end, sockets: () => streams.size };
}

/** Some clients send no body, others `{}`, where nothing has to be said. */
function bodyIfAny(): restify.RequestHandler[] {
  const isEmpty = ({ headers }: restify.Request) =>
    headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  return jsonBody(MAX_ACTIVITY_BYTES).map((handler) => (req, res, next) => {
    if (isEmpty(req)) next();
    else handler(req, res, next);
  });
}

function read<Form extends z.ZodTypeAny>(form: Form, body: unknown): z.infer<Form> {
  const result = form.safeParse(body ?? {});
  if (!result.success) throw new Refusal(400);
  return result.data;
}

function refusalOf(check: () => unknown): unknown {
  try {
    check();
    return undefined;
  } catch (error) {
    return error;
  }
}

function idOf(body: unknown): string {
  const sender = z.object({ from: z.object({ id: z.string().min(1).max(200) }) }).safeParse(body);
  if (!sender.success) throw new Refusal(400);
  return sender.data.from.id;
}

function queryOf(req: restify.Request): URLSearchParams {
  return new URLSearchParams(req.getQuery() ?? '');
}

function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
