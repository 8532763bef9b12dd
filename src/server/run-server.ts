/**
 * Listening and closing. Closing takes no new connections, lets the turns under way end, and cuts what is left after a set
 * time, so that a restart neither loses an answer nor hangs.
 */
import type { AddressInfo } from 'node:net';
import { setTimeout as later } from 'node:timers/promises';
import { promisify } from 'node:util';
import type * as restify from 'restify';

/** Resolves with the port that was taken; rejects with node's error (EADDRINUSE …). */
export function listen(server: restify.Server, port: number, host: string | undefined): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const bare = server.server;
    // restify repeats the errors of the bare server; without a listener of its own that would end the process.
    const refused = (error: Error) => reject(error);
    server.once('error', refused);
    bare.listen({ port, host }, () => {
      server.removeListener('error', refused);
      resolve(bare.address() as AddressInfo);
    });
  });
}

export const CLOSE_WITHIN_MS = 10_000;

/** True: everything under way was finished. False: some was cut when the time was up. */
export function close(server: restify.Server, withinMs = CLOSE_WITHIN_MS): Promise<boolean> {
  return new Promise((resolve) => {
    let isFinished = true;
    // A browser keeps its connection open for the next request; once idle it may go.
    const sweep = setInterval(() => server.server.closeIdleConnections(), 100);
    const limit = setTimeout(() => {
      isFinished = false;
      server.server.closeAllConnections();
    }, withinMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(limit);
      resolve(isFinished);
    });
    server.server.closeIdleConnections();
  });
}

/**
 * Once closing has begun: resolves when every request is answered, so that only the connections that are held open for
 * listening (`held`) are left, and nothing can come in any more. False: the time was up before.
 */
export async function requestsAnswered(server: restify.Server, held: () => number, withinMs: number): Promise<boolean> {
  const count = promisify(server.server.getConnections.bind(server.server));
  for (const end = Date.now() + withinMs; Date.now() < end; await later(20)) {
    if ((await count()) <= held()) return true;
  }
  return false;
}
