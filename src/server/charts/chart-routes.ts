/** Serves the pictures of charts. An address that we didn't sign is no address; one that we did never changes. */
import type * as restify from 'restify';
import type { Route } from '../create-server';
import { Refusal } from '../refusal';
import type { ChartAddresses, ChartForm } from './chart-address';
import { Busy, type ChartPictures } from './chart-pictures';

const TYPES: Record<ChartForm, string> = { png: 'image/png', svg: 'image/svg+xml', 'dark.svg': 'image/svg+xml' };

export function chartRoutes({ addresses, pictures }: { addresses: ChartAddresses; pictures: ChartPictures }): Route {
  const give = async (req: restify.Request, res: restify.Response) => {
    const asked = addresses.read(String(req.params['*'] ?? ''));
    if (!asked) throw new Refusal(404);
    const body = await pictures.picture(asked.chart, asked.form).catch((error: unknown) => {
      throw error instanceof Busy ? new Refusal(503) : error;
    });
    res.writeHead(200, {
      'Content-Type': TYPES[asked.form],
      'Content-Length': body.length,
      'Cache-Control': 'public, max-age=31536000, immutable',
      // For pages of other sites that hold the chat; opened by itself it may style itself and nothing else.
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    });
    res.end(req.method === 'HEAD' ? undefined : body);
  };
  return (server) => {
    server.get('/charts/*', give);
    server.head('/charts/*', give);
  };
}
