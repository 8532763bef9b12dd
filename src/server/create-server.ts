/**
 * The HTTP server, hardened, with the routes it is given. It knows none of them: a route is a function that registers its
 * paths, each in its own file, and index.ts lists them.
 *
 *     const messages: Route = (server) => server.post('/api/messages', ...jsonBody(), async (req, res) => { … });
 *
 * Handlers are async functions of (req, res): what they throw becomes a refusal in fixed words; what a plain function throws
 * would end the process.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import * as restify from 'restify';
import { faultForLog } from '../fault';
import { isStateAway } from '../state/state-away';
import { beforeRouting } from './before-routing';
import { Refusal, type RefusalStatus, refusalBody, refusalStatus } from './refusal';

declare module 'restify' {
  interface Server {
    first(...handlers: ((req: IncomingMessage, res: ServerResponse) => boolean)[]): Server;
  }
}

export type Route = (server: restify.Server) => void;

/** The shared store is back in seconds, or somebody is called. */
const RETRY_AFTER_S = 3;
/**
 * A head must be here within ten seconds, the whole request within twenty, which is looked at every two. An idle connection
 * is kept for longer than balancers keep theirs (a minute): who closes first loses the request that is on its way.
 */
export const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
  timeout: 90_000,
};

export interface ServerParts {
  routes: Route[];
  logger: Logger;
  /** Handlers that every request passes before its route (limits/protect.ts). */
  protection?: Route;
  timeouts?: Partial<typeof TIMEOUTS>;
}

export function createServer({ routes, logger, protection, timeouts }: ServerParts): restify.Server {
  const server = restify.createServer({ name: '', log: logger as never }); // no name: no Server header
  // node would silently cut the headers at its own limit; before-routing.ts refuses instead.
  Object.assign(server.server, TIMEOUTS, timeouts, { maxHeadersCount: 0 });
  server.first(beforeRouting);
  for (const register of routes) register(server);
  protection?.(server); // Behind what routes put before themselves: who is refused is told so across origins too.

  server.on('restifyError', (req: restify.Request, res: restify.Response, error: unknown, done: () => void) => {
    const status = refusalStatus(statusOf(error));
    // What a handler refuses by a Refusal is meant, and a store that is away is told of once, by its connection.
    const isMeant = error instanceof Refusal || isStateAway(error);
    if (isStateAway(error)) res.setHeader('Retry-After', RETRY_AFTER_S);
    if (status >= 500 && !isMeant) {
      // The route, not the path: what is typed into an address may be personal.
      logger.error({ route: req.getRoute()?.name, status, fault: faultForLog(error) }, 'request failed');
    }
    if (error instanceof Refusal && error.retryAfterS) res.setHeader('Retry-After', String(error.retryAfterS));
    if (!res.headersSent) res.send(status, refusalBody(status));
    done();
  });
  server.on('clientError', refuseUnreadable);
  // restify listens for upgrades and leaves them open when nobody takes them.
  if (server.listenerCount('upgrade') === 0)
    server.on('upgrade', (_req: IncomingMessage, socket: Duplex) => socket.destroy());
  return server;
}

function statusOf(error: unknown): unknown {
  if (isStateAway(error)) return 503;
  return error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
}

/** What node could not even read as HTTP: there is no request object to answer, only the socket. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_PARSER[error.code ?? ''] ?? 400;
  const body = JSON.stringify(refusalBody(status));
  const head = [
    `HTTP/1.1 ${status} ${refusalBody(status).error.code}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const STATUS_OF_PARSER: Record<string, RefusalStatus> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
