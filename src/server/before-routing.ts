/**
 * What happens to a request before restify looks at it: security headers on every response, and refusal of what restify 12
 * can't take. A Host or target that can't be parsed makes it throw outside of any handler, which ends the process; a
 * compressed body is measured compressed (292 KB became 300 MB).
 *
 * Runs on the bare node objects, so here `res.end`, not restify's `res.send`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RefusalStatus, refusalBody } from './refusal';

/** Pages that need more than nothing (their own scripts and styles) set their own Content-Security-Policy. */
const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
} as const;

/** A browser sends some twenty; a proxy or two add ten. */
const MOST_HEADERS = 100;

/** True lets restify go on; false means answered here. */
export function beforeRouting(req: IncomingMessage, res: ServerResponse): boolean {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
  const status = refusedWith(req);
  if (status === undefined) return true;
  refuseAtOnce(res, status);
  return false;
}

export function refuseAtOnce(res: ServerResponse, status: RefusalStatus, headers: Record<string, string> = {}): void {
  const body = JSON.stringify(refusalBody(status));
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers });
  res.end(body);
}

function refusedWith({ headers, rawHeaders, url = '/' }: IncomingMessage): RefusalStatus | undefined {
  if (rawHeaders.length > 2 * MOST_HEADERS) return 431;
  const base = `http://${headers.host || 'localhost'}`;
  // restify joins the two the same way; `//x` and an absolute target are told apart by the slash.
  const isReadable = url.startsWith('/') ? URL.canParse(base + url) : URL.canParse(url, base);
  if (!isReadable || !isDecodable(url)) return 400;
  const encoding = headers['content-encoding'];
  if (encoding && encoding.toLowerCase() !== 'identity') return 415;
  return undefined;
}

/** The router decodes %-signs without a catch. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false; // Refused with 400 by the caller.
  }
}
