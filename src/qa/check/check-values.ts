/**
 * Holds the figures of a reply against the expected ones: value with unit and scale, 同比, direction, place. Both sides of a
 * reply are looked at, the structured answer and the words that a person reads.
 *
 * 123.5万件 with 约 fits 1234567 件, and without 约 it doesn't: whoever means the rounded number says so.
 */
import type { Answer, AnswerFigure } from '../../engine/answer-form';
import Fraction from '../../report/fraction';
import { splitUnit } from '../script/read-number';
import type { Expectation, ExpectedNumber, ExpectedValue, Field } from '../script/script';
import { type FindCell, isAt, placesOf, sayPlace } from './place';
import { changesIn, numbersIn } from './text-numbers';

export interface Fault {
  field: Field | '文字';
  expected: string;
  got: string;
}

export interface CheckedValues {
  faults: Fault[];
  /** Cells that an expectation was held against and that said the same. */
  cells: string[];
}

export function checkValues(expected: Expectation, answer: Answer, text: string, findCell: FindCell): CheckedValues {
  const placed = answer.figures.filter((figure) => stands(figure, expected, answer, findCell));
  if (expected.place.length > 0 && placed.length === 0) {
    const places = answer.figures.flatMap((figure) =>
      placesOf(figure, answer.provenance, findCell).slice(0, 1).map(placeOnly),
    );
    return { faults: [fault('出处', sayPlace(expected.place), places.join('；') || '没有给出数据')], cells: [] };
  }
  // Without a value, 同比 and direction are of whatever figure has them.
  const values: (ExpectedValue | undefined)[] =
    expected.values.length > 0 ? expected.values : needsFigure(expected) ? [undefined] : [];
  const checked = values.map((value, index) =>
    bestOf(placed, value, index === 0 ? expected : withoutChange(expected), text),
  );
  return { faults: checked.flatMap(({ faults }) => faults), cells: checked.flatMap(({ cell }) => cell ?? []) };
}

function placeOnly(path: string[]): string {
  return sayPlace(path.filter((piece) => !piece.includes('/')));
}

function stands(figure: AnswerFigure, { place }: Expectation, { provenance }: Answer, findCell: FindCell): boolean {
  return place.length === 0 || placesOf(figure, provenance, findCell).some((path) => isAt(path, place));
}

function needsFigure({ unit, change, direction, place }: Expectation): boolean {
  return unit !== undefined || change !== undefined || direction !== undefined || place.length > 0;
}

function withoutChange({ change: _, direction: __, ...rest }: Expectation): Expectation {
  return rest;
}

/** The figure that fits best; its faults are told, the others' would only confuse. */
function bestOf(
  figures: AnswerFigure[],
  value: ExpectedValue | undefined,
  expected: Expectation,
  text: string,
): { faults: Fault[]; cell: string | undefined } {
  const judged = figures.map((figure) => ({ figure, faults: faultsOf(figure, value, expected, text) }));
  const weight = (faults: Fault[]) => faults.reduce((sum, { field }) => sum + (field === '期望值' ? 100 : 1), 0);
  const [best] = judged.sort((a, b) => weight(a.faults) - weight(b.faults));
  if (!best) return { faults: [fault('期望值', value?.written ?? '一个数据', '没有给出数据')], cell: undefined };
  if (best.faults[0]?.field === '期望值') {
    const got = `${figures.map(sayFigure).join('；')}${figures.some((one) => isAlmost(one, value, expected)) ? ABOUT_HINT : ''}`;
    return { faults: [fault('期望值', String(value?.written), got)], cell: undefined };
  }
  return { faults: best.faults, cell: best.faults.length === 0 && best.figure.cell ? best.figure.cell : undefined };
}

const ABOUT_HINT = '（取整以后一致；写的是约数，就在前面加“约”）';

function isAlmost(figure: AnswerFigure, value: ExpectedValue | undefined, { unit }: Expectation): boolean {
  return value?.kind === 'number' && isSameValue(figure, { ...value, isAbout: true }, unit);
}

function faultsOf(
  figure: AnswerFigure,
  value: ExpectedValue | undefined,
  expected: Expectation,
  text: string,
): Fault[] {
  if (value && !isSameValue(figure, value, expected.unit)) return [fault('期望值', value.written, sayFigure(figure))];
  return [
    ...unitFaults(figure, value, expected.unit),
    ...changeFaults(figure, expected, text),
    ...(value ? textFaults(figure, value, text) : []),
  ];
}

/** In whatever scale either is: 12.34万次 is 123400 次. */
export function isSameValue(
  figure: Pick<AnswerFigure, 'cell' | 'value' | 'unit'>,
  value: ExpectedValue,
  unit: string | undefined,
): boolean {
  if (value.kind === 'blank') return typeof figure.value === 'string' && /^[—–-]*$/u.test(figure.value);
  if (value.kind === 'text') return figure.value === value.written;
  if (typeof figure.value !== 'number') return false;
  const printed = new Fraction(String(figure.value));
  const inUnits = printed.mul(splitUnit(figure.unit).scale);
  const wanted = scaledBy(value, value.unit || unit || '');
  if (isWithin(inUnits, wanted, figure)) return true;
  // No unit is written anywhere: 12.34 is meant as it is printed, in 万次 or whatever.
  return value.unit === '' && unit === undefined && isWithin(printed, value, figure);
}

/** 12.34 of 万次 is 123400 of 次. */
function scaledBy(value: ExpectedNumber, unit: string): ExpectedNumber {
  const { scale } = splitUnit(unit);
  return { ...value, low: value.low.mul(scale), high: value.high.mul(scale), half: value.half.mul(scale) };
}

/** What is computed is rounded when it is shown, and a script says what is shown. */
function isWithin(
  actual: Fraction,
  { low, high, half, isAbout }: ExpectedNumber,
  { cell }: Pick<AnswerFigure, 'cell'>,
): boolean {
  const slack = isAbout || cell === null ? half : new Fraction(0);
  return actual.gte(low.sub(slack)) && actual.lte(high.add(slack));
}

function unitFaults({ unit }: AnswerFigure, value: ExpectedValue | undefined, asked: string | undefined): Fault[] {
  const written = value?.kind === 'number' && value.unit ? value.unit : undefined;
  return [...new Set([asked, written])].flatMap((wanted) => {
    if (wanted === undefined) return [];
    const isFit = wanted === 'none' ? unit === '' : splitUnit(wanted).base === splitUnit(unit).base;
    return isFit ? [] : [fault('单位', wanted === 'none' ? '无' : wanted, unit || '无')];
  });
}

function changeFaults({ change }: AnswerFigure, expected: Expectation, text: string): Fault[] {
  const faults: Fault[] = [];
  const wantsNone = expected.change === 'none' || expected.direction === 'none';
  if (wantsNone && change) faults.push(fault('同比', '无', sayChange(change)));
  if (typeof expected.change === 'object') {
    const { percent, direction, written } = expected.change;
    if (!change || !percent.equals(new Fraction(String(change.value))))
      faults.push(fault('同比', written, sayChange(change)));
    else if (direction && direction !== change.direction) faults.push(fault('同比', written, sayChange(change)));
  }
  const { direction } = expected;
  if ((direction === 'up' || direction === 'down') && change?.direction !== direction) {
    faults.push(fault('方向', sayDirection(direction), change ? sayDirection(change.direction) : '没有同比'));
  }
  if (faults.length === 0 && change && (typeof expected.change === 'object' || direction)) {
    const percent = new Fraction(String(change.value));
    const said = changesIn(text).filter((one) => one.percent.equals(percent));
    if (!said.some((one) => one.direction === change.direction)) {
      faults.push(fault('文字', `说明${sayChange(change)}`, said.length > 0 ? '方向相反' : '文字里没有'));
    }
  }
  return faults;
}

/** The number as a person reads it, in the figure's unit. */
function textFaults(figure: AnswerFigure, value: ExpectedValue, text: string): Fault[] {
  const missing = [fault('文字', `写出 ${sayFigure(figure)}`, '文字里没有')];
  if (value.kind === 'text') return text.includes(value.written.toLowerCase()) ? [] : missing;
  return value.kind === 'blank' || isSaid(figure, text) ? [] : missing;
}

/** Exactly, or rounded where it is computed or the text says it in 万; with its unit behind it. */
export function isSaid({ value, unit, cell }: AnswerFigure, text: string): boolean {
  if (typeof value !== 'number') return true;
  const { scale, base } = splitUnit(unit);
  const exact = new Fraction(String(value)).mul(scale);
  return numbersIn(text).some(({ value: said, half, behind }) => {
    if (!behind.startsWith(base)) return false;
    return cell !== null ? said.equals(exact) : said.sub(exact).abs().lte(half);
  });
}

export function sayFigure({ value, unit }: AnswerFigure): string {
  if (typeof value === 'string') return value || '空白';
  return `${value}${unit === '%' ? '' : ' '}${unit}`.trim();
}

function sayChange(change: AnswerFigure['change']): string {
  return change ? `同比${sayDirection(change.direction)} ${change.value}%` : '没有同比';
}

function sayDirection(direction: 'up' | 'down'): string {
  return direction === 'up' ? '上升' : '下降';
}

function fault(field: Fault['field'], expected: string, got: string): Fault {
  return { field, expected, got };
}
