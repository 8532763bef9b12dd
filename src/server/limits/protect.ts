/**
 * What every request passes before its route: room in the service (gate.ts), and whether its client may ask yet
 * (rate-limits.ts). Those who watch the service pass by: health and figures must be told most of all when it is crowded.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as restify from 'restify';
import { refuseAtOnce } from '../before-routing';
import type { Route } from '../create-server';
import type { AddressOf, TrustedProxies } from './client-address';
import { type ConnectionLimits, limitConnections } from './connections';
import type { Gate } from './gate';
import type { RateLimits } from './rate-limits';

export interface ProtectionParts {
  gate: Gate;
  limits: RateLimits;
  addressOf: AddressOf;
  trusted: TrustedProxies;
  connections: ConnectionLimits;
  /** Routes whose senders are verified and speak for many people: a service of Microsoft's or Tencent's has few addresses. */
  verifiesSenders: RegExp;
  /** A browser may be told to come by https only. */
  isHttps: boolean;
  /** True once the service is closing: each connection then ends with its response. */
  isClosing: () => boolean;
  /** Told of each request that is turned away for want of room. */
  onShed?: () => void;
}

const WATCHING = /^\/(healthz|readyz|metrics)(\?|$)/;
const COME_BACK_S = '2';
const REFUSED = new Set([400, 401, 403, 413, 415]);

export function protect(parts: ProtectionParts): Route {
  const { gate, limits, addressOf, verifiesSenders } = parts;

  const turnAway = (req: IncomingMessage, res: ServerResponse): boolean => {
    if (parts.isHttps) res.setHeader('Strict-Transport-Security', 'max-age=31536000');
    if (parts.isClosing()) res.setHeader('Connection', 'close');
    if (WATCHING.test(req.url ?? '') || !gate.isFull) return true;
    parts.onShed?.();
    refuseAtOnce(res, 503, { 'Retry-After': COME_BACK_S });
    return false;
  };

  const wait: restify.RequestHandler = (req, _res, next) => {
    if (WATCHING.test(req.url ?? '')) next();
    else gate.wait(() => next(req.socket.destroyed ? false : undefined)); // A client that is gone needs no answer.
  };

  const count: restify.RequestHandler = (req, res, next) => {
    const path = req.url ?? '';
    if (WATCHING.test(path)) return next();
    const address = addressOf(req);
    const isVerified = verifiesSenders.test(path);
    res.once('finish', () => {
      if (isVerified && REFUSED.has(res.statusCode)) void limits.refused.count(address);
    });
    (isVerified ? limits.refused.check(address) : limits.client(address)).then(() => next(), next);
  };

  return (server) => {
    limitConnections(server.server, parts.trusted, parts.connections);
    server.server.on('connection', () => gate.seeConnection());
    server.first(turnAway);
    server.pre(wait, count);
  };
}
