/**
 * Words: a label that differs from another only in characters of the same sound (民生接听员 beside 民声接听员), and instructions
 * of the form that were left standing above a table.
 *
 * These findings have no cells: the figures are not in question.
 */
import { pinyin } from 'pinyin-pro';
import type { Finding, Report } from '../report';
import { VERDICTS } from './verdicts';

/** Shorter words sound alike too easily. */
const SHORTEST_LABEL = 3;

export function checkSpelling(report: Report): Finding[] {
  const labelled = report.tables.flatMap((table) => [
    ...table.columns.flatMap(({ path }) => path).map((header) => ({ ...header, table })),
    ...table.rows.map((row) => ({ ...row, table })),
  ]);
  // Shortest first: 民声接听员 says more clearly what differs than the longer labels that contain it.
  const labels = [...new Set(labelled.map(({ label }) => label))]
    .filter((label) => label.length >= SHORTEST_LABEL)
    .sort((a, b) => a.length - b.length);
  const messages = new Set<string>();
  for (const { label, printedAs = label, table } of labelled) {
    const usual = labels.find((other) => soundsLike(printedAs, other) !== undefined);
    const variant = usual === undefined ? undefined : soundsLike(printedAs, usual);
    if (variant !== undefined) {
      messages.add(`${table.title}：印作“${variant}”，别处印作“${usual}”，${VERDICTS.disagrees}。`);
    } else if (printedAs !== label) {
      messages.add(`${table.title}：印作“${printedAs}”，收录为“${label}”，${VERDICTS.disagrees}。`);
    }
  }
  return [...messages].map((message) => ({ verdict: 'disagrees', check: 'spelling', cells: [], message }));
}

/** The part of the words that sounds like the label and is written otherwise. */
function soundsLike(words: string, label: string): string | undefined {
  if (words.includes(label)) return undefined;
  const wanted = soundsOf(label);
  const characters = [...words];
  const sounds = soundsOf(words);
  for (let start = 0; start + wanted.length <= sounds.length; start += 1) {
    if (wanted.every((sound, index) => sound === sounds[start + index])) {
      return characters.slice(start, start + wanted.length).join('');
    }
  }
  return undefined;
}

const known = new Map<string, string[]>();

/** One sound a character; what isn't Chinese sounds like itself. Labels come back in every year's report. */
function soundsOf(words: string): string[] {
  let sounds = known.get(words);
  if (!sounds) {
    sounds = [...words].map((character) => pinyin(character, { toneType: 'none' }));
    known.set(words, sounds);
  }
  return sounds;
}

export function checkLeftovers(report: Report): Finding[] {
  return report.tables.flatMap(({ note, title }): Finding[] => {
    if (note === undefined) return [];
    const message = `${title}：表上方留有填表说明“${note}”，不作为内容，${VERDICTS.disagrees}。`;
    return [{ verdict: 'disagrees', check: 'leftover', cells: [], message }];
  });
}
