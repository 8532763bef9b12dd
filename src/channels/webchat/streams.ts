/**
 * The WebSockets of Direct Line: whoever opens one gets what came after the watermark, then everything as it comes, each
 * activity once. Nothing is read from a client but its empty frames.
 *
 * What is sent within one round of the event loop goes out in one piece: mostly what a person said with the answer to it.
 *
 * A socket ends when the token behind it does, when the client is gone (no pong) or too slow to take what it is sent;
 * the client then comes back with its watermark and has lost nothing.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { faultForLog } from '../../fault';
import type { AddressOf } from '../../server/limits/client-address';
import { PerKey } from '../../server/limits/connections';
import { activitySetJson, type ConversationStore, type Heard, readWatermark } from './conversation-store';
import { STREAM_PATH } from './stream-address';
import type { Pass, Tokens } from './tokens';

export interface StreamParts {
  store: ConversationStore;
  tokens: Tokens;
  logger: Logger;
  /** Whose socket it is, for counting. */
  addressOf?: AddressOf;
  /** 0, or none given: as many as there is room for. */
  socketsPerClient?: number;
}

export const STREAM_LIMITS = { sockets: 10_000, ofOneConversation: 8, unsentBytes: 1_000_000, pingMs: 30_000 };

const RETRY_AFTER = 'Retry-After: 5\r\n';
const GOING_AWAY = 1001;
const TOKEN_OVER = 4001;
const TRY_AGAIN_LATER = 1013;

export class Streams {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  private readonly alive = new WeakSet<WebSocket>();
  /** What each WebSocket runs over. */
  private readonly lines = new WeakMap<WebSocket, Duplex>();
  private readonly perConversation = new Map<string, number>();
  private readonly perClient: PerKey;
  private readonly pinging: NodeJS.Timeout;

  constructor(
    private readonly parts: StreamParts,
    private readonly limits = STREAM_LIMITS,
  ) {
    this.perClient = new PerKey(parts.socketsPerClient ?? 0);
    this.pinging = setInterval(() => this.ping(), limits.pingMs).unref();
  }

  /** For the server's `upgrade`: takes the socket or ends it. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy()); // a client that vanishes while it is being refused
    const url = URL.canParse(req.url ?? '', 'http://x') ? new URL(req.url ?? '', 'http://x') : undefined;
    const [, conversationId] = STREAM_PATH.exec(url?.pathname ?? '') ?? [];
    if (!url || conversationId === undefined) {
      socket.destroy();
      return;
    }
    const verdict = this.parts.tokens.read(url.searchParams.get('t') ?? '', 'stream');
    if (verdict.is !== 'valid' || verdict.pass.conversationId !== conversationId) {
      refuse(socket, verdict.is === 'expired' ? '403 Forbidden' : '401 Unauthorized');
      return;
    }
    if (this.isFull(conversationId)) {
      refuse(socket, '503 Service Unavailable', RETRY_AFTER);
      return;
    }
    const client = this.parts.addressOf?.(req) ?? '';
    if (!this.perClient.add(client)) {
      refuse(socket, '429 Too Many Requests', RETRY_AFTER);
      return;
    }
    socket.once('close', () => this.perClient.remove(client));
    const watermark = readWatermark(url.searchParams.get('watermark'));
    this.sockets.handleUpgrade(req, socket, head, (opened) => {
      this.lines.set(opened, socket);
      this.serve(opened, verdict.pass, watermark).catch((error: unknown) => {
        this.parts.logger.error({ fault: faultForLog(error) }, 'stream failed');
        opened.close(TRY_AGAIN_LATER);
      });
    });
  }

  /** Tells every client to come back, to this process or to another. */
  end(): void {
    clearInterval(this.pinging);
    for (const socket of this.sockets.clients) socket.close(GOING_AWAY);
    // One that doesn't answer the goodbye must not keep the server from closing.
    setTimeout(() => this.sockets.clients.forEach((socket) => void socket.terminate()), 1000).unref();
  }

  get size(): number {
    return this.sockets.clients.size;
  }

  private async serve(socket: WebSocket, { conversationId, expiresAt }: Pass, watermark: number): Promise<void> {
    this.count(conversationId, 1);
    this.alive.add(socket);
    const over = setTimeout(() => socket.close(TOKEN_OVER), Math.max(0, expiresAt * 1000 - Date.now()));
    socket.on('pong', () => this.alive.add(socket));
    socket.on('message', () => this.alive.add(socket));
    socket.on('error', () => socket.terminate());
    let stopListening: (() => void) | undefined;
    socket.on('close', () => {
      clearTimeout(over);
      this.count(conversationId, -1);
      stopListening?.();
    });

    // Listens before it reads, so that nothing falls between; what is heard meanwhile waits.
    const meanwhile: Heard[] = [];
    let hear = (heard: Heard): void => void meanwhile.push(heard);
    stopListening = await this.parts.store.listen(conversationId, (heard) => hear(heard));
    if (socket.readyState !== socket.OPEN) return stopListening();
    let sent = await this.sendOld(socket, conversationId, watermark);
    hear = (heard) => {
      if (heard.is === 'passing') return this.send(socket, `{"activities":[${heard.json}]}`);
      const { number } = heard.activity;
      // A store shared by processes may tell of an activity after it has been read from it.
      if (heard.is === 'new' && number <= sent) return;
      sent = Math.max(sent, number);
      this.send(socket, activitySetJson({ activities: [heard.activity], watermark: sent }));
    };
    meanwhile.forEach(hear);
  }

  private async sendOld(socket: WebSocket, conversationId: string, watermark: number): Promise<number> {
    for (let sent = watermark; ; ) {
      const set = await this.parts.store.after(conversationId, sent);
      if (set.activities.length === 0) return set.watermark;
      // One to a frame: of several in one Microsoft's client lets those of the next frame in between.
      for (const activity of set.activities) {
        this.send(socket, activitySetJson({ activities: [activity], watermark: activity.number }));
      }
      sent = set.watermark;
    }
  }

  private send(socket: WebSocket, frame: string): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > this.limits.unsentBytes) {
      socket.terminate();
      return;
    }
    const line = this.lines.get(socket);
    if (line && line.writableCorked === 0) {
      line.cork();
      setImmediate(() => line.uncork());
    }
    socket.send(frame);
  }

  private ping(): void {
    for (const socket of this.sockets.clients) {
      if (!this.alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }

  private isFull(conversationId: string): boolean {
    return (
      this.sockets.clients.size >= this.limits.sockets ||
      (this.perConversation.get(conversationId) ?? 0) >= this.limits.ofOneConversation
    );
  }

  private count(conversationId: string, more: number): void {
    const open = (this.perConversation.get(conversationId) ?? 0) + more;
    if (open > 0) this.perConversation.set(conversationId, open);
    else this.perConversation.delete(conversationId);
  }
}

function refuse(socket: Duplex, status: string, header = ''): void {
  socket.end(`HTTP/1.1 ${status}\r\n${header}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
