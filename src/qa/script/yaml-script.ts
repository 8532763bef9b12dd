/**
 * Conversations written as YAML, with the fields of the sheet. A conversation may say once what all its turns share:
 *
 *     - 对话: 从总量问到占比
 *       渠道: wecom
 *       轮次:
 *         - 问题: …
 *           期望值: 1,234,567
 *           不应出现: [1.2%, 3.4%]
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problem } from '../../problems';
import { FIELDS, type Field, type Written } from './script';
import type { SheetRow } from './sheet-rows';

const TURNS = '轮次';
const SHARED = ['对话', '渠道', '备注'];

export function yamlRows(text: string, file: string, problems: Problem[]): SheetRow[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (offset: number | undefined) => `第 ${lines.linePos(offset ?? 0).line} 行`;
  const tell = (node: unknown, expected: string, found: string) => {
    problems.push({ file, place: lineOf((node as Node | null)?.range?.[0]), expected, found });
  };
  for (const { pos } of document.errors) {
    const found = '格式有误（多为缩进、冒号或引号）';
    problems.push({ file, place: lineOf(pos[0]), expected: 'YAML 的写法', found });
  }
  if (document.errors.length > 0) return [];
  if (!isSeq(document.contents)) {
    tell(document.contents, `几段对话，每段以“- 对话:”或“- ${TURNS}:”开头`, '别的内容');
    return [];
  }
  return document.contents.items.flatMap((conversation, index) => {
    const turns = isMap(conversation) ? conversation.get(TURNS) : undefined;
    if (!isMap(conversation) || !isSeq(turns)) {
      tell(conversation, `有“${TURNS}”的一段对话`, `没有“${TURNS}”，或它下面不是以“- ”开头的几轮`);
      return [];
    }
    const shared: Written = {};
    for (const { key, value } of conversation.items) {
      const name = String(key);
      if (name === TURNS) continue;
      if (isField(name) && SHARED.includes(name)) shared[name] = textOf(value);
      else tell(key, `${[...SHARED, TURNS].join('、')} 之一`, `“${name}”`);
    }
    shared.对话 ??= `${file} 第 ${index + 1} 段`;
    return turns.items.flatMap((turn) => {
      if (!isMap(turn)) {
        tell(turn, '有“问题”和要检查的字段的一轮', '别的内容');
        return [];
      }
      const written: Written = { ...shared };
      let isWhole = true;
      for (const { key, value } of turn.items) {
        const name = String(key);
        if (isField(name)) written[name] = textOf(value);
        else {
          tell(key, `${FIELDS.join('、')} 之一`, `“${name}”`);
          isWhole = false;
        }
      }
      return isWhole ? [{ place: { file, row: lineOf(turn.range?.[0]) }, written }] : [];
    });
  });
}

function isField(name: string): name is Field {
  return FIELDS.some((field) => field === name);
}

/** As it stands in the file: 1.50 stays 1.50. A list is written like several values in one cell. */
function textOf(node: unknown): string {
  if (isSeq(node)) return node.items.map(textOf).join('；');
  if (!isScalar(node)) return '';
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value ?? ''));
}
