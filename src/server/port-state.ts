/** Whether a port can be listened on, found out by doing it for a moment: "free", or node's code for why not. */
import { createServer } from 'node:net';

export function portState(port: number, host: string | undefined): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    probe.listen({ port, host }, () => probe.close(() => resolve('free')));
  });
}
