/** Service processes as they are run in earnest (npm run build comes first), each on a port of its own that it keeps over a restart. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as later } from 'node:timers/promises';
import { freePort } from '../free-port';

export class Service {
  private child: ChildProcess | undefined;
  private ended: Promise<number | null> = Promise.resolve(null);
  /** What it wrote to its log, over all its lives. */
  log = '';

  private constructor(
    readonly port: number,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async onFreePort(env: NodeJS.ProcessEnv): Promise<Service> {
    return new Service(await freePort(), env);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  async start(): Promise<void> {
    const env = { ...process.env, KEEP_DAYS: '0', ...this.env, PORT: String(this.port), HOST: '127.0.0.1' };
    const child = spawn(process.execPath, ['dist/index.js'], { env });
    this.child = child;
    this.ended = new Promise((resolve) => child.once('close', resolve));
    child.stderr.on('data', (part) => {
      this.log += part;
    });
    child.stdout.resume();
    await this.until(200);
  }

  /** When /readyz says so. */
  async until(status: number, withinMs = 120_000): Promise<void> {
    for (const end = Date.now() + withinMs; (await this.readiness()) !== status; await later(50)) {
      if (this.child?.exitCode !== null) throw new Error(`ended with ${this.child?.exitCode}: ${this.log}`);
      if (Date.now() > end) throw new Error(`/readyz is not ${status} within ${withinMs} ms: ${this.log}`);
    }
  }

  async readiness(): Promise<number> {
    return fetch(`${this.url}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  }

  /** The exit code. */
  async signal(signal: NodeJS.Signals): Promise<number | null> {
    this.child?.kill(signal);
    return this.ended;
  }
}
