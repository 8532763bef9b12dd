/**
 * One table of a report as an HTML table, as it is printed: header tree, merged cells, printed strings.
 *
 * Each cell's id is what follows the report in its passport (requests/all/phone), so that
 * /report/lianyungang-2024#requests/all/phone opens the page there. Classes r… and c… tell which headers light up
 * with a cell (site-css.ts).
 *
 * Not here: the page around it (report-page.ts), CSV and JSON (report-files.ts).
 */
import type { Cell, Header, Row, Table } from '../../report/report';
import { type Html, html } from './html';

/** Footnote numbers by cell id. */
export type NotesByCell = ReadonlyMap<string, readonly number[]>;
/** Something said of a cell beside what is printed in it: how often it is asked for. */
export type MarkOf = (cell: Cell) => { look: string; words: Html };

/** The passport without the report: unique on the report's page. */
export function cellAnchor(cell: Cell): string {
  return `${cell.table.id}/${cell.row.id}/${cell.column.id}`;
}

export function cellLink(cell: Cell): string {
  return `#${cellAnchor(cell).split('/').map(encodeURIComponent).join('/')}`;
}

export function tableHeading(table: Table): string {
  return table.number ? `${table.number}. ${table.title}` : table.title;
}

/** What a cell is called on its page: 「总计 › 诉求来源 › 电话」. */
export function cellName({ row, column }: Cell): string {
  return [row.label, ...column.path.map(({ label }) => label)].filter(Boolean).join(' › ');
}

export function reportTable(table: Table, notes: NotesByCell, headingId: string, markOf?: MarkOf): Html {
  const hasRowHeaders = table.rows.some(({ label }) => label !== '');
  const wide = table.columns.length + (hasRowHeaders ? 1 : 0) > 3;
  return html`<p class="swipe faint${wide && ' wide'}" aria-hidden="true">左右滑动，看表的其余部分 ⇆</p>
<div class="scroll${!wide && ' narrow'}" role="region" tabindex="0" aria-labelledby="${headingId}">
<table class="${wide && 'wide'}${table.rows.length === 1 && ' single'}" aria-labelledby="${headingId}">
<thead>
${headerRows(table, hasRowHeaders)}
</thead>
<tbody>
${bodyRows(table, hasRowHeaders, notes, markOf)}
</tbody>
</table>
</div>`;
}

function headerRows(table: Table, hasRowHeaders: boolean): Html[] {
  const depth = Math.max(...table.columns.map(({ path }) => path.length));
  const placeOf = new Map(table.columns.map((column, place) => [column, place + 1]));
  return Array.from({ length: depth }, (_, level) => {
    const cells = headersAt(table.headers, level).map((header) => {
      const isLeaf = header.children.length === 0;
      const rowspan = isLeaf ? depth - level : 1;
      const spans = [
        rowspan > 1 && html` rowspan="${rowspan}"`,
        header.leaves.length > 1 && html` colspan="${header.leaves.length}"`,
      ];
      const classes = header.leaves.map((leaf) => `c${placeOf.get(leaf)}`).join(' ');
      return html`<th scope="${isLeaf ? 'col' : 'colgroup'}" class="${classes}${rowspan > 1 && ' deep'}"${spans}><span class="head"><span class="label">${asPrinted(header)}</span>${unitOf(header)}</span></th>`;
    });
    const corner =
      hasRowHeaders &&
      level === 0 &&
      html`<th scope="col" class="corner deep"${depth > 1 && html` rowspan="${depth}"`}>${table.rowHeader || html`<span class="unseen">类别</span>`}</th>`;
    return html`<tr>${corner}${cells}</tr>`;
  });
}

function headersAt(headers: readonly Header[], level: number): readonly Header[] {
  return level === 0
    ? headers
    : headersAt(
        headers.flatMap(({ children }) => children),
        level - 1,
      );
}

/** A misprint is shown as it stands, and said to stand so. */
function asPrinted({ label, printedAs }: Header | Row): Html {
  return printedAs === undefined ? html`${label}` : html`${printedAs}<span class="measure-unit">（原文如此）</span>`;
}

/** Printed once, on the topmost header that has it. */
function unitOf({ measureUnit, parent }: Header): Html | false {
  return (
    measureUnit !== '' &&
    measureUnit !== parent?.measureUnit &&
    html`<span class="measure-unit">（${measureUnit}）</span>`
  );
}

function bodyRows(table: Table, hasRowHeaders: boolean, notes: NotesByCell, markOf?: MarkOf): Html[] {
  const cells = new Map(table.cells.map((cell) => [`${cell.row.id}/${cell.column.id}`, cell]));
  const covered = coveredPlaces(table);
  return table.rows.map((row, place) => {
    const head = hasRowHeaders && html`<th scope="row" class="r${place + 1}">${asPrinted(row)}</th>`;
    const rest = table.columns.map((column) => {
      const key = `${row.id}/${column.id}`;
      const cell = cells.get(key);
      if (cell) return bodyCell(cell, notes.get(cell.id) ?? [], markOf?.(cell));
      return covered.has(key) ? undefined : html`<td class="blank"></td>`;
    });
    return html`<tr>${head}${rest}</tr>\n`;
  });
}

function coveredPlaces(table: Table): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { span } of table.cells) {
    for (const row of span?.rows ?? []) for (const column of span?.columns ?? []) places.add(`${row.id}/${column.id}`);
  }
  return places;
}

function bodyCell(cell: Cell, notes: readonly number[], mark: ReturnType<MarkOf> | undefined): Html {
  const { table, span, figure } = cell;
  const rows: readonly Row[] = span?.rows ?? [cell.row];
  const columns: readonly Header[] = span?.columns ?? [cell.column];
  const classes = [
    ...rows.map((row) => `r${table.rows.indexOf(row) + 1}`),
    ...columns.map((column) => `c${table.columns.indexOf(column) + 1}`),
    ...(figure.kind === 'number' ? [] : [figure.kind === 'text' ? 'words' : 'blank']),
    ...(mark ? [mark.look] : []),
  ].join(' ');
  const spans = [
    rows.length > 1 && html` rowspan="${rows.length}"`,
    columns.length > 1 && html` colspan="${columns.length}"`,
  ];
  return html`<td id="${cellAnchor(cell)}" class="${classes}"${spans}>${printed(cell)}${notes.map(noteMark)}${mark?.words}</td>`;
}

/** As printed, the 同比 on a line of its own. */
function printed({ printed: text, figure }: Cell): Html {
  const [, number, change] = /^(.*?)\s*([(（].*)$/.exec(text) ?? [];
  if (figure.kind === 'number' && figure.change && change) return html`${number} <span class="change">${change}</span>`;
  if (figure.kind === 'blank' && figure.reason === 'notPublished')
    return html`<span aria-hidden="true">${text}</span><span class="unseen">未公布</span>`;
  return html`${text}`;
}

function noteMark(number: number): Html {
  return html`<sup><a href="#note-${number}" aria-label="注 ${number}">[${number}]</a></sup>`;
}
