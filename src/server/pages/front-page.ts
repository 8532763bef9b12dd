/**
 * The front page: what this is, what one may ask, the ways to the reports and the encyclopedia.
 */
import type { Report } from '../../report/report';
import { searchForm } from './encyclopedia-pages';
import { type Html, html } from './html';
import type { SiteNames } from './layout';

export function frontPage(reports: readonly Report[], examples: readonly string[], names: SiteNames): Html {
  return html`<h1>${names.site} · 年度报告查询</h1>
<p>用平常的话提问，回答报告里的数据：数是多少、同比怎样、印在报告哪一处。没有公布的、报告没有涉及的，会照实说。</p>
<h2>可以这样问</h2>
<ul class="examples">${examples.map((example) => html`<li><a href="/webchat?ask=${encodeURIComponent(example)}" data-ask="${example}">${example}</a></li>`)}</ul>
<h2>看原表</h2>
<ul>${reports.map(({ id, title }) => html`<li><a href="/report/${encodeURIComponent(id)}">${title}</a></li>`)}</ul>
<h2>查术语和服务</h2>
${searchForm(names)}
<p><a href="/baike">${names.encyclopedia}全部条目</a></p>
<script src="/widget.js" defer></script>`;
}

export function notFoundPage(names: SiteNames): Html {
  return html`<h1>没有这个网页</h1>
<p>网址可能写错了，或者网页已经移走。</p>
<ul>
<li><a href="/">回首页</a></li>
<li><a href="/baike">看${names.encyclopedia}</a></li>
</ul>`;
}
