/**
 * A report as a page: contents, each part with its tables as printed, and under a table, as footnotes, what the
 * audit found not to agree in it. What agrees is listed at the end.
 */
import type { Finding, Part, Report, Table } from '../../report/report';
import { type Html, html } from './html';
import { cellLink, cellName, reportTable, tableHeading } from './report-table';

interface Note {
  number: number;
  finding: Finding;
}

export function reportPage(report: Report): Html {
  const disagreeing = report.findings.filter(({ verdict }) => verdict === 'disagrees');
  const agreeing = report.findings.filter(({ verdict }) => verdict !== 'disagrees');
  // Spellings and leftovers of a template belong to no cell: nothing could bear their number.
  const withoutCells = disagreeing.filter(({ cells }) => cells.length === 0);
  const notes = disagreeing
    .filter(({ cells }) => cells.length > 0)
    .map((finding, place): Note => ({ number: place + 1, finding }));
  const notesByCell = new Map<string, number[]>();
  for (const { number, finding } of notes) {
    for (const id of new Set(finding.cells.map((cell) => cell.id))) {
      notesByCell.set(id, [...(notesByCell.get(id) ?? []), number]);
    }
  }
  // A finding about cells of two tables stands under the first; its marks in the other lead there.
  const notesOf = (table: Table) => notes.filter(({ finding }) => finding.cells[0]?.table === table);

  return html`<h1>${report.title}</h1>
<p>表格按报告原样列出。括号里是与 ${report.comparedWith} 年相比的同比，↑ 为上升，↓ 为下降；没有括号的，报告没有公布同比。“—”是报告没有公布的数。</p>
${notes.length > 0 && html`<p>标有 <span class="measure-unit">[1]</span> 这样数字的地方，核对时发现与别处对不上，待核实；说明在表下。</p>`}
${downloads(report.id, 'report', '全部表格')}
<nav aria-label="目录"><ul class="contents">${report.parts.map(contentsOf)}</ul></nav>
${report.parts.map(
  (part) => html`${partHeading(part)}
${part.tables.map((table) => tableSection(table, notesByCell, notesOf(table)))}`,
)}
${disagreeing.length + agreeing.length > 0 && auditRecord(withoutCells, agreeing)}`;
}

function contentsOf(part: Part): Html {
  const [only] = part.tables;
  if (only && headsPart(only)) return html`<li><a href="#${headingId(only)}">${partName(part)}</a></li>`;
  return html`<li>${partName(part)}
<ul>${part.tables.map((table) => html`<li><a href="#${sectionId(table)}">${tableHeading(table)}</a></li>`)}</ul></li>`;
}

function partHeading(part: Part): Html {
  const [only] = part.tables;
  return html`<h2${only && headsPart(only) && html` id="${headingId(only)}"`}>${partName(part)}</h2>`;
}

function partName({ number, title }: Part): string {
  return number ? `${number}、${title}` : title;
}

function auditRecord(withoutCells: readonly Finding[], agreeing: readonly Finding[]): Html {
  const list = (findings: readonly Finding[]) =>
    html`<ul>${findings.map(({ message }) => html`<li>${message}</li>`)}</ul>`;
  return html`<h2>核对记录</h2>
${withoutCells.length > 0 && html`<p>不属于哪一格的：</p>${list(withoutCells)}`}
${agreeing.length > 0 && html`<details><summary>核对过、能对上的 ${agreeing.length} 项</summary>${list(agreeing)}</details>`}`;
}

function sectionId({ id }: Table): string {
  return `table/${id}`;
}

function tableSection(table: Table, notesByCell: ReadonlyMap<string, number[]>, notes: readonly Note[]): Html {
  return html`<section class="table" id="${sectionId(table)}">
${!headsPart(table) && html`<h3 id="${headingId(table)}">${tableHeading(table)}</h3>`}
${reportTable(table, notesByCell, headingId(table))}
${notes.length > 0 && noteList(notes)}
${downloads(table.report.id, `tables/${encodeURIComponent(table.id)}`, '本表')}
</section>
`;
}

/** Is this the part's one table, of the same name? Then the part's heading is its heading. */
function headsPart({ part, number, title }: Table): boolean {
  return part.tables.length === 1 && number === '' && title === part.title;
}

function headingId(table: Table): string {
  return `${sectionId(table)}/heading`;
}

function noteList(notes: readonly Note[]): Html {
  return html`<ul class="notes" aria-label="核对说明">${notes.map(
    ({ number, finding }) => html`<li id="note-${number}">[${number}] ${finding.message}
<span class="only-screen">看：${finding.cells.map((cell, place) => html`${place > 0 && '、'}<a href="${cellLink(cell)}">${cellName(cell)}</a>`)}</span></li>`,
  )}</ul>`;
}

function downloads(reportId: string, name: string, what: string): Html {
  const address = `/report/${encodeURIComponent(reportId)}/${name}`;
  return html`<p class="downloads">下载${what}：<a href="${address}.xlsx">XLSX<span class="unseen">（${what}）</span></a> <a href="${address}.csv">CSV<span class="unseen">（${what}）</span></a> <a href="${address}.json">JSON<span class="unseen">（${what}）</span></a></p>`;
}
