/**
 * The report's own tables, as printed, each cell coloured by how often the scripts ask for it. The number stands in the cell
 * too, for those who don't see colours, and leads to the first conversation that asks.
 */
import type { Cell } from '../../report/report';
import { type Html, html, trustedHtml } from '../../server/pages/html';
import { cellAnchor, reportTable, tableHeading } from '../../server/pages/report-table';
import { type Coverage, shareCovered } from '../check/coverage';
import { pathOf, sayPlace } from '../check/place';
import type { Outcome } from '../run-scripts';

/** Where on the page a turn stands. */
export type Anchors = ReadonlyMap<Outcome, string>;

const MOST_SHADES = 4;

export function heatMap({ report, asked, missing, ...rest }: Coverage, anchors: Anchors, publicUrl: string): Html {
  const coverage = { report, asked, missing, ...rest };
  const markOf = (cell: Cell) => {
    const outcomes = asked.get(cell.id) ?? [];
    const anchor = outcomes[0] && anchors.get(outcomes[0]);
    const words = anchor
      ? html`<a class="asked" href="#${anchor}">${outcomes.length} 问</a>`
      : html`<span class="asked">没问到</span>`;
    return { look: `heat heat-${Math.min(outcomes.length, MOST_SHADES)}`, words };
  };
  const covered = report.cells.length - missing.length;
  return html`<h3>${report.title}</h3>
<p>共 ${report.cells.length} 格，脚本问到 ${covered} 格，覆盖率 ${shareCovered(coverage)}。</p>
<p class="legend" aria-hidden="true">${[0, 1, 2, 3, 4].map((count) => html`<span class="heat heat-${count}">${count === 0 ? '没问到' : count === MOST_SHADES ? `${count} 问以上` : `${count} 问`}</span> `)}</p>
${missing.length > 0 && html`<details class="missing" open><summary>没问到的 ${missing.length} 格</summary><ul>${missing.map((cell) => html`<li><a href="${publicUrl}/report/${report.id}#${cellAnchor(cell)}">${sayPlace(pathOf(cell))}</a>：${cell.printed}</li>`)}</ul></details>`}
${report.tables.map((table) => {
  const heading = `heat-${report.id}-${table.id}`;
  return html`<h4 id="${heading}">${table.part.number}、${table.part.title} › ${tableHeading(table)}</h4>
${withReport(reportTable(table, new Map(), heading, markOf), report.id)}`;
})}`;
}

/** Two reports may have a cell of the same id on one page. */
function withReport(table: Html, reportId: string): Html {
  return trustedHtml(table.text.replaceAll('<td id="', `<td id="${reportId}/`));
}
