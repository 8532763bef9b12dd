/** Mounts the pages, which know no framework, on the server. */
import type * as restify from 'restify';
import type { Route } from './create-server';
import type { PageResponse, PageRoute } from './pages/page-route';

export function mountPages(pages: readonly PageRoute[]): Route {
  return (server) => {
    for (const { path, handle } of pages) {
      const answer = async (req: restify.Request, res: restify.Response) => {
        const query = Object.fromEntries(new URLSearchParams(req.getQuery() ?? ''));
        sendPage(res, await handle({ params: req.params as Record<string, string | undefined>, query }));
      };
      server.get(path, answer);
      server.head(path, answer);
    }
  };
}

function sendPage(res: restify.Response, { status, contentType, body, cacheControl, headers }: PageResponse): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.sendRaw(status, body, { 'Content-Type': contentType, 'Cache-Control': cacheControl });
}
