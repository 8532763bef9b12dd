import { expect } from 'chai';
import type { Entry } from '../../src/baike/entry';
import { EntryLibrary } from '../../src/baike/entry-library';
import { loadEntries } from '../../src/baike/load-entries';
import { generatedEntries, generatedQueries } from './generated-entries';

const today = '2026-11-23';
const entry = (id: string, title: string, more: Partial<Entry> = {}): Entry => ({
  id,
  title,
  asks: [],
  answer: `${title}的说明。`,
  kind: '信息',
  level: '全市',
  department: '某局',
  source: '某文件',
  ...more,
});

describe('EntryLibrary', () => {
  const library = new EntryLibrary([
    entry('switch', '“双号”互转', { asks: ['两号互转'], answer: '两边互相转交诉求。' }),
    entry('rate', '满意率', { answer: '对办理结果满意的占多少。' }),
    entry('agent-rate', '接听员满意率', { answer: '对接听员满意的占多少。' }),
    entry('old', '过期通知', { validTo: '2026-11-22' }),
    entry('last-day', '末日通知', { validTo: today }),
    entry('coming', '将来通知', { validFrom: '2026-11-24' }),
  ]);

  describe('byTitle', () => {
    for (const term of [
      '双号互转',
      '「双号」互转',
      '什么是双号互转',
      '“双号”互转是什么？',
      '请问双号 互转是什么意思呢',
      '两号互转',
      '两号互转是干什么的',
    ]) {
      it(`finds “双号”互转 by 「${term}」`, () => expect(library.byTitle(term)?.id).to.equal('switch'));
    }
    for (const term of ['双号', '互转', '双号互转多少件', '', '？', '是什么']) {
      it(`finds nothing by 「${term}」`, () => expect(library.byTitle(term)).to.equal(undefined));
    }
    it('offers nothing outside its days when a day is given', () => {
      expect(library.byTitle('过期通知')?.id).to.equal('old');
      expect(library.byTitle('过期通知', today)).to.equal(undefined);
      expect(library.byTitle('将来通知', today)).to.equal(undefined);
      expect(library.byTitle('末日通知', today)?.id).to.equal('last-day');
    });
  });

  describe('search', () => {
    const ids = (query: string, limit = 10) => library.search(query, limit, today).map(({ entry: { id } }) => id);

    it('puts the entry of that very name first', () =>
      expect(ids('满意率是什么')).to.deep.equal(['rate', 'agent-rate']));
    it('finds by words of the answer', () => expect(ids('转交的诉求')).to.deep.equal(['switch']));
    it('leaves out what is not valid on the day', () => expect(ids('通知')).to.deep.equal(['last-day']));
    it('keeps to the limit', () => expect(ids('满意率', 1)).to.deep.equal(['rate']));
    it('gives scores that fall', () => {
      const [first, second] = library.search('满意率', 2, today);
      expect(first?.score).to.be.greaterThan(second?.score ?? Number.NaN);
    });
    for (const query of ['', '   ', '是什么', '？？？', '\ud800', '<script>alert(1)</script>', '满'.repeat(50_000)]) {
      it(`stays calm at 「${query.slice(0, 30)}」`, () => expect(library.search(query, 5, today)).to.be.an('array'));
    }
  });

  it('searches while it is warming up as well as after', async () => {
    const many = new EntryLibrary(generatedEntries(600));
    const warming = many.warmUp();
    const during = many.search('海州医保报销', 3, today);
    await warming;
    expect(during).to.have.length(3);
    expect(many.search('海州医保报销', 3, today)).to.deep.equal(during);
  });

  it('finds the same number of entries among 12,671 as among a few', () => {
    const many = new EntryLibrary(generatedEntries(12_671));
    for (const query of generatedQueries(200)) expect(many.search(query, 5, today), query).to.have.length(5);
  });
});

describe('the entries that are shipped', () => {
  const library = loadEntries('data/baike');

  for (const term of [
    '政风热线',
    '尚贤',
    '热线百科',
    '晓苏',
    '一企来办',
    '苏税援',
    '双号互转',
    '非警务警情减负率',
    '民声接听员',
    '民生接听员',
    '政策专员',
    '信息专员',
    '30秒人工接通率',
    '平均办理时长',
    '同比',
    '百分点',
    '满意率',
    '群众满意率',
    '回访征集评价',
    '分析专报',
    '专项工作协同机制',
    '快处快办机制',
    '转化率',
    '引用答复',
    '部门答复',
    '政策匹配推送',
    '联动专席',
    '成员单位',
    '每十万人座席数',
    '按时办结率',
    '12345',
    '市本级',
    '督办',
    '承办转办',
    '在线解答',
    '部门办理',
    '咨询类',
    '非咨询类',
  ]) {
    it(`explain ${term}`, () => expect(library.byTitle(`${term}是什么`, today)).to.not.equal(undefined));
  }

  it('say what they rest on, and name the report or a public source', () => {
    for (const { id, source } of library.entries) expect(source, id).to.match(/年度报告|公开资料|统计常识/);
  });

  it('hold no figure of a report: figures change every year', () => {
    for (const { id, answer } of library.entries) {
      // Names (12345, 110), the limits of 30 秒 and 10 分钟, years, and the example of 百分点 are not figures of a report.
      const rest = answer.replace(/12345|110|30 秒|10 分钟|20\d\d 年|39%|42%|3 个百分点|3%|\b0\b|^\d\. /gmu, '');
      expect(rest, id).to.not.match(/\d/);
    }
  });
});
