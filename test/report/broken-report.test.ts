import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { type Problem, ProblemsFound, problemLine } from '../../src/problems';
import { findSyntaxFault } from '../../src/report/json-syntax';
import { loadReports } from '../../src/report/load-reports';

const whole = readFileSync('data/reports/lianyungang-2024.json', 'utf8');

/** The report with one place after another changed, as in a text editor. A change that finds nothing is a fault of the test. */
function edited(...changes: [string, string][]): string {
  return changes.reduce((text, [before, after]) => {
    expect(text).to.include(before);
    return text.replace(before, after);
  }, whole);
}

describe('a broken report file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reports-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function problemsOf(files: Record<string, string | Uint8Array>): Problem[] {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    try {
      loadReports(folder);
    } catch (error) {
      if (error instanceof ProblemsFound) return error.problems.map((one) => ({ ...one, file: basename(one.file) }));
      throw error;
    }
    return [];
  }
  const linesOf = (files: Record<string, string | Uint8Array>) => problemsOf(files).map(problemLine);

  it('loads when nothing is broken, also as Notepad saves it', () => {
    expect(linesOf({ 'a.json': whole })).to.deep.equal([]);
    expect(linesOf({ 'a.json': `\ufeff${whole.replaceAll('\n', '\r\n')}` })).to.deep.equal([]);
  });

  it('lists everything at once: missing cell, extra column, unreadable figure, double id, missing comma', () => {
    const a = edited(
      ['"49124 (0.31%↑)", ', ''],
      ['{ "id": "views",', '{ "id": "clicks", "label": "点击量", "measureUnit": "次" }, { "id": "views",'],
      ['"3.22 (46.33%↓)"', '"约三秒"'],
      ['"id": "satisfaction", "label": "办理满意率"', '"id": "relief-rate", "label": "办理满意率"'],
    );
    const b = edited(['"year": 2024,', '"year": 2024']);
    const lines = linesOf({ 'a.json': a, 'b.json': b });
    expect(lines.filter((line) => line.startsWith('a.json：一、企业群众诉求办理'))).to.deep.equal([
      'a.json：一、企业群众诉求办理 / 1.诉求总量与办理 / 企业诉求：' +
        '应为8 格，与表头各列对应（诉求总量、诉求来源 › 电话、诉求来源 › 互联网、诉求来源 › 承办转办、诉求来源 › 其他、' +
        '在线解答 › 民声接听员、在线解答 › 政策专员、部门办理），实为7 格',
      'a.json：一、企业群众诉求办理 / 2.话务服务 / all / 平均等待时长：' +
        '应为不带 % 和单位“秒”的数（可带同比，如 "1234 (5.6%↑)"）、"—" 或 ""，实为“约三秒”',
    ]);
    expect(lines).to.include(
      'a.json：二、特色热线公共服务 / 6.12345 与 110 高效对接联动 / 非警务警情减负率：应为列的编号各不相同，实为“relief-rate”用了两次',
    );
    expect(lines.filter((line) => line.includes('“晓苏”'))).to.deep.equal([
      'a.json：二、特色热线公共服务 / 4.“晓苏”政策问答台：' +
        '应为每行 8 格，与表头各列对应（问答量 › 引用答复量、问答量 › 部门答复量、问答量 › 问答总量、点击量、浏览量、推荐信息量、' +
        '信息转化 › 转化量、信息转化 › 转化率），实为每行都是 7 格',
    ]);
    // The sixth is the check that speaks of the column whose id was overwritten.
    expect(lines).to.have.length(6);
    expect(lines.filter((line) => line.startsWith('b.json'))).to.deep.equal([
      'b.json：第 6 行：应为英文逗号 , 或 右花括号 }，实为行末没有，下面是“"comparedWith": 2023”',
    ]);
  });

  it('reads on after a field that the form does not have and a cell without quotes', () => {
    const places = problemsOf({
      'a.json': edited(['"number": "2",', '"nummer": "2",'], ['"97.52%"', '97.52'], ['"30 (16.67%↓)"', '"三十"']),
    }).map(({ place, found }) => [place, found]);
    expect(places).to.deep.equal([
      ['企业群众诉求办理 / 话务服务 / all / 第 2 格', '97.52'],
      ['企业群众诉求办理 / 话务服务', '“nummer”'],
      ['二、特色热线公共服务 / 1.“政风热线”管理运行 / all / 期数', '“三十”'],
    ]);
  });

  it('names unknown ids where totals, wholes, merged cells and checks refer to them', () => {
    const found = problemsOf({
      'a.json': edited(
        ['"totalRow": "all"', '"totalRow": "sum"'],
        ['"parts": ["phone", "web", "transfer", "other"]', '"parts": ["phone", "web", "transfer", "others"]'],
        ['"columns": ["qa-uses"]', '"columns": ["qa-use"]'],
        ['"left": ["yiqilaiban/all/requests"]', '"left": ["yiqilaiban/all/request"]'],
      ),
    }).map(({ place, found }) => `${place.split(' / ').at(-1)} ${found}`);
    expect(found).to.include.members([
      'totalRow “sum”',
      'columnWholes “others”',
      'merged “qa-use”',
      'checks “yiqilaiban/all/request”',
    ]);
  });

  it('wants a covered place to be empty', () => {
    const [problem] = problemsOf({
      'a.json': edited(['"311", "628", "1131", "4433", ""', '"311", "628", "1131", "4433", "89303"']),
    });
    expect(problem?.place).to.match(/县\(市、区\) \/ 企业群众查询使用量 › 信息$/);
    expect(problem?.found).to.equal('“89303”');
  });

  it('wants a sign on every rate and none on a count', () => {
    const found = problemsOf({ 'a.json': edited(['"97.52%"', '"97.52"'], ['"564 (33.49%↓)"', '"564%"']) });
    expect(found.map((one) => one.found)).to.deep.equal(['“97.52”', '“564%”']);
  });

  it('refuses two columns or two rows with the same words', () => {
    const found = problemsOf({
      'a.json': edited(['"label": "互联网"', '"label": "电话"'], ['"label": "企业诉求"', '"label": "群众诉求"']),
    });
    expect(found.map((one) => one.found)).to.deep.equal(['“诉求来源 › 电话”出现了两次', '“群众诉求”出现了两次']);
  });

  it('refuses a second report of the same place and year, or with the same id', () => {
    const lines = linesOf({
      'a.json': whole,
      'b.json': edited(['"id": "lianyungang-2024"', '"id": "lianyungang-24"']),
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^b\.json：应为连云港 2024 年的报告只有一份，实为.*a\.json 里也有$/);
  });

  it('says so where the folder is missing or empty, or the file is not UTF-8', () => {
    expect(linesOf({}).join()).to.include('至少有一个 .json 文件');
    expect(() => loadReports(join(folder, 'nowhere'))).to.throw(ProblemsFound, '打不开');
    const gbk = Buffer.from([0x7b, 0x22, 0xc1, 0xac, 0xd4, 0xc6, 0xb8, 0xdb, 0x22, 0x7d]);
    expect(linesOf({ 'a.json': gbk }).join()).to.include('UTF-8');
  });
});

describe('findSyntaxFault', () => {
  const cases: [string, string, number, string][] = [
    ['a missing comma between cells', '["1",\n"2"\n"3"]', 2, '英文逗号'],
    ['a comma too many', '{"a": 1,\n}', 2, '字段名'],
    ['a Chinese comma', '["1"，"2"]', 1, '英文逗号'],
    ['Chinese quotation marks', '{“a”: 1}', 1, '英文双引号'],
    ['a string that is not closed', '["1, 2\n]', 1, '英文双引号'],
    ['a bracket that is missing at the end', '{"a": [1, 2]\n', 1, '右花括号'],
    ['text after the end', '{}\n{}', 2, '文件到此结束'],
    ['an empty file', '', 1, '数据'],
  ];
  for (const [what, text, line, expected] of cases) {
    it(`finds ${what}`, () => {
      const fault = findSyntaxFault(text);
      expect(fault?.line).to.equal(line);
      expect(fault?.expected).to.include(expected);
      expect(() => JSON.parse(text)).to.throw();
    });
  }

  it('finds nothing in what JSON.parse takes', () => {
    for (const text of ['{}', '[]', ' {"a": [1, -2.5e3, true, null, "\\u4e00\\"", {"b": {}}]} ', '"“”，"']) {
      expect(() => JSON.parse(text)).not.to.throw();
      expect(findSyntaxFault(text)).to.equal(undefined);
    }
  });
});
