/**
 * Do the scripts notice when the report says something else? In a copy of the report every printed figure is changed in
 * turn, by as little as can be: its value in the last digit, its 同比 in the last digit, the direction of it. Each change has
 * to make at least one row fail. A unit is printed once, at the head of a column, so all of them are changed in one more
 * copy; a row about each figure has to say that its unit is wrong.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Knowledge, loadKnowledge } from '../../src/engine/knowledge';
import type { Outcome } from '../../src/qa/run-scripts';
import type { Conversation } from '../../src/qa/script/script';
import { parseFigure } from '../../src/report/parse-figure';
import type { Cell } from '../../src/report/report';
import { outcomesOf, ownScripts, scriptOf } from './running';

const REPORT = 'lianyungang-2024';
const LINKS = { publicUrl: 'http://localhost:3978' };

type Kind = 'value' | 'direction' | 'change';
interface Mutation {
  cell: Cell;
  kind: Kind;
  printed: string;
  unit: string;
}

describe('a report that says something else', () => {
  let data = '';
  let copy: Knowledge;
  let conversationsAbout: Map<string, Conversation[]>;

  before(async function () {
    this.timeout(60_000);
    data = mkdtempSync(join(tmpdir(), 'mutated-'));
    cpSync('data', data, { recursive: true });
    copy = loadKnowledge({ data, dialogs: 'dialogs' }, LINKS);
    conversationsAbout = await whoAsksFor(copy);
  });
  after(() => rmSync(data, { recursive: true }));

  it('is noticed, whichever figure it is', async function () {
    this.timeout(120_000);
    const all = cells(copy).flatMap(mutationsOf);
    const missed: Mutation[] = [];
    for (const mutation of all) if (!(await isCaught(mutation))) missed.push(mutation);
    const told = (['value', 'change', 'direction'] as const).map((kind) => {
      const of = (some: Mutation[]) => some.filter((one) => one.kind === kind).length;
      return `${kind} ${of(all) - of(missed)} of ${of(all)}`;
    });
    console.log(`      ${all.length - missed.length} of ${all.length} changes caught: ${told.join(', ')}`);
    expect(
      missed.map(({ kind, cell, printed }) => `${kind} of ${cell.id}: ${cell.printed} → ${printed}`),
    ).to.deep.equal([]);
    expect(all).to.have.length.greaterThan(200);
  });

  it('is noticed, whichever unit it is', async function () {
    this.timeout(120_000);
    const original = readFileSync(file(), 'utf8');
    writeFileSync(file(), JSON.stringify(withOtherUnits(JSON.parse(original))));
    const changed = loadKnowledge({ data, dialogs: 'dialogs' }, LINKS);
    writeFileSync(file(), original);
    const numbers = cells(copy).filter(({ figure }) => figure.kind === 'number');
    const missed: string[] = [];
    for (const { id } of numbers) {
      // Told as a wrong unit; or not answered at all any more, where the question counts people: 人数 of 位.
      const isTold = (outcome: Outcome) => outcome.faults.some(({ field }) => field === '单位' || field === '应答方式');
      if (!(await isAny(conversationsAbout.get(id) ?? [], changed, isTold))) missed.push(id);
    }
    console.log(`      ${numbers.length - missed.length} of ${numbers.length} units caught`);
    expect(missed).to.deep.equal([]);
  });

  it('is noticed when it is changed in the file', async function () {
    this.timeout(60_000);
    const original = readFileSync(file(), 'utf8');
    const before = '"1281174 (↑15.66%)"';
    expect(original).to.include(before);
    writeFileSync(file(), original.replace(before, '"1281175 (↓15.66%)"'));
    const changed = loadKnowledge({ data, dialogs: 'dialogs' }, LINKS);
    writeFileSync(file(), original);
    const about = conversationsAbout.get(`${REPORT}/calls/all/answered-calls`) ?? [];
    const outcomes = await outcomesOf(scriptOf(about), { knowledge: changed });
    expect(outcomes.filter(({ passed }) => !passed)).to.not.deep.equal([]);
  });

  const file = () => join(data, 'reports', `${REPORT}.json`);

  /** The cell is changed for the length of one run, and put back. */
  async function isCaught({ cell, printed, unit }: Mutation): Promise<boolean> {
    const before = { printed: cell.printed, figure: cell.figure };
    const figure = parseFigure(printed, { measureUnit: unit, holdsWords: cell.figure.kind === 'text' });
    if (!figure) throw new Error(`${printed} is no figure`);
    Object.assign(cell, { printed, figure });
    try {
      return await isAny(conversationsAbout.get(cell.id) ?? [], copy, ({ passed }) => !passed);
    } finally {
      Object.assign(cell, before);
    }
  }
});

function cells({ library }: Knowledge): Cell[] {
  return library.newest().cells;
}

/** One conversation after the other, until one is as wanted. */
async function isAny(conversations: Conversation[], knowledge: Knowledge, isWanted: (outcome: Outcome) => boolean) {
  for (const conversation of conversations) {
    if ((await outcomesOf(scriptOf([conversation]), { knowledge })).some(isWanted)) return true;
  }
  return false;
}

/** Short ones first. */
async function whoAsksFor(knowledge: Knowledge): Promise<Map<string, Conversation[]>> {
  const about = new Map<string, Conversation[]>();
  const all = ownScripts().flatMap(({ conversations }) => conversations);
  for (const conversation of all.sort((a, b) => a.turns.length - b.turns.length)) {
    const outcomes = await outcomesOf(scriptOf([conversation]), { knowledge });
    for (const id of new Set(outcomes.flatMap((outcome) => outcome.cells))) {
      about.set(id, [...(about.get(id) ?? []), conversation]);
    }
  }
  return about;
}

function mutationsOf(cell: Cell): Mutation[] {
  const { figure, printed } = cell;
  if (figure.kind === 'text') return [{ cell, kind: 'value', printed: '良好', unit: '' }];
  if (figure.kind === 'blank') return [{ cell, kind: 'value', printed: '12', unit: cell.column.measureUnit }];
  const unit = figure.measureUnit;
  const mutations: Mutation[] = [
    { cell, kind: 'value', printed: printed.replace(figure.digits, lastDigitChanged(figure.digits)), unit },
  ];
  if (!figure.change) return mutations;
  const { digits } = figure.change;
  const at = printed.lastIndexOf(digits);
  return [
    ...mutations,
    {
      cell,
      kind: 'change',
      printed: printed.slice(0, at) + lastDigitChanged(digits) + printed.slice(at + digits.length),
      unit,
    },
    {
      cell,
      kind: 'direction',
      printed: printed.replace(/[↑↓]/, (arrow) => (arrow === '↑' ? '↓' : '↑')),
      unit,
    },
  ];
}

/** 1234 becomes 1235, 99.19 becomes 99.18. */
function lastDigitChanged(digits: string): string {
  const last = Number(digits.at(-1));
  return digits.slice(0, -1) + String(last === 9 ? 8 : last + 1);
}

interface ColumnForm {
  measureUnit?: string;
  words?: boolean;
  columns?: ColumnForm[];
}
interface ReportForm {
  parts: { tables: { columns: ColumnForm[]; rows: { cells: string[] }[] }[] }[];
}

/** Every unit another: 件 is 条, % is 分, 万次 is 万人, and where there was none there is one. */
function withOtherUnits(form: ReportForm): ReportForm {
  for (const { columns, rows } of form.parts.flatMap(({ tables }) => tables)) {
    const change = (column: ColumnForm, above: string): string[] => {
      const unit = column.measureUnit ?? above;
      const below = (column.columns ?? []).flatMap((child) => change(child, unit));
      if (column.measureUnit !== undefined || (!column.columns && unit === '' && !column.words)) {
        column.measureUnit = otherUnit(unit);
      }
      return column.columns ? below : [unit];
    };
    const units = columns.flatMap((column) => change(column, ''));
    for (const row of rows) {
      row.cells = row.cells.map((printed, index) => (units[index] === '%' ? printed.replace('%', '') : printed));
    }
  }
  return form;
}

function otherUnit(unit: string): string {
  if (unit === '%') return '分';
  if (unit.startsWith('万')) return '万人';
  return unit === '条' ? '件' : '条';
}
