/**
 * The conversation as the panel shows it: lines in order, what can be pressed next, whether the bot is at it and the line
 * is up. Changes by what is heard and by what the person does; the view only draws it.
 */
import { type Activity, type Chip, chipsOf } from './activity';
import type { Connection, DirectLineClient, Hearing } from './direct-line';

export interface Line {
  key: string;
  /** A note is the panel's own: it says what happened to the conversation. */
  from: 'person' | 'bot' | 'note';
  activity: Activity;
  /** Of a person's line. */
  state?: 'sending' | 'sent' | 'failed';
  feedback?: 'up' | 'down';
}

export interface ChatState {
  lines: Line[];
  chips: Chip[];
  isTyping: boolean;
  connection: Connection;
}

const TYPING_MS = 5000;
const STARTED_ANEW = '上一段对话已经过期，从这里开始是新的对话。';

export class Chat implements Hearing {
  state: ChatState = { lines: [], chips: [], isTyping: false, connection: 'connecting' };
  private client: DirectLineClient | undefined;
  private typingEnds: ReturnType<typeof setTimeout> | undefined;
  private counter = 0;

  constructor(
    /** Drawn by the panel itself, at once; so it isn't drawn again when the bot says it. */
    private readonly welcome: string,
    private readonly changed: () => void,
  ) {}

  start(client: DirectLineClient): void {
    this.client = client;
    client.connect();
  }

  heard(activities: Activity[]): void {
    for (const activity of activities) this.hear(activity);
    this.set({});
  }

  connection(connection: Connection): void {
    this.set({ connection });
  }

  startedAnew(): void {
    if (this.state.lines.length === 0) return;
    this.set({ chips: [] });
    this.note(STARTED_ANEW);
  }

  say(text: string): void {
    const words = text.trim();
    if (words === '') return;
    const key = this.newKey();
    const activity: Activity = { type: 'message', text: words, channelData: { clientActivityID: key } };
    this.set({ lines: [...this.state.lines, { key, from: 'person', activity, state: 'sending' }], chips: [] });
    void this.post(key, activity);
  }

  retry(line: Line): void {
    this.change(line.key, { state: 'sending' });
    void this.post(line.key, line.activity);
  }

  /** Pressing the same again takes nothing back: the last one counts. */
  rate(line: Line, feedback: 'up' | 'down'): void {
    this.change(line.key, { feedback });
    const value = { activity: line.activity.id, feedback };
    const activity = { type: 'event', name: 'feedback', value, channelData: { clientActivityID: this.newKey() } };
    this.client?.post(activity).catch(() => this.note('评价没有发出，请稍后再试。'));
  }

  beginAnew(): void {
    this.set({ lines: [], chips: [], isTyping: false });
    this.client?.begin();
  }

  private note(text: string): void {
    const line: Line = { key: this.newKey(), from: 'note', activity: { type: 'message', text } };
    this.set({ lines: [...this.state.lines, line] });
  }

  private async post(key: string, activity: Activity): Promise<void> {
    try {
      const id = await this.client?.post({ ...activity, ...madeHere() });
      this.change(key, { state: 'sent', activity: { ...activity, ...(id && { id }) } });
    } catch {
      // What came back over the stream was sent, whatever became of the answer to it.
      if (this.state.lines.find((line) => line.key === key)?.state === 'sending') this.change(key, { state: 'failed' });
    }
  }

  private hear(activity: Activity): void {
    const isBot = activity.from?.role === 'bot';
    if (activity.type === 'typing' && isBot) this.type();
    else if (activity.type === 'event' && !isBot) this.hearFeedback(activity);
    else if (activity.type === 'message') this.hearMessage(activity, isBot);
  }

  private hearMessage(activity: Activity, isBot: boolean): void {
    if (isBot) this.state.isTyping = false;
    if (isBot && activity.text === this.welcome) return;
    const key = activity.channelData?.clientActivityID ?? activity.id ?? this.newKey();
    const line: Line = { key, from: isBot ? 'bot' : 'person', activity, ...(!isBot && { state: 'sent' }) };
    const place = this.state.lines.findIndex((known) => known.key === key || known.activity.id === activity.id);
    const lines = [...this.state.lines];
    if (place >= 0) lines[place] = { ...lines[place], ...line };
    else lines.push(line);
    const isLast = place < 0 || place === lines.length - 1;
    Object.assign(this.state, { lines, ...(isLast && { chips: isBot ? chipsOf(activity) : [] }) });
  }

  private hearFeedback({ name, value }: Activity): void {
    if (name !== 'feedback' || typeof value !== 'object' || value === null) return;
    const { activity, feedback } = value as { activity?: unknown; feedback?: unknown };
    const line = this.state.lines.find((known) => known.activity.id === activity);
    if (line && (feedback === 'up' || feedback === 'down')) this.change(line.key, { feedback });
  }

  private type(): void {
    this.state.isTyping = true;
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.set({ isTyping: false }), TYPING_MS);
  }

  private change(key: string, parts: Partial<Line>): void {
    this.set({ lines: this.state.lines.map((line) => (line.key === key ? { ...line, ...parts } : line)) });
  }

  private set(parts: Partial<ChatState>): void {
    this.state = { ...this.state, ...parts };
    this.changed();
  }

  private newKey(): string {
    this.counter += 1;
    return `${Date.now().toString(36)}-${this.counter}-${Math.random().toString(36).slice(2, 10)}`;
  }
}

function madeHere() {
  return { locale: 'zh-CN', localTimestamp: new Date().toISOString(), textFormat: 'plain' };
}
