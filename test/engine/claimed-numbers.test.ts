/**
 * Numbers said of every figure of the report as people say them: without the %, with 多, 将近 and 左右. What is so, and what isn't,
 * follows from the printed figure.
 */
import { expect } from 'chai';
import type { Cell } from '../../src/report/report';
import { ask, report, said, served, some } from './asking';
import { wordingsOf } from './wordings';

interface Said {
  question: string;
  isSo: boolean;
}

it('holds a bare number against a rate, and against a 同比, as if said in per cent', () => {
  judge('in bare numbers', cellsSaid(bareNumbers), 0.9);
});

it('holds 多, 将近 and 左右 against every count', () => {
  judge('said roughly', cellsSaid(roughly), 0.9);
});

it('reads numbers that are spelled out as they are spoken', () => {
  judge('in numerals', cellsSaid(inNumerals), 0.95);
});

it('holds two neighbouring numerals against what lies between them', () => {
  judge('between two numerals', cellsSaid(eitherOf), 0.9);
});

it('holds by how much a count is said to have changed against the difference', () => {
  judge('of the difference', cellsSaid(changedBy), 0.85);
});

/** 「诉求总量比上年多了约99000件」: to two digits, of the difference that the printed 同比 makes; twice as many aren't so. */
function changedBy({ figure, column }: Cell, name: string): Said[] {
  if (figure.kind !== 'number' || figure.isPercent || !figure.change || column.measureUnit === '') return [];
  const value = Number(figure.value.mul(figure.scale).valueOf());
  const isUp = figure.change.direction === 'up';
  const rate = (Number(figure.change.percent.valueOf()) / 100) * (isUp ? 1 : -1);
  const by = Math.abs(value - value / (1 + rate));
  const amount = Number(by.toPrecision(2));
  const claim = (way: boolean, number: number, isSo: boolean): Said => ({
    question: `${name}比上年${way ? '多' : '少'}了约${number}${figure.baseUnit}吧`,
    isSo,
  });
  return [claim(isUp, amount, true), claim(isUp, amount * 2, false), claim(!isUp, amount, false)];
}

it('holds what a count is said to have come from against the year before', () => {
  judge('of both years', cellsSaid(fromTo), 0.85);
});

/** 「诉求总量从约1300000件涨到1393747件」: to two digits; from half as many isn't so. */
function fromTo({ figure, column }: Cell, name: string): Said[] {
  if (figure.kind !== 'number' || figure.isPercent || !figure.change || column.measureUnit === '') return [];
  const value = Number(figure.value.mul(figure.scale).valueOf());
  const isUp = figure.change.direction === 'up';
  const before = value / (1 + (Number(figure.change.percent.valueOf()) / 100) * (isUp ? 1 : -1));
  const unit = figure.baseUnit;
  const claim = (number: number, isSo: boolean): Said => ({
    question: `${name}从约${Number(number.toPrecision(2))}${unit}${isUp ? '涨到' : '降到'}${value}${unit}对吗`,
    isSo,
  });
  return [claim(before, true), claim(before / 2, false)];
}

const PLACES = ['', '十', '百', '千', '万', '十万', '百万'];

/** 三四十万: of 350,000 so, of 560,000 not. */
function eitherOf({ figure }: Cell, name: string): Said[] {
  const value = figure.kind === 'number' && !figure.isPercent ? Number(figure.value.mul(figure.scale).valueOf()) : 0;
  const power = Math.floor(Math.log10(value));
  const digit = Math.floor(value / 10 ** power);
  const unit = figure.kind === 'number' ? figure.baseUnit : '';
  const claim = (low: number, isSo: boolean): Said => ({
    question: `${name}有${DIGITS[low]}${DIGITS[low + 1]}${PLACES[power]}${unit}吧`,
    isSo,
  });
  return value >= 10 && unit && digit < 7 ? [claim(digit, true), claim(digit + 2, false)] : [];
}

function inNumerals({ figure }: Cell, name: string): Said[] {
  if (figure.kind !== 'number') return [];
  const value = Number(figure.value.mul(figure.scale).valueOf());
  const said = (number: number) => (figure.isPercent ? `百分之${numeral(number)}` : numeral(number));
  const claim = (number: number, isSo: boolean): Said => ({ question: `${name}是${said(number)}对吗`, isSo });
  const other = Number((value + (Number.isInteger(value) ? 11 : 3.41)).toFixed(2));
  return value < 2 ? [] : [claim(value, true), claim(other, false)];
}

const DIGITS = '零一二三四五六七八九';

/** 1,393,747 → 一百三十九万三千七百四十七, 3.22 → 三点二二 */
function numeral(number: number): string {
  const [whole = '', decimals] = String(number).split('.');
  const spoken = decimals ? `点${[...decimals].map((d) => DIGITS[Number(d)]).join('')}` : '';
  return inTenThousands(Number(whole)) + spoken;
}

function inTenThousands(number: number): string {
  const [above, below] = [Math.floor(number / 10_000), number % 10_000];
  if (above === 0) return inThousands(below);
  return `${inThousands(above)}万${below === 0 ? '' : `${below < 1000 ? '零' : ''}${inThousands(below)}`}`;
}

function inThousands(number: number): string {
  let spoken = '';
  for (const [place, sign] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(number / place) % 10;
    if (digit > 0) spoken += DIGITS[digit] + sign;
    else if (spoken && !spoken.endsWith('零') && number % place > 0) spoken += '零';
  }
  const plain = spoken || '零';
  return /^一十/u.test(plain) ? plain.slice(1) : plain;
}

function bareNumbers({ figure }: Cell, name: string): Said[] {
  if (figure.kind !== 'number') return [];
  const claim = (words: string, number: number, isSo: boolean): Said => ({
    question: `${name}${words}${Number(number.toFixed(2))}对吗`,
    isSo,
  });
  const { change } = figure;
  const value = Number(figure.value.valueOf());
  const percent = Number(change?.percent.valueOf() ?? 0);
  const way = change?.direction === 'down' ? '同比下降' : '同比上升';
  return [
    ...(figure.isPercent ? [claim('是', value, true), claim('是', value - 3, false)] : []),
    ...(percent > 0 ? [claim(way, percent, true), claim(way, percent + 3, false)] : []),
  ];
}

/** By its first two digits: of 1,234 are 1,200多 and 1,300 in doubt. */
function roughly({ figure }: Cell, name: string): Said[] {
  const value = figure.kind === 'number' && !figure.isPercent ? Number(figure.value.mul(figure.scale).valueOf()) : 0;
  const place = 10 ** (Math.floor(Math.log10(value)) - 1);
  const below = Math.floor(value / place) * place;
  if (value < 100 || value === below) return [];
  // 200 of 195: of a round number the place before counts, and what is said of it is another test's.
  const isRound = (number: number) => (number / place) % 10 === 0;
  const next = below + place;
  const far = next + place;
  const nearest = value - below < place / 2 ? below : next;
  const claim = (number: number, isSo: boolean, before: string, after = ''): Said[] =>
    isRound(number) ? [] : [{ question: `${name}有${before}${number}${after}对吗`, isSo }];
  return [
    ...claim(below, true, '', '多'),
    ...claim(next, false, '', '多'),
    ...claim(next, value >= next - place / 2, '将近'),
    ...claim(far, false, '将近'),
    ...claim(nearest, true, '', '左右'),
    ...claim(far, false, '', '左右'),
  ];
}

function cellsSaid(claimsOf: (cell: Cell, name: string) => Said[]): Said[] {
  return report(served(), 'lianyungang-2024').cells.flatMap((cell) => claimsOf(cell, wordingsOf(cell)[1]?.text ?? ''));
}

function judge(what: string, claims: readonly Said[], atLeast: number): void {
  const judged = claims.map(({ question, isSo }) => {
    const turn = ask(question);
    const answered = /^(是的|不是)/mu.exec(turn.reply.text)?.[1];
    return { question, answered, isRight: answered === (isSo ? '是的' : '不是'), told: said(turn) };
  });
  const wrong = judged.filter(({ answered, isRight }) => answered && !isRight);
  const right = judged.filter(({ isRight }) => isRight).length;
  console.log(`      ${claims.length} claims ${what}: ${right} judged rightly, ${wrong.length} wrongly`);
  expect(some(wrong.map(({ question, told }) => `「${question}」 → ${told}`))).to.equal('');
  expect(right / claims.length).to.be.greaterThan(atLeast);
}
