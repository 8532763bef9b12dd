/**
 * /healthz: the process lives. /readyz: it can answer, that is, what it needs is there and it isn't closing. A load balancer
 * takes a service out on a red /readyz, and restarts it on a missing /healthz.
 */
import type * as restify from 'restify';
import type { Route } from './create-server';
import { Refusal } from './refusal';

/** One thing the service needs: true when it is there. A throw counts as not there. */
export type ReadyCheck = () => boolean | Promise<boolean>;

export function healthRoutes(checks: ReadyCheck[]): Route {
  const alive: restify.RequestHandler = async (_req, res) => {
    res.send(200, { status: 'ok' });
  };
  const ready: restify.RequestHandler = async (_req, res) => {
    const states = await Promise.allSettled(checks.map(async (check) => check()));
    if (!states.every((state) => state.status === 'fulfilled' && state.value)) throw new Refusal(503);
    res.send(200, { status: 'ready' });
  };
  return (server) => {
    server.get('/healthz', alive);
    server.head('/healthz', alive);
    server.get('/readyz', ready);
    server.head('/readyz', ready);
  };
}
