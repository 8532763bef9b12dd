import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import writeXlsxFile from 'write-excel-file/node';
import type { Entry } from '../../src/baike/entry';
import { runImport } from '../../src/baike/import/run-import';
import { loadEntries } from '../../src/baike/load-entries';
import { generatedEntries } from './generated-entries';

const HEAD = ['编号', '问题', '相似问', '答案', '类型', '级别', '责任单位', '依据', '失效日期', '点击量'];
type Table = (string | number | Date | null)[][];

describe('baike:import', () => {
  let root: string;
  let folder: string;
  let printed: string[];
  let progress: string[];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'import-'));
    folder = join(root, 'baike');
    mkdirSync(folder);
    writeFileSync(join(folder, 'columns.yaml'), readFileSync('data/baike/columns.yaml'));
    printed = [];
    progress = [];
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const run = (...args: string[]) =>
    runImport(args, folder, { print: (line) => printed.push(line), progress: (line) => progress.push(line) });
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(root, name), content);
    return join(root, name);
  };
  const csv = (rows: Table) =>
    rows.map((row) => row.map((cell) => `"${String(cell ?? '').replace(/"/g, '""')}"`).join(',')).join('\r\n');
  const xlsx = (rows: Table) => writeXlsxFile(rows, { sheet: '导出', dateFormat: 'yyyy-mm-dd' }).toBuffer();
  const jsonl = (rows: Table) =>
    rows
      .slice(1)
      .map((row) => JSON.stringify(Object.fromEntries(row.map((cell, column) => [HEAD[column], cell]))))
      .join('\n');
  const told = (pattern: RegExp) => printed.filter((line) => pattern.test(line));

  const row = (number: number, parts: Partial<Record<number, string | Date | null>> = {}) =>
    ['', `第${number}问`, `${number}问法；又一个${number}`, '答。', '问答', '全市', '某局', '某文件', '', 7].map(
      (cell, column) => (column in parts ? (parts[column] ?? null) : cell),
    );

  for (const [kind, content] of [
    ['csv', async (rows: Table) => csv(rows)],
    ['xlsx', xlsx],
    ['jsonl', async (rows: Table) => jsonl(rows)],
  ] as const) {
    it(`takes ${kind}, each column to its field`, async () => {
      const file = write(`a.${kind}`, await content([HEAD, row(1, { 0: 'one', 8: '2025/3/9' }), row(2)]));
      expect(await run(file), printed.join('\n')).to.equal(0);
      const { entries } = loadEntries(folder);
      expect(entries[0]).to.deep.equal({
        id: 'one',
        title: '第1问',
        asks: ['1问法', '又一个1'],
        answer: '答。',
        kind: '问答',
        level: '全市',
        department: '某局',
        source: '某文件',
        validTo: '2025-03-09',
      });
      expect(entries[1]?.id).to.match(/^t-[0-9a-f]{16}$/);
      expect(printed.join('\n')).to.include('没有用到的列：点击量').and.include('导入 2 条，0 行没有导入');
    });
  }

  for (const kind of ['csv', 'xlsx'] as const) {
    it(`takes 12,671 rows of ${kind} with progress, and tells each of 50 broken rows with its line`, async () => {
      const rows = generatedEntries(12_671).map(rowOf);
      const broken = Array.from({ length: 50 }, (_, i) => 11 + i * 250);
      for (const [i, at] of broken.entries())
        (rows[at] as Table[number])[BREAKS[i % BREAKS.length] as number] = 'x'.repeat(5000);
      const table = [HEAD, ...rows];
      const file = write(`many.${kind}`, kind === 'csv' ? csv(table) : await xlsx(table));

      expect(await run(file, '--skip-bad')).to.equal(1);
      const lines = told(/^ {2}- /).map((line) => Number(/第 (\d+) 行/.exec(line)?.[1]));
      expect(lines).to.deep.equal(broken.map((at) => at + 2)); // below the heading, and lines count from one
      expect(printed.join('\n')).to.include('共 12,671 行，导入 12,621 条，50 行没有导入');
      expect(progress.length).to.be.greaterThan(20);
      expect(progress.at(-1)).to.equal('已核对 12,671／12,671 行');
      const written = JSON.parse(readFileSync(join(folder, 'many.json'), 'utf8')) as Entry[];
      expect(written.map(({ id }) => id)).to.deep.equal(rows.flatMap(([id], at) => (broken.includes(at) ? [] : [id])));
    });
  }

  it('writes nothing at all when a single row is bad, unless told to leave it out', async () => {
    const file = write('a.csv', csv([HEAD, row(1), row(2, { 3: '' }), row(3)]));
    expect(await run(file)).to.equal(1);
    expect(printed.at(-1)).to.include('共 3 行，1 行有问题，什么都没有写');
    expect(loadEntries(folder).entries).to.deep.equal([]);
    expect(await run(file, '--skip-bad')).to.equal(1);
    expect(loadEntries(folder).entries.map(({ title }) => title)).to.deep.equal(['第1问', '第3问']);
  });

  it('names line, title, column, what was expected and what was found', async () => {
    const file = write('a.csv', csv([HEAD, row(1), row(2, { 4: '新闻' }), row(3, { 8: '去年', 5: '' })]));
    await run(file);
    expect(told(/^ {2}- /)).to.deep.equal([
      '  - a.csv：第 3 行「第2问」 / 类型：应为“信息”或“问答”，实为“新闻”',
      '  - a.csv：第 4 行「第3问」 / 级别：应为级别（如 全市），1 至 40 个字，实为没有写',
      '  - a.csv：第 4 行「第3问」 / 失效日期：应为日期，如 2024-12-31，不早于 validFrom，没有就不写，实为“去年”',
    ]);
  });

  it('counts lines as an editor does, through cells of several lines and empty lines', async () => {
    const rows = [HEAD, row(1, { 3: '一\n二\n三' }), row(2, { 4: '新闻' })];
    await run(write('a.csv', `${csv(rows)}\r\n\r\n${csv([row(3, { 4: '旧闻' })])}\r\n`));
    expect(told(/^ {2}- /).join())
      .to.include('第 5 行「第2问」')
      .and.include('第 7 行「第3问」');
    expect(told(/空行/)).to.deep.equal(['空行 1 行，没有内容可导入：第 6 行']);
  });

  it('reads CSV as Excel in Chinese saves it', async () => {
    const gb18030 = Buffer.from('b1e0bac52ccecacce22cb4f0b0b8', 'hex'); // 编号,问题,答案
    await run(write('a.csv', Buffer.concat([gb18030, Buffer.from('\n1,x,y\n')])));
    expect(told(/表头/).join('\n')).to.include('有 level 这一列').and.not.include('有 answer 这一列');
  });

  it('reads dates of a spreadsheet as days', async () => {
    const file = write('a.xlsx', await xlsx([HEAD, row(1, { 8: new Date(Date.UTC(2025, 11, 31)) })]));
    expect(await run(file)).to.equal(0);
    expect(loadEntries(folder).entries[0]?.validTo).to.equal('2025-12-31');
  });

  it('tells what is said twice, in the sheet or in entries that are there already', async () => {
    writeFileSync(join(folder, 'own.json'), JSON.stringify([{ ...entryOf(9), id: 'own' }]));
    const file = write('a.csv', csv([HEAD, row(1), row(1), row(9), row(2)]));
    expect(await run(file, '--skip-bad')).to.equal(1);
    expect(told(/：第 2 行/)).to.deep.equal([]);
    expect(told(/第 3 行「第1问」.*已用/)).to.have.length.at.least(1);
    expect(told(/第 4 行「第9问」.*own\.json 第 1 条/)).to.have.length.at.least(1);
    expect(loadEntries(folder).entries.map(({ title }) => title)).to.deep.equal(['第1问', '第2问', '第9问']);
  });

  it('replaces what the same file gave before', async () => {
    await run(write('a.csv', csv([HEAD, row(1), row(2)])));
    const [before] = loadEntries(folder).entries;
    await run(write('a.csv', csv([HEAD, row(1)])));
    expect(loadEntries(folder).entries).to.deep.equal([before]);
    expect(printed.at(-1)).to.include('换掉了原来的');
  });

  it('takes other headings and defaults from a file of the comms team', async () => {
    const columns = write(
      'mine.yaml',
      '列:\n  title: [咨询事项]\n  answer: [口径]\n默认: {kind: 问答, level: 全市, department: 某局, source: 某库}\n',
    );
    expect(await run(write('a.csv', '咨询事项,口径\n甲,乙\n'), '--columns', columns, '--out', 'b')).to.equal(0);
    expect(JSON.parse(readFileSync(join(folder, 'b.json'), 'utf8'))[0]).to.include({ title: '甲', source: '某库' });
  });

  for (const [what, name, content, expected] of [
    ['a heading that is missing', 'a.csv', '问题\n甲\n', /表头：应为有 answer 这一列/],
    ['two columns for one field', 'a.csv', '问题,标题,答案,级别,部门,依据\n', /title 只有一列，实为问题、标题/],
    ['a quotation mark that nothing closes', 'a.csv', '问题,答案\n"甲,乙\n丙,丁\n', /引号没有配对/],
    [
      'more cells than headings',
      'a.csv',
      '问题,答案,级别,部门,依据\n甲,乙,丙,丁,戊,己\n',
      /第 2 行：应为最多 5 列，实为多出 1 格/,
    ],
    ['a line that is no JSON', 'a.jsonl', '{"title":"甲"}\n甲\n[1]\n', /第 2 行：应为一个 JSON 对象.*“甲”/],
    ['an empty file', 'a.csv', '', /空文件/],
    ['an XLSX that is none', 'a.xlsx', 'PK', /XLSX 文件/],
    ['an old XLS', 'a.xls', '', /另存为 \.xlsx/],
  ] as const) {
    it(`tells of ${what}, and writes nothing`, async () => {
      expect(await run(write(name, content))).to.equal(1);
      expect(told(expected), printed.join('\n')).to.have.length(1);
      expect(loadEntries(folder).entries).to.deep.equal([]);
    });
  }

  it('tells of a file that is not there, and how it is used', async () => {
    expect(await run(join(root, 'none.csv'))).to.equal(1);
    expect(told(/一个能打开的文件/)).to.have.length(1);
    expect(await run()).to.equal(2);
    expect(await run('a.csv', '--out', '../../x')).to.equal(2);
    expect(await run('a.csv', '--wrong')).to.equal(2);
    expect(printed.at(-1)).to.include('用法：');
  });
});

/** Fields that are broken in turn: a title, an answer, a kind, a level, a department. */
const BREAKS = [1, 3, 4, 5, 6];

function rowOf(entry: Entry): Table[number] {
  const { id, title, asks, answer, kind, level, department, source, validTo } = entry;
  return [id, title, asks.join('；'), answer, kind, level, department, source, validTo ?? null, null];
}

function entryOf(number: number): Omit<Entry, 'id'> {
  const title = `第${number}问`;
  return { title, asks: [], answer: '答。', kind: '问答', level: '全市', department: '某局', source: '某文件' };
}
