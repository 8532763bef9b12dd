/**
 * A small Direct Line client: opens a conversation or comes back to one, hears by WebSocket (by asking every two seconds
 * where that is blocked), posts, refreshes its token, and comes back by itself after a lost connection.
 *
 * The token and the conversation are kept for this tab (sessionStorage), so that the next page of the site, or a reload,
 * goes on with the same conversation; its log comes from the server.
 */
import type { Activity } from './activity';

export type Connection = 'connecting' | 'online' | 'offline';

export interface Hearing {
  heard(activities: Activity[]): void;
  connection(state: Connection): void;
  /** The old conversation is over (the token died while the phone slept); a new one begins. */
  startedAnew(): void;
}

interface Session {
  token: string;
  conversationId: string;
  expiresAt: number;
}

const POST_WITHIN_MS = 15_000;
const ASK_EVERY_MS = 2000;
const ALIVE_EVERY_MS = 25_000;
const LONGEST_WAIT_MS = 30_000;
const KEPT_AS = 'webchat';

class Refused extends Error {
  constructor(readonly status: number) {
    super(String(status));
  }
}

export class DirectLineClient {
  private session: Session | undefined = keptSession();
  private watermark = '';
  private socket: WebSocket | undefined;
  private failures = 0;
  private blockedSockets = 0;
  /** Counts the connections; what belongs to an earlier one is no longer listened to. */
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Where a conversation that was just opened is heard. */
  private firstStream: string | undefined;
  private opening: Promise<Session> | undefined;

  constructor(
    private readonly home: URL,
    private readonly hearing: Hearing,
  ) {
    const again = () => {
      if (document.visibilityState === 'visible' && this.socket?.readyState !== WebSocket.OPEN) this.connect();
    };
    window.addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    window.addEventListener('offline', () => this.lost(this.attempt));
    setInterval(() => void this.keepAlive(), ALIVE_EVERY_MS);
  }

  /** Connects at once, whatever was waited for. */
  connect(): void {
    this.attempt += 1;
    clearTimeout(this.timer);
    this.closeSocket();
    if (this.failures === 0) this.hearing.connection('connecting');
    const mine = this.attempt;
    this.reach(mine).catch(() => this.lost(mine));
  }

  /** Forgets the conversation and opens another. */
  begin(): void {
    this.forget();
    this.connect();
  }

  async post(activity: Activity): Promise<string> {
    const { conversationId } = await this.opened();
    const path = `conversations/${conversationId}/activities`;
    const { id } = await this.call<{ id: string }>('POST', path, activity);
    return id;
  }

  private async reach(mine: number): Promise<void> {
    const isBack = this.session !== undefined;
    let streamUrl: string | undefined;
    if (this.session) {
      try {
        const path = `conversations/${this.session.conversationId}?watermark=${this.watermark}`;
        ({ streamUrl } = await this.call<{ streamUrl: string }>('GET', path));
      } catch (error) {
        if (!(error instanceof Refused) || ![401, 403, 404].includes(error.status)) throw error;
        this.forget();
      }
    }
    if (!this.session) {
      await this.opened();
      streamUrl = this.firstStream;
      if (isBack) this.hearing.startedAnew();
    }
    if (mine !== this.attempt) return;
    if (streamUrl === undefined || this.blockedSockets >= 2) await this.ask(mine);
    else this.listen(streamUrl, mine);
  }

  /** One conversation, however many wait for it. */
  private opened(): Promise<Session> {
    if (this.session) return Promise.resolve(this.session);
    this.opening ??= this.open().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  private async open(): Promise<Session> {
    const given = await this.send<{ token: string }>(new URL('webchat/token', this.home), 'POST');
    const opened = await this.send<{ conversationId: string; token: string; expires_in: number; streamUrl: string }>(
      new URL('v3/directline/conversations', this.home),
      'POST',
      { locale: 'zh-CN' },
      given.token,
    );
    this.firstStream = opened.streamUrl;
    this.watermark = '';
    return this.keep(opened);
  }

  private keep(given: { token: string; conversationId: string; expires_in: number }): Session {
    const { token, conversationId } = given;
    this.session = { token, conversationId, expiresAt: Date.now() + given.expires_in * 1000 };
    try {
      sessionStorage.setItem(KEPT_AS, JSON.stringify(this.session));
    } catch {
      // Storage may be forbidden in a frame; then a reload begins anew.
    }
    return this.session;
  }

  private forget(): void {
    this.session = undefined;
    this.watermark = '';
    try {
      sessionStorage.removeItem(KEPT_AS);
    } catch {
      // Nothing was kept, then.
    }
  }

  private listen(streamUrl: string, mine: number): void {
    let isOpen = false;
    const socket = new WebSocket(streamUrl);
    this.socket = socket;
    socket.onopen = () => {
      isOpen = true;
      this.blockedSockets = 0;
      if (mine === this.attempt) this.reached();
    };
    socket.onmessage = ({ data }) => {
      if (mine === this.attempt && data) this.take(JSON.parse(data));
    };
    socket.onclose = () => {
      if (!isOpen) this.blockedSockets += 1;
      this.lost(mine);
    };
  }

  private async ask(mine: number): Promise<void> {
    const path = `conversations/${this.session?.conversationId}/activities?watermark=${this.watermark}`;
    const set = await this.call<ActivitySet>('GET', path);
    if (mine !== this.attempt) return;
    this.reached();
    this.take(set);
    this.timer = setTimeout(() => this.ask(mine).catch(() => this.lost(mine)), ASK_EVERY_MS);
  }

  private take({ activities, watermark }: ActivitySet): void {
    if (watermark) this.watermark = watermark;
    if (activities.length > 0) this.hearing.heard(activities);
  }

  private reached(): void {
    this.failures = 0;
    this.hearing.connection('online');
  }

  private lost(mine: number): void {
    if (mine !== this.attempt) return;
    this.attempt += 1;
    this.closeSocket();
    clearTimeout(this.timer);
    // The first time at once, and nobody is told: a socket that ends with its token is no trouble.
    const wait =
      this.failures === 0 ? 200 : Math.min(1000 * 2 ** this.failures, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
    if (this.failures > 0 || !navigator.onLine) this.hearing.connection('offline');
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  private async keepAlive(): Promise<void> {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send('');
    const { session } = this;
    if (!session || session.expiresAt - Date.now() > 30 * 60_000) return;
    try {
      const fresh = await this.call<Session & { expires_in: number }>('POST', 'tokens/refresh');
      if (this.session === session) this.keep(fresh);
    } catch {
      // Tried again in a moment; if the token dies, coming back begins a new conversation.
    }
  }

  private closeSocket(): void {
    const { socket } = this;
    this.socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.send(new URL(`v3/directline/${path}`, this.home), method, body, this.session?.token);
  }

  private async send<Answer>(url: URL, method: string, body?: unknown, token?: string): Promise<Answer> {
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), POST_WITHIN_MS);
    try {
      const response = await fetch(url.href, {
        method,
        signal: stop.signal,
        credentials: 'omit',
        headers: {
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Refused(response.status);
      return await response.json();
    } finally {
      clearTimeout(limit);
    }
  }
}

interface ActivitySet {
  activities: Activity[];
  watermark?: string;
}

function keptSession(): Session | undefined {
  try {
    const kept: Session | null = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? 'null');
    return kept && kept.expiresAt > Date.now() + 10_000 ? kept : undefined;
  } catch {
    return undefined; // Forbidden, or not ours.
  }
}
