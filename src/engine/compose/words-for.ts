/** Figures and spots in words: 「1,234,567 件（约 123.5 万件）」, 「“尚贤”人才服务·诉求来源·电话」. */
import Fraction from '../../report/fraction';
import type { Change, Figure } from '../../report/report';
import { isExact, middle, type Value } from '../compute/expression';
import { formatNumber } from '../compute/format-number';
import type { Computed, Stated } from '../compute/result';
import { cellOf, numberOf } from '../compute/state';
import { pathLabels, type Spot } from '../vocabulary/spots';
import type { Wording } from './wording';

/** From here on a count is easier to read in 万. */
const READABLE_FROM = 100_000;
const WAN = 10_000;

/** Rates and counts that are printed: exactly as printed. What is computed: two decimals at most. */
export function amountText({ value, unit, isPercent, decimals, expression }: Computed): string {
  const places = expression.op === 'cell' ? decimals : Math.max(decimals, isExact(value) && isCount(value.low) ? 0 : 2);
  const number = formatNumber(middle(value), places, expression.op === 'cell' ? decimals : 0);
  return withUnit(number, isPercent ? '%' : unit);
}

export function withUnit(number: string, unit: string): string {
  return unit === '' || unit === '%' ? `${number}${unit}` : `${number} ${unit}`;
}

/** 「，约 123.5 万件」 beside a large count. */
export function readableText({ value, unit, isPercent }: Computed): string {
  if (isPercent || !isExact(value) || value.low.abs().compare(READABLE_FROM) < 0 || unit.startsWith('万')) return '';
  return `（约 ${inWan(value.low, unit)}）`;
}

export function inWan(value: Fraction, unit: string, decimals = 1): string {
  return `${formatNumber(value.div(WAN), decimals)} 万${unit}`;
}

function isCount(value: Fraction): boolean {
  return value.equals(value.floor());
}

/** 约 129.5 万件: as many digits as the interval allows to be sure of. */
export function roughText(
  value: Value,
  { unit, isPercent, decimals }: Pick<Computed, 'unit' | 'isPercent' | 'decimals'>,
): string {
  const mid = middle(value);
  if (isPercent || mid.abs().compare(READABLE_FROM) < 0) {
    const width = value.high.sub(value.low);
    const places = decimals > 0 ? decimals : width.compare(new Fraction(1, 10)) < 0 ? 2 : 0;
    return withUnit(formatNumber(mid, places, decimals), isPercent ? '%' : unit);
  }
  return inWan(mid, unit);
}

export function boundsText(
  value: Value,
  { unit, isPercent, decimals }: Pick<Computed, 'unit' | 'isPercent' | 'decimals'>,
): { low: string; high: string } {
  const places = decimals > 0 ? decimals : isCount(value.low) && isCount(value.high) ? 0 : 1;
  const text = (f: Fraction) => withUnit(formatNumber(f, places, places), isPercent ? '%' : unit);
  return { low: text(value.low), high: text(value.high) };
}

export function changeText(change: Change, wording: Wording): string {
  return wording.say(change.direction === 'up' ? '同比上升' : '同比下降', { 幅度: `${change.digits}%` });
}

export function changeOf(spot: Spot): Change | undefined {
  return numberOf(spot)?.change;
}

/** Any figure in words: a number, 优秀, or that it isn't published. */
export function statedText({ spot, computed }: Stated, wording: Wording): string {
  if (computed) return amountText(computed);
  const figure = cellOf(spot)?.figure as Figure | undefined;
  return figure?.kind === 'text' ? figure.text : wording.say('未公布格');
}

/** The service's own name where the title sets one off: “政风热线” of “政风热线”管理运行. */
export function serviceName(title: string): string {
  return /“[^”]+”/u.exec(title)?.[0] ?? title;
}

/**
 * A spot as a person would name it: table (unless it is the headline one), row, columns. A row that is the
 * whole is left out where nothing else would be understood by its absence.
 */
export function nameOf(spot: Spot): string {
  const { table } = spot;
  const labels = pathLabels(spot).map((label) => label.replace(/ /gu, ''));
  const spoken = labels.filter((label, i) => label !== labels[i + 1]);
  const title = table.isHeadline ? '' : serviceName(table.title || table.part.title);
  const path = spoken.join('·');
  if (title === '' || path.includes(title) || path === title) return path;
  return `${title}${title.endsWith('”') || path.startsWith('“') ? '' : '·'}${path}`;
}

/** The shortest name that still tells the spots of a list apart. */
export function nameAmong(spot: Spot, others: readonly Spot[]): string {
  const sameTable = others.every((s) => s.table === spot.table);
  if (!sameTable) return nameOf(spot);
  const labels = pathLabels(spot);
  const rows = new Set(others.map((s) => s.row));
  const leaf = others.every((s) => s.leaf === spot.leaf);
  const groups = new Set(others.map((s) => s.groups[0]));
  const row = spot.row && rows.size > 1 ? [spot.row.label] : [];
  if (leaf && row.length > 0) return row.join('·');
  const group = groups.size > 1 && spot.groups.length > 0 ? spot.groups.map((g) => g.label) : [];
  const short = [...row, ...group, spot.leaf.label];
  return (short.length > 0 ? short : labels).join('·').replace(/ /gu, '');
}

/** What the spots of a list share, and `nameAmong` leaves out: 成员单位·市本级平台, 诉求总量与办理·总计·诉求来源. */
export function sharedName(spots: readonly Spot[]): string {
  const [first] = spots;
  if (!first || spots.some((s) => s.table !== first.table)) return '';
  const title = serviceName(first.table.title || first.table.part.title);
  const isSpoken = pathLabels(first);
  const row = spots.every((s) => s.row === first.row) && first.row ? [first.row.label] : [];
  const group = spots.every((s) => s.groups[0] === first.groups[0]) ? first.groups.slice(0, 1).map((g) => g.label) : [];
  const leaf = spots.every((s) => s.leaf === first.leaf) ? [first.leaf.label] : [];
  const labels = [...row, ...group, ...leaf].filter((label) => label !== title && isSpoken.includes(label));
  return [title, ...labels].join('·').replace(/ /gu, '');
}

/** 二、特色热线公共服务 › 1.“政风热线”管理运行 › 群众诉求办理满意率 */
export function placeLine(spot: Spot): string {
  return [...sectionLine(spot), ...pathLabels(spot)].join(' › ');
}

export function sectionLine({ table }: Spot): string[] {
  const { part, number, title } = table;
  const head = `${part.number}、${part.title}`;
  return title ? [head, `${number ? `${number}.` : ''}${title}`] : [head];
}
