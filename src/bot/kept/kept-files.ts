/**
 * Keeps lines as files of JSON lines, one a day, for a set number of days: `var/kept/2026-11-24.jsonl`. A file that is older
 * is deleted when the next day's is begun.
 *
 * What comes within a moment is written together.
 *
 * What is kept is masked here, so that nobody can forget to. A disk that is full or read-only is told once and disturbs no
 * turn; what a flood of messages could fill it with is limited.
 */
import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import type { Feedback } from '../feedback';
import { KeptLine, type Miss } from './kept-line';
import { mask } from './mask';

const FILE = /^(\d{4}-\d\d-\d\d)\.jsonl$/;
const LONGEST_TEXT = 280;
const MOST_LINES_A_DAY = 20_000;
const GATHER_MS = 100;
const DAY_MS = 86_400_000;

export interface KeptFilesParts {
  folder: string;
  days: number;
  /** The day in China, as YYYY-MM-DD. */
  today: () => string;
  onFailure: (error: unknown) => void;
}

export class KeptFiles {
  private writing: Promise<void> = Promise.resolve();
  private waiting: KeptLine[] = [];
  private begun = '';
  private lines = 0;
  private hasFailed = false;

  constructor(private readonly parts: KeptFilesParts) {}

  keepMiss({ question, channel, kind }: Omit<Miss, 'what' | 'day'>): void {
    this.keep({ what: 'miss', day: this.parts.today(), channel, kind, question: clean(question) });
  }

  keepVote({ channel, vote, comment, replyId, question }: Feedback): void {
    this.keep({
      what: 'vote',
      day: this.parts.today(),
      channel,
      vote,
      ...(replyId !== undefined && { replyId: replyId.slice(0, LONGEST_TEXT) }),
      ...(question !== undefined && { question: clean(question) }),
      ...(comment !== undefined && { comment: clean(comment) }),
    });
  }

  /** When everything so far is written. */
  settled(): Promise<void> {
    return this.writing;
  }

  private keep(line: KeptLine): void {
    this.waiting.push(line);
    if (this.waiting.length > 1) return; // It will be taken along.
    this.writing = this.writing
      .then(() => later(GATHER_MS))
      .then(() => this.writeAll(this.waiting.splice(0)))
      .catch((error: unknown) => {
        if (!this.hasFailed) this.parts.onFailure(error);
        this.hasFailed = true;
      });
  }

  private async writeAll(lines: readonly KeptLine[]): Promise<void> {
    for (const day of new Set(lines.map((line) => line.day))) {
      await this.write(
        day,
        lines.filter((line) => line.day === day),
      );
    }
  }

  private async write(day: string, lines: readonly KeptLine[]): Promise<void> {
    const { folder, days } = this.parts;
    if (day !== this.begun) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await deleteOld(folder, days, day);
      this.begun = day;
      this.lines = 0;
    }
    const fitting = lines.slice(0, Math.max(0, MOST_LINES_A_DAY - this.lines));
    this.lines += lines.length;
    if (fitting.length === 0) return;
    const text = fitting.map((line) => `${JSON.stringify(line)}\n`).join('');
    await appendFile(join(folder, `${day}.jsonl`), text, { mode: 0o600 });
    this.hasFailed = false;
  }
}

async function deleteOld(folder: string, days: number, today: string): Promise<void> {
  const first = new Date(Date.parse(today) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  for (const name of await readdir(folder)) {
    const [, day] = FILE.exec(name) ?? [];
    // Another process on this folder may have deleted it already.
    if (day !== undefined && day < first) await rm(join(folder, name), { force: true });
  }
}

/** Everything that is kept, oldest day first; a line that was cut off by a crash is passed over. */
export async function readKept(folder: string, since = ''): Promise<KeptLine[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return []; // Nothing was kept yet.
  }
  const files = names.filter((name) => (FILE.exec(name)?.[1] ?? '') >= (since || '0')).sort();
  const lines: KeptLine[] = [];
  for (const name of files) {
    for (const text of (await readFile(join(folder, name), 'utf8')).split('\n')) {
      const line = lineOf(text);
      if (line) lines.push(line);
    }
  }
  return lines;
}

function lineOf(text: string): KeptLine | undefined {
  try {
    return KeptLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function clean(text: string): string {
  // Masked before it is cut: half a number would stay a number.
  return [...mask(text.slice(0, 4000)).replace(/\s+/gu, ' ').trim()].slice(0, LONGEST_TEXT).join('');
}
