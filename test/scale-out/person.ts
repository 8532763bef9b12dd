/**
 * A person with a chat window behind a balancer that knows no sticky sessions: each request may go to another process, the
 * WebSocket is held at whichever took it. Told to try again, or cut off, the window does what a window does: the same
 * message again, elsewhere.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import { WebSocket } from 'ws';

export interface Heard {
  id: string;
  type: string;
  text: string;
  timestamp: string;
  from: { role: string };
  replyToId?: string;
  channelData?: { reply?: { text: string } };
}

interface Opened {
  conversationId: string;
  token: string;
  streamUrl: string;
}

const GIVE_UP_MS = 90_000;
const TRY_AGAIN_MS = 150;

export class Person {
  readonly heard: Heard[] = [];
  /** Requests that were refused or cut off. */
  triedAgain = 0;
  private opened: Opened | undefined;
  private socket: WebSocket | undefined;
  private watermark = '';
  private isGone = false;

  /** Any of the processes, another one at each call. */
  constructor(private readonly anyUrl: () => string) {}

  async open(): Promise<void> {
    const { token } = await this.ask<Opened>('/webchat/token', 'POST');
    this.opened = await this.ask<Opened>('/v3/directline/conversations', 'POST', token, {});
    this.stream(this.opened.streamUrl);
  }

  /** Resolves when the message was accepted; its id. */
  async say(text: string): Promise<string> {
    const channelData = { clientActivityID: randomUUID() };
    const body = { type: 'message', text, from: { id: 'me' }, channelData };
    const { id } = await this.ask<{ id: string }>(`${this.path}/activities`, 'POST', this.token, body);
    return id;
  }

  answers(): Heard[] {
    return this.heard.filter(({ type, from }) => type === 'message' && from.role === 'bot');
  }

  async untilAnswered(count: number): Promise<void> {
    for (const end = Date.now() + GIVE_UP_MS; this.answers().length < count; await later(10)) {
      if (Date.now() > end) throw new Error(`${this.answers().length} answers instead of ${count}`);
    }
  }

  /** The log, as one process has it. */
  async log(url: string): Promise<Heard[]> {
    const response = await fetch(`${url}${this.path}/activities`, {
      headers: { Authorization: `Bearer ${this.token}` },
    });
    return ((await response.json()) as { activities: Heard[] }).activities;
  }

  leave(): void {
    this.isGone = true;
    this.socket?.terminate();
  }

  private get path(): string {
    return `/v3/directline/conversations/${this.opened?.conversationId}`;
  }
  private get token(): string {
    return this.opened?.token ?? '';
  }

  private stream(address: string): void {
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.on('message', (data) => {
      const set = JSON.parse(String(data)) as { activities: Heard[]; watermark?: string };
      this.heard.push(...set.activities.filter(({ type }) => type !== 'typing'));
      this.watermark = set.watermark ?? this.watermark;
    });
    socket.on('error', () => undefined); // a close follows
    socket.on('close', () => void this.comeBack().catch(() => undefined));
  }

  private async comeBack(): Promise<void> {
    if (this.isGone) return;
    await later(TRY_AGAIN_MS);
    const query = `?watermark=${this.watermark}`;
    const { streamUrl } = await this.ask<Opened>(`${this.path}${query}`, 'GET', this.token);
    this.stream(streamUrl);
  }

  private async ask<Answer>(path: string, method: string, bearer?: string, body?: unknown): Promise<Answer> {
    for (const end = Date.now() + GIVE_UP_MS; Date.now() < end && !this.isGone; await later(TRY_AGAIN_MS)) {
      const response = await fetch(this.anyUrl() + path, {
        method,
        headers: {
          ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch(() => undefined);
      if (response?.ok) return (await response.json()) as Answer;
      this.triedAgain += 1;
      if (response && response.status !== 503) throw new Error(`${method} ${path}: ${response.status}`);
    }
    throw new Error(`${method} ${path}: given up`);
  }
}
