/**
 * Serves the widget: the button's script, the panel's page, script and style; compressed once, at start.
 *
 * | address | |
 * |---|---|
 * | /widget.js | the button, for any page; five minutes in caches, so that a new version comes soon |
 * | /webchat | the panel's page, framed by allowed sites, or opened by itself |
 * | /assets/panel.js, /assets/panel.css with ?v= | kept for ever: another version has another address |
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type * as restify from 'restify';
import { ProblemsFound } from '../../problems';
import type { Route } from '../create-server';
import { type PanelSettings, panelPage, panelPolicy } from './panel-page';

/** Beside the compiled server; from the sources it is the same place. */
const BUNDLES = resolve(__dirname, '../../../dist/widget');
const FILES = ['loader.js', 'panel.js', 'panel.css'] as const;

export interface Packed {
  type: string;
  plain: Buffer;
  br: Buffer;
  gzip: Buffer;
}

export function readBundles(folder = BUNDLES): Record<(typeof FILES)[number], Packed> {
  const read = FILES.map((name) => {
    try {
      const type = name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
      return [name, pack(readFileSync(resolve(folder, name)), type)] as const;
    } catch {
      const file = `dist/widget/${name}`;
      throw new ProblemsFound([
        { file, place: '', expected: '构建好的对话窗（npm run build）', found: '打不开的文件' },
      ]);
    }
  });
  return Object.fromEntries(read) as Record<(typeof FILES)[number], Packed>;
}

export function widgetRoutes({ settings, origins }: { settings: PanelSettings; origins: readonly string[] }): Route {
  const bundles = readBundles();
  const version = createHash('sha256')
    .update(bundles['panel.js'].plain)
    .update(bundles['panel.css'].plain)
    .digest('hex')
    .slice(0, 12);
  let page: Packed | undefined;
  /** Packed again when the wording has been loaded anew. */
  const pageNow = (): Packed => {
    const plain = Buffer.from(panelPage(settings, version));
    if (!page?.plain.equals(plain)) page = pack(plain, 'text/html; charset=utf-8');
    return page;
  };
  pageNow();

  const file = (packed: Packed, cacheControl: (req: restify.Request) => string): restify.RequestHandler => {
    return async (req: restify.Request, res: restify.Response) => {
      send(req, res, packed, { 'Cache-Control': cacheControl(req) });
    };
  };
  const panelHandler = async (req: restify.Request, res: restify.Response) => {
    send(req, res, pageNow(), {
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': panelPolicy(origins, req.headers.host ?? ''),
    });
  };
  const forEver = (req: restify.Request) =>
    new URLSearchParams(req.getQuery() ?? '').get('v') === version
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=300';

  return (server) => {
    const give = (path: string, handler: restify.RequestHandler) => {
      server.get(path, handler);
      server.head(path, handler);
    };
    give(
      '/widget.js',
      file(bundles['loader.js'], () => 'public, max-age=300'),
    );
    give('/webchat', panelHandler);
    give('/assets/panel.js', file(bundles['panel.js'], forEver));
    give('/assets/panel.css', file(bundles['panel.css'], forEver));
  };
}

function send(req: restify.Request, res: restify.Response, packed: Packed, headers: Record<string, string>): void {
  const accepted = String(req.headers['accept-encoding'] ?? '');
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  const body = encoding === undefined ? packed.plain : packed[encoding];
  res.writeHead(200, {
    'Content-Type': packed.type,
    'Content-Length': body.length,
    Vary: 'Accept-Encoding',
    // A script for pages of other sites; some of them let in only what says so.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...headers,
    ...(encoding && { 'Content-Encoding': encoding }),
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}

function pack(plain: Buffer, type: string): Packed {
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  return { type, plain, br, gzip: gzipSync(plain, { level: 9 }) };
}
