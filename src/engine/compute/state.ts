/** From a spot to the figure that it states. */
import type { Cell, NumberFigure } from '../../report/report';
import { cellsOf, type Spot } from '../vocabulary/spots';
import { type Expression, evaluate } from './expression';
import type { Computed, Stated } from './result';

export function state(spot: Spot): Stated {
  const expression = expressionOf(spot);
  return expression ? { spot, computed: computed(expression, unitOf(spot)) } : { spot };
}

/** The printed cell of a spot that is one; undefined for declared sums and remainders. */
export function cellOf(spot: Spot): Cell | undefined {
  return spot.source.kind === 'cell' ? spot.source.cell : undefined;
}

export function numberOf(spot: Spot): NumberFigure | undefined {
  const figure = cellOf(spot)?.figure;
  return figure?.kind === 'number' ? figure : undefined;
}

/** Undefined for words and blanks. `before`: as it was last year. */
export function expressionOf({ source }: Spot, year: 'this' | 'before' = 'this'): Expression | undefined {
  if (cellsOf(source).some((cell) => cell.figure.kind !== 'number')) return undefined;
  const leaf = (cell: Cell): Expression => ({ op: year === 'this' ? 'cell' : 'before', cell });
  switch (source.kind) {
    case 'cell':
      return leaf(source.cell);
    case 'sum':
      return { op: 'sum', of: source.cells.map(leaf) };
    case 'rest': {
      const [whole, ...more] = source.wholes.map(leaf) as [Expression, ...Expression[]];
      return source.parts.reduce<Expression>(
        (left, part) => ({ op: 'difference', left, right: leaf(part) }),
        more.length > 0 ? { op: 'sum', of: [whole, ...more] } : whole,
      );
    }
  }
}

/** 1.25 万次 in 次; what is printed without such a scale as it is. */
export function inBaseUnit(spot: Spot, expression: Expression): Computed {
  const factor = scaleOf(spot);
  if (factor === 1) return computed(expression, unitOf(spot));
  return computed({ op: 'scaled', of: expression, factor }, { ...unitOf(spot), unit: baseUnitOf(spot), decimals: 0 });
}

export function scaleOf(spot: Spot): number {
  return numberOf(spot)?.scale ?? 1;
}

/**
 * May the one be held against the other? 件 and 次 count, whatever they count; but half a 工作日 is not less than three 秒, and
 * neither is 万元 than 件.
 */
export function isAlike(a: Spot, b: Spot): boolean {
  const isCounted = ({ unitKind }: Spot) => unitKind === 'things' || unitKind === 'people';
  return a.unitKind === b.unitKind && (isCounted(a) || baseUnitOf(a) === baseUnitOf(b));
}

function baseUnitOf({ source }: Spot): string {
  const figure = cellsOf(source)[0]?.figure;
  return figure?.kind === 'number' ? figure.baseUnit : '';
}

export interface UnitForm {
  unit: string;
  isPercent: boolean;
  decimals: number;
}

export function unitOf(spot: Spot): UnitForm {
  const cell = cellsOf(spot.source)[0];
  const figure = cell?.figure.kind === 'number' ? cell.figure : undefined;
  return {
    unit: figure?.isPercent ? '%' : spot.measureUnit,
    isPercent: figure?.isPercent ?? false,
    decimals: figure?.decimals ?? 0,
  };
}

export function computed(expression: Expression, { unit, isPercent, decimals }: UnitForm): Computed {
  return { expression, value: evaluate(expression), unit, isPercent, decimals };
}
