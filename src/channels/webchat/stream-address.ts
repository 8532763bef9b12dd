/**
 * The address at which a client opens its WebSocket. It takes it as it stands, so it must be the one by which the service
 * is reached from outside: behind a proxy that speaks TLS, wss and the proxy's name.
 *
 * The headers a proxy adds are believed here: a stranger who forges them only misleads himself.
 */
import type { IncomingMessage } from 'node:http';

export const STREAM_PATH = /^\/v3\/directline\/conversations\/([A-Za-z0-9_-]{1,64})\/stream$/;

export function streamAddress(
  { headers }: Pick<IncomingMessage, 'headers'>,
  {
    publicUrl,
    conversationId,
    token,
    watermark,
  }: { publicUrl: string; conversationId: string; token: string; watermark: string },
): string {
  const query = new URLSearchParams({ watermark, t: token });
  return `${base(headers, publicUrl)}/v3/directline/conversations/${conversationId}/stream?${query}`;
}

function base(headers: IncomingMessage['headers'], publicUrl: string): string {
  const asPublished = publicUrl.replace(/^http/i, 'ws');
  const host = first(headers['x-forwarded-host']) ?? headers.host ?? '';
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return asPublished;
  if (new URL(publicUrl).host === host) return asPublished;
  return `${first(headers['x-forwarded-proto']) === 'https' ? 'wss' : 'ws'}://${host}`;
}

/** Each proxy on the way adds its own behind a comma; the first is the one the browser speaks to. */
function first(header: string | string[] | undefined): string | undefined {
  return [header].flat()[0]?.split(',')[0]?.trim() || undefined;
}
