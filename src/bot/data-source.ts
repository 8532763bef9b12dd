/**
 * 「数据来源」 said out of nowhere asks what the bot knows at all: the reports, with their pages. After a figure it asks
 * where that one is printed, which the engine answers.
 */
import type { Reply } from '../engine/answer-form';
import { NO_FOCUS } from '../engine/conversation/focus';
import type { Library } from '../report/library';
import type { Ask } from './ask';
import type { BotWording } from './wording';

/** Longer lists of reports are no answer on a phone. */
const MOST_REPORTS = 5;

export function withDataSource(ask: Ask, { dataSource }: BotWording, library: Library, publicUrl: string): Ask {
  const reports = library.reports.slice(0, MOST_REPORTS);
  const sources = reports.map(({ id, title }) => ({
    line: title,
    url: `${publicUrl}/report/${encodeURIComponent(id)}`,
  }));
  const lines = [dataSource.says, ...sources.map(({ line, url }) => `${line}\n${url}`)];
  const reply: Reply = {
    text: lines.join('\n'),
    sentences: [dataSource.says],
    sources,
    options: [],
    suggestions: [],
    answer: { kind: 'talk', grade: null, figures: [], options: [], entries: [], provenance: [] },
  };
  const asked = new Set(dataSource.asked);
  return (question, focus, today) => {
    const isOutOfNowhere = !focus || (focus.spots.length === 0 && focus.options.length === 0);
    if (!isOutOfNowhere || !asked.has(question.trim())) return ask(question, focus, today);
    return { reply, focus: focus ?? NO_FOCUS, why: [] };
  };
}
