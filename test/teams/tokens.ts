/** A stand-in for who signs the channel's tokens: OpenID metadata and keys over HTTP, and tokens as Teams brings them. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Authority } from '../../src/channels/botframework/cloud-adapter';

export const ISSUER = 'https://api.botframework.com';
export const APP_ID = '8a0b2f7c-1111-2222-3333-444455556666';
export const SERVICE_URL = 'https://smba.example/';

export interface Signer {
  authority: Authority;
  /** A token that is right in all but the given parts. */
  token: (claims?: Record<string, unknown>, header?: Record<string, unknown>, key?: KeyObject) => string;
  otherKey: KeyObject;
  stop: () => void;
}

export async function startSigner({ endorsements = ['msteams'] } = {}): Promise<Signer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer((req, res) => {
    const { port } = server.address() as AddressInfo;
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig', endorsements }];
    const body = req.url === '/keys' ? { keys } : { issuer: ISSUER, jwks_uri: `http://127.0.0.1:${port}/keys` };
    res.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const openIdMetadataUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openid`;
  return {
    authority: { tokenIssuer: ISSUER, openIdMetadataUrl },
    token: (claims = {}, header = {}, key = privateKey) => signed({ ...rightClaims(), ...claims }, header, key),
    otherKey,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function rightClaims(): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return { iss: ISSUER, aud: APP_ID, nbf: now - 60, exp: now + 3600, serviceurl: SERVICE_URL };
}

function signed(claims: Record<string, unknown>, header: Record<string, unknown>, key: KeyObject): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const said = `${part({ typ: 'JWT', alg: 'RS256', kid: 'key-1', ...header })}.${part(claims)}`;
  return `${said}.${createSign('RSA-SHA256').update(said).sign(key, 'base64url')}`;
}
