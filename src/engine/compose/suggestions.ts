/** What one would ask next: at most four, each a question that works. */

import type { Entry } from '../../baike/entry';
import { wholesOf } from '../resolve/containment';
import type { ReportIndex } from '../vocabulary/spots';
import type { Draft } from './draft';
import type { Wording } from './wording';
import { changeOf, serviceName } from './words-for';

const AT_MOST = 4;

export function suggestionsFor(
  { kind, grade, focus, figures }: Draft,
  offered: readonly Entry[],
  index: ReportIndex | undefined,
  wording: Wording,
): string[] {
  if (kind === 'talk') return wording.examples.slice(0, AT_MOST);
  const [spot] = focus;
  if (kind === 'clarify' || !spot || !index) return [];
  const suggestions: string[] = [];
  const year = String(spot.report.comparedWith);
  // An explanation has no figure of which one could ask the share.
  const isPrinted = grade === '原文' && figures.length > 0;
  if (isPrinted && changeOf(spot) && focus.length === 1) suggestions.push(wording.say('建议上年', { 上年: year }));
  if (isPrinted && focus.length === 1 && wholesOf(spot, { index }).length > 0)
    suggestions.push(wording.say('建议占比'));
  const title = serviceName(spot.table.title || spot.table.part.title).replace(/[“”]/gu, '');
  if (focus.length === 1) suggestions.push(wording.say('建议概况', { 表: title }));
  if (offered[0]) suggestions.push(wording.say('建议含义', { 词: offered[0].title }));
  return suggestions.slice(0, AT_MOST);
}
