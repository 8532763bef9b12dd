import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { loadEntries } from '../../src/baike/load-entries';
import { ProblemsFound } from '../../src/problems';

const sound = {
  id: 'one',
  title: '第一条',
  asks: ['头一条'],
  answer: '说明。',
  kind: '信息',
  level: '全市',
  department: '某局',
  source: '某文件',
};

describe('loadEntries', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'entries-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: unknown) =>
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  const problems = (): string[] => {
    try {
      loadEntries(folder);
    } catch (error) {
      if (error instanceof ProblemsFound)
        return error.message.split('\n').map((line) => line.replaceAll(`${folder}/`, ''));
      throw error;
    }
    return [];
  };

  it('reads all files of the folder and leaves others alone', () => {
    write('a.json', [sound]);
    write('b.json', `\uFEFF${JSON.stringify([{ ...sound, id: 'two', title: '第二条', asks: [] }])}`);
    write('README.md', '# 不是条目');
    expect(loadEntries(folder).entries.map(({ id }) => id)).to.deep.equal(['one', 'two']);
  });

  it('tells every fault of every file at once, with file, entry and field', () => {
    write('a.json', [
      { ...sound, kind: '新闻', answer: '' },
      { ...sound, id: '编号 2', title: '？！', asks: ['好', ''] },
      '不是条目',
    ]);
    write('b.json', [
      { ...sound, id: 'c', title: '丙', asks: [], url: 'javascript:alert(1)', validFrom: '2024-02-30' },
      { ...sound, id: 'd', title: '丁', asks: [], validFrom: '2025-01-01', validTo: '2024-12-31', remark: '备注' },
      { id: 'e', title: '戊' },
    ]);
    write('c.json', '[\n  {"id": "f"\n  "title": "己"}\n]');
    write('d.json', { entries: [] });
    const found = problems();
    for (const [file, place, detail] of [
      ['a.json', '第 1 条「第一条」 / kind', '“信息”或“问答”'],
      ['a.json', '第 1 条「第一条」 / answer', '实为空的'],
      ['a.json', '第 2 条「？！」 / id', '实为“编号 2”'],
      ['a.json', '第 2 条「？！」 / title', '实为“？！”'],
      ['a.json', '第 2 条「？！」 / asks（第 2 个）', '实为空的'],
      ['a.json', '第 3 条', '一个条目 { … }'],
      ['b.json', '第 1 条「丙」 / url', 'javascript:alert(1)'],
      ['b.json', '第 1 条「丙」 / validFrom', '2024-02-30'],
      ['b.json', '第 2 条「丁」 / remark', '没有这一项'],
      ['b.json', '第 2 条「丁」 / validTo', '不早于 validFrom'],
      ['b.json', '第 3 条「戊」 / answer', '实为没有写'],
      ['b.json', '第 3 条「戊」 / source', '依据'],
      ['c.json', '第 3 行附近', 'JSON'],
      ['d.json', '', '条目的列表'],
    ] as const) {
      expect(
        found.filter((line) => line.startsWith(`${file}：${place}`) && line.includes(detail)),
        `${file} ${place} ${detail} in\n${found.join('\n')}`,
      ).to.have.length.at.least(1);
    }
  });

  it('refuses an id or a way of asking that another entry has, and says where', () => {
    write('a.json', [sound]);
    write('b.json', [{ ...sound, title: '第二条', asks: ['“头一条”？'] }]);
    expect(problems()).to.deep.equal([
      'b.json：第 1 条「第二条」 / id：应为没有用过的编号，实为「one」，a.json 第 1 条「第一条」已用',
      'b.json：第 1 条「第二条」 / asks：应为别的条目没有用过的说法，实为「“头一条”？」，a.json 第 1 条「第一条」已用',
    ]);
  });

  it('lets an entry and its successor share a title when their days do not meet', () => {
    write('a.json', [
      { ...sound, validTo: '2024-12-31' },
      { ...sound, id: 'one-2025', validFrom: '2025-01-01' },
    ]);
    const library = loadEntries(folder);
    expect(library.byTitle('第一条', '2024-12-31')?.id).to.equal('one');
    expect(library.byTitle('第一条', '2025-01-01')?.id).to.equal('one-2025');
  });

  it('says that the folder is missing instead of dying of it', () => {
    expect(() => loadEntries(path.join(folder, 'none'))).to.throw(ProblemsFound, '打不开');
  });
});
