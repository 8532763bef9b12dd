/** A draft as a reply: plain text for any channel, the structured answer of the contract, and the parts for cards. */

import type { Entry } from '../../baike/entry';
import { type EntryLinks, entryUrl } from '../../baike/entry-url';
import type { Answer, AnswerFigure, Provenance, Reply } from '../answer-form';
import { isExact, middle } from '../compute/expression';
import type { Computed } from '../compute/result';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { formulaOf } from './compose-figures';
import type { Draft, DraftFigure } from './draft';
import type { Wording } from './wording';
import { changeOf, nameOf, placeLine, sectionLine } from './words-for';

export interface Rendering {
  wording: Wording;
  links: EntryLinks;
  entries: readonly Entry[];
  suggestions: readonly string[];
}

export function render(draft: Draft, { wording, links, entries, suggestions }: Rendering): Reply {
  const sources = draft.kind === 'clarify' ? [] : uniqueSources(draft.sources, links);
  const options = draft.options.map(({ label, say }) => ({ label, say }));
  const answer: Answer = {
    kind: draft.kind,
    grade: draft.grade,
    figures: uniqueFigures(draft.figures.map(answerFigure)),
    options: options.map((o) => o.label),
    entries: entries.map((entry) => ({ title: entry.title, url: entryUrl(entry, links) })),
    provenance: draft.kind === 'clarify' ? [] : draft.sources.map((spot) => provenance(spot, links)),
  };
  const reply: Omit<Reply, 'text'> = {
    ...(draft.headline ? { headline: draft.headline } : {}),
    sentences: draft.sentences,
    ...(draft.table ? { table: draft.table } : {}),
    sources: sources.map(({ line, url }) => ({
      line: wording.say('出处', { 位置: line, 等级: draft.grade ?? '' }),
      url,
    })),
    options,
    suggestions: [...suggestions],
    ...(draft.chart ? { chart: draft.chart } : {}),
    answer,
  };
  return { ...reply, text: textOf(reply) };
}

/** The whole reply in plain words, as a terminal or a poor channel shows it. */
function textOf({ headline, sentences, table, sources, options, answer }: Omit<Reply, 'text'>): string {
  const lines: string[] = [];
  if (headline) lines.push([headline.figure, headline.change].filter(Boolean).join('　'));
  lines.push(...sentences);
  if (table) lines.push(...table.rows.map((row) => `· ${row.join('　')}`));
  lines.push(...options.map((o, i) => `${i + 1}. ${o.label}`));
  lines.push(...sources.map(({ line, url }) => `${line}\n${url}`));
  if (answer.entries.length > 0) lines.push(...answer.entries.map((e) => `${e.title}：${e.url}`));
  return lines.join('\n');
}

/** Several cells of one table need the table's place once. */
function uniqueSources(spots: readonly Spot[], links: EntryLinks): { line: string; url: string }[] {
  const [first] = spots;
  if (!first) return [];
  if (spots.length === 1) return [{ line: placeLine(first), url: cellUrl(first, links) }];
  const byTable = new Map<string, { line: string; url: string }>();
  for (const spot of spots) {
    const key = spot.table.id;
    const line = sectionLine(spot).join(' › ');
    if (!byTable.has(key)) byTable.set(key, { line, url: cellUrl(spot, links) });
  }
  return [...byTable.values()].slice(0, 6);
}

/** `/report/lianyungang-2024#requests/all/phone`: the page opens at the cell. */
function cellUrl(spot: Spot, { publicUrl = '' }: EntryLinks): string {
  const cell = cellsOf(spot.source)[0];
  const anchor = cell ? cell.id.slice(cell.report.id.length + 1) : spot.table.id;
  return `${publicUrl.replace(/\/+$/, '')}/report/${encodeURIComponent(spot.report.id)}#${anchor}`;
}

function provenance(spot: Spot, links: EntryLinks): Provenance {
  const { report, table, row } = spot;
  return {
    report: report.id,
    section: `${table.part.number}、${table.part.title}`,
    table: table.title || table.part.title,
    row: row?.label ?? '',
    column: [...spot.groups, spot.leaf].map((n) => n.label).join(' › '),
    url: cellUrl(spot, links),
  };
}

function answerFigure(figure: DraftFigure): AnswerFigure {
  if ('computed' in figure) return computedFigure(figure.computed, figure.label, null);
  const { spot, computed } = figure.stated;
  const isCell = spot.source.kind === 'cell';
  if (computed) return { ...computedFigure(computed, nameOf(spot), isCell ? spot.id : null), change: changeForm(spot) };
  const cell = cellsOf(spot.source)[0];
  return {
    cell: isCell ? spot.id : null,
    label: nameOf(spot),
    value: cell?.printed ?? '',
    unit: '',
    change: null,
    formula: null,
  };
}

function computedFigure(computed: Computed, label: string, cell: string | null): AnswerFigure {
  const { value, unit, isPercent, expression } = computed;
  const number = isExact(value) ? value.low : middle(value);
  const rounded = expression.op === 'cell' ? number.valueOf() : Math.round(number.valueOf() * 10_000) / 10_000;
  return {
    cell,
    label,
    value: rounded,
    unit: isPercent ? '%' : unit,
    change: null,
    formula: expression.op === 'cell' ? null : formulaOf(computed),
  };
}

function changeForm(spot: Spot): AnswerFigure['change'] {
  const change = changeOf(spot);
  return change ? { value: change.percent.valueOf(), direction: change.direction, printed: change.printed } : null;
}

function uniqueFigures(figures: AnswerFigure[]): AnswerFigure[] {
  const seen = new Set<string>();
  return figures.filter((f) => {
    const key = `${f.cell} ${f.label} ${f.value} ${f.formula}`;
    return !seen.has(key) && seen.add(key);
  });
}
