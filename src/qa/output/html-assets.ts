/** Look and behaviour of the HTML report: no other file is needed. On paper what failed is whole, and what passed a line each. */
export const reportCss = `
:root { --ink: #1b1f24; --faint: #4d5661; --line: #c3cad3; --shade: #f1f4f8; --link: #0a4f9c; --good: #0b6b36; --bad: #a3150a; --bad-paper: #fff0ee; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem 1.2rem 3rem; color: var(--ink); background: #fff; line-height: 1.6; overflow-wrap: anywhere;
  font-family: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.3rem; margin: 2rem 0 .6rem; } h3 { font-size: 1.05rem; margin: .4rem 0; } h4 { margin: 1.2rem 0 .3rem; }
a { color: var(--link); text-underline-offset: .2em; }
a:focus-visible, input:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.faint { color: var(--faint); font-size: .92rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.numbers, nav ul { list-style: none; margin: .8rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .6rem; }
.numbers li { padding: .5rem .9rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--shade); }
.numbers strong { font-size: 1.35rem; margin-right: .2rem; } .numbers .bad { background: var(--bad-paper); border-color: var(--bad); color: var(--bad); }
nav ul { gap: .4rem 1.2rem; }
.search { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; padding: .7rem 0; background: #fff; border-bottom: 1px solid var(--line); }
.search input[type=search] { font: inherit; padding: .4rem .6rem; width: min(24rem, 60vw); border: 1px solid #6b7683; border-radius: .4rem; }
details.conversation { border: 1px solid var(--line); border-left: .35rem solid var(--good); border-radius: .4rem; margin: .5rem 0; padding: .2rem .8rem; }
details.conversation.failed { border-left-color: var(--bad); }
summary { cursor: pointer; padding: .35rem 0; } .verdict { font-weight: 600; color: var(--good); } .failed > summary .verdict { color: var(--bad); } .name { font-weight: 600; }
.turn { border-top: 1px solid var(--line); padding: .6rem 0; } .turn.failed { background: var(--bad-paper); margin: 0 -.8rem; padding: .6rem .8rem; }
.sides { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem; align-items: start; }
@media (max-width: 50rem) { .sides { grid-template-columns: minmax(0, 1fr); } }
.person { margin: 0 0 .4rem auto; width: fit-content; max-width: 85%; padding: .35rem .7rem; border-radius: .6rem; background: #dcebfb; }
.bot { white-space: pre-line; padding: .5rem .8rem; border-radius: .6rem; background: var(--shade); font-size: .95rem; }
.turn.failed .bot { background: #fff; } .buttons { margin: .4rem 0 0; white-space: normal; } .buttons span { display: inline-block; border: 1px solid #6b7683; border-radius: 1rem; padding: 0 .6rem; margin: .1rem 0; font-size: .88rem; }
.sources { margin: .4rem 0 0; font-size: .9rem; }
table { border-collapse: collapse; font-size: .93rem; width: 100%; } th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; } thead th { background: var(--shade); }
.wrong th, .wrong td { background: #ffe1dd; color: #7c1008; font-weight: 600; }
table.changes td { white-space: pre-line; min-width: 6rem; }
.scroll { overflow-x: auto; } .scroll table { width: auto; min-width: 40%; } .scroll td { text-align: right; } .scroll th { text-align: center; } .scroll .changes td, .scroll .changes th { text-align: left; }
.measure-unit, .change { color: inherit; font-size: .85em; } .swipe { display: none; }
.asked { display: block; font-size: .8rem; } .asked, .change { white-space: nowrap; } [id] { scroll-margin-top: 4.5rem; } .heat-0 { background: #ffd9d4; } .heat-1 { background: #e3f4e7; } .heat-2 { background: #c4e8cd; } .heat-3 { background: #a3dab2; } .heat-4 { background: #86cc9a; }
td.heat, td.heat a { color: #14202c; } td.heat-0 .asked { font-weight: 700; } .legend span { padding: .15rem .6rem; border: 1px solid var(--line); border-radius: .3rem; }
.only-paper { display: none; } [hidden] { display: none !important; } :target { outline: 3px solid #e0a800; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { max-width: none; padding: 0; font-size: 10pt; } nav, .search { display: none; } .only-paper { display: block; }
  #passed details:not([open]) { border: 0; margin: 0; padding: 0; } #passed details:not([open]) summary { padding: 0; }
  details.conversation, .turn, tr { break-inside: avoid; } .sides { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } h2, h3, h4 { break-after: avoid; }
  .scroll table { font-size: 8pt; } .scroll th { min-width: 4em; }
  .scroll { overflow: visible; } a { color: inherit; text-decoration: none; } * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;

/** Searching, and what failed open on paper. Written for browsers of today, without any library. */
export const reportScript = `
(() => {
  const find = document.getElementById('find'), only = document.getElementById('only-failed'), found = document.getElementById('found');
  const all = [...document.querySelectorAll('details.conversation')].map((element) => ({ element, text: element.textContent.toLowerCase() }));
  const opened = new Set();
  const show = () => {
    const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of all) {
      const isShown = words.every((word) => text.includes(word)) && (!only.checked || element.classList.contains('failed'));
      element.hidden = !isShown;
      if (isShown) count += 1;
      if (isShown && words.length > 0 && !element.open) { element.open = true; opened.add(element); }
      if (words.length === 0 && opened.delete(element)) element.open = false;
    }
    found.textContent = words.length > 0 || only.checked ? count + ' 段对话' : '';
  };
  find.addEventListener('input', show);
  only.addEventListener('change', show);
  document.querySelector('form.search').addEventListener('submit', (event) => event.preventDefault());
  const reveal = () => { const at = document.getElementById(decodeURIComponent(location.hash.slice(1))); const box = at && at.closest('details'); if (box) { box.hidden = false; box.open = true; at.scrollIntoView(); } };
  window.addEventListener('hashchange', reveal);
  reveal();
  let closed = [];
  window.addEventListener('beforeprint', () => { closed = [...document.querySelectorAll('details.failed:not([open])')]; for (const one of closed) one.open = true; });
  window.addEventListener('afterprint', () => { for (const one of closed) one.open = false; });
})();
`;
