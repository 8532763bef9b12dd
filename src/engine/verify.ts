/**
 * The outgoing check: every number in the reply is read back and has to be bound to a printed cell, to a
 * formula over printed cells that is computed again here, to a label, or to what the person said.
 *
 * It trusts neither compute nor compose: cells are taken from the library by their ids, formulas are
 * evaluated anew. A number that nothing accounts for withholds the whole reply.
 */
import Fraction from '../report/fraction';
import type { Library } from '../report/library';
import type { Cell, Change } from '../report/report';
import type { Reply } from './answer-form';
import type { Draft } from './compose/draft';
import { cellsIn, type Expression, evaluate } from './compute/expression';
import { formatNumber } from './compute/format-number';
import { cellsOf } from './vocabulary/spots';

export class UnboundNumber extends Error {
  readonly code = 'UNBOUND_NUMBER';
  constructor(readonly numbers: string[]) {
    super(`numbers in the reply that nothing accounts for: ${numbers.join(', ')}`);
  }
}

export interface Binding {
  library: Library;
  /** Finds labels and titles with digits in them: their numbers are names, where they stand as such. */
  labels: RegExp;
  /** Years of the reports, and numbers of the sentences themselves. */
  known: ReadonlySet<string>;
  /** Texts whose numbers aren't figures either: entries, the question itself. */
  quoted: readonly string[];
}

/** Throws UnboundNumber; otherwise the text may leave. */
export function verify(reply: Reply, { figures, quoted, options, drawn = [] }: Draft, binding: Binding): void {
  const allowed = new AllowedNumbers();
  const changes = new Set<string>();
  const allow = (value: Fraction) => allowed.addValue(value);
  for (const figure of figures) {
    if ('stated' in figure) {
      for (const cell of cellsOf(figure.stated.spot.source)) {
        const own = fromLibrary(cell, binding.library);
        allowCell(own, allow);
        if (own.figure.kind === 'number' && own.figure.change) changes.add(arrowOf(own.figure.change));
        // What the audit found about a cell may be quoted with it.
        for (const finding of own.report.findings)
          if (finding.cells.some((c) => c.id === own.id))
            for (const n of numbersIn(finding.message)) if (finding.verdict === 'disagrees') allowed.add(n);
      }
      if (figure.stated.computed) allowFormula(figure.stated.computed.expression, binding.library, allow);
    } else {
      allowFormula(figure.computed.expression, binding.library, allow);
    }
  }
  // Ordinals of what is offered, and addresses, are no figures.
  for (let i = 1; i <= options.length; i++) allowed.add(String(i));
  const addresses = [...reply.sources, ...reply.answer.entries].map(({ url }) => url);
  const unbound = numbersIn(withoutNames(reply.text, addresses, binding.labels)).filter(
    (number) => !allowed.has(number) && !binding.known.has(number),
  );
  // What was quoted is only read where figures don't account for all.
  if (unbound.length > 0) {
    const said = new Set([...quoted, ...binding.quoted].flatMap(numbersIn));
    for (const number of unbound.splice(0)) if (!said.has(number)) unbound.push(number);
  }
  // A picture's numbers go the same way; some figures are in the picture only.
  for (const { expression } of drawn) allowFormula(expression, binding.library, allow);
  const pictured = numbersIn(withoutNames(reply.chart?.alt ?? '', [], binding.labels));
  unbound.push(...pictured.filter((number) => !allowed.has(number) && !binding.known.has(number)));
  unbound.push(...wrongFigures(reply, binding.library));
  unbound.push(...turnedArrows(`${reply.text}\n${reply.chart?.alt ?? ''}`, changes));
  if (unbound.length > 0) throw new UnboundNumber(unbound);
}

/** The text without addresses and without the labels that name what it speaks of: what is left are figures. */
function withoutNames(text: string, addresses: readonly string[], labels: RegExp): string {
  return addresses.reduce((rest, address) => rest.replaceAll(address, ' '), text).replace(labels, ' ');
}

/** Finds any of the labels; none that begins or ends with a number inside a longer one: 1212345 办理 holds no 12345 办理. */
export function anyOf(labels: readonly string[]): RegExp {
  const longestFirst = [...labels].sort((a, b) => b.length - a.length);
  const literal = (label: string) =>
    (/^\d/u.test(label) ? '(?<!\\d)' : '') +
    label.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&') +
    (/\d$/u.test(label) ? '(?!\\d)' : '');
  return new RegExp(longestFirst.map(literal).join('|') || '(?!)', 'gu');
}

/** Structured figures that aren't what their own cells print. */
function wrongFigures({ answer }: Reply, library: Library): string[] {
  return answer.figures.flatMap(({ cell, value, change }) => {
    if (cell === null) return [];
    const figure = library.cell(cell)?.figure;
    if (figure?.kind !== 'number') return figure ? [] : [cell];
    const printed = figure.change;
    const isSame =
      figure.value.valueOf() === value &&
      (change?.printed ?? '') === (printed?.printed ?? '') &&
      change?.direction === printed?.direction;
    return isSame ? [] : [`${cell}: ${value}`];
  });
}

const ARROW = /(\d[\d,]*(?:\.\d+)?)%\s*[（(]([↑↓])[）)]/gu;

/** 「4.3%（↑）」 whose arrow no bound cell prints. */
function turnedArrows(text: string, changes: ReadonlySet<string>): string[] {
  return [...text.matchAll(ARROW)]
    .map(([, number, arrow]) => `${canonical(number as string)}${arrow}`)
    .filter((arrow) => !changes.has(arrow));
}

function arrowOf({ digits, direction }: Change): string {
  return `${canonical(digits)}${direction === 'up' ? '↑' : '↓'}`;
}

/** 1,234,567 → 1234567; 0.50 → 0.5: numbers as text, without grouping and idle zeros. */
export function numbersIn(text: string): string[] {
  return [...text.normalize('NFKC').matchAll(/\d[\d,]*(?:\.\d+)?/gu)].map(([n]) => canonical(n));
}

function canonical(number: string): string {
  if (/^[1-9]\d*$/.test(number)) return number;
  const plain = number.replace(/,/g, '');
  return (plain.includes('.') ? plain.replace(/0+$/, '').replace(/\.$/, '') : plain).replace(/^0+(?=\d)/, '');
}

/** The numbers that a reply may hold: values, however they are rounded or given in 万, and numbers as they are written. */
class AllowedNumbers {
  private readonly written = new Set<string>();
  private readonly values = new Map<string, Fraction>();
  /** By places behind the point; made when the reply has a number with so many. */
  private readonly rounded = new Map<number, Set<string>>();

  add(number: string): void {
    this.written.add(number);
  }

  addValue(value: Fraction): void {
    this.values.set(`${value.n}/${value.d}`, value.abs());
    this.rounded.clear();
  }

  has(number: string): boolean {
    return this.written.has(number) || this.roundedTo(number.split('.')[1]?.length ?? 0).has(number);
  }

  private roundedTo(places: number): ReadonlySet<string> {
    const known = this.rounded.get(places);
    if (known) return known;
    const forms = new Set<string>();
    for (const value of this.values.values()) {
      if (places <= PLACES) forms.add(canonical(formatNumber(value, places)));
      if (places <= PLACES_OF_TEN_THOUSANDS && value.compare(1000) >= 0)
        forms.add(canonical(formatNumber(value.div(10_000), places)));
    }
    this.rounded.set(places, forms);
    return forms;
  }
}

const PLACES = 3;
const PLACES_OF_TEN_THOUSANDS = 2;

function fromLibrary(cell: Cell, library: Library): Cell {
  const own = library.cell(cell.id);
  if (!own) throw new UnboundNumber([cell.id]);
  return own;
}

function allowCell({ figure }: Cell, allow: (value: Fraction) => void): void {
  if (figure.kind !== 'number') return;
  allow(figure.value);
  if (figure.scale !== 1) allow(figure.value.mul(figure.scale));
  if (figure.change) allow(figure.change.percent);
}

function allowFormula(expression: Expression, library: Library, allow: (value: Fraction) => void): void {
  const rebuilt = rebuild(expression, library);
  for (const cell of cellsIn(rebuilt)) allowCell(cell, allow);
  for (const step of stepsOf(rebuilt)) {
    const value = evaluate(step);
    allow(value.low);
    allow(value.high);
    allow(value.low.add(value.high).div(2));
  }
  // 1 ＋ 5.67% stands in formulas of last year.
  allow(new Fraction(1));
}

/** The same formula over the library's own cells. */
function rebuild(expression: Expression, library: Library): Expression {
  const own = (e: Expression) => rebuild(e, library);
  switch (expression.op) {
    case 'cell':
    case 'change':
    case 'before':
      return { ...expression, cell: fromLibrary(expression.cell, library) };
    case 'constant':
      return expression;
    case 'sum':
      return { op: 'sum', of: expression.of.map(own) };
    case 'difference':
    case 'times':
      return { op: expression.op, left: own(expression.left), right: own(expression.right) };
    case 'share':
      return { op: 'share', of: own(expression.of), whole: own(expression.whole) };
    case 'mean':
      return { op: 'mean', of: own(expression.of), per: own(expression.per) };
    case 'scaled':
      return { op: 'scaled', of: own(expression.of), factor: expression.factor };
  }
}

function stepsOf(expression: Expression): Expression[] {
  switch (expression.op) {
    case 'cell':
    case 'change':
    case 'before':
    case 'constant':
      return [expression];
    case 'sum':
      return [expression, ...expression.of.flatMap(stepsOf)];
    case 'difference':
    case 'times':
      return [expression, ...stepsOf(expression.left), ...stepsOf(expression.right)];
    case 'share':
      return [expression, ...stepsOf(expression.of), ...stepsOf(expression.whole)];
    case 'mean':
      return [expression, ...stepsOf(expression.of), ...stepsOf(expression.per)];
    case 'scaled':
      return [expression, ...stepsOf(expression.of), { op: 'constant', value: expression.factor }];
  }
}
