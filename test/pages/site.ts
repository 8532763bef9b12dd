/** The site with the real report and entries, for the tests of its pages; parts can be put in their place. */
import type { Entry } from '../../src/baike/entry';
import { EntryLibrary } from '../../src/baike/entry-library';
import { loadEntries } from '../../src/baike/load-entries';
import { loadReports } from '../../src/report/load-reports';
import { ELSEWHERE, type PageResponse } from '../../src/server/pages/page-route';
import { pageRoutes, type Site } from '../../src/server/pages/page-routes';

export function siteOf(parts: Partial<Site> = {}): Site {
  return {
    library: { reports: loadReports('data/reports') },
    entries: loadEntries('data/baike'),
    links: {},
    names: { site: '某市 12345 热线', encyclopedia: '百科' },
    examples: ['诉求总量是多少', '什么是同比'],
    today: () => '2026-11-23',
    ...parts,
  };
}

/** A page, or a file of text. */
export function get(site: Site, address: string): Omit<PageResponse, 'body'> & { body: string } {
  const response = answered(site, address);
  if (response instanceof Promise || typeof response.body !== 'string') throw new Error(`no text: ${address}`);
  return { ...response, body: response.body };
}

/** A file, whatever it holds. */
export async function download(site: Site, address: string): Promise<PageResponse> {
  return answered(site, address);
}

/** Asks the routes as a server would. */
function answered(site: Site, address: string): PageResponse | Promise<PageResponse> {
  const url = new URL(address, 'http://localhost');
  for (const { path, handle } of pageRoutes(site)) {
    if (path === ELSEWHERE) return handle({ params: {}, query: {} });
    const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const found = pattern.exec(url.pathname);
    if (!found) continue;
    const params = Object.entries(found.groups ?? {}).map(([name, part]) => [name, decodeURIComponent(part)]);
    return handle({ params: Object.fromEntries(params), query: Object.fromEntries(url.searchParams) });
  }
  throw new Error(`no route for ${address}`);
}

export function entryWith(parts: Partial<Entry>): Entry {
  return {
    id: 'some-entry',
    title: '某条目',
    asks: [],
    answer: '说明。',
    kind: '信息',
    level: '全市',
    department: '某局',
    source: '某文件',
    ...parts,
  };
}

export function siteWithEntry(parts: Partial<Entry>): Site {
  return siteOf({ entries: new EntryLibrary([entryWith(parts)]) });
}
