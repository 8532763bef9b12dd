/**
 * Calls to the platform's API: the token added, the answer checked, an outdated token replaced once. One call; calling
 * again after a fault is retry.ts.
 *
 * No token or secret goes into an error: the addresses that hold them never leave this file.
 */
import { z } from 'zod';
import { AccessToken } from './access-token';
import { brokenOff, CallFailed, httpStatus, refusedWith } from './call-failed';
import type { Clock } from './clock';

export interface ApiSettings {
  base: string;
  corpId: string;
  secret: string;
}

/** The platform answers within a second; the callback's own limit is five. */
const TIMEOUT_MS = 5000;

const ApiAnswer = z
  .object({
    errcode: z.number().default(0),
    msgid: z.string().optional(),
    response_code: z.string().optional(),
    invaliduser: z.string().optional(),
    access_token: z.string().optional(),
    media_id: z.string().optional(),
    expires_in: z.number().positive().optional(),
  })
  .passthrough();

export type ApiAnswer = z.infer<typeof ApiAnswer>;

export class WeComApi {
  private readonly token: AccessToken;

  constructor(
    private readonly settings: ApiSettings,
    clock: Pick<Clock, 'now'>,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {
    this.token = new AccessToken(() => this.fetchToken(), clock);
  }

  /** Throws CallFailed. */
  call(path: string, body: object): Promise<ApiAnswer> {
    const headers = { 'Content-Type': 'application/json' };
    return this.post(path, {}, { headers, body: JSON.stringify(body) });
  }

  /** An image for a message. Throws CallFailed. */
  async upload(png: Buffer): Promise<string> {
    const body = new FormData();
    body.append('media', new Blob([new Uint8Array(png)], { type: 'image/png' }), 'chart.png');
    const { media_id: mediaId } = await this.post('media/upload', { type: 'image' }, { body });
    if (!mediaId) throw new CallFailed('no media_id in the answer', 'again', false);
    return mediaId;
  }

  private async post(path: string, query: Record<string, string>, init: RequestInit): Promise<ApiAnswer> {
    const once = (token: string) => {
      const parameters = new URLSearchParams({ access_token: token, ...query });
      return this.request(`/cgi-bin/${path}?${parameters}`, { ...init, method: 'POST' });
    };
    const token = await this.token.get();
    try {
      return await once(token);
    } catch (error) {
      if (!(error instanceof CallFailed) || error.cure !== 'token') throw error;
      this.token.drop(token);
      return once(await this.token.get());
    }
  }

  private async fetchToken() {
    const { corpId, secret } = this.settings;
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
    const answer = await this.request(`/cgi-bin/gettoken?${query}`, { method: 'GET' }).catch((error: unknown) => {
      // Here a refusal is about the secret itself: another token can't be had.
      if (error instanceof CallFailed && error.cure === 'token') throw new CallFailed(error.code, 'never', false);
      throw error;
    });
    if (!answer.access_token || !answer.expires_in) throw new CallFailed('no token in the answer', 'again', false);
    return { token: answer.access_token, expiresInS: answer.expires_in };
  }

  private async request(pathAndQuery: string, init: RequestInit): Promise<ApiAnswer> {
    const { status, text } = await this.fetched(pathAndQuery, init);
    if (status !== 200) throw httpStatus(status);
    const answer = readAnswer(text);
    if (!answer) throw new CallFailed('unreadable answer', 'again', true);
    if (answer.errcode !== 0) throw refusedWith(answer.errcode);
    return answer;
  }

  private async fetched(pathAndQuery: string, init: RequestInit): Promise<{ status: number; text: string }> {
    try {
      const signal = AbortSignal.timeout(this.timeoutMs);
      const response = await fetch(`${this.settings.base}${pathAndQuery}`, { ...init, signal, redirect: 'error' });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw brokenOff(error);
    }
  }
}

function readAnswer(text: string): ApiAnswer | undefined {
  try {
    return ApiAnswer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Not JSON: a page of some proxy on the way.
  }
}
