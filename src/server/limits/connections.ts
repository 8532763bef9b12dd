/**
 * How many connections one address may hold, idle or not, HTTP or WebSocket: whoever opens hundreds and sends nothing
 * should not take the room of the others. A proxy of ours holds as many as it likes.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { plain, type TrustedProxies } from './client-address';

export interface ConnectionLimits {
  inAll: number;
  /** 0: as many as there is room for. */
  ofOneClient: number;
}

export function limitConnections(server: Server, trusted: TrustedProxies, limits: ConnectionLimits): void {
  const open = new PerKey(limits.ofOneClient);
  server.maxConnections = limits.inAll; // node closes what comes beyond it
  server.on('connection', (socket: Socket) => {
    const address = plain(socket.remoteAddress ?? '');
    if (trusted.has(address)) return;
    if (!open.add(address)) {
      socket.destroy();
      return;
    }
    socket.once('close', () => open.remove(address));
  });
}

/** Counts what is open for each key. */
export class PerKey {
  private readonly open = new Map<string, number>();

  /** 0: no limit. */
  constructor(private readonly most: number) {}

  /** False: it has as many as it may, and this one isn't counted. */
  add(key: string): boolean {
    const count = this.open.get(key) ?? 0;
    if (this.most > 0 && count >= this.most) return false;
    this.open.set(key, count + 1);
    return true;
  }

  remove(key: string): void {
    const count = (this.open.get(key) ?? 0) - 1;
    if (count > 0) this.open.set(key, count);
    else this.open.delete(key);
  }
}
