/**
 * One turn judged: what the script expects against what came back. Each fault names the field of the script, what stands
 * there, and what was got.
 */
import type { ReplyKind, Turn } from '../script/script';
import { checkAgreement } from './check-agreement';
import { checkValues, type Fault } from './check-values';
import { bare, type FindCell } from './place';
import type { SeenReply } from './seen-reply';
import { folded, standsIn } from './text-numbers';

export interface Verdict {
  faults: Fault[];
  /** Cells of the report that the script asks for here, and got right. */
  cells: string[];
}

export const KIND_NAMES: Record<ReplyKind, string> = { answer: '回答', clarify: '追问', decline: '拒答', talk: '寒暄' };

export function checkTurn({ expected, isOpening }: Turn, reply: SeenReply, findCell: FindCell): Verdict {
  const text = folded([reply.text, ...reply.buttons].join('\n'));
  const words = folded(reply.text);
  const faults: Fault[] = [];
  const told = (field: Fault['field'], wanted: string, got: string) => faults.push({ field, expected: wanted, got });

  if (text === '') told('应答方式', '有答复', '没有答复');
  const { answer } = reply;
  if (!answer && !isOpening && text !== '') told('应答方式', '带数据的答复', '没有，机器人出了差错');
  const kind = expected.kind ?? (asksForFigure(expected) ? 'answer' : undefined);
  // The welcome is the bot's own text and has no structured answer.
  const got = answer?.kind ?? (isOpening ? 'talk' : undefined);
  if (kind && got && kind !== got) told('应答方式', KIND_NAMES[kind], KIND_NAMES[got]);
  if (expected.grade && answer?.grade !== expected.grade) told('等级', expected.grade, answer?.grade ?? '没有等级');

  // The welcome has no structured answer, and where a channel has no buttons its choices stand in the text.
  const choices = [...(answer?.options ?? reply.text.split('\n')), ...reply.buttons].map(bare);
  for (const option of expected.options) {
    if (!choices.some((choice) => choice.includes(bare(option))))
      told('选项', option, (answer?.options ?? reply.buttons).join('；') || '没有选项');
  }
  const entries = (answer?.entries ?? []).map(({ title }) => title);
  for (const entry of expected.entries) {
    if (!entries.some((title) => bare(title) === bare(entry))) told('条目', entry, entries.join('；') || '没有条目');
  }
  for (const wanted of expected.holds) if (!standsIn(text, wanted)) told('应出现', wanted, '没有出现');
  for (const unwanted of expected.holdsNot) if (standsIn(text, unwanted)) told('不应出现', unwanted, '出现了');

  const values = answer ? checkValues(expected, answer, words, findCell) : { faults: [], cells: [] };
  const agreement = answer ? checkAgreement(answer, words) : [];
  const all = [...faults, ...values.faults, ...agreement];
  return { faults: all, cells: all.length === 0 ? [...new Set(values.cells)] : [] };
}

function asksForFigure({ values, unit, change, direction, place }: Turn['expected']): boolean {
  return values.length > 0 || unit !== undefined || change !== undefined || direction !== undefined || place.length > 0;
}
