/**
 * The platform's API as far as the channel uses it, on a free port of this machine, in the documented wire format: gettoken,
 * message/send, message/update_template_card, message/recall, media/upload. It enforces what the real one does (tokens, limits, the
 * duplicate check, 30 messages a minute to one member) and can be told to go wrong.
 */
import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { brokenRules } from './platform-rules';

/** A fault for one call: an errcode, an HTTP status, or the connection; `after` means that it was done nevertheless. */
export type Fault =
  | { errcode: number }
  | { status: number; after?: boolean }
  | { connection: 'reset' | 'silent'; after?: boolean };

export interface SentMessage {
  touser: string;
  agentid: number;
  msgtype: 'text' | 'markdown' | 'template_card' | 'image';
  text?: { content: string };
  markdown?: { content: string };
  image?: { media_id: string };
  template_card?: Record<string, unknown> & { card_type: string; task_id?: string };
  enable_duplicate_check?: number;
  msgid: string;
  /** By performance.now(). */
  arrivedAt: number;
}

export interface CardUpdate {
  userids: string[];
  agentid: number;
  response_code: string;
  button: { replace_name: string };
}

export class StandInPlatform {
  readonly sent: SentMessage[] = [];
  readonly updates: CardUpdate[] = [];
  readonly recalled: string[] = [];
  /** Images by their media_id. */
  readonly media = new Map<string, Buffer>();
  readonly problems: string[] = [];
  readonly calls: string[] = [];
  tokensGiven = 0;
  tokenLifeS = 7200;
  secret = 'app-secret';
  /** Faults in the order of the calls they meet, by path. */
  readonly faults: Record<string, Fault[]> = {};

  private readonly tokens = new Set<string>();
  private readonly taskIds = new Set<string>();
  private readonly checked = new Set<string>();
  private readonly usedCodes = new Set<string>();
  private server: Server | undefined;

  async start(): Promise<string> {
    const server = createServer((req, res) => void this.answer(req, res));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** As when the secret is changed or somebody else fetched too often: every token is void before its time. */
  voidTokens(): void {
    this.tokens.clear();
  }

  /** What a person sees, oldest first. */
  seenBy(person: string): SentMessage[] {
    return this.sent.filter(({ touser }) => touser === person);
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://x');
    const path = url.pathname.replace('/cgi-bin/', '');
    this.calls.push(path);
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part);
    const body = Buffer.concat(parts);
    const fault = this.faults[path]?.shift();
    const isDone = !fault || ('after' in fault && fault.after);
    const answer = isDone ? this.done(path, url, body, req) : { errcode: 0 };
    if (!fault) return reply(res, 200, answer);
    if ('errcode' in fault) return reply(res, 200, { errcode: fault.errcode, errmsg: 'told to' });
    if ('status' in fault) return reply(res, fault.status, 'gateway');
    if (fault.connection === 'reset') req.socket.destroy();
    // silent: never answers; the caller has to give up by itself.
  }

  private done(path: string, url: URL, body: Buffer, { headers }: IncomingMessage): object {
    if (path === 'gettoken') return this.giveToken(url);
    if (!this.tokens.has(url.searchParams.get('access_token') ?? ''))
      return { errcode: 40014, errmsg: 'invalid access_token' };
    if (path === 'media/upload') return this.upload(url, body, headers);
    const json = JSON.parse(String(body));
    switch (path) {
      case 'message/send':
        return this.send(json);
      case 'message/update_template_card':
        if (this.usedCodes.has(json.response_code)) return { errcode: 40096, errmsg: 'code used' };
        this.usedCodes.add(json.response_code);
        this.updates.push(json);
        return { errcode: 0, errmsg: 'ok' };
      case 'message/recall':
        this.recalled.push(json.msgid);
        return { errcode: 0, errmsg: 'ok' };
      default:
        return { errcode: 404 };
    }
  }

  private giveToken({ searchParams }: URL): object {
    if (searchParams.get('corpsecret') !== this.secret) return { errcode: 40001, errmsg: 'invalid credential' };
    this.tokensGiven += 1;
    const token = `token-${this.tokensGiven}-${'x'.repeat(200)}`;
    this.tokens.add(token);
    return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: this.tokenLifeS };
  }

  /** multipart/form-data with one part, media, that names a file; its length has to be told beforehand. */
  private upload({ searchParams }: URL, body: Buffer, headers: IncomingHttpHeaders): object {
    const rule = (holds: boolean, text: string) => {
      if (!holds) this.problems.push(`media/upload: ${text}`);
    };
    const boundary = /^multipart\/form-data; ?boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
    rule(boundary !== '', 'no multipart/form-data');
    rule(Number(headers['content-length']) === body.length, 'no Content-Length');
    rule(searchParams.get('type') === 'image', 'type');
    const [head = ''] = body.toString('latin1').split('\r\n\r\n', 1);
    rule(/^content-disposition: form-data; name="media"; filename="[^"]+\.png"$/im.test(head), head);
    rule(/^content-type: image\/png$/im.test(head), head);
    const file = body.subarray(head.length + 4, body.length - `\r\n--${boundary}--\r\n`.length);
    rule(file.subarray(1, 4).toString() === 'PNG' && file.subarray(-8, -4).toString() === 'IEND', 'no whole PNG');
    rule(file.length > 5 && file.length <= 10 * 1024 * 1024, `${file.length} bytes`);
    const id = randomUUID();
    this.media.set(id, file);
    return { errcode: 0, errmsg: 'ok', type: 'image', media_id: id, created_at: '1380000000' };
  }

  private send(message: Omit<SentMessage, 'msgid' | 'arrivedAt'>): object {
    this.problems.push(...brokenRules(message));
    if (message.image && !this.media.has(message.image.media_id)) return { errcode: 40007, errmsg: 'invalid media_id' };
    const { enable_duplicate_check: isChecked, ...rest } = message;
    const content = JSON.stringify(rest);
    if (isChecked && this.checked.has(content)) return { errcode: 0, errmsg: 'ok', msgid: 'dropped' };
    if (isChecked) this.checked.add(content);
    const taskId = message.template_card?.task_id;
    if (taskId && this.taskIds.has(taskId)) this.problems.push(`task_id used twice: ${taskId}`);
    if (taskId) this.taskIds.add(taskId);
    const msgid = randomUUID();
    this.sent.push({ ...message, msgid, arrivedAt: performance.now() });
    return { errcode: 0, errmsg: 'ok', msgid, ...(message.template_card && { response_code: randomUUID() }) };
  }
}

function reply(res: ServerResponse, status: number, body: object | string): void {
  res.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8' });
  res.end(typeof body === 'string' ? body : JSON.stringify(body));
}
