/** Which answers come with a picture, and that a picture says no other figure than the answer. */
import { expect } from 'chai';
import { compose } from '../../src/engine/compose/compose';
import { render } from '../../src/engine/compose/render';
import { NO_FOCUS } from '../../src/engine/conversation/focus';
import { readTurn } from '../../src/engine/conversation/read-turn';
import { numbersIn, UnboundNumber, verify } from '../../src/engine/verify';
import { ask, served, TODAY } from './asking';

const chartOf = (question: string) => ask(question).reply.chart;

describe('the chart of an answer', () => {
  it('has a bar for each side of a comparison, as long as its figure', () => {
    const chart = chartOf('企业和群众诉求哪个多');
    expect(chart?.kind).to.equal('bar');
    expect(chart?.unit).to.equal('件');
    expect(chart?.bars).to.deep.equal([
      { label: '群众诉求', value: 1_344_025, text: '1,344,025 件' },
      { label: '企业诉求', value: 49_722, text: '49,722 件' },
    ]);
  });

  it('has the rows of a rank in their order', () => {
    expect(chartOf('诉求来源排名')?.bars.map(({ label }) => label)).to.deep.equal([
      '电话',
      '互联网',
      '承办转办',
      '其他',
    ]);
  });

  it('shows a share as a part of its whole, and says what the whole is', () => {
    const chart = chartOf('企业诉求占多少');
    expect(chart?.kind).to.equal('share');
    expect(chart?.bars[0]?.value).to.be.closeTo((49_722 / 1_393_747) * 100, 1e-9);
    expect(chart?.whole).to.include('1,393,747 件');
  });

  it('shows 同比 of several to both sides of zero', () => {
    const chart = chartOf('群众诉求和企业诉求的同比比较');
    expect(chart?.kind).to.equal('change');
    expect(chart?.bars.map(({ value, text }) => [value, text])).to.deep.equal([
      [7.96, '7.96%（↑）'],
      [-0.76, '0.76%（↓）'],
    ]);
  });

  for (const question of ['诉求总量同比', '2023年诉求总量是多少', '诉求总量比去年多多少']) {
    it(`sets the figure beside the estimate of the year before for 「${question}」`, () => {
      const bars = chartOf(question)?.bars ?? [];
      expect(bars.map(({ label, isEstimate = false }) => [label, isEstimate])).to.deep.equal([
        ['2023年（推算）', true],
        ['2024年', false],
      ]);
      expect(bars[0]?.value).to.be.within(1_295_004, 1_295_123);
    });
  }

  for (const [question, why] of [
    ['诉求总量是多少', 'one figure has nothing beside it'],
    ['2024年政风热线满意率同比', 'the 同比 of a rate can be read in two ways'],
    ['概括一下政风热线', 'its figures are of several units'],
    ['发布了多少条民生热点', 'it is not published'],
    ['国有企事业占成员单位的几成', 'its shares are of two wholes'],
    ['南京12345一年多少电话', 'it is declined'],
    ['你好', 'there is no figure'],
  ] as const) {
    it(`is missing for 「${question}」: ${why}`, () => {
      expect(chartOf(question)).to.equal(undefined);
    });
  }

  it('has all its figures in its words', () => {
    for (const question of ['企业和群众诉求哪个多', '企业诉求占多少', '诉求总量同比', '同比下降的指标有哪些']) {
      const chart = chartOf(question);
      for (const { label, text } of chart?.bars ?? []) expect(chart?.alt).to.include(`${label} ${text}`);
      expect(chart?.alt).to.include(chart?.whole ?? '');
    }
  });

  it('is withheld with its reply when one of its numbers is bound to nothing', () => {
    const knowledge = served();
    const send = (change: (text: string) => string) => {
      const { context, result } = readTurn('企业诉求占多少', NO_FOCUS, knowledge, TODAY);
      if (!result) throw new Error('no result');
      const draft = compose(result, context.speaking);
      const { wording, links, library, labels, knownNumbers: known } = knowledge;
      const reply = render(draft, { wording, links, entries: [], suggestions: [] });
      const chart = reply.chart && { ...reply.chart, alt: change(reply.chart.alt) };
      verify({ ...reply, ...(chart && { chart }) }, draft, { library, labels, known, quoted: [] });
    };
    expect(() => send((alt) => alt)).not.to.throw();
    expect(() => send((alt) => alt.replace('3.57%', '3.58%'))).to.throw(UnboundNumber);
    expect(numbersIn(chartOf('企业诉求占多少')?.alt ?? '')).to.include('3.57');
  });
});
