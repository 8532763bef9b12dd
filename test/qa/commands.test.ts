/** The commands around the scripts: what may be asked of them, and what they make. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { KeptFiles } from '../../src/bot/kept/kept-files';
import { readConfig } from '../../src/config';
import { readArguments, WrongArguments } from '../../src/qa/arguments';
import { changesSince } from '../../src/qa/output/compare';
import { junitXml } from '../../src/qa/output/junit';
import { readResults, resultsOf } from '../../src/qa/output/results';
import { aligned } from '../../src/qa/output/terminal-summary';
import { writeResults } from '../../src/qa/output/workbook';
import { readScripts } from '../../src/qa/script/read-scripts';
import { xlsxGrids } from '../../src/qa/script/xlsx-grid';
import { grouped } from '../../src/qa/tasks/alike';
import { wantedBy } from '../../src/qa/tasks/check-scripts';
import { draftRow } from '../../src/qa/tasks/draft-script';
import { listMisses } from '../../src/qa/tasks/list-misses';
import { rolledRows } from '../../src/qa/tasks/rollover';
import { loadReports } from '../../src/report/load-reports';
import { report, served, syntheticAlone } from '../engine/asking';
import { outcomesOf, serviceOf } from './running';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'qa-'));
});
after(() => rmSync(folder, { recursive: true }));

function scriptsOf(csv: string) {
  const path = join(folder, 'script.csv');
  writeFileSync(path, csv);
  return readScripts([path]).scripts;
}

/** What a command prints. */
async function printed(run: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    await run();
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}

describe('npm run qa', () => {
  it('takes files, a channel, a target and a filter', () => {
    const asked = readArguments([
      'check',
      'a.xlsx',
      '--channel',
      'teams',
      '--target',
      'http://x/',
      '--filter',
      '满意率',
    ]);
    expect(asked).to.deep.nested.include({
      'options.channel': 'teams',
      'options.target': 'http://x',
      'options.filter': '满意率',
    });
  });

  for (const [args, told] of [
    [['check', '--channel', '网页'], '--channel'],
    [['check', '--target', 'localhost:3978'], '--target'],
    [['check', '--target', 'http://x', '--channel', 'wecom'], 'wecom'],
    [['check', '--secret', 'x'], '--secret'],
    [['check', '--today', '2025-02-30'], '--today'],
    [['check', '--nonsense'], '--nonsense'],
    [['rollover', '--from', '2024'], '--to'],
    [['misses', '--days', '0'], '--days'],
    [['nothing'], 'nothing'],
  ] as const) {
    it(`tells what is wrong with ${args.join(' ')}`, () => {
      expect(() => readArguments([...args])).to.throw(WrongArguments, told);
    });
  }

  it('runs only what is asked for', () => {
    const [script] = scriptsOf('编号,问题,渠道,应答方式\na,满意率,,追问\nb,你好,teams,寒暄\n');
    const names = (channel: 'direct' | 'teams', filter?: string) =>
      script?.conversations.filter((one) => wantedBy({ channel, filter })(one, script.file)).map(({ name }) => name);
    expect(names('direct')).to.deep.equal(['a']);
    expect(names('teams')).to.deep.equal(['a', 'b']);
    expect(names('teams', '你好')).to.deep.equal(['b']);
  });

  it('writes results beside the rows as they were, JUnit XML, and what changed since the last run', async () => {
    const outcomes = await outcomesOf(
      scriptsOf('编号,问题,期望值,备注\na,诉求总量,1393747,留着\nb,政风热线期数,31\nc,<&\u0001>,1\n'),
    );
    const results = resultsOf('direct', [{ file: 'script.csv', outcomes }], []);
    expect([results.passed, results.failed]).to.deep.equal([1, 2]);

    const book = join(folder, 'results.xlsx');
    await writeResults(book, [{ file: 'script.csv', outcomes }]);
    const [sheet] = xlsxGrids(readFileSync(book));
    const rows = sheet?.rows.map(({ cells }) => cells.map((cell) => cell?.text ?? '')) ?? [];
    expect(rows[0]?.slice(0, 6)).to.deep.equal(['编号', '问题', '期望值', '备注', '结果', '问题所在']);
    expect(rows[1]?.slice(0, 5)).to.deep.equal(['a', '诉求总量', '1393747', '留着', '通过']);
    expect(rows[2]?.slice(4, 6)).to.deep.equal(['没通过', '期望值：应为 31，实为 30 期']);

    const xml = junitXml(results, [{ file: 'x.csv', place: '第 2 行', expected: '甲', found: '乙' }]);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
    expect(
      testsuites.testsuite.map((suite: Record<string, string>) => [suite['@_tests'], suite['@_failures']]),
    ).to.deep.equal([
      ['3', '2'],
      ['1', '1'],
    ]);
    expect(testsuites.testsuite[0].testcase[1].failure['@_message']).to.equal('期望值：应为31，实为30 期');

    const file = join(folder, 'results.json');
    const [first, second, third] = results.rows;
    if (!first || !second || !third) throw new Error('no rows');
    const last = {
      ...results,
      rows: [
        { ...first, passed: false },
        { ...second, passed: true },
        { ...third, id: 'gone' },
      ],
    };
    writeFileSync(file, JSON.stringify(last));
    expect(changesSince(readResults(file), results).map(({ kind, id }) => [kind, id])).to.deep.equal([
      ['已改好', 'a'],
      ['新出错', 'b'],
      ['新增', 'c'],
      ['删去', 'gone'],
    ]);
    writeFileSync(file, '{}');
    expect(() => readResults(file)).to.throw('results.json');
  });

  it('aligns columns by what is seen: a Chinese character is two wide', () => {
    expect(
      aligned([
        ['脚本', '条数'],
        ['a', '12'],
        ['全部', '7'],
      ]),
    ).to.deep.equal(['脚本  条数', 'a       12', '全部     7']);
  });
});

describe('npm run qa:draft', () => {
  it('asks for every cell, of another report too, with what the report prints', () => {
    for (const [knowledge, id] of [
      [served(), 'lianyungang-2024'],
      [syntheticAlone(), 'linjiang-2023'],
    ] as const) {
      const service = serviceOf(knowledge);
      const rows = report(knowledge, id).cells.map((cell, index) => draftRow(cell, index + 1, service));
      const remarked = rows.filter(({ 备注: remark }) => remark);
      expect(remarked.length / rows.length, id).to.be.lessThan(0.1);
      expect(rows.every(({ 问题: question, 期望值: value }) => question && value)).to.equal(true);
    }
    const cell = served().library.cell('lianyungang-2024/calls/all/average-wait');
    if (!cell) throw new Error('no cell');
    expect(draftRow(cell, 7, serviceOf())).to.deep.equal({
      ...{ 编号: '拟007', 问题: '2024年平均等待时长是多少', 期望值: '3.22', 单位: '秒', 同比: '46.33%', 方向: '下降' },
      出处: '企业群众诉求办理 › 话务服务 › 平均等待时长',
    });
  });
});

describe('npm run qa:rollover', () => {
  it('tells what the next report changes in the rows, and which cells are gone', async () => {
    const form = readFileSync('data/reports/lianyungang-2024.json', 'utf8')
      .replace('"id": "lianyungang-2024"', '"id": "lianyungang-2025"')
      .replace('"year": 2024', '"year": 2025')
      .replace('"comparedWith": 2023', '"comparedWith": 2024')
      .replace('"3.22 (46.33%↓)"', '"3.30 (2.48%↑)"')
      .replace('"1393747 (7.62%↑)"', '"1393748 (7.62%↑)"')
      .replaceAll('answered-in-30s', 'answered-in-20s');
    const next = mkdtempSync(join(folder, 'next-'));
    writeFileSync(join(next, 'lianyungang-2025.json'), form);
    const [to] = loadReports(next);
    if (!to) throw new Error('no report');
    const outcomes = await outcomesOf(
      scriptsOf(
        '编号,问题,期望值,同比,方向\na,平均等待时长,3.22秒,46.33%,下降\nb,平均通话时长,195.62,9.44%,下降\nc,30秒人工接通率,97.52%,无,\n' +
          'd,平均通话时长约多少秒,约196秒,,↓\ne,诉求总量,约139.4万件,7.62%,↑\nf,平均通话时长和诉求总量,195.62；1393747,,\ng,平均通话时长和平均等待时长,195.62；3.22,,\n',
      ),
    );
    const rows = rolledRows(outcomes, report(served(), 'lianyungang-2024'), to);
    expect(
      rows.map(({ outcome, now, changes }) => [
        outcome.turn.id,
        now !== undefined,
        changes.map(({ field, now: written }) => `${field} ${written}`),
      ]),
    ).to.deep.equal([
      ['a', true, ['期望值 3.30', '同比 2.48%', '方向 上升']],
      ['b', true, []],
      ['c', false, []],
      ['d', true, []],
      ['e', true, []],
      ['f', true, ['期望值 （一条里有几个数，请逐个核对）']],
      ['g', true, ['期望值 （一条里有几个数，请逐个核对）']],
    ]);
  });
});

describe('npm run qa:misses', () => {
  it('groups what is alike, the most asked first', () => {
    const asked = ['医保怎么报销', '医保怎么报销？', '请问医保怎么报销', '南京的诉求总量', '＊＊'].map((question) => ({
      question,
    }));
    expect(grouped(asked).map(({ question, items }) => [question, items.length])).to.deep.equal([
      ['医保怎么报销', 3],
      ['南京的诉求总量', 1],
    ]);
  });

  it('prints them with counts, and writes a sheet ready for the answers', async () => {
    const kept = join(folder, 'kept');
    const files = new KeptFiles({
      folder: kept,
      days: 9,
      today: () => '2026-11-23',
      onFailure: (error) => expect.fail(String(error)),
    });
    for (const question of ['夜间诉求有多少', '夜间诉求有多少', '满意率'])
      files.keepMiss({ question, channel: 'c', kind: 'decline' });
    for (const vote of ['up', 'down'] as const) {
      files.keepVote({ channel: 'c', vote, replyId: 'r', comment: '数不对', question: '政风热线期数' });
    }
    await files.settled();
    const out = join(folder, 'misses.xlsx');
    const config = { ...readConfig({}), kept: { folder: kept, days: 9 } };
    const said = await printed(() => listMisses({ days: undefined, out }, config));
    expect(said)
      .to.include('👍 0，👎 1')
      .and.match(/夜间诉求有多少\s+2\s+拒答 2\s+2026-11-23/);
    const [sheet] = xlsxGrids(readFileSync(out));
    const rows = sheet?.rows.map(({ cells }) => cells.map((cell) => cell?.text ?? '')) ?? [];
    expect(rows[0]).to.include.members(['问题', '期望值', '应答方式']);
    expect(rows.flat()).to.include.members(['夜间诉求有多少', '政风热线期数']);
    expect(rows.flat().join()).to.include('评价：数不对');
    // As it is, it checks nothing: the answers have to be filled in.
    expect(readScripts([out]).problems).to.have.length(3);
  });
});
