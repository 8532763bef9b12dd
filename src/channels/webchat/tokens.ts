/**
 * Tokens for one conversation and one person: JSON Web Tokens (HS256) signed by DIRECTLINE_SECRET, so that every process
 * with the same secret knows them and none has to be kept. Microsoft's client reads the claim `user` by itself.
 *
 *     {"use":"chat","conv":"8Hk…","user":"dl_Zr…","iat":1732350000,"exp":1732353600}
 *
 * A person sends the same token with every message: one whose signature was right is known again without computing it.
 *
 * A stream token (`use: 'stream'`) opens a WebSocket and nothing else: it stands in an address, which proxies write into
 * their logs, and lives for minutes. `until` is when the token behind it dies; the socket ends with it.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const TOKEN_LIFE_S = 3600; // Microsoft's client refreshes every 15 minutes, whatever we say
const STREAM_TOKEN_LIFE_S = 5 * 60;

/** The client refuses a person who takes such an id without a token that says so. */
export const BOUND_USER = /^dl_[A-Za-z0-9_-]{1,64}$/;

const Claims = z.object({
  use: z.enum(['chat', 'stream']),
  conv: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  user: z.string().regex(BOUND_USER),
  iat: z.number(),
  exp: z.number(),
  until: z.number().optional(),
});
export type Claims = z.infer<typeof Claims>;

/** Who speaks, in which conversation, and until when. */
export interface Pass {
  conversationId: string;
  userId: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

export type Verdict = { is: 'valid'; pass: Pass } | { is: 'expired' } | { is: 'wrong' };

/** Of people who talk at the same time, and some more. */
const MOST_KNOWN = 10_000;

const HEADER = base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' }));

export class Tokens {
  /** Tokens signed here → what they claim, the oldest first: a Map keeps the order of insertion. */
  private readonly known = new Map<string, Claims>();

  constructor(
    private readonly secret: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** A new conversation id and user id, unguessable: whoever knows neither can't name them. */
  static newConversationId(): string {
    return randomBytes(16).toString('base64url');
  }
  static newUserId(): string {
    return `dl_${randomBytes(16).toString('base64url')}`;
  }

  chatToken(conversationId: string, userId: string): string {
    const iat = this.seconds();
    return this.sign({ use: 'chat', conv: conversationId, user: userId, iat, exp: iat + TOKEN_LIFE_S });
  }

  streamToken({ conversationId, userId, expiresAt }: Pass): string {
    const iat = this.seconds();
    const exp = Math.min(iat + STREAM_TOKEN_LIFE_S, expiresAt);
    return this.sign({ use: 'stream', conv: conversationId, user: userId, iat, exp, until: expiresAt });
  }

  /** Whether a token was made here for this use, and still lives. */
  read(token: string, use: Claims['use']): Verdict {
    const claims = this.known.get(token) ?? this.signedHere(token);
    if (claims?.use !== use) return { is: 'wrong' };
    const { conv, user, exp, until } = claims;
    if (exp <= this.seconds()) return { is: 'expired' };
    return { is: 'valid', pass: { conversationId: conv, userId: user, expiresAt: until ?? exp } };
  }

  private signedHere(token: string): Claims | undefined {
    const [header, body, signature, ...rest] = token.split('.');
    // The header is compared, never read: a token can't choose how it is checked.
    if (header !== HEADER || !body || !signature || rest.length > 0) return undefined;
    if (!isSame(signature, this.signature(body))) return undefined;
    const claims = Claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).data;
    if (!claims) return undefined;
    this.known.set(token, claims);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KNOWN && oldest !== undefined) this.known.delete(oldest);
    return claims;
  }

  /** Server to server: the secret itself opens everything. */
  isSecret(text: string): boolean {
    return isSame(text, this.secret);
  }

  private sign(claims: Claims): string {
    const body = base64url(JSON.stringify(claims));
    return `${HEADER}.${body}.${this.signature(body)}`;
  }

  private signature(body: string): string {
    return createHmac('sha256', this.secret).update(`${HEADER}.${body}`).digest('base64url');
  }

  private seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

/** In a time that doesn't tell how much of it was right, or how long it should be. */
function isSame(given: string, right: string): boolean {
  const [a, b] = [given, right].map((text) => createHmac('sha256', 'compare').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}
