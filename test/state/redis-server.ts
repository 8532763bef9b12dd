/**
 * A redis-server of the tests' own, on a free port, its data in a folder that goes with it. It can be stopped and started
 * again, on the same port with the same data, as a real one is.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port';

export const hasRedis = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('no redis-server on this machine: the tests of shared state are skipped');
    return false;
  }
})();

export interface RedisServer {
  url: string;
  stop: () => Promise<void>;
  start: () => Promise<void>;
  /** Stops it and removes its data. */
  end: () => Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
  ];
  let running: ChildProcess | undefined;
  const start = async () => {
    const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    running = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (part: Buffer) => {
        if (part.includes('Ready to accept connections')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    });
  };
  const stop = async () => {
    const child = running;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  const end = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await start();
  return { url: `redis://127.0.0.1:${port}`, start, stop, end };
}
