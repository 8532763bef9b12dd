/**
 * `npm run qa:misses`: what wasn't answered in life, alike questions together with their counts, and the replies that were
 * voted down; and a script sheet of them, ready for the expected answers to be filled in.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dayInChina } from '../../bot/ask';
import { readKept } from '../../bot/kept/kept-files';
import type { KeptLine, Vote } from '../../bot/kept/kept-line';
import type { Config } from '../../config';
import { aligned } from '../output/terminal-summary';
import { writeScript } from '../output/workbook';
import type { Written } from '../script/script';
import { type Group, grouped } from './alike';
import { DEFAULT_OUT } from './check-scripts';

const DAY_MS = 86_400_000;
const MOST_LINES = 30;
const COLUMNS = ['编号', '问题', '期望值', '单位', '同比', '方向', '出处', '应答方式', '备注'] as const;
const KINDS = { decline: '拒答', clarify: '追问' } as const;

interface Asked {
  question: string;
  how: '拒答' | '追问' | '差评';
  channel: string;
  day: string;
  comment?: string;
}

export async function listMisses(
  { days, out }: { days: number | undefined; out: string | undefined },
  { kept }: Config,
): Promise<boolean> {
  const since =
    days === undefined ? '' : new Date(Date.parse(dayInChina()) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  const lines = await readKept(kept.folder, since);
  const votes = lastVotes(lines);
  const groups = grouped(askedIn(lines, votes));
  const count = (vote: Vote['vote']) => votes.filter((one) => one.vote === vote).length;
  console.log(`记录在 ${kept.folder}${since ? `，${since} 起` : ''}：👍 ${count('up')}，👎 ${count('down')}。`);
  if (groups.length === 0) {
    console.log(`没有记下没答上来的问题。${kept.days > 0 ? '' : '现在不记（KEEP_DAYS=0）。'}`);
    return true;
  }
  const asked = groups.reduce((sum, { items }) => sum + items.length, 0);
  const table = groups
    .slice(0, MOST_LINES)
    .map((group) => [group.question, String(group.items.length), howOf(group), daysOf(group)]);
  console.log(`没答上来或评价不好的 ${asked} 次，归为 ${groups.length} 类：\n`);
  console.log(aligned([['问题', '次数', '怎么答的', '日期'], ...table]).join('\n'));
  if (groups.length > MOST_LINES) console.log(`…… 另有 ${groups.length - MOST_LINES} 类，见表格`);

  const path = out ?? join(DEFAULT_OUT, 'misses.xlsx');
  mkdirSync(dirname(path), { recursive: true });
  await writeScript(path, groups.map(scriptRow), COLUMNS);
  console.log(`\n待填的脚本：${path}（填上期望值或应答方式，放进脚本文件夹，就会一起检查）`);
  return true;
}

/** Of several votes on one reply the last one counts. */
function lastVotes(lines: KeptLine[]): Vote[] {
  const last = new Map<string, Vote>();
  for (const line of lines) {
    if (line.what === 'vote')
      last.set(line.replyId === undefined ? String(last.size) : `${line.channel} ${line.replyId}`, line);
  }
  return [...last.values()];
}

function askedIn(lines: KeptLine[], votes: Vote[]): Asked[] {
  const missed = lines.flatMap((line) =>
    line.what === 'miss'
      ? [{ question: line.question, how: KINDS[line.kind], channel: line.channel, day: line.day }]
      : [],
  );
  const disliked = votes.flatMap(({ vote, question, channel, day, comment }): Asked[] =>
    vote === 'down' && question !== undefined
      ? [{ question, how: '差评', channel, day, ...(comment && { comment }) }]
      : [],
  );
  return [...missed, ...disliked];
}

function scriptRow(group: Group<Asked>, index: number): Written {
  const others = [...new Set(group.items.map(({ question }) => question))].filter(
    (question) => question !== group.question,
  );
  const remarks = [
    `问过 ${group.items.length} 次（${howOf(group)}）`,
    ...(others.length > 0 ? [`也问作：${others.slice(0, 5).join('；')}`] : []),
    ...group.items.flatMap(({ comment }) => (comment ? [`评价：${comment}`] : [])).slice(0, 3),
  ];
  return { 编号: `补${String(index + 1).padStart(3, '0')}`, 问题: group.question, 备注: remarks.join('。') };
}

function howOf({ items }: Group<Asked>): string {
  return (['拒答', '追问', '差评'] as const)
    .map((how) => ({ how, count: items.filter((one) => one.how === how).length }))
    .filter(({ count }) => count > 0)
    .map(({ how, count }) => `${how} ${count}`)
    .join('，');
}

function daysOf({ items }: Group<Asked>): string {
  const days = items.map(({ day }) => day).sort();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return first === last ? first : `${first} 至 ${last}`;
}
