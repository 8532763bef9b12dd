/**
 * All pages of the site, each an address with a function; the server mounts them.
 *
 * | address | page |
 * |---|---|
 * | / | front page |
 * | /report/:id, with #<table>/<row>/<column> | a report, opened at a cell |
 * | /report/:id/:file, /report/:id/tables/:file | report.xlsx, .csv, .json, <table>.xlsx, .csv, .json |
 * | /baike, /baike?q=…, /baike/:id | the encyclopedia, a search, an entry |
 * | /assets/site.css, /assets/icon.svg | style sheet, icon |
 * | ELSEWHERE | that there is no such page, for addresses that nothing has |
 */
import type { EntryLibrary } from '../../baike/entry-library';
import type { EntryLinks } from '../../baike/entry-url';
import type { Report, Table } from '../../report/report';
import { encyclopediaPage, entryPage, longestSearch, searchPage } from './encyclopedia-pages';
import { frontPage, notFoundPage } from './front-page';
import type { Content } from './html';
import { page, type SiteNames } from './layout';
import { excerpt } from './markdown';
import {
  ELSEWHERE,
  fileResponse,
  type PageResponse,
  type PageRoute,
  pageResponse,
  policyWithWidget,
} from './page-route';
import { reportCsv, reportJson, tableCsv, tableJson } from './report-files';
import { reportPage } from './report-page';
import { reportXlsx, tableXlsx } from './report-xlsx';
import { siteCss, siteCssVersion, siteIcon } from './site-css';

export interface Site {
  /** Newest report first. */
  library: { readonly reports: readonly Report[] };
  entries: EntryLibrary;
  links: EntryLinks;
  names: SiteNames;
  /** Six questions for the front page. */
  examples: readonly string[];
  /** The day as "2026-11-23"; asked at each request, since a server runs for longer than a day. */
  today(): string;
}

const csvType = 'text/csv; charset=utf-8';
const jsonType = 'application/json; charset=utf-8';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function pageRoutes(site: Site): PageRoute[] {
  const { library, entries, links, names, examples, today } = site;
  const missing = notFound(site);
  const reportOf = (id: string | undefined) => library.reports.find((report) => report.id === id);
  // Made at the first download: a report doesn't change while the service runs.
  const workbooks = new Map<Report | Table, Promise<Buffer>>();
  const workbook = async (of: Report | Table, downloadAs: string, make: () => Promise<Buffer>) => {
    const made = workbooks.get(of) ?? make();
    workbooks.set(of, made);
    return fileResponse(await made, xlsxType, { downloadAs });
  };
  const show = (
    parts: { title: string; description?: string; at?: string; body: Content },
    options: { cacheControl?: string; contentSecurityPolicy?: string } = {},
  ): PageResponse => pageResponse(page({ ...parts, names, report: newestOf(site) }), options);

  return [
    {
      path: '/',
      handle: () =>
        show(
          {
            title: names.site,
            description: `${names.site}年度报告查询`,
            at: '/',
            body: frontPage(library.reports, examples, names),
          },
          { contentSecurityPolicy: policyWithWidget },
        ),
    },
    {
      path: '/report/:id',
      handle({ params }) {
        const report = reportOf(params['id']);
        if (!report) return missing();
        return show({
          title: report.title,
          description: `${report.title}：全部表格，按原样列出`,
          at: `/report/${report.id}`,
          body: reportPage(report),
        });
      },
    },
    {
      path: '/report/:id/:file',
      handle({ params }) {
        const report = reportOf(params['id']);
        if (report && params['file'] === 'report.xlsx')
          return workbook(report, `${report.title}.xlsx`, () => reportXlsx(report));
        if (report && params['file'] === 'report.csv')
          return fileResponse(reportCsv(report), csvType, { downloadAs: `${report.title}.csv` });
        if (report && params['file'] === 'report.json')
          return fileResponse(reportJson(report), jsonType, { downloadAs: `${report.title}.json` });
        return missing();
      },
    },
    {
      path: '/report/:id/tables/:file',
      handle({ params }) {
        const [, tableId, form] = /^(.+)\.(xlsx|csv|json)$/.exec(params['file'] ?? '') ?? [];
        const table = reportOf(params['id'])?.tables.find(({ id }) => id === tableId);
        if (!table) return missing();
        const name = `${table.report.year} ${table.title}`;
        if (form === 'xlsx') return workbook(table, `${name}.xlsx`, () => tableXlsx(table));
        return form === 'csv'
          ? fileResponse(tableCsv(table), csvType, { downloadAs: `${name}.csv` })
          : fileResponse(tableJson(table), jsonType, { downloadAs: `${name}.json` });
      },
    },
    {
      path: '/baike',
      handle({ query }) {
        const wanted = [...(query['q'] ?? '').trim()].slice(0, longestSearch).join('');
        if (wanted === '') {
          return show({
            title: names.encyclopedia,
            description: `${names.encyclopedia}：服务和术语的说明`,
            at: '/baike',
            body: encyclopediaPage(entries, links, names, today()),
          });
        }
        return show(
          { title: `查找“${wanted}”`, at: '/baike', body: searchPage(wanted, entries, links, names, today()) },
          { cacheControl: 'no-store' },
        );
      },
    },
    {
      path: '/baike/:id',
      handle({ params }) {
        const entry = entries.byId(params['id'] ?? '');
        if (!entry) return missing();
        return show({
          title: entry.title,
          description: excerpt(entry.answer, 80),
          at: '/baike',
          body: entryPage(entry, today()),
        });
      },
    },
    {
      path: '/assets/site.css',
      handle: ({ query }) =>
        fileResponse(siteCss, 'text/css; charset=utf-8', {
          // Only an address that names this very version may be kept for ever.
          cacheControl: query['v'] === siteCssVersion ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
        }),
    },
    {
      path: '/assets/icon.svg',
      handle: () => fileResponse(siteIcon, 'image/svg+xml', { cacheControl: 'public, max-age=86400' }),
    },
    { path: ELSEWHERE, handle: missing },
  ];
}

function notFound(site: Site): () => PageResponse {
  return () =>
    pageResponse(
      page({ title: '没有这个网页', names: site.names, report: newestOf(site), body: notFoundPage(site.names) }),
      {
        status: 404,
        cacheControl: 'no-store',
      },
    );
}

function newestOf({ library }: Site): Report {
  const [newest] = library.reports;
  if (!newest) throw new Error('a site needs at least one report');
  return newest;
}
