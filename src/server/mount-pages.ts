/** Mounts the pages, which know no framework, on the server. */
import type * as restify from 'restify';
import type { Route } from './create-server';
import { ELSEWHERE, type PageResponse, type PageRoute } from './pages/page-route';
import { Refusal } from './refusal';

/** `pagesNow` is asked at each request: reports may be loaded anew, under the same addresses. */
export function mountPages(pagesNow: () => readonly PageRoute[]): Route {
  return (server) => {
    const pageAt = (path: string) => async (req: restify.Request, res: restify.Response) => {
      const query = Object.fromEntries(new URLSearchParams(req.getQuery() ?? ''));
      const page = pagesNow().find((one) => one.path === path);
      if (!page) throw new Refusal(404);
      sendPage(res, await page.handle({ params: (req.params ?? {}) as Record<string, string | undefined>, query }));
    };
    for (const { path } of pagesNow()) {
      if (path === ELSEWHERE) continue;
      server.get(path, pageAt(path));
      server.head(path, pageAt(path));
    }
    // A person with a browser reads a page, a program the refusal that all others get.
    server.on('NotFound', (req: restify.Request, res: restify.Response, _error: unknown, done: () => void) => {
      const isPerson = ['GET', 'HEAD'].includes(req.method ?? '') && /\btext\/html\b/.test(req.headers.accept ?? '');
      if (isPerson) pageAt(ELSEWHERE)(req, res).then(done, done);
      else done();
    });
  };
}

function sendPage(res: restify.Response, { status, contentType, body, cacheControl, headers }: PageResponse): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.sendRaw(status, body, { 'Content-Type': contentType, 'Cache-Control': cacheControl });
}
