/**
 * Reads script files into conversations. What can't be read is gathered as problems, each with file, sheet, row and column;
 * everything else is there to be run.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import type { Problem } from '../../problems';
import { chatRows } from './chat-script';
import { csvGrid, decode } from './csv-grid';
import { UnreadableSheet } from './grid';
import { readTurn } from './read-turn';
import type { Conversation, Script } from './script';
import { placeText, type SheetRow, sheetRows } from './sheet-rows';
import { xlsxGrids } from './xlsx-grid';
import { yamlRows } from './yaml-script';

type ReadRows = (bytes: Uint8Array, file: string, problems: Problem[]) => SheetRow[];

const FORMS: Record<string, ReadRows> = {
  '.xlsx': (bytes, ...rest) => sheetRows(xlsxGrids(bytes), ...rest),
  '.csv': (bytes, ...rest) => sheetRows([csvGrid(bytes)], ...rest),
  '.txt': (bytes, ...rest) => sheetRows([csvGrid(bytes)], ...rest),
  '.yaml': (bytes, ...rest) => yamlRows(decode(bytes), ...rest),
  '.yml': (bytes, ...rest) => yamlRows(decode(bytes), ...rest),
  '.chat': (bytes, ...rest) => chatRows(decode(bytes), ...rest),
};
/** What an office program leaves beside a file that is open: ~$每一格.xlsx, .~lock.每一格.xlsx# */
const LEFT_BY_PROGRAMS = /^(~\$|\.|~)/u;
const OLD_WORKBOOK = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

export interface ReadScripts {
  scripts: Script[];
  problems: Problem[];
}

/** Files, and folders with files in them. */
export function readScripts(paths: string[]): ReadScripts {
  const problems: Problem[] = [];
  const files = paths.flatMap((path) => filesAt(path, problems));
  const scripts = files.map((path) => readScript(path, problems));
  tellSameId(scripts, problems);
  return { scripts, problems };
}

function readScript(path: string, problems: Problem[]): Script {
  const inside = relative(process.cwd(), path);
  const file = inside.startsWith('..') ? path : inside;
  let rows: SheetRow[] = [];
  try {
    rows = rowsOf(readFileSync(path), extname(path).toLowerCase(), file, problems);
  } catch (error) {
    if (error instanceof UnreadableSheet) {
      problems.push({ file, place: '', expected: error.expected, found: error.found });
    } else if (error instanceof Error && 'code' in error) {
      problems.push({ file, place: '', expected: '能打开的文件', found: `打不开（${String(error.code)}）` });
    } else throw error;
  }
  return { file, conversations: conversationsOf(rows, problems) };
}

function rowsOf(bytes: Uint8Array, extension: string, file: string, problems: Problem[]): SheetRow[] {
  const startsWith = (mark: number[]) => mark.every((byte, index) => bytes[index] === byte);
  if (startsWith(OLD_WORKBOOK)) {
    throw new UnreadableSheet('.xlsx 文件', '旧版 .xls 或加了密码的表格（请另存为不带密码的 .xlsx）');
  }
  const isZip = startsWith(ZIP);
  if (isZip && extension !== '.xlsx') {
    throw new UnreadableSheet(`${extension} 该有的内容`, '压缩的表格（文件名结尾请改为 .xlsx，或另存为 .xlsx）');
  }
  // A .xlsx that is a text inside is CSV with another name: read as what it is.
  const form = extension === '.xlsx' && !isZip ? '.csv' : extension;
  return FORMS[form]?.(bytes, file, problems) ?? [];
}

/** Rows with the same 对话 are one conversation; a row without one is a conversation of its own. */
function conversationsOf(rows: SheetRow[], problems: Problem[]): Conversation[] {
  const named = new Map<string, Conversation>();
  const conversations: Conversation[] = [];
  for (const { place, written } of rows) {
    const read = readTurn(written, place, (field, expected, found) => {
      problems.push({ file: place.file, place: placeText(place, field), expected, found });
    });
    if (!read) continue;
    const { turn, conversation: name, roads } = read;
    const key = `${place.sheet ?? ''}\n${name}`;
    let conversation = name === '' ? undefined : named.get(key);
    if (!conversation) {
      conversation = { name: name || turn.id, roads: [], turns: [] };
      conversations.push(conversation);
      if (name !== '') named.set(key, conversation);
    }
    conversation.turns.push(turn);
    conversation.roads = [...new Set([...conversation.roads, ...roads])];
  }
  return conversations;
}

/** A file, or what a folder holds that is a script. */
function filesAt(path: string, problems: Problem[]): string[] {
  const kinds = Object.keys(FORMS).join('、');
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    problems.push({ file: path, place: '', expected: '一个脚本文件或文件夹', found: '没有这个文件' });
    return [];
  }
  if (!isFolder) {
    if (extname(path).toLowerCase() in FORMS) return [path];
    problems.push({
      file: path,
      place: '',
      expected: `结尾是 ${kinds} 的文件`,
      found: `“${basename(path)}”（请另存为 .xlsx）`,
    });
    return [];
  }
  const names = readdirSync(path).filter(
    (name) => !LEFT_BY_PROGRAMS.test(name) && extname(name).toLowerCase() in FORMS,
  );
  if (names.length === 0) {
    problems.push({ file: path, place: '', expected: `至少一个结尾是 ${kinds} 的文件`, found: '一个也没有' });
  }
  return names.sort().map((name) => join(path, name));
}

/** Two rows of one 编号 couldn't be told apart in the results. */
function tellSameId(scripts: Script[], problems: Problem[]): void {
  const seen = new Map<string, string>();
  for (const { turns } of scripts.flatMap(({ conversations }) => conversations)) {
    for (const { id, place } of turns) {
      const at = `${place.file} ${placeText(place, '')}`;
      const earlier = seen.get(id);
      if (earlier) {
        problems.push({
          file: place.file,
          place: placeText(place, '编号'),
          expected: '没有用过的编号',
          found: `“${id}”，${earlier}也是`,
        });
      } else seen.set(id, at);
    }
  }
}
