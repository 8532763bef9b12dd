/** The service itself, as its own process with a data folder of its own, for what only a whole one shows. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningService {
  url: string;
  port: number;
  /** Copies of data/ and dialogs/, to be changed. */
  folders: { data: string; dialogs: string };
  /** Where it keeps unanswered questions and votes. */
  kept: string;
  said: () => { out: string; err: string };
  signal: (name: NodeJS.Signals) => void;
  ended: Promise<number | null>;
  stop: () => Promise<void>;
}

export async function runService(env: NodeJS.ProcessEnv = {}): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'service-'));
  const folders = { data: join(folder, 'data'), dialogs: join(folder, 'dialogs') };
  cpSync('data', folders.data, { recursive: true });
  cpSync('dialogs', folders.dialogs, { recursive: true });
  const child = spawn(process.execPath, ['dist/index.js'], {
    env: {
      ...process.env,
      PORT: '0',
      KEEP_DIR: join(folder, 'kept'),
      DATA_DIR: folders.data,
      DIALOGS_DIR: folders.dialogs,
      ...env,
    },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => {
    said.out += part;
  });
  child.stderr.on('data', (part) => {
    said.err += part;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const port = await listeningPort(child, said);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    folders,
    kept: join(folder, 'kept'),
    said: () => said,
    signal: (name) => void child.kill(name),
    ended,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function listeningPort(child: ChildProcess, said: { out: string; err: string }): Promise<number> {
  for (const end = Date.now() + 60_000; Date.now() < end && child.exitCode === null; ) {
    const port = /http:\/\/localhost:(\d+)/.exec(said.out)?.[1];
    if (port) return Number(port);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not listening: ${said.err}`);
}

export async function until(isSo: () => boolean | Promise<boolean>, what: string, withinMs = 30_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await isSo()); ) {
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
