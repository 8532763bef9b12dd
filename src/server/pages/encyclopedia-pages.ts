/**
 * The encyclopedia: a page to search and browse it, and a page for each entry.
 */
import { type Entry, isValidOn } from '../../baike/entry';
import type { EntryLibrary } from '../../baike/entry-library';
import { type EntryLinks, entryUrl } from '../../baike/entry-url';
import { type Html, html } from './html';
import type { SiteNames } from './layout';
import { excerpt, markdownHtml } from './markdown';

const mostFound = 20;
/** Where there are more, the list would only be in the way. */
const mostListed = 200;
export const longestSearch = 100;

export function searchForm(names: SiteNames, query = ''): Html {
  return html`<form class="search" action="/baike" method="get" role="search">
<label for="q">在${names.encyclopedia}里查找</label>
<input id="q" name="q" type="search" value="${query}" maxlength="${longestSearch}" autocomplete="off" enterkeyhint="search">
<button type="submit">查找</button>
</form>`;
}

export function encyclopediaPage(entries: EntryLibrary, links: EntryLinks, names: SiteNames, today: string): Html {
  const offered = entries.entries.filter((entry) => isValidOn(entry, today));
  const listed = offered.slice(0, mostListed);
  return html`<h1>${names.encyclopedia}</h1>
<p>服务和术语的说明，每条注明依据。</p>
${searchForm(names)}
<h2>${offered.length > listed.length ? `共 ${offered.length} 条，先列 ${listed.length} 条` : `全部 ${offered.length} 条`}</h2>
<ul class="titles">${listed.map((entry) => html`<li>${entryLink(entry, links)}</li>`)}</ul>`;
}

export function searchPage(
  query: string,
  entries: EntryLibrary,
  links: EntryLinks,
  names: SiteNames,
  today: string,
): Html {
  const found = entries.search(query, mostFound, today);
  return html`<h1>查找“${query}”</h1>
${searchForm(names, query)}
${
  found.length > 0
    ? html`<p role="status">找到 ${found.length === mostFound ? `${mostFound} 条以上，先列最接近的 ${mostFound} 条` : `${found.length} 条`}。</p>
<ol class="entries">${found.map(
        ({ entry }) => html`<li>${entryLink(entry, links)}
<p>${excerpt(entry.answer, 70)}</p>
<p class="faint">${entry.kind} · ${entry.department}</p></li>`,
      )}</ol>`
    : html`<p role="status">没有找到。换个说法，或看<a href="/baike">全部条目</a>。</p>`
}`;
}

export function entryPage(entry: Entry, today: string): Html {
  const facts: [string, string | Html | undefined][] = [
    ['依据', entry.source],
    ['类别', entry.kind],
    ['级别', entry.level],
    ['负责单位', entry.department],
    ['有效期', validity(entry)],
    ['官方网页', entry.url && html`<a href="${entry.url}" rel="noopener noreferrer">${entry.url}</a>`],
  ];
  return html`<article>
<h1>${entry.title}</h1>
${!isValidOn(entry, today) && html`<p class="notice">${entry.validFrom && today < entry.validFrom ? `本条自 ${entry.validFrom} 起有效。` : `本条已过有效期（至 ${entry.validTo}），仅供查阅。`}</p>`}
<div class="answer">${markdownHtml(entry.answer)}</div>
<dl class="facts">${facts.map(([name, fact]) => fact && html`<dt>${name}</dt><dd>${fact}</dd>`)}</dl>
${entry.asks.length > 0 && html`<p class="faint">也这样问：${entry.asks.join('、')}</p>`}
</article>
<p><a href="/baike">返回全部条目</a></p>`;
}

function entryLink(entry: Entry, links: EntryLinks): Html {
  return html`<a href="${entryUrl(entry, links)}">${entry.title}</a>`;
}

function validity({ validFrom, validTo }: Entry): string | undefined {
  if (validFrom && validTo) return `${validFrom} 至 ${validTo}`;
  if (validFrom) return `${validFrom} 起`;
  return validTo && `至 ${validTo}`;
}
