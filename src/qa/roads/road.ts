/**
 * A road is a way from a question to what a person sees: in this process, through /api/messages, over Direct Line, or as
 * WeChat Work shows it. All scripts can be run on all of them, and have to come out the same.
 */
import type { SeenReply } from '../check/seen-reply';

export interface Road {
  /** A new conversation. */
  begin(): Talk;
  close(): Promise<void>;
}

export interface Talk {
  /** What is said to whoever opens the conversation. */
  greeting(): Promise<SeenReply>;
  say(text: string): Promise<SeenReply>;
}

/** The service can't be reached, or refuses. */
export class RoadBlocked extends Error {
  readonly code = 'ROAD_BLOCKED';
}

/** Status and nothing of the body: it may hold a token. */
export async function jsonOf(response: Response, what: string): Promise<unknown> {
  if (response.ok) return response.json();
  const hint = response.status === 401 || response.status === 403 ? '（没有通过验证，请看 --secret）' : '';
  throw new RoadBlocked(`${what}：服务答复了状态码 ${response.status}${hint}`);
}

const MOST_TRIES = 8;

/** Asks again when the service says that it is too much at once, after the time that it names. */
export async function patientFetch(url: string, init: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    let response: Response;
    try {
      response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
    } catch (cause) {
      throw new RoadBlocked(`连不上 ${new URL(url).origin}，请确认服务已经启动、地址没有写错`, { cause });
    }
    if (response.status !== 429 || tries >= MOST_TRIES) return response;
    const seconds = Number(response.headers.get('retry-after')) || 1;
    await new Promise((resolve) => setTimeout(resolve, Math.min(seconds, 60) * 1000));
  }
}
