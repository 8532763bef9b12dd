/**
 * /metrics, for a Prometheus inside of the house: asked from a private address, and not through a proxy, which would make
 * the whole world look like one.
 */
import { BlockList, isIPv4 } from 'node:net';
import type * as restify from 'restify';
import type { Route } from './create-server';
import { plain } from './limits/client-address';
import type { Metrics } from './metrics';
import { Refusal } from './refusal';

const INSIDE = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  INSIDE.addSubnet(network, bits, 'ipv4');
}
INSIDE.addAddress('::1', 'ipv6');
INSIDE.addSubnet('fc00::', 7, 'ipv6');

export function metricsRoute(metrics: Metrics): Route {
  const tell = async (req: restify.Request, res: restify.Response) => {
    if (!isInside(req)) throw new Refusal(403);
    res.sendRaw(200, await metrics.registry.metrics(), { 'Content-Type': metrics.registry.contentType });
  };
  return (server) => {
    server.get('/metrics', tell);
    server.on('after', (req: restify.Request, res: restify.Response, route: { path?: unknown } | undefined) => {
      // The route as it is registered, not the path: that would be as many as people type.
      const path = typeof route?.path === 'string' ? route.path : 'none';
      metrics.seeRequest(path, res.statusCode, (Date.now() - req.time()) / 1000);
    });
  };
}

function isInside({ socket, headers }: Pick<restify.Request, 'socket' | 'headers'>): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined)
    return false;
  const address = plain(socket.remoteAddress ?? '');
  return INSIDE.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
