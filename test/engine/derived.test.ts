/**
 * Shares, differences, ratios and comparisons of all figures that can be set in relation: what is stated is what the test
 * computes by itself from the printed digits. A question back or a decline states nothing wrong; it is counted.
 */
import { expect } from 'chai';
import type { AnswerFigure } from '../../src/engine/answer-form';
import type { Cell, Report } from '../../src/report/report';
import { ask, report, said, served, some, syntheticAlone } from './asking';
import { followsFromItsFormula, statesRightly } from './figures';
import { type Amount, besideEachOther, type Pair, partsOfWholes, sumsInWholes, unitOf } from './pairs';

interface Asked {
  question: string;
  judgement: 'right' | 'asked back' | 'declined' | 'only stated' | 'wrong';
  reply: string;
}

interface Operation {
  name: string;
  pairs(whole: Report): Pair[];
  wordings(pair: Pair): string[];
  /** Undefined where the order of the figures is the answer. */
  expected?(pair: Pair): number;
  /** What has to be said of it. */
  verdict?(pair: Pair): RegExp;
}

const OPERATIONS: Operation[] = [
  {
    name: 'shares',
    pairs: partsOfWholes,
    wordings: ({ left: part, right: whole }) => [
      `${part.name}占${whole.name}的比例是多少`,
      `${part.name}占${whole.short}的百分之几`,
      `${whole.name}里${part.short}占多少`,
      `${whole.name}中，${part.name}占比多少`,
      `${whole.name}有几成是${part.short}`,
      `${whole.name}有百分之几${part.name}`,
    ],
    expected: ({ left, right }) => (left.value / right.value) * 100,
  },
  {
    name: 'shares of two together',
    pairs: sumsInWholes,
    wordings: ({ left, right }) => [
      `${left.name}占${right.name}的百分之几`,
      `${left.short}加起来占${right.name}多少`,
      `${right.name}里${left.short}合计占比多少`,
    ],
    expected: ({ left, right }) => (left.value / right.value) * 100,
  },
  {
    name: 'shares of what is left',
    pairs: partsOfWholes,
    wordings: ({ left: part, right: whole }) => [
      `${whole.name}里不是${part.short}的占多少`,
      `${whole.name}除去${part.short}，剩下的占百分之几`,
      `${whole.name}里头，${part.short}以外的占几成`,
    ],
    expected: ({ left, right }) => (1 - left.value / right.value) * 100,
  },
  {
    name: 'claimed shares',
    pairs: partsOfWholes,
    wordings: ({ left: part, right: whole }) => [
      `${part.name}占${whole.name}超过一半了吧`,
      `${part.name}超过${whole.name}的一半，对吗`,
      `${whole.name}里过半是${part.short}，没错吧`,
      `${whole.name}里大部分是${part.short}吗`,
    ],
    expected: ({ left, right }) => (left.value / right.value) * 100,
    verdict: ({ left, right }) => (left.value * 2 > right.value ? /^超过了/mu : /^没有超过/mu),
  },
  {
    name: 'differences',
    pairs: (whole) => besideEachOther(whole).filter(areUnequal),
    wordings: ({ left, right }) => {
      const more = left.value > right.value ? '多' : '少';
      return [
        `${left.name}比${right.name}${more}多少`,
        `${left.name}和${right.short}相差多少`,
        `${right.name}与${left.name}差多少`,
      ];
    },
    expected: ({ left, right }) => Math.abs(left.value - right.value),
  },
  {
    name: 'claimed differences',
    pairs: (whole) => besideEachOther(whole).filter(areUnequal),
    wordings: (pair) => {
      const { left, right } = pair;
      return [
        `${left.name}比${right.name}多${saidOf(pair)}吗`,
        `${right.name}比${left.name}少${saidOf(pair)}，对吗`,
        `${left.name}比${right.short}多出${saidOf(pair)}没错吧`,
      ];
    },
    expected: ({ left, right }) => Math.abs(left.value - right.value),
    // Every other one is wrong by one, and so is each that says 多 of what is less.
    verdict: (pair) => (isSaidRightly(pair) ? /^是的。$/mu : /^不是这样。$/mu),
  },
  {
    name: 'ratios',
    pairs: (whole) =>
      besideEachOther(whole).filter(({ left, right }) => left.value > 0 && right.value > 0 && !isRate(left)),
    wordings: ({ left, right }) => [
      `${left.name}是${right.name}的几倍`,
      `请问${left.name}是${right.short}的多少倍`,
      `${left.name}为${right.name}的几倍`,
    ],
    expected: ({ left, right }) => left.value / right.value,
  },
  {
    name: 'comparisons',
    pairs: (whole) => besideEachOther(whole).filter(areUnequal),
    wordings: ({ left, right }) => [
      `${left.name}和${right.name}哪个${isRate(left) ? '高' : '多'}`,
      `${left.name}与${right.short}相比哪个更${isRate(left) ? '高' : '多'}`,
      `${right.name}跟${left.name}哪个大`,
    ],
  },
];

/** Said of which is more. */
const OVERTAKEN: Operation = {
  name: 'claims of more',
  pairs: (whole) => besideEachOther(whole).filter(areUnequal),
  wordings: ({ left, right }) => [`${left.name}超过${right.name}了吗`, `${left.name}超没超过${right.short}`],
  verdict: ({ left, right }) => (left.value > right.value ? /^是的。$/mu : /^不是这样。$/mu),
};

/** Not in every report. */
const EQUALS: Operation = {
  name: 'comparisons of equals',
  pairs: (whole) => besideEachOther(whole).filter((pair) => !areUnequal(pair)),
  wordings: ({ left, right }) => [
    `${left.name}和${right.name}哪个${isRate(left) ? '高' : '多'}`,
    `${right.name}跟${left.short}哪个大`,
  ],
  verdict: () => /一样|相等/u,
};

for (const { name, load, id } of [
  { name: 'the served report', load: served, id: 'lianyungang-2024' },
  { name: 'a report of another city', load: syntheticAlone, id: 'linjiang-2023' },
]) {
  describe(`what is computed from ${name}`, () => {
    for (const operation of [...OPERATIONS, OVERTAKEN, ...(id === 'lianyungang-2024' ? [EQUALS] : [])]) {
      it(`states no wrong figure in ${operation.name}`, () => {
        const whole = report(load(), id);
        const pairs = operation.pairs(whole);
        const asked = pairs.flatMap((pair) =>
          operation.wordings(pair).map((question): Asked => {
            const turn = ask(question, load());
            const { answer, text } = turn.reply;
            const reply = said(turn);
            if (answer.kind === 'clarify') return { question, judgement: 'asked back', reply };
            if (answer.kind !== 'answer') return { question, judgement: 'declined', reply };
            return { question, judgement: judge(answer.figures, text, pair, operation, whole), reply };
          }),
        );
        print(operation.name, pairs.length, asked);
        expect(pairs).to.have.length.greaterThan(0);
        expect(some(told(asked, 'wrong'))).to.equal('');
      });
    }
  });
}

function judge(
  figures: AnswerFigure[],
  text: string,
  pair: Pair,
  operation: Operation,
  whole: Report,
): Asked['judgement'] {
  const cells = [...pair.left.cells, ...pair.right.cells];
  for (const figure of figures) {
    const cell = whole.cellById.get(figure.cell ?? '');
    if (cell && !statesRightly(figure, cell)) return 'wrong';
    // Another cell may stand for one that says the same: 诉求总量 for the sum of its 诉求来源.
    if (cell && !cells.includes(cell) && !isAmount(Number(figure.value), pair)) return 'wrong';
    if (!cell && !followsFromItsFormula(figure, whole)) return 'wrong';
  }
  if (figures.length === 0) return 'declined';
  if (operation.verdict && !operation.expected) return operation.verdict(pair).test(text) ? 'right' : 'wrong';
  if (!operation.expected) return judgeOrder(figures, pair);
  const expected = operation.expected(pair);
  const computed = figures.filter(({ cell }) => cell === null).map(({ value }) => Math.abs(Number(value)));
  const isJudged = operation.verdict?.(pair).test(text) ?? true;
  if (computed.some((value) => Math.abs(value - expected) < 1e-4))
    return isSaid(expected, text) && isJudged ? 'right' : 'wrong';
  // Both figures and nothing computed is less than what was asked for, but nothing wrong.
  const derived = figures.filter(({ cell, value }) => cell === null && !isAmount(Number(value), pair));
  return derived.length > 0 ? 'wrong' : 'only stated';
}

/** The greater one is named first, or a difference says which it is. */
function judgeOrder(figures: AnswerFigure[], { left, right }: Pair): Asked['judgement'] {
  const greater = left.value > right.value ? left : right;
  const stated = figures.filter(({ cell }) => cell !== null);
  if (stated.length < 2) return 'only stated';
  return stated[0]?.cell === greater.cells[0]?.id ? 'right' : 'wrong';
}

function isAmount(value: number, { left, right }: Pair): boolean {
  return [left, right].some((amount) => Math.abs(amount.value - value) < 1e-6);
}

/** Rounded to two places, with or without idle zeros and grouping; very small ones to more. */
function isSaid(value: number, text: string): boolean {
  const plain = text.replace(/,/g, '');
  return [0, 1, 2, 3, 4].some((places) => {
    const said = value.toFixed(places);
    const isCloseEnough = Math.abs(Number(said) - value) <= Math.max(0.005, Math.abs(value) * 0.005);
    return (
      isCloseEnough &&
      [said, said.replace(/\.?0+$/, '')].some((one) =>
        new RegExp(`(?<![\\d.])${one.replace('.', '\\.')}(?!\\d)`).test(plain),
      )
    );
  });
}

function isRate({ cells }: Amount): boolean {
  return cells.some((cell) => unitOf(cell) === '%');
}

/** How much more the left is said to have than the right: off by ten where its own last digit is odd. */
function saidOf(pair: Pair): string {
  const by = Math.abs(pair.left.value - pair.right.value) + (isOff(pair) ? 10 : 0);
  return `${Number(by.toFixed(2))}${isRate(pair.left) ? '个百分点' : unitOf(pair.left.cells[0] as Cell)}`;
}

function isSaidRightly(pair: Pair): boolean {
  return !isOff(pair) && pair.left.value > pair.right.value;
}

function isOff({ left }: Pair): boolean {
  return /[13579]$/.test(String(left.value));
}

function areUnequal({ left, right }: Pair): boolean {
  return left.value !== right.value;
}

function told(asked: Asked[], judgement: Asked['judgement']): string[] {
  return asked
    .filter((one) => one.judgement === judgement)
    .map(({ question, reply }) => `${judgement}: 「${question}」 → ${reply}`);
}

function print(name: string, pairs: number, asked: Asked[]): void {
  const counts = new Map<string, number>();
  for (const { judgement } of asked) counts.set(judgement, (counts.get(judgement) ?? 0) + 1);
  const said = [...counts].map(([judgement, count]) => `${judgement} ${count}`).join(', ');
  console.log(`      ${name}: ${pairs} pairs, ${asked.length} wordings: ${said}`);
}
