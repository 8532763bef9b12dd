/**
 * One row, read: what is written in the fields becomes a turn with its expectation, checked by a schema. What can't be read
 * is told with field, what was expected, what was found, and a hint; a row with a fault is left out and the rest is run.
 */
import { z } from 'zod';
import { CHANNELS } from '../arguments';
import { readChange, directionOf as readDirection, readNumber } from './read-number';
import {
  type Expectation,
  type ExpectedValue,
  FIELDS,
  type Field,
  listOf,
  type Place,
  type Turn,
  type Written,
} from './script';

/** Told about a field of a row; "" is the row as a whole. */
export type TellField = (field: Field | '', expected: string, found: string) => void;

/** What stands under 问题 where nothing is asked: the person opens the conversation. */
const OPENING = /^[（([【]?(打开对话|打开会话|进入对话)[）)\]】]?$/u;
const NONE = /^(无|没有|未印|不印)$/u;
const BLANK = /^([—–-]+|－+|未公布|空白)$/u;

/** 1.39E+06: digits are lost, and nobody sees which. */
const SCIENTIFIC = /^\d(\.\d+)?e[+-]?\d+$/iu;

const KINDS = {
  回答: 'answer',
  追问: 'clarify',
  反问: 'clarify',
  拒答: 'decline',
  寒暄: 'talk',
  闲聊: 'talk',
} as const;
const GRADES = ['原文', '计算', '推算', '未公布', '未涉及'] as const;
const DIRECTIONS = '上升、下降、无';

const text = z.string().trim();
const list = text.transform(listOf);
const told = (message: string) => ({ code: z.ZodIssueCode.custom, message });

const Row = z.object({
  编号: text.default(''),
  对话: text.default(''),
  问题: text
    .default('')
    .pipe(z.string().min(1, '要问的话；打开对话时的欢迎语写“（打开对话）”').max(2000, '2000 字以内的一句话')),
  期望值: list.default('').pipe(
    z.array(
      z
        .string()
        .refine(
          (written) => !SCIENTIFIC.test(written),
          '完整的数（表格软件改成了科学计数法；请把这一格改成“文本”再填一遍）',
        )
        .transform(readValue),
    ),
  ),
  单位: text.default(''),
  同比: text.default('').transform((written, context) => {
    if (written === '') return undefined;
    if (NONE.test(written) || BLANK.test(written)) return 'none' as const;
    const change = readChange(written);
    if (!change) context.addIssue(told('带 % 的数，例如 7.5%、上升7.5%；报告没有印同比的写“无”'));
    return change;
  }),
  方向: text.default('').transform((written, context) => {
    if (written === '') return undefined;
    if (NONE.test(written) || BLANK.test(written)) return 'none' as const;
    const direction = readDirection(written);
    if (!direction) context.addIssue(told(`${DIRECTIONS} 之一（也可以写 ↑、↓）`));
    return direction;
  }),
  出处: text.default(''),
  应答方式: text.default('').transform((written, context) => {
    if (written === '') return undefined;
    const kind = Object.entries(KINDS).find(([name]) => name === written)?.[1];
    if (!kind) context.addIssue(told('回答、追问、拒答、寒暄 之一'));
    return kind;
  }),
  等级: text.default('').refine((written) => written === '' || GRADES.some((grade) => grade === written), {
    message: `${GRADES.join('、')} 之一`,
  }),
  选项: list.default(''),
  条目: list.default(''),
  应出现: list.default(''),
  不应出现: list.default(''),
  渠道: list.default('').refine((names) => names.every((name) => CHANNELS.some((channel) => channel === name)), {
    message: `${CHANNELS.join('、')} 之一，不写就是都查`,
  }),
  备注: text.default(''),
});

/** Fields of which one at least has to be filled in: without any a row checks nothing. */
const CHECKING: Field[] = FIELDS.filter((field) => !['编号', '对话', '问题', '渠道', '备注'].includes(field));

export interface ReadTurn {
  turn: Turn;
  conversation: string;
  roads: string[];
}

export function readTurn(written: Written, place: Place, tell: TellField): ReadTurn | undefined {
  const read = Row.safeParse(written);
  if (!read.success) {
    for (const { path, message } of read.error.issues) {
      const field = FIELDS.find((name) => name === path[0]) ?? '';
      const found = field && written[field]?.trim();
      tell(field, message, found ? `“${found.slice(0, 40)}”` : '空的');
    }
    return undefined;
  }
  const row = read.data;
  if (!CHECKING.some((field) => written[field]?.trim())) {
    tell('', `至少填一项要检查的（${CHECKING.slice(0, 5).join('、')}……）`, '只有问题');
    return undefined;
  }
  const isOpening = OPENING.test(row.问题);
  const place_ = [place.file, place.sheet, place.row].filter(Boolean).join(' ');
  return {
    turn: {
      id: row.编号 || place_,
      place,
      question: isOpening ? '' : row.问题,
      isOpening,
      written,
      expected: expectationOf(row),
    },
    conversation: row.对话,
    roads: row.渠道,
  };
}

function readValue(written: string): ExpectedValue {
  if (BLANK.test(written)) return { kind: 'blank', written };
  return readNumber(written) ?? { kind: 'text', written };
}

function expectationOf(row: z.output<typeof Row>): Expectation {
  const { 单位: unit, 同比: change, 方向: direction, 应答方式: kind, 等级: grade } = row;
  return {
    values: row.期望值,
    ...(unit && { unit: NONE.test(unit) || BLANK.test(unit) ? 'none' : unit }),
    ...(change && { change }),
    ...(direction && { direction }),
    place: piecesOf(row.出处),
    ...(kind && { kind }),
    ...(grade && { grade }),
    options: row.选项,
    entries: row.条目,
    holds: row.应出现,
    holdsNot: row.不应出现,
  };
}

/** 「话务服务 › 平均等待时长」; an id of a cell as it stands in addresses stays whole. */
function piecesOf(place: string): string[] {
  return place
    .split(/[›>》→＞]|\s\/\s/u)
    .map((piece) => piece.trim())
    .filter(Boolean);
}
