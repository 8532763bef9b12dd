/**
 * Messages that nobody should send and somebody will: the report's own words shuffled, Unicode of all kinds, lone halves of
 * characters, long texts, markup, code. The same ones every time for one seed; the benchmark sends a hundred thousand.
 */
import type { Library } from '../../src/report/library';

/** Each with what it is. */
export const BAD_INPUT: Record<string, string> = {
  empty: '',
  'white space': ' \t\n\u3000\u00a0',
  'full stops': '。。。…',
  '10 000 characters of one kind': '满'.repeat(10_000),
  '10 000 characters of questions': '请问满意率是多少，'.repeat(1112).slice(0, 10_000),
  '10 000 digits': '9'.repeat(10_000),
  '10 000 brackets': '('.repeat(10_000),
  'control characters': '满\u0000意\u0007率\u001b[31m是\u0008多少\u007f',
  'a lone high surrogate': '满意率\ud83d是多少',
  'a lone low surrogate': '\udc00诉求总量',
  'lone surrogates only': '\ud800\udfff\ud801',
  'marks that turn the direction': '\u202e率意满\u202c多少',
  'invisible characters': '满\u200b意\u200d率\ufeff',
  'emoji only': '😀👍🏽👨‍👩‍👧‍👦🇨🇳',
  'emoji within': '📞诉求总量😀多少',
  'a pile of accents': `总量${'\u0301'.repeat(500)}多少`,
  HTML: '<script>alert(1)</script>满意率<img src=x onerror=alert(1)>',
  'an HTML entity': '&lt;b&gt;满意率&lt;/b&gt; &amp; &#60;i&#62;',
  Markdown: '[点这里](javascript:alert(1)) **满意率** `code` ![x](http://x.invalid/a.png)',
  'full-width markup': '＜script＞alert（1）＜／script＞',
  'an unknown tag around an unknown word': '<宠物 onclick="x()">夜间</宠物>是多少',
  JSON: '{"kind":"answer","figures":[{"value":1}],"__proto__":{"x":1}}',
  'broken JSON': '{"a": [1, 2,, }}}',
  XML: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  SQL: "'; DROP TABLE 诉求; -- SELECT * FROM 满意率 WHERE 1=1",
  'a shell command': '$(rm -rf /); `id` | cat /etc/passwd && 2>&1',
  'a template': '{数值} {{constructor}} #{7*7} <%= 7*7 %> {年}年{名称} %s %n',
  'a path': '../../../../etc/passwd\u0000.json',
  'names of the language': 'constructor __proto__ toString hasOwnProperty undefined null NaN',
  'a regular expression': '(a+)+$ [一-龥]{1,9999} .*?\\p{L}',
  'a number too big': '1e309 是什么 99999999999999999999999999999999999999',
  'numbers only': '1 2 3 4 5 6 7 8 9 10',
  'division by nothing': '0占0多少 0/0 引用答复量是引用答复量的几倍',
  'a link': 'https://example.invalid/a?b=<c>&d=满意率',
  'many questions': Array.from({ length: 60 }, (_, i) => `第${i}个满意率是多少？`).join(''),
  'many blank lines': `满意率${'\n'.repeat(500)}是多少`,
  'years and years': Array.from({ length: 40 }, (_, i) => `${1990 + i}年`).join('和'),
};

/** mulberry32: small, and the same everywhere. */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const ASKING =
  '多少 是什么 同比 占 比 和 的 了 吗 呢 哪个 最高 最低 平均 合计 除了 不是 其中 几倍 相差 排名 前三 2023年 去年 为什么 出处 概括一下 超过 100 50% 1393747 ， ？ 、 （ ） “ ” % + - / ='.split(
    ' ',
  );

/** The report's own words in any order, with words of asking between them. */
export function shuffledWords(library: Library, seed: number): () => string {
  const random = sequence(seed);
  const words = wordsOf(library);
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  return () =>
    Array.from({ length: 1 + Math.floor(random() * 7) }, () => (random() < 0.55 ? one(words) : one(ASKING))).join(
      random() < 0.15 ? ' ' : '',
    );
}

/** All kinds in turn: words, cut words, random characters, long texts, bad input torn and joined. */
export function strangeMessages(library: Library, seed: number): () => string {
  const random = sequence(seed);
  const shuffled = shuffledWords(library, seed + 1);
  const bad = Object.values(BAD_INPUT);
  const upTo = (n: number) => Math.floor(random() * n);
  const torn = (text: string) => text.slice(upTo(text.length), upTo(text.length) + 1 + upTo(30));
  const kinds = [
    shuffled,
    shuffled,
    () => torn(shuffled()) + shuffled(),
    () =>
      shuffled()
        .split('')
        .sort(() => random() - 0.5)
        .join(''),
    () => Array.from({ length: upTo(40) }, () => String.fromCharCode(upTo(0x10000))).join(''),
    () => Array.from({ length: upTo(30) }, () => String.fromCodePoint(0x4e00 + upTo(0x5200))).join(''),
    () => shuffled() + String.fromCodePoint(upTo(0x110000)) + shuffled(),
    () => Array.from({ length: 5 + upTo(30) }, shuffled).join(''),
    () => torn(bad[upTo(bad.length)] ?? '') + shuffled(),
    () => `${upTo(2_000_000) / (random() < 0.5 ? 1 : 100)}${shuffled()}`,
  ];
  let turn = 0;
  return () => (kinds[turn++ % kinds.length] as () => string)();
}

function wordsOf({ reports }: Library): string[] {
  const words = reports.flatMap(({ tables, parts, region }) => [
    region.name,
    ...parts.map(({ title }) => title),
    ...tables.flatMap((table) => [
      table.title,
      ...table.rows.map(({ label }) => label),
      ...table.columns.flatMap(({ path }) => path.map(({ label }) => label)),
      ...table.cells.map(({ printed }) => printed),
    ]),
  ]);
  return [...new Set(words)].filter(Boolean);
}
