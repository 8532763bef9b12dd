/**
 * A port that nobody listens on. Below those that the system gives to outgoing connections: one of theirs may be taken while
 * a process that is to have it back is down.
 */
import { createServer } from 'node:net';

const [FIRST, LAST] = [15_000, 32_000];

export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
