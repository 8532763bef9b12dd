/**
 * What all pages share: head, way to the other pages, foot.
 *
 * No names of a city or a service stand here; they come in as SiteNames.
 */
import { type Content, type Html, html } from './html';
import { siteCssAddress } from './site-css';

export interface SiteNames {
  /** Whose site this is: 「…12345 热线」. */
  site: string;
  /** What the encyclopedia is called. */
  encyclopedia: string;
}

export interface PageParts {
  title: string;
  /** One sentence for search engines; none for pages that are not to be found by them. */
  description?: string;
  names: SiteNames;
  /** The newest report, for the way there. */
  report: { id: string; year: number };
  /** Address of this page among those of the navigation. */
  at?: string;
  body: Content;
}

export function page({ title, description, names, report, at, body }: PageParts): Html {
  const ways = [
    { address: '/', label: '首页' },
    { address: `/report/${report.id}`, label: `${report.year} 年报告` },
    { address: '/baike', label: names.encyclopedia },
  ];
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#14181d" media="(prefers-color-scheme: dark)">
<title>${title === names.site ? title : `${title} · ${names.site}`}</title>
${description ? html`<meta name="description" content="${description}">` : html`<meta name="robots" content="noindex">`}
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${siteCssAddress}">
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="site">
<p class="site-name">${names.site}</p>
<nav aria-label="网站导航"><ul>${ways.map(
    ({ address, label }) =>
      html`<li><a href="${address}"${at === address && html` aria-current="page"`}>${label}</a></li>`,
  )}</ul></nav>
</header>
<main id="main" tabindex="-1">
${body}
</main>
<footer class="site"><p>数据以报告印出的为准。办理诉求请直接拨打 12345。</p></footer>
</body>
</html>
`;
}
