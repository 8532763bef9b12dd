/**
 * Lets pages of the sites named in WEBCHAT_ORIGINS read what Direct Line answers: those that bring a chat of their own
 * (Web Chat pointed here). Our widget needs none of it: its panel is a page of ours.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

export function allowCrossOrigin(origins: readonly string[]) {
  return (req: Pick<IncomingMessage, 'headers'>, res: Pick<ServerResponse, 'setHeader'>): void => {
    res.setHeader('Vary', 'Origin');
    const { origin } = req.headers;
    if (origin === undefined || !origins.includes(origin)) return;
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
    res.setHeader(
      'Access-Control-Allow-Headers',
      'Authorization, Content-Type, Accept, x-ms-bot-agent, x-requested-with',
    );
    res.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    res.setHeader('Access-Control-Max-Age', '86400');
  };
}
