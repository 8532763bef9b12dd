import { expect } from 'chai';
import { escapeHtml, html } from '../../src/server/pages/html';
import { excerpt, markdownHtml } from '../../src/server/pages/markdown';
import { get, siteOf, siteWithEntry } from './site';

const vectors = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '</title><script>alert(1)</script>',
  '<a href="javascript:alert(1)">x</a>',
  '<!--<iframe src=//evil.example>-->',
];
/** Tags that no page of ours has, attributes that run something (outside of quoted values), addresses that do. */
function liveParts(page: string): string[] {
  const bare = page.replace(/="[^"]*"/g, '=""');
  return [
    ...(bare.match(/<(script|img|svg|iframe|style|object)|<[^>]+\son\w+\s*=/gi) ?? []),
    ...(page.match(/(href|src)="((javascript|data|vbscript):|\/[/\\])/gi) ?? []),
  ];
}

describe('liveParts', () => {
  for (const vector of vectors.filter((text) => !text.startsWith("'"))) {
    it(`would see ${vector}`, () => expect(liveParts(`<p>${vector}`)).to.not.deep.equal([]));
  }
});

describe('html', () => {
  it('escapes what is put in and leaves its own tags alone', () => {
    expect(html`<p title="${'"\''}">${'<b>&'}${html`<i>${1}</i>`}</p>`.text).to.equal(
      '<p title="&quot;&#39;">&lt;b&gt;&amp;<i>1</i></p>',
    );
  });
  it('puts lists one after the other and nothing for what is not there', () => {
    expect(html`${[html`<li>`, '<']}${undefined}${null}${false}${0}`.text).to.equal('<li>&lt;0');
  });
  it('takes no object for HTML that only looks like it', () => {
    const forged = { text: '<b>', toString: () => '<b>' } as unknown as string;
    expect(() => html`${forged}`).to.throw();
  });
  it('escapes every sign that can end a text or an attribute', () => {
    expect(escapeHtml(`<>&"'`)).to.equal('&lt;&gt;&amp;&quot;&#39;');
  });
});

describe('markdownHtml', () => {
  it('renders what short answers need', () => {
    expect(markdownHtml('# 题\n\n**粗**，[址](https://example.org/a?b=1&c=2)\n\n- 一').text).to.equal(
      '<h3>题</h3>\n<p><strong>粗</strong>，<a href="https://example.org/a?b=1&amp;c=2">址</a></p>\n<ul>\n<li>一</li>\n</ul>\n',
    );
  });
  for (const text of [
    ...vectors,
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x](data:text/html;base64,PHN)',
    '[x](//evil.example)',
    '[x](/\\evil.example)',
    '![x](https://evil.example/track.png)',
    '<javascript:alert(1)>',
    '[a]: javascript:alert(1)\n\n[a]',
  ]) {
    it(`makes nothing live of ${text}`, () => {
      expect(liveParts(markdownHtml(text).text)).to.deep.equal([]);
    });
  }
  it('gives the beginning in plain words', () => {
    expect(excerpt('**粗**的\n第二行 [址](https://x.example)', 6)).to.equal('粗的 第二行…');
    expect(excerpt('有：\n\n1. 甲\n2. 乙\n\n完。', 20)).to.equal('有： 甲 乙 完。');
  });
});

describe('the pages of the encyclopedia', () => {
  const site = siteOf();

  it('list the entries and link them', () => {
    const { body, status } = get(site, '/baike');
    expect(status).to.equal(200);
    for (const { id } of site.entries.entries) expect(body).to.include(`href="/baike/${id}"`);
  });
  it('search', () => {
    const { body, cacheControl } = get(site, `/baike?q=${encodeURIComponent('什么是双号互转')}`);
    expect(body).to.match(/<ol class="entries"><li><a href="\/baike\/passing-both-ways">/);
    expect(cacheControl).to.equal('no-store');
  });
  it('say so when nothing is found', () => {
    expect(get(site, '/baike?q=qwertyuiop').body).to.include('没有找到');
  });
  it('lead to the official site where a template says so', () => {
    const official = siteOf({ links: { template: 'https://bk.example/{id}' } });
    expect(get(official, '/baike').body).to.include('href="https://bk.example/xiaosu"');
  });
  it('show an entry with what it rests on', () => {
    const { body } = get(
      siteWithEntry({ answer: '**要点**', url: 'https://example.org/', validTo: '2027-01-01' }),
      '/baike/some-entry',
    );
    for (const part of ['<strong>要点</strong>', '某文件', '某局', 'href="https://example.org/"', '至 2027-01-01']) {
      expect(body).to.include(part);
    }
  });
  it('leave an expired entry out of list and search, and mark it where its address is still used', () => {
    const expired = siteWithEntry({ validTo: '2026-11-22' });
    expect(get(expired, '/baike').body).to.not.include('some-entry');
    expect(get(expired, '/baike?q=某条目').body).to.include('没有找到');
    expect(get(expired, '/baike/some-entry').body).to.include('已过有效期（至 2026-11-22）');
  });
  it('answer 404 for an entry that is not there', () => expect(get(site, '/baike/none').status).to.equal(404));

  for (const vector of vectors) {
    it(`make nothing live of ${vector}`, () => {
      const hostile = siteWithEntry({
        title: vector,
        asks: [vector],
        answer: vector,
        department: vector,
        source: vector,
        level: vector,
      });
      for (const address of ['/baike', '/baike/some-entry', `/baike?q=${encodeURIComponent(vector)}`]) {
        expect(liveParts(get(hostile, address).body), address).to.deep.equal([]);
      }
    });
  }
  it('read no more of a search than a search can be', () => {
    expect(get(site, `/baike?q=${'满'.repeat(5000)}`).body.length).to.be.lessThan(20_000);
  });
});

describe('the other pages', () => {
  const site = siteOf();

  it('greet with examples and the ways to reports and encyclopedia', () => {
    const { body } = get(site, '/');
    for (const part of ['诉求总量是多少', 'href="/report/lianyungang-2024"', 'href="/baike"', 'lang="zh-CN"'])
      expect(body).to.include(part);
  });
  it('say 404 in words', () => {
    const { status, body, cacheControl } = get(site, '/nowhere/at/all');
    expect([status, cacheControl]).to.deep.equal([404, 'no-store']);
    expect(body).to.include('没有这个网页');
  });
  it('load a style sheet that may be kept for ever under its version, and not otherwise', () => {
    const address = /href="(\/assets\/site\.css\?v=\w+)"/.exec(get(site, '/').body)?.[1] ?? '';
    const css = get(site, address);
    expect(css.contentType).to.equal('text/css; charset=utf-8');
    expect(css.cacheControl).to.include('immutable');
    expect(get(site, '/assets/site.css?v=old').cacheControl).to.equal('public, max-age=300');
    expect(css.body).to.not.match(/url\(|@import/);
  });
  it('bear a strict Content-Security-Policy on every address', () => {
    for (const address of [
      '/',
      '/baike',
      '/report/lianyungang-2024',
      '/report/lianyungang-2024/report.csv',
      '/assets/icon.svg',
      '/baike/none',
    ]) {
      const policy = get(site, address).headers['Content-Security-Policy'];
      expect(policy, address)
        .to.match(/default-src 'none'/)
        .and.not.match(/unsafe|\*/);
    }
  });
});
