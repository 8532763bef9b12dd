/**
 * The outgoing check, proved by sabotage: a figure is corrupted on its way from compute to compose, and the reply is
 * withheld. Nothing is patched: the stages are called as answer.ts calls them, or the whole road is given knowledge whose
 * cells have been tampered with behind the library's back.
 */
import { expect } from 'chai';
import type { Turn } from '../../src/engine/answer';
import { compose } from '../../src/engine/compose/compose';
import { render } from '../../src/engine/compose/render';
import type { Computed, Result, Stated } from '../../src/engine/compute/result';
import { NO_FOCUS } from '../../src/engine/conversation/focus';
import { readTurn } from '../../src/engine/conversation/read-turn';
import type { Knowledge } from '../../src/engine/knowledge';
import { UnboundNumber, verify } from '../../src/engine/verify';
import type { Spot } from '../../src/engine/vocabulary/spots';
import Fraction from '../../src/report/fraction';
import { libraryOf } from '../../src/report/library';
import { loadReports } from '../../src/report/load-reports';
import type { Cell, NumberFigure } from '../../src/report/report';
import { ask, report, said, served, some, TODAY } from './asking';
import { sayCell } from './figures';

describe('a figure corrupted between compute and compose', () => {
  const sabotages: { question: string; corrupt: (result: Result) => Result }[] = [
    { question: '企业诉求占诉求总量多少', corrupt: ofShare((by) => by.add(new Fraction('0.5'))) },
    { question: '企业诉求占诉求总量多少', corrupt: ofShare((by) => by.mul(10)) },
    { question: '群众诉求总量比企业诉求总量多多少', corrupt: ofDifference((by) => by.add(1)) },
    { question: '2024年政风热线期数', corrupt: ofPrinted((figure) => figure.add(1)) },
    { question: '2024年诉求总量', corrupt: ofPrinted((figure) => figure.mul(10)) },
    { question: '2024年政风热线满意率', corrupt: ofPrinted(() => new Fraction('98.78')) },
  ];

  for (const { question, corrupt } of sabotages) {
    it(`withholds the reply to 「${question}」`, () => {
      expect(() => send(question, (result) => result)).not.to.throw();
      expect(() => send(question, corrupt)).to.throw(UnboundNumber);
    });
  }
});

describe('cells tampered with behind the library', () => {
  const asked = report(served(), 'lianyungang-2024').cells.filter(({ figure }) => figure.kind === 'number');
  const question = ({ table, row, column }: Cell) =>
    [table.title || table.part.title, row.label, ...column.path.map(({ label }) => label)].join('');

  it('never get out, when a digit is changed', () => {
    const faults = asked.flatMap((cell) => escaped(cell, (figure) => withDigits(figure, changedDigit(figure.digits))));
    expect(some(faults)).to.equal('');
  });

  it('never get out, when another printed figure stands in their place', () => {
    const faults = asked.flatMap((cell, i) => {
      const other = asked.slice(i + 1).find((one) => numberOf(one).digits !== numberOf(cell).digits);
      return other ? escaped(cell, (figure) => withDigits(figure, numberOf(other).digits)) : [];
    });
    expect(some(faults)).to.equal('');
  });

  it('never get out, when the percentage of the 同比 is changed', () => {
    const faults = asked.flatMap((cell) =>
      escaped(cell, (figure) => {
        if (!figure.change) return undefined;
        const digits = changedDigit(figure.change.digits);
        return { ...figure, change: { ...figure.change, digits, percent: new Fraction(digits) } };
      }),
    );
    expect(some(faults)).to.equal('');
  });

  it('never get out, when the arrow is turned round', () => {
    const faults = asked.flatMap((cell) =>
      escaped(cell, (figure) => {
        if (!figure.change) return undefined;
        const direction = figure.change.direction === 'up' ? 'down' : 'up';
        return { ...figure, change: { ...figure.change, direction } };
      }),
    );
    expect(some(faults)).to.equal('');
  });

  /** The question is asked while the engine's own copy of the cell is wrong; a fault where the wrong figure is said. */
  function escaped(cell: Cell, corrupt: (figure: NumberFigure) => NumberFigure | undefined): string[] {
    const honest = ask(question(cell));
    const figure = corrupt(numberOf(cell));
    if (!figure || !honest.reply.answer.figures.some((one) => one.cell === cell.id)) return [];
    const turn = tampered(cell, figure, () => ask(question(cell), withLibraryOfItsOwn()));
    if (turn.fault && !turn.reply.text.includes(sayCell({ ...cell, figure }))) return [];
    return turn.reply.text === honest.reply.text ? [] : [`${cell.id}: ${said(turn)}`];
  }
});

/** The library is loaded anew; index and dictionary keep the cells that are tampered with. */
let tamperedWith: Knowledge | undefined;
function withLibraryOfItsOwn(): Knowledge {
  tamperedWith ??= { ...served(), library: libraryOf(loadReports('data/reports')) };
  const { library } = tamperedWith;
  return { ...served(), library: { ...library, reports: served().library.reports, find: served().library.find } };
}

function tampered(cell: Cell, figure: NumberFigure, during: () => Turn): Turn {
  const honest = cell.figure;
  cell.figure = figure;
  try {
    return during();
  } finally {
    cell.figure = honest;
  }
}

/** The road of answer.ts for one sentence, with a hand in it between compute and compose. */
function send(question: string, corrupt: (result: Result) => Result): void {
  const knowledge = served();
  const { context, result } = readTurn(question, NO_FOCUS, knowledge, TODAY);
  if (!result) throw new Error(`no result for ${question}`);
  const draft = compose(corrupt(result), context.speaking);
  const { wording, links, library } = knowledge;
  const reply = render(draft, { wording, links, entries: [], suggestions: [] });
  const years = library.reports.flatMap(({ year, comparedWith }) => [String(year), String(comparedWith)]);
  verify(reply, draft, { library, labels: knowledge.labels, known: new Set(years), quoted: [question] });
}

function ofShare(change: (value: Fraction) => Fraction): (result: Result) => Result {
  return (result) => {
    if (result.op !== 'share') throw new Error(`no share but ${result.op}`);
    return { ...result, shares: result.shares.map((one) => ({ ...one, share: otherValue(one.share, change) })) };
  };
}

function ofDifference(change: (value: Fraction) => Fraction): (result: Result) => Result {
  return (result) => {
    if (result.op !== 'difference') throw new Error(`no difference but ${result.op}`);
    return { ...result, by: otherValue(result.by, change) };
  };
}

/** The spot of a printed figure leads to a cell that isn't the library's. */
function ofPrinted(change: (value: Fraction) => Fraction): (result: Result) => Result {
  const corrupt = (one: Stated): Stated => {
    if (one.spot.source.kind !== 'cell' || !one.computed) throw new Error('no printed figure');
    const { cell } = one.spot.source;
    const value = change(numberOf(cell).value);
    const figure = { ...withDigits(numberOf(cell), value.toString()), value };
    const wrong: Cell = { ...cell, figure };
    const spot: Spot = { ...one.spot, source: { kind: 'cell', cell: wrong } };
    return { spot, computed: { ...otherValue(one.computed, change), expression: { op: 'cell', cell: wrong } } };
  };
  return (result) => {
    if (result.op !== 'figures') throw new Error(`no figures but ${result.op}`);
    return { ...result, stated: result.stated.map(corrupt) };
  };
}

function otherValue(computed: Computed, change: (value: Fraction) => Fraction): Computed {
  return { ...computed, value: { low: change(computed.value.low), high: change(computed.value.high) } };
}

function numberOf({ figure, id }: Cell): NumberFigure {
  if (figure.kind !== 'number') throw new Error(`no number in ${id}`);
  return figure;
}

function withDigits(figure: NumberFigure, digits: string): NumberFigure {
  return { ...figure, digits, value: new Fraction(digits), decimals: digits.split('.')[1]?.length ?? 0 };
}

/** 49722 becomes 59722: the first digit, one up. */
function changedDigit(digits: string): string {
  return `${(Number(digits[0]) % 9) + 1}${digits.slice(1)}`;
}
