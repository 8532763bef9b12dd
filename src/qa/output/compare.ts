/** What changed since another run: what fails now, what passes now, what is answered in other words, what is new or gone. */
import type { ResultRow, Results } from './results';

export interface Change {
  kind: '新出错' | '已改好' | '答复有变' | '新增' | '删去';
  id: string;
  question: string;
  before: string;
  now: string;
}

export function changesSince(last: Results, now: Results): Change[] {
  const before = new Map(last.rows.map((row) => [row.id, row]));
  const after = new Set(now.rows.map(({ id }) => id));
  const changed = now.rows.flatMap((row): Change[] => {
    const earlier = before.get(row.id);
    const kind = earlier ? kindOf(earlier, row) : '新增';
    return kind ? [changeOf(kind, earlier, row)] : [];
  });
  const gone = last.rows.filter(({ id }) => !after.has(id)).map((row) => changeOf('删去', row, undefined));
  return [...changed, ...gone];
}

function kindOf(before: ResultRow, now: ResultRow): Change['kind'] | undefined {
  if (before.question !== now.question) return '新增';
  if (before.passed !== now.passed) return now.passed ? '已改好' : '新出错';
  return before.text === now.text ? undefined : '答复有变';
}

function changeOf(kind: Change['kind'], before: ResultRow | undefined, now: ResultRow | undefined): Change {
  const { id, question } = (now ?? before) as ResultRow;
  return { kind, id, question, before: tell(before), now: tell(now) };
}

function tell(row: ResultRow | undefined): string {
  return row === undefined ? '' : `${row.passed ? '通过' : '没通过'}：${row.text}`;
}
