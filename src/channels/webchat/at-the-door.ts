/**
 * Who knocks: the secret (a server of ours), a living token, or nobody.
 *
 * The status decides what Microsoft's client does next: 403 makes it say that the token has expired, open more sockets and
 * never send again. So 403 is for a token that was right and is over, and for nothing else; all other refusals are 401.
 */
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../../server/refusal';
import type { Pass, Tokens } from './tokens';

export type Visitor = { is: 'server' } | { is: 'person'; pass: Pass; token: string };

export function visitorOf(req: Pick<IncomingMessage, 'headers'>, tokens: Tokens): Visitor {
  const given = req.headers.authorization ?? '';
  const bearer = /^Bearer /i.test(given) ? given.slice('Bearer '.length).trim() : '';
  if (bearer === '') throw new Refusal(401);
  const verdict = tokens.read(bearer, 'chat');
  if (verdict.is === 'valid') return { is: 'person', pass: verdict.pass, token: bearer };
  if (tokens.isSecret(bearer)) return { is: 'server' };
  throw new Refusal(verdict.is === 'expired' ? 403 : 401);
}

/** A person is in one conversation and sees no other. */
export function mayEnter(visitor: Visitor, conversationId: string): boolean {
  return visitor.is === 'server' || visitor.pass.conversationId === conversationId;
}
