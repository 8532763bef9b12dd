import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { audit } from '../../src/report/audit/audit';
import { auditPage } from '../../src/report/audit/audit-page';
import { buildReport } from '../../src/report/build-report';
import { ReportSchema } from '../../src/report/file-format';
import type { Finding, Report } from '../../src/report/report';
import { onlyReport, SERVED, SYNTHETIC } from './reports';

const told = (findings: Finding[]) => findings.filter(({ verdict }) => verdict === 'disagrees');

/** The served report with some strings printed otherwise. */
function reprinted(...changes: [string, string][]): Report {
  const text = changes.reduce(
    (before, [from, to]) => {
      expect(before).to.include(from);
      return before.replace(from, to);
    },
    readFileSync('data/reports/lianyungang-2024.json', 'utf8'),
  );
  const report = buildReport(ReportSchema.parse(JSON.parse(text)), (place, expected, found) => {
    throw new Error(`${place.join(' / ')}: ${expected}, ${found}`);
  });
  report.findings = audit(report);
  return report;
}

const disagreeing = (report: Report, check: Finding['check']) =>
  told(report.findings)
    .filter((one) => one.check === check)
    .map(({ message }) => message);

describe('audit', () => {
  const served = onlyReport(SERVED);

  it('finds every sum of 2024 to hold', () => {
    const sums = served.findings.filter(({ check }) => ['sum', 'part', 'equal', 'changes', 'possible'].includes(check));
    expect(told(sums).map(({ message }) => message)).to.deep.equal([]);
    expect(sums.filter(({ check }) => check === 'sum')).to.have.length(30);
    expect(sums.filter(({ check }) => check === 'equal')).to.have.length(3);
  });

  it('sets the printed 转化率 beside what stands in its row, in neutral words', () => {
    const rates = told(served.findings).filter(({ check }) => check === 'rate');
    expect(rates.map(({ message }) => message)).to.deep.equal([
      '同一行推荐信息量 42 条、转化量 4 条，二者之比约为 9.52%，与印出的 100% 对不上，报告未说明转化率的算法，待核实。',
      '同一行推荐信息量 48 条、转化量 10 条，二者之比约为 20.83%，与印出的 100% 对不上，报告未说明转化率的算法，待核实。',
    ]);
    expect(rates[0]?.cells.map(({ id }) => id)).to.include('lianyungang-2024/xiaosu/counties/conversion-rate');
  });

  it('lists the misprinted header and the instructions that were left standing', () => {
    expect(disagreeing(served, 'spelling')).to.deep.equal([
      '热线服务效能：印作“民生接听员”，别处印作“民声接听员”，对不上（待核实）。',
    ]);
    expect(disagreeing(served, 'leftover')).to.have.length(5);
  });

  it('finds a label of the same sound that nobody has marked', () => {
    const report = reprinted(['"label": "部门单位"', '"label": "政测专员"']);
    expect(disagreeing(report, 'spelling')).to.include(
      '“热线百科”运行：印作“政测专员”，别处印作“政策专员”，对不上（待核实）。',
    );
  });

  it('finds a sum that is off by one, in its column and in its row', () => {
    const report = reprinted(['"49124 (0.31%↑)"', '"49125 (0.31%↑)"']);
    expect(disagreeing(report, 'sum')).to.deep.equal([
      '诉求总量与办理 › 总计 › 诉求来源 › 电话：1,329,398 件；各部分 1,280,274 件 + 49,125 件，对不上（待核实）。',
      '诉求总量与办理 › 企业诉求 › 诉求总量：49,722 件；各部分 49,125 件 + 531 件 + 59 件 + 8 件，对不上（待核实）。',
    ]);
  });

  it('finds two tables that disagree, and a part larger than its whole', () => {
    expect(disagreeing(reprinted(['"58.5", "49722"', '"58.5", "49723"']), 'equal')).to.have.length(1);
    expect(disagreeing(reprinted(['"300", "162"', '"300", "301"']), 'part')).to.have.length(1);
  });

  it('finds a 同比 that no whole number gives: 30 against 36 is 16.67% less, not 16.5%', () => {
    expect(disagreeing(reprinted(['30 (16.67%↓)', '30 (16.50%↓)']), 'changes')).to.deep.equal([
      '“政风热线”管理运行 › 期数 30 期（16.50%↓）：2023 年没有哪个整数能得出这个同比，对不上（待核实）。',
    ]);
  });

  it('finds 同比 of parts and total that no last year has together', () => {
    const messages = disagreeing(reprinted(['"1393747 (7.62%↑)"', '"1393747 (7.70%↑)"']), 'changes');
    expect(messages.some((message) => message.includes('群众诉求、企业诉求合计 1,294,973 至 1,295,091'))).to.equal(
      true,
    );
  });

  it('finds 同比 that each sum allows and all sums together do not', () => {
    // 尚贤 at 2148 + 0..: phone and web leave 2148 only; the answers are moved to leave 2149 only, and the total to allow both.
    const report = reprinted(['"2490 (15.92%↑)"', '"2490 (15.9%↑)"'], ['"516 (22.27%↑)"', '"516 (21.99%↑)"']);
    const messages = disagreeing(report, 'changes');
    expect(messages).to.deep.equal(['“尚贤”人才服务：表中各行各列印出的同比不能同时成立，对不上（待核实）。']);
  });

  it('finds a percentage that its count cannot give', () => {
    expect(disagreeing(onlyReport(SYNTHETIC), 'possible')).to.deep.equal([
      '工单受理 › 求助工单 › 办结率 96.02%，以受理工单 3,004 单为基数，没有哪个整数能得出这个比例，对不上（待核实）。',
    ]);
  });

  it('tells agreement to the last digit from agreement within rounding', () => {
    const verdict = (id: string) =>
      served.findings.find(({ check, cells }) => check === 'changes' && cells.length === 1 && cells[0]?.id.endsWith(id))
        ?.verdict;
    expect(verdict('zhengfeng/all/leaders')).to.equal('agrees'); // 21 against 25: 16%
    expect(verdict('zhengfeng/all/episodes')).to.equal('agreesWithinRounding'); // 30 against 36: 16.666…%
  });

  it('prints a page with a table, and whatever is to be verified', () => {
    const page = auditPage(served);
    expect(page).to.match(/各部分相加等于整体 +30 +0 +0/);
    expect(page).to.include('lianyungang-2024/xiaosu/counties/conversion-rate');
    expect(page).not.to.include('1,293');
    expect(auditPage(served, { all: true }).split('\n').length).to.be.above(200);
  });
});
