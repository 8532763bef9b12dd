/**
 * The one style sheet of all pages, and the icon. A module, so that the build carries them along.
 *
 * Lighting up: the cell that an address points at (:target) is marked in every browser; its row and column
 * headers too where :has() is known. Which header belongs to which cell is told by classes r1, r2 … and c1, c2 …
 * that table cells and headers share; a merged cell or header has several. Tables beyond the numbers below keep
 * the mark on the cell itself.
 */
import { createHash } from 'node:crypto';

const mostRows = 60;
const mostColumns = 40;

const numbered = (letter: string, most: number): string =>
  Array.from(
    { length: most },
    (_, place) => `table:has(td.${letter}${place + 1}:target) th.${letter}${place + 1}`,
  ).join(',\n');

const look = `
:root {
  color-scheme: light dark;
  --paper: #fff; --shade: #f1f4f8; --ink: #1b1f24; --faint: #4d5661; --line: #c3cad3; --strong-line: #6b7683;
  --link: #0a4f9c; --lit: #ffe98a; --lit-head: #fff3c2; --lit-line: #8a5a00; --lit-ink: #1b1f24; --shadow: rgba(20, 30, 45, .35);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --shade: #1f262e; --ink: #e9edf2; --faint: #b3bcc7; --line: #3d4854; --strong-line: #8793a1;
    --link: #8fc1ff; --lit: #6b5400; --lit-head: #4a3c0a; --lit-line: #ffd75e; --lit-ink: #fff; --shadow: rgba(0, 0, 0, .8);
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); line-height: 1.65; overflow-wrap: anywhere;
  font-family: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif;
}
header.site, main, footer.site {
  max-width: 72rem; margin: 0 auto;
  padding: .75rem max(1rem, env(safe-area-inset-right)) .75rem max(1rem, env(safe-area-inset-left));
}
header.site { display: flex; flex-wrap: wrap; align-items: center; gap: .1rem 1.5rem; border-bottom: 1px solid var(--line); }
.site-name { margin: 0; font-weight: 600; }
header.site ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
header.site a { display: inline-block; padding: .5rem 0; }
header.site a[aria-current] { color: inherit; font-weight: 600; text-decoration-thickness: 2px; }
main { padding-top: 1.25rem; padding-bottom: 2.5rem; }
main:focus { outline: none; }
footer.site { border-top: 1px solid var(--line); color: var(--faint); font-size: .9rem; }
a { color: var(--link); text-underline-offset: .2em; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible, .scroll:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px;
}
.skip { position: absolute; left: -100vw; top: 0; padding: .75rem 1rem; background: var(--paper); z-index: 3; }
.skip:focus { left: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: 0 0 .75rem; text-wrap: pretty; }
h2 { font-size: 1.3rem; line-height: 1.4; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1.08rem; line-height: 1.45; margin: 1.5rem 0 .5rem; }
p, ul, ol { margin: .6rem 0; }
.faint { color: var(--faint); font-size: .92rem; }
.contents { columns: 18rem; padding-left: 0; list-style: none; margin-top: 1.25rem; }
.contents > li { break-inside: avoid; margin-bottom: .5rem; }
.contents ul { padding-left: 1.1rem; margin: 0; list-style: none; }
.contents a { display: inline-block; padding: .2rem 0; }
`;

const tables = `
.scroll {
  /* The unseen words in cells are placed within this box; else they would widen the page. */
  position: relative; overflow-x: auto; overscroll-behavior-x: contain;
  /* Shadows at the sides where the table goes on; the paper-coloured pair moves along and hides them at its ends. */
  background:
    linear-gradient(to right, var(--paper) 35%, transparent) left / 3rem 100% no-repeat local,
    linear-gradient(to left, var(--paper) 35%, transparent) right / 3rem 100% no-repeat local,
    linear-gradient(to right, var(--shadow), transparent) left / .9rem 100% no-repeat scroll,
    linear-gradient(to left, var(--shadow), transparent) right / .9rem 100% no-repeat scroll;
}
.scroll.narrow { width: fit-content; max-width: 100%; }
.swipe { display: none; margin: .25rem 0; }
table {
  border-collapse: separate; border-spacing: 0; overflow-wrap: normal;
  /* Right and bottom lines belong to the cells, since merged cells end there too. */
  border: solid var(--strong-line); border-width: 1px 0 0 1px;
}
table.wide { width: 100%; }
th, td {
  border: solid var(--line); border-width: 0 1px 1px 0; padding: .45rem .65rem; vertical-align: middle; line-height: 1.45;
  /* A cell that is pointed at comes to stand below its headers and clear of the row's name. */
  scroll-margin: max(10rem, 35vh) 3rem 6rem 10rem;
}
/* Five characters, the commonest length of a label, stay on one line. */
th { font-weight: 600; text-align: center; min-width: 6.6em; }
/* A label that fits one line keeps to it, and its unit goes below; a longer one is cut into even lines. */
thead th span { display: inline-block; }
/* The name of a group of columns stays in sight while any of them is. */
th[colspan] .head { position: sticky; left: 9rem; right: .75rem; }
.label { text-wrap: balance; }
thead th { background: color-mix(in srgb, var(--shade) 82%, transparent); font-size: .92rem; }
thead tr:last-child th, thead th.deep { border-bottom-color: var(--strong-line); }
tbody th, thead th.corner { position: sticky; left: 0; z-index: 1; background: var(--shade); border-right-color: var(--strong-line); text-align: left; text-wrap: balance; min-width: 7.4em; max-width: 18em; }
td { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.words, td.blank, .single td { text-align: center; }
.measure-unit { font-weight: 400; white-space: nowrap; }
.change { display: block; color: var(--faint); font-size: .88rem; }
td sup { line-height: 1; }
td sup a { padding: .35rem .15rem; }
td:target { background: var(--lit); color: var(--lit-ink); outline: 3px solid var(--lit-line); outline-offset: -3px; font-weight: 600; }
td:target .change, td:target a { color: var(--lit-ink); }
.downloads { margin: .4rem 0 0; font-size: .92rem; }
.downloads a { display: inline-block; padding: .25rem .5rem .25rem 0; }
.notes { margin: .5rem 0 0; padding-left: 0; list-style: none; font-size: .92rem; }
.notes li { break-inside: avoid; scroll-margin-top: max(10rem, 45vh); margin: .35rem 0; padding: .2rem 0 .2rem .75rem; border-left: 3px solid var(--strong-line); }
.notes li:target { background: var(--lit-head); border-left-color: var(--lit-line); }
summary { cursor: pointer; padding: .4rem 0; }
@media (max-width: 48rem) {
  .swipe.wide { display: block; }
  tbody th, thead th.corner { min-width: 5.5em; max-width: 8.5em; }
  th, td { padding: .45rem .5rem; }
  h1 { font-size: 1.35rem; }
  h2 { font-size: 1.18rem; }
}
`;

const lit = `
${numbered('r', mostRows)},
${numbered('c', mostColumns)} {
  background: var(--lit-head); box-shadow: inset 0 -3px var(--lit-line);
}
`;

const encyclopedia = `
form.search { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; max-width: 40rem; }
form.search label { flex-basis: 100%; }
form.search input {
  flex: 1 1 12rem; min-width: 0; font: inherit; padding: .6rem .75rem; color: inherit; background: var(--paper);
  border: 1px solid var(--strong-line); border-radius: .35rem;
}
form.search button {
  font: inherit; padding: .6rem 1.4rem; border: 1px solid var(--link); border-radius: .35rem; background: var(--link); color: var(--paper); cursor: pointer;
}
.entries { list-style: none; padding: 0; }
.entries > li { padding: .7rem 0; border-bottom: 1px solid var(--line); }
.entries p { margin: .15rem 0 0; }
.entries a { font-weight: 600; }
.titles { list-style: none; padding: 0; columns: 15rem; }
.titles a { display: inline-block; padding: .35rem 0; }
.answer { font-size: 1.06rem; max-width: 44rem; }
.answer table { width: auto; border: 1px solid var(--line); }
.answer pre { overflow-x: auto; }
.notice { border: 2px solid var(--lit-line); border-radius: .35rem; padding: .5rem .75rem; }
.facts { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; margin: 1.5rem 0; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .95rem; }
.facts dt { color: var(--faint); }
.facts dd { margin: 0; }
.examples { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: .5rem; }
.examples a { display: block; background: var(--shade); border-radius: .35rem; padding: .6rem .85rem; }
`;

const paper = `
@media print {
  :root {
    --paper: #fff; --shade: #f1f4f8; --ink: #000; --faint: #333; --line: #999; --strong-line: #444; --link: #000;
    --lit: #fff; --lit-head: #fff; --lit-line: #000; --lit-ink: #000; --shadow: transparent;
  }
  @page { size: A4 landscape; margin: 12mm; }
  body { font-size: 10pt; }
  header.site nav, footer.site, .skip, .swipe, .swipe.wide, .downloads, .contents, form.search, .only-screen { display: none; }
  header.site, main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  section.table, tr { break-inside: avoid; }
  .scroll { overflow: visible; background: none; }
  tbody th, thead th.corner { position: static; }
  th { min-width: 0; }
  th, td { padding: 2pt 4pt; font-size: 9pt; }
}
`;

export const siteCss = [look, tables, lit, encyclopedia, paper].join('').trimStart();

export const siteCssVersion = createHash('sha256').update(siteCss).digest('hex').slice(0, 12);

export const siteCssAddress = `/assets/site.css?v=${siteCssVersion}`;

/** A speech bubble with three bars. */
export const siteIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0a4f9c" d="M6 3h20a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H15l-7 5v-5H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z"/><path fill="#fff" d="M8 14h4v6H8zm6-6h4v12h-4zm6 3h4v9h-4z"/></svg>
`;
