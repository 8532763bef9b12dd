/**
 * The body of a callback as text, whatever type it is declared as: proxies change or lose that header, and the server's
 * own reader leaves some types alone.
 *
 * Undefined: longer than the limit, or cut off on the way.
 */
import type { IncomingMessage } from 'node:http';

export function readBody(req: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const collect = (part: Buffer) => {
      bytes += part.length;
      if (bytes <= maxBytes) {
        parts.push(part);
        return;
      }
      // The rest is let through unkept: a connection cut here would lose the refusal.
      req.removeListener('data', collect);
      req.resume();
      resolve(undefined);
    };
    req.on('data', collect);
    req.once('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    req.once('error', () => resolve(undefined));
    req.once('close', () => resolve(undefined)); // Does nothing after an end.
  });
}
