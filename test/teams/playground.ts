/**
 * Microsoft's own stand-in for Teams, started beside the service and driven over its HTTP and WebSocket.
 *
 * Its licence allows evaluation only, so it is no dependency: .ci/run fetches it into out/teams-playground, and where it
 * isn't there the tests that need it are skipped. Its telemetry is turned off.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WebSocket } from 'ws';

const PROGRAM = resolve('out/teams-playground/cli.js');
export const isPlaygroundInstalled = existsSync(PROGRAM);

/** A message as the stand-in shows it. */
export interface Shown {
  messageId: string;
  conversation: string;
  text: string;
  attachments: { contentType: string; content: unknown }[];
  feedbackLoopEnabled?: boolean;
}

export interface Chats {
  personal: string;
  group: string;
  bot: { id: string; name: string };
}

export class Playground {
  private readonly shown: Shown[] = [];
  chats: Chats = { personal: '', group: '', bot: { id: '', name: '' } };

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(botUrl: string, port: number): Promise<Playground> {
    const args = [
      PROGRAM,
      'start',
      '-e',
      `${botUrl}/api/messages`,
      '-c',
      'msteams',
      '-p',
      String(port),
      '--disable-telemetry',
    ];
    const child = spawn(process.execPath, args, {
      cwd: mkdtempSync(join(tmpdir(), 'playground-')), // it writes a log where it stands
      env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none', TEAMSAPPTESTER_TELEMETRY_OPTOUT: 'true' },
      stdio: 'ignore',
    });
    const playground = new Playground(child, `http://127.0.0.1:${port}`);
    try {
      await playground.prepare();
    } catch (error) {
      child.kill();
      throw error;
    }
    return playground;
  }

  /** Installs the app for one person; what the bot says then. */
  install(): Promise<Shown[]> {
    return this.after(() => this.post(`/_debug/conversation/${this.chats.personal}/installation`, {}));
  }

  say(text: string): Promise<Shown[]> {
    return this.after(() =>
      this.post(`/_conversation/v1/conversations/${this.chats.personal}/messages`, {
        from: { id: 'user-id-0' },
        text,
        textFormat: 'plain',
      }),
    );
  }

  /** With the mention of the bot before it, as Teams has it in a group. */
  mention(text: string): Promise<Shown[]> {
    return this.after(() =>
      this.post(`/_conversation/v1/conversations/${this.chats.group}/messages`, {
        from: { id: 'user-id-0' },
        text: `${this.at} ${text}`,
        textFormat: 'plain',
        mentions: [{ text: this.at, mentioned: this.chats.bot }],
      }),
    );
  }

  /** The same by another member of the group: the stand-in only types as one person, so the activity is handed to it whole. */
  mentionBy(person: string, text: string): Promise<Shown[]> {
    const { bot, group } = this.chats;
    const activity = {
      type: 'message',
      id: `${person}-${Date.now()}`,
      channelId: 'msteams',
      serviceUrl: `${this.url}/_connector`,
      from: { id: person },
      recipient: bot,
      conversation: { id: group, isGroup: true, conversationType: 'groupChat' },
      text: `${this.at} ${text}`,
      entities: [{ type: 'mention', text: this.at, mentioned: bot }],
    };
    return this.after(() => this.post('/_internal/v1/customActivities', activity));
  }

  private get at(): string {
    return `<at>${this.chats.bot.name}</at>`;
  }

  /** Presses a button of a card. */
  press({ messageId, conversation }: Shown, data: unknown): Promise<Shown[]> {
    const pressed = {
      conversation: { id: conversation },
      from: { id: 'user-id-0' },
      replyToId: messageId,
      value: data,
    };
    return this.after(() => this.post('/_conversation/v1/submit', pressed));
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => {
      this.child.once('close', () => done());
      this.child.kill();
    });
  }

  private async prepare(): Promise<void> {
    await until(async () => (await fetch(`${this.url}/_debug/ping`).catch(() => undefined))?.ok ?? false, 60_000);
    const config = (await (await fetch(`${this.url}/_internal/v1/testConfig`)).json()) as {
      config: { personalChat: { id: string }; groupChats: { id: string }[]; bot: { id: string; name: string } };
    };
    const { personalChat, groupChats, bot } = config.config;
    this.chats = { personal: personalChat.id, group: groupChats[0]?.id ?? '', bot };
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
    socket.on('message', (data) => this.take(JSON.parse(String(data))));
    await new Promise<void>((open, fail) => socket.once('open', () => open()).once('error', fail));
  }

  private take(event: {
    action?: string;
    actionConversationId?: string;
    message?: Shown & { from?: { id?: string } };
  }): void {
    const { action, actionConversationId, message } = event;
    if (action !== 'createMessage' || !message || message.from?.id?.startsWith('user-')) return;
    this.shown.push({ ...message, conversation: actionConversationId ?? '' });
  }

  /** What the bot has said once nothing more comes. */
  private async after(action: () => Promise<Response>): Promise<Shown[]> {
    const before = this.shown.length;
    const response = await action();
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
    let count = -1;
    await until(async () => {
      const isQuiet = this.shown.length > before && this.shown.length === count;
      count = this.shown.length;
      return isQuiet;
    }, 10_000).catch(() => undefined);
    return this.shown.slice(before);
  }

  private post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}

async function until(isDone: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error('it took too long');
    await new Promise((wait) => setTimeout(wait, 250));
  }
}
