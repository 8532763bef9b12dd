/** What a row expects against a reply made up here: figures are compared as figures, and words and answer have to agree. */
import { expect } from 'chai';
import type { Answer, AnswerFigure } from '../../src/engine/answer-form';
import { checkTurn } from '../../src/qa/check/check-turn';
import { seenReply } from '../../src/qa/check/seen-reply';
import { readTurn } from '../../src/qa/script/read-turn';
import type { Written } from '../../src/qa/script/script';

const ALL: AnswerFigure = {
  cell: 'report/table/row/column',
  label: '诉求总量',
  value: 1393747,
  unit: '件',
  change: { value: 7.62, direction: 'up', printed: '7.62%↑' },
  formula: null,
};
const TEXT = '1,393,747 件　同比上升 7.62%（↑）\n出处：一、企业群众诉求办理 › 总计';
const WHERE = {
  report: 'r',
  section: '一、企业群众诉求办理',
  table: '诉求总量与办理',
  row: '总计',
  column: '诉求总量',
  url: 'u',
};

function faults(written: Written, figures: AnswerFigure[] = [ALL], text = TEXT, more: Partial<Answer> = {}): string[] {
  const problems: string[] = [];
  const read = readTurn({ 问题: '问', ...written }, { file: 'f', row: '' }, (field, expected) =>
    problems.push(field + expected),
  );
  if (!read) throw new Error(problems.join());
  const answer: Answer = {
    kind: 'answer',
    grade: '原文',
    figures,
    options: [],
    entries: [],
    provenance: [WHERE],
    ...more,
  };
  return checkTurn(read.turn, { text, buttons: [], answer }, () => undefined).faults.map(
    ({ field, expected, got }) => `${field} ${expected} | ${got}`,
  );
}
const figure = (value: number | string, unit: string, more: Partial<AnswerFigure> = {}): AnswerFigure => ({
  ...ALL,
  value,
  unit,
  change: null,
  ...more,
});

describe('an expected value', () => {
  for (const value of [
    '1393747',
    '1,393,747',
    '１３９３７４７',
    '1393747件',
    '139.3747万',
    '139.3747 万件',
    '约139.4万',
    '约139.4万件',
    '139万左右',
    '0.01393747亿',
    '139.3～139.5万',
  ]) {
    it(`fits as ${value}`, () => expect(faults({ 期望值: value })).to.deep.equal([]));
  }

  for (const value of ['1393748', '139.4万', '约139.5万', '139.3747', '1393747条', '139.4～139.5万', '优秀', '—']) {
    it(`doesn’t fit as ${value}`, () => expect(faults({ 期望值: value })).to.have.length(1));
  }

  it('fits in the unit that is printed, and in units below it', () => {
    const pushes = [figure(116.95, '万次')];
    const text = '116.95 万次';
    for (const written of [
      { 期望值: '116.95', 单位: '万次' },
      { 期望值: '1169500', 单位: '次' },
      { 期望值: '116.95万次' },
      { 期望值: '116.95' },
      { 期望值: '约117万', 单位: '次' },
    ]) {
      expect(faults(written, pushes, text), JSON.stringify(written)).to.deep.equal([]);
    }
    expect(faults({ 期望值: '116.95', 单位: '次' }, pushes, text)).to.have.length(1);
    expect(faults({ 期望值: '1169500', 单位: '人' }, pushes, text)).to.deep.equal(['单位 人 | 万次']);
  });

  it('tells a percentage from a number', () => {
    expect(faults({ 期望值: '99.11%' }, [figure(99.11, '%')], '99.11%')).to.deep.equal([]);
    expect(faults({ 期望值: '99.11', 单位: '%' }, [figure(99.11, '%')], '99.11%')).to.deep.equal([]);
    expect(faults({ 期望值: '99.11%' }, [figure(99.11, '件')], '99.11 件')).to.deep.equal(['单位 % | 件']);
    expect(faults({ 期望值: '6', 单位: '无' }, [figure(6, '')], '6')).to.deep.equal([]);
    expect(faults({ 期望值: '6', 单位: '无' }, [figure(6, '个')], '6 个')).to.deep.equal(['单位 无 | 个']);
  });

  it('is rounded like what is shown, where it is computed', () => {
    const share = figure(3.5675, '%', { cell: null, formula: '49,722 ÷ 1,393,747' });
    expect(faults({ 期望值: '3.57%' }, [share], '3.57%')).to.deep.equal([]);
    expect(faults({ 期望值: '3.56%' }, [share], '3.57%')).to.have.length(1);
    expect(faults({ 期望值: '3.57%' }, [figure(3.5675, '%')], '3.5675%')).to.have.length(1);
  });

  it('may be a word or a blank; 0 is no blank', () => {
    expect(faults({ 期望值: '优秀' }, [figure('优秀', '')], '优秀')).to.deep.equal([]);
    expect(faults({ 期望值: '—' }, [figure('—', '')], '印的是“—”')).to.deep.equal([]);
    expect(faults({ 期望值: '—' }, [figure(0, '条')], '0 条')).to.have.length(1);
    expect(faults({ 期望值: '0' }, [figure('—', '')], '—')).to.have.length(1);
  });

  it('may be several, all of which have to be stated', () => {
    const two = [figure(30, '期'), figure(197, '人')];
    expect(faults({ 期望值: '30；197' }, two, '30 期 197 人')).to.deep.equal([]);
    expect(faults({ 期望值: '30;198' }, two, '30 期 197 人')).to.deep.equal(['期望值 198 | 30 期；197 人']);
  });

  it('has to be answered: beside a decline it doesn’t count', () => {
    expect(faults({ 期望值: '1393747' }, [ALL], TEXT, { kind: 'decline' })).to.deep.equal(['应答方式 回答 | 拒答']);
  });
});

describe('an expected 同比', () => {
  for (const written of [
    { 同比: '7.62%' },
    { 同比: '上升7.62%' },
    { 同比: '↑7.62%' },
    { 同比: '7.62%↑', 方向: '上升' },
    { 方向: '↑' },
    { 方向: '升' },
  ]) {
    it(`fits as ${JSON.stringify(written)}`, () => expect(faults(written)).to.deep.equal([]));
  }
  for (const written of [{ 同比: '7.63%' }, { 同比: '下降7.62%' }, { 方向: '下降' }, { 同比: '无' }]) {
    it(`doesn’t fit as ${JSON.stringify(written)}`, () => expect(faults(written)).to.have.length(1));
  }
  it('of none is told from none that is printed', () => {
    expect(faults({ 期望值: '54', 同比: '无', 方向: '无' }, [figure(54, '对')], '54 对')).to.deep.equal([]);
    expect(faults({ 方向: '上升' }, [figure(54, '对')], '54 对')).to.deep.equal(['方向 上升 | 没有同比']);
  });
});

describe('words and answer', () => {
  it('have to agree, whatever is asked for', () => {
    const asked = { 应答方式: '回答' };
    expect(faults(asked)).to.deep.equal([]);
    expect(faults(asked, [ALL], TEXT.replace('747', '748'))).to.deep.equal([
      '文字 写出 1393747 件（诉求总量） | 文字里没有',
    ]);
    expect(faults(asked, [ALL], TEXT.replace(' 件', ' 条'))).to.have.length(1);
    expect(faults(asked, [ALL], TEXT.replace('上升', '下降').replace('↑', '↓'))).to.deep.equal([
      '文字 上升 7.62%（诉求总量） | 文字写的是下降',
    ]);
  });

  it('are both looked at for 同比', () => {
    expect(faults({ 同比: '7.62%' }, [ALL], '1,393,747 件')).to.deep.equal(['文字 说明同比上升 7.62% | 文字里没有']);
  });

  it('hold a number only as a whole number', () => {
    const text = '13.22 秒，1,393,747 件，3.225';
    const wait = [figure(13.22, '秒')];
    expect(faults({ 应出现: '1393747' }, wait, text)).to.deep.equal([]);
    expect(faults({ 不应出现: '3.22；393747' }, wait, text)).to.deep.equal([]);
    expect(faults({ 应出现: '3.22' }, wait, text)).to.deep.equal(['应出现 3.22 | 没有出现']);
    expect(faults({ 不应出现: '13.22 秒' }, wait, text)).to.deep.equal(['不应出现 13.22 秒 | 出现了']);
  });
});

describe('a place, an option, an entry, a grade', () => {
  it('are told when they are others', () => {
    expect(faults({ 出处: '诉求总量与办理 › 总计 › 诉求总量', 等级: '原文' })).to.deep.equal([]);
    expect(faults({ 出处: '话务服务' })).to.deep.equal([
      '出处 话务服务 | 一、企业群众诉求办理 › 诉求总量与办理 › 总计 › 诉求总量',
    ]);
    expect(faults({ 等级: '推算' })).to.deep.equal(['等级 推算 | 原文']);
    expect(faults({ 条目: '诉求' }, [ALL], TEXT, { entries: [{ title: '诉求总量', url: '' }] })).to.deep.equal([
      '条目 诉求 | 诉求总量',
    ]);
    const offered = { kind: 'clarify' as const, figures: [], options: ['甲', '乙'] };
    expect(faults({ 应答方式: '追问', 选项: '甲；丙' }, [], '哪一个', offered)).to.deep.equal(['选项 丙 | 甲；乙']);
  });
});

describe('what is seen of an activity', () => {
  it('is its text, its buttons, and the words of its cards', () => {
    const card = {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { body: [{ type: 'TextBlock', text: '99.11%' }, { facts: [{ title: '同比', value: '上升' }] }] },
    };
    const seen = seenReply([
      {
        text: '甲',
        attachments: [card],
        suggestedActions: { actions: [{ title: '乙' }] },
        channelData: { answer: { kind: 'answer' } },
      },
    ]);
    expect(seen).to.deep.include({ text: '甲\n99.11%\n同比\n上升', buttons: ['乙'] });
    expect(seen.answer?.kind).to.equal('answer');
  });
});
