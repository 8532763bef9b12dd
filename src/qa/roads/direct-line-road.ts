/**
 * Over Direct Line 3.0 at a service that runs, as the web chat comes in: a token (by the secret, or the public page's), a
 * conversation, activities in and out.
 */
import { type SeenActivity, type SeenReply, seenReply } from '../check/seen-reply';
import { jsonOf, patientFetch, type Road, RoadBlocked } from './road';

const POLL_MS = 30;
const ANSWERS_WITHIN_MS = 20_000;

interface Heard extends SeenActivity {
  type?: string;
  id?: string;
  replyToId?: string;
  from?: { role?: string };
}

export function directLineRoad(target: string, secret: string | undefined): Road {
  return {
    begin() {
      const conversation = new Conversation(target, secret);
      return {
        greeting: () => conversation.greeting(),
        say: (text) => conversation.say(text),
      };
    },
    close: async () => undefined,
  };
}

class Conversation {
  private opened: Promise<{ id: string; token: string }> | undefined;
  private watermark = '';

  constructor(
    private readonly target: string,
    private readonly secret: string | undefined,
  ) {}

  async greeting(): Promise<SeenReply> {
    return this.hear(({ replyToId }) => replyToId === undefined);
  }

  async say(text: string): Promise<SeenReply> {
    const { id, token } = await this.open();
    const said = (await this.call('POST', `/conversations/${id}/activities`, token, {
      type: 'message',
      text,
      from: { id: 'script' },
      locale: 'zh-CN',
    })) as { id: string };
    return this.hear(({ replyToId }) => replyToId === said.id);
  }

  private async hear(isMeant: (activity: Heard) => boolean): Promise<SeenReply> {
    const { id, token } = await this.open();
    for (const end = Date.now() + ANSWERS_WITHIN_MS; Date.now() < end; ) {
      const path = `/conversations/${id}/activities?watermark=${this.watermark}`;
      const set = (await this.call('GET', path, token)) as { activities: Heard[]; watermark?: string };
      this.watermark = set.watermark ?? this.watermark;
      const heard = set.activities.filter((one) => one.type === 'message' && one.from?.role === 'bot' && isMeant(one));
      if (heard.length > 0) return seenReply(heard);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return { text: '', buttons: [], answer: undefined };
  }

  private open() {
    this.opened ??= this.begin();
    return this.opened;
  }

  private async begin(): Promise<{ id: string; token: string }> {
    const given = this.secret
      ? await this.call('POST', '/tokens/generate', this.secret, {})
      : await jsonOf(await patientFetch(`${this.target}/webchat/token`, { method: 'POST' }), '取令牌');
    const { token } = given as { token?: string };
    if (!token) throw new RoadBlocked('取令牌：服务没有给出令牌');
    const { conversationId } = (await this.call('POST', '/conversations', token, {})) as { conversationId: string };
    return { id: conversationId, token };
  }

  private async call(method: string, path: string, bearer: string, body?: object): Promise<unknown> {
    const response = await patientFetch(`${this.target}/v3/directline${path}`, {
      method,
      headers: { Authorization: `Bearer ${bearer}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return jsonOf(response, 'Direct Line');
  }
}
