/**
 * The access token of the app: one for the whole process (and by shared/shared-token.ts for all processes), fetched when it is first needed, again before it ends, and when
 * the platform says that it has ended early. Whoever asks while it is being fetched waits for the same answer: parallel
 * fetches are punished, and so are many with a wrong secret, which is therefore not tried again for a while.
 */
import { CallFailed } from './call-failed';
import type { Clock } from './clock';

/** What all processes share of it. */
export interface SharedToken {
  /** The token that is there, or the one `fetchToken` gets. */
  get: (fetchToken: () => Promise<FetchedToken>) => Promise<FetchedToken>;
  drop: (token: string) => Promise<void>;
}

export interface FetchedToken {
  token: string;
  expiresInS: number;
}

/** Refreshed this long before its end, or after half of its life if that is shorter. */
const EARLY_MS = 5 * 60 * 1000;
export const WRONG_SECRET_REST_MS = 60 * 1000;

export class AccessToken {
  private current: { token: string; until: number } | undefined;
  private fetching: Promise<string> | undefined;
  private failed: { fault: CallFailed; until: number } | undefined;

  constructor(
    private readonly fetchToken: () => Promise<FetchedToken>,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly shared?: SharedToken,
  ) {}

  /** Throws CallFailed. */
  async get(): Promise<string> {
    const now = this.clock.now();
    if (this.current && now < this.current.until) return this.current.token;
    if (this.failed && now < this.failed.until) throw this.failed.fault;
    this.fetching ??= this.fetch().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  /** The platform refused this token. If another has taken its place meanwhile, that one stays. */
  async drop(token: string): Promise<void> {
    if (this.current?.token === token) this.current = undefined;
    await this.shared?.drop(token);
  }

  private async fetch(): Promise<string> {
    try {
      const { token, expiresInS } = await (this.shared ? this.shared.get(this.fetchToken) : this.fetchToken());
      const lifeMs = expiresInS * 1000;
      this.current = { token, until: this.clock.now() + Math.max(lifeMs - EARLY_MS, lifeMs / 2) };
      this.failed = undefined;
      return token;
    } catch (error) {
      if (error instanceof CallFailed && error.cure === 'never') {
        this.failed = { fault: error, until: this.clock.now() + WRONG_SECRET_REST_MS };
      }
      throw error;
    }
  }
}
