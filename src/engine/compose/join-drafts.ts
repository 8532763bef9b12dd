/** One reply of several sentences' drafts, in order: a greeting before a question adds nothing to its answer. */
import type { Draft } from './draft';

export function joinDrafts(drafts: readonly Draft[]): Draft | undefined {
  const said = drafts.some((d) => d.kind !== 'talk') ? drafts.filter((d) => d.kind !== 'talk') : drafts.slice(-1);
  const [first, ...others] = said;
  if (!first || others.length === 0) return first;
  const kinds = said.map((d) => d.kind);
  const kind = kinds.includes('answer') ? 'answer' : kinds.includes('clarify') ? 'clarify' : first.kind;
  // A chart of the first of several figures would leave the others out.
  const isOfFirst = first.headline !== undefined && others.some((d) => d.headline !== undefined);
  const { table: _table, ...alone } = isOfFirst ? withoutChart(first) : first;
  const joined: Draft = { ...alone, kind, sentences: [], figures: [], sources: [], options: [], terms: [], quoted: [] };
  for (const draft of said) {
    const saysMore = draft.sentences.some((s) => !joined.sentences.includes(s));
    if (draft !== first && draft.headline && saysMore) joined.sentences.push(draft.headline.figure);
    joined.sentences.push(...draft.sentences);
    // Each list stands behind what it is of.
    if (draft.table) joined.sentences.push(...draft.table.rows.map((row) => `· ${row.join('　')}`));
    joined.figures.push(...draft.figures);
    joined.sources.push(...draft.sources);
    joined.options.push(...draft.options);
    joined.terms.push(...draft.terms);
    joined.quoted.push(...draft.quoted);
  }
  const grades = said.map((d) => d.grade).filter((g) => g !== null);
  return {
    ...joined,
    // Beside printed figures a computed one makes the whole computed.
    grade: grades[0] === '原文' && grades.includes('计算') ? '计算' : (grades[0] ?? null),
    sources: [...new Set(joined.sources)],
    sentences: [...new Set(joined.sentences)],
  };
}

function withoutChart({ chart: _chart, drawn: _drawn, ...draft }: Draft): Draft {
  return draft;
}
