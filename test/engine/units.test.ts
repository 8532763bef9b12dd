/**
 * Figures of different units set against each other, over the whole report: counts by their full number (116.95 万次 is
 * 1,169,500 次), and times, money and counts never with one another. What 0.82 工作日 and 3.22 秒 differ by is nothing that
 * anybody could say.
 */
import { expect } from 'chai';
import { ask, report, said, served, some, syntheticAlone } from './asking';
import { type Amount, measuredOtherwise, type Pair, unitOf } from './pairs';

const WORDINGS: ((pair: Pair) => string)[] = [
  ({ left, right }) => `${left.name}比${right.name}多多少`,
  ({ left, right }) => `${left.name}和${right.name}哪个多`,
  ({ left, right }) => `${right.name}和${left.name}相差多少`,
];

for (const { name, load, id } of [
  { name: 'the served report', load: served, id: 'lianyungang-2024' },
  { name: 'a report of another city', load: syntheticAlone, id: 'linjiang-2023' },
]) {
  it(`sets no figures of ${name} against each other that are measured otherwise`, () => {
    const pairs = measuredOtherwise(report(load(), id));
    let computed = 0;
    const wrong = pairs.flatMap((pair) =>
      WORDINGS.flatMap((wording) => {
        const turn = ask(wording(pair), load());
        const differences = turn.reply.answer.figures.filter(
          ({ cell, unit, formula }) => cell === null && unit !== '倍' && unit !== '%' && formula?.includes('－'),
        );
        computed += differences.length;
        const isRight = differences.every(({ value }) => Math.abs(Math.abs(Number(value)) - apart(pair)) < 1e-6);
        return isRight ? [] : [`「${wording(pair)}」 → ${said(turn)}`];
      }),
    );
    console.log(`      ${pairs.length} pairs of different units, ${computed} differences computed`);
    expect(pairs).to.have.length.greaterThan(0);
    expect(some(wrong)).to.equal('');
  });
}

/** By how much the full numbers differ; NaN, which is equal to nothing, where there is no such difference. */
function apart({ left, right }: Pair): number {
  const [a, b] = [measured(left), measured(right)];
  return a.kind === b.kind ? Math.abs(a.number - b.number) : Number.NaN;
}

function measured({ cells, value }: Amount): { kind: string; number: number } {
  const [, scale = '', unit = ''] = /^(万|亿)?(.*)$/u.exec(cells[0] ? unitOf(cells[0]) : '') ?? [];
  const kind = /秒|分钟|时|天|日|周|月|年|元$/u.test(unit) ? unit : 'count';
  return { kind, number: value * ({ 万: 1e4, 亿: 1e8 }[scale] ?? 1) };
}
