/**
 * Every cell of a report can be asked for, in a dozen ways and more, and none of them gets a wrong figure.
 *
 * What is expected comes from the report alone (wordings.ts): the cell's own value, unit and 同比; or, where the words fit
 * several cells, a question back that offers it.
 */
import { expect } from 'chai';
import type { Turn } from '../../src/engine/answer';
import type { Knowledge } from '../../src/engine/knowledge';
import type { Cell, Report } from '../../src/report/report';
import { ask, cellsAnswered, report, said, served, some, syntheticAlone } from './asking';
import { followsFromItsFormula, sayCell, statesRightly } from './figures';
import { fitting, type Wording, wordingsOf } from './wordings';

const AT_LEAST = 12;

type Judgement =
  | 'right'
  /** Right, beside other figures of the same table. */
  | 'among others'
  /** Several cells fit, and the report's own default was answered: the headline table. */
  | 'default'
  | 'asked back'
  /** Faults, none of which misleads: */
  | 'asked back needlessly'
  | 'asked back without it'
  | 'without a figure'
  | 'declined'
  /** The gravest: another cell's figure, or a figure that isn't what is printed. */
  | 'wrong';

const FAULTS: Judgement[] = ['asked back needlessly', 'asked back without it', 'without a figure', 'declined'];

for (const { name, load, id } of [
  { name: 'the served report', load: served, id: 'lianyungang-2024' },
  { name: 'a report of another city', load: syntheticAlone, id: 'linjiang-2023' },
]) {
  describe(`every cell of ${name}`, function () {
    // Thousands of questions: on a busy machine they take their time.
    this.timeout(300_000);
    let asked: { cell: Cell; wording: Wording; judgement: Judgement; turn: Turn }[] = [];

    before(() => {
      const knowledge = load();
      const whole = report(knowledge, id);
      asked = whole.cells.flatMap((cell) => wordingsOf(cell).map((wording) => judged(cell, wording, whole, knowledge)));
      const counts = new Map<Judgement, number>();
      for (const { judgement } of asked) counts.set(judgement, (counts.get(judgement) ?? 0) + 1);
      console.log(
        `      ${whole.cells.length} cells, ${asked.length} wordings: ${[...counts].map(([judgement, count]) => `${judgement} ${count}`).join(', ')}`,
      );
    });

    it(`is asked for in ${AT_LEAST} ways at least`, () => {
      const ways = new Map<string, number>();
      for (const { cell } of asked) ways.set(cell.id, (ways.get(cell.id) ?? 0) + 1);
      expect(ways.size).to.equal(report(load(), id).cells.length);
      expect([...ways].filter(([, count]) => count < AT_LEAST)).to.deep.equal([]);
    });

    it('is never mistaken for another', () => {
      expect(some(told('wrong'))).to.equal('');
    });

    it('is answered, or offered where the words fit several', () => {
      expect(some(FAULTS.flatMap(told))).to.equal('');
    });

    it('is answered once it is chosen from what was offered', () => {
      const offered = asked.filter(
        ({ judgement }) => judgement.startsWith('asked back') && judgement !== 'asked back without it',
      );
      const faults = offered.flatMap(({ cell, wording, turn }) => {
        const at = turn.focus.options.findIndex(({ spot }) => spot === cell.id);
        const choices = [turn.focus.options[at]?.say ?? '', String(at + 1), `第${at + 1}个`];
        return choices.flatMap((choice) => {
          const chosen = ask(choice, load(), turn.focus);
          const cells = cellsAnswered(chosen);
          return cells.length === 1 && cells[0] === cell.id
            ? []
            : [`「${wording.text}」「${choice}」 ${cell.id} → ${said(chosen)}`];
        });
      });
      expect(some(faults)).to.equal('');
    });

    function told(judgement: Judgement): string[] {
      return asked
        .filter((one) => one.judgement === judgement)
        .map(({ cell, wording, turn }) => `${judgement}: 「${wording.text}」 ${cell.id} → ${said(turn)}`);
    }
  });
}

function judged(cell: Cell, wording: Wording, whole: Report, knowledge: Knowledge) {
  const turn = ask(wording.text, knowledge);
  return { cell, wording, turn, judgement: judge(cell, wording, turn, whole) };
}

function judge(cell: Cell, wording: Wording, { reply, focus }: Turn, whole: Report): Judgement {
  const { kind, grade, figures } = reply.answer;
  const others = fitting(wording, whole).filter((one) => one !== cell);
  if (kind === 'clarify') {
    const isOffered = focus.options.some(({ spot }) => spot === cell.id);
    if (!isOffered) return 'asked back without it';
    return others.length > 0 ? 'asked back' : 'asked back needlessly';
  }
  const stated = figures.flatMap((figure) => whole.cellById.get(figure.cell ?? '') ?? []);
  const areRight = figures.every((figure) => {
    const printed = whole.cellById.get(figure.cell ?? '');
    return printed ? statesRightly(figure, printed) : followsFromItsFormula(figure, whole);
  });
  if (!areRight) return 'wrong';
  if (cell.figure.kind === 'blank') {
    if (grade === '未公布' && stated.every((one) => one === cell)) return 'right';
    return kind === 'answer' ? (stated.includes(cell) ? 'among others' : 'wrong') : 'declined';
  }
  if (kind !== 'answer') return 'declined';
  if (figures.length === 0) return 'without a figure';
  if (stated.includes(cell)) {
    if (!reply.text.includes(sayCell(cell))) return 'wrong';
    if (stated.every((one) => one === cell || others.includes(one))) return 'right';
    return stated.every((one) => one.table === cell.table) ? 'among others' : 'wrong';
  }
  const areDefaults = stated.length > 0 && stated.every((one) => others.includes(one) && one.table.isHeadline);
  return areDefaults && !cell.table.isHeadline ? 'default' : 'wrong';
}
