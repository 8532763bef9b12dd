/**
 * What a page is to the server: an address, and a function from the request's parts to the response.
 *
 * No framework and no sockets here, so that pages are tested by calling them; the server mounts them in a loop.
 */
export interface PageRequest {
  /** Parts of the path, decoded: { id: 'lianyungang-2024' }. */
  params: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string | undefined>>;
}

export interface PageResponse {
  status: number;
  contentType: string;
  body: string | Buffer;
  cacheControl: string;
  /** Everything else to be sent along: security headers, file names of downloads. */
  headers: Readonly<Record<string, string>>;
}

/** The path of the page for people at an address that no route has. */
export const ELSEWHERE = '*';

export interface PageRoute {
  path: string;
  handle(request: PageRequest): PageResponse | Promise<PageResponse>;
}

/** Pages load their own style sheet and icon, send their own search form, and nothing else. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The front page also has the widget: its script, and the frame that it opens. The button's style is no file. */
export const policyWithWidget = `${contentSecurityPolicy}; script-src 'self'; frame-src 'self'`;

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
};

export function pageResponse(
  body: { text: string },
  options: { status?: number; cacheControl?: string; contentSecurityPolicy?: string } = {},
): PageResponse {
  return {
    status: options.status ?? 200,
    contentType: 'text/html; charset=utf-8',
    body: body.text,
    cacheControl: options.cacheControl ?? 'public, max-age=300',
    headers: {
      ...securityHeaders,
      ...(options.contentSecurityPolicy && { 'Content-Security-Policy': options.contentSecurityPolicy }),
    },
  };
}

export function fileResponse(
  body: string | Buffer,
  contentType: string,
  options: { cacheControl?: string; downloadAs?: string } = {},
): PageResponse {
  return {
    status: 200,
    contentType,
    body,
    cacheControl: options.cacheControl ?? 'public, max-age=300',
    headers: {
      ...securityHeaders,
      ...(options.downloadAs && {
        // Names are Chinese; the plain one is for programs that read nothing else.
        'Content-Disposition': `attachment; filename="download"; filename*=UTF-8''${encodeURIComponent(options.downloadAs)}`,
      }),
    },
  };
}
