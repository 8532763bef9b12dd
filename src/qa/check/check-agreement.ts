/**
 * Do the words of a reply and its structured answer say the same? Looked at in every turn, whatever its script asks for: a
 * card and a text that differ are a fault wherever they are found.
 *
 * Every figure of the answer has to stand in the words with its unit, and a rise may not be called a fall.
 */
import type { Answer } from '../../engine/answer-form';
import Fraction from '../../report/fraction';
import { type Fault, isSaid, sayFigure } from './check-values';
import { changesIn } from './text-numbers';

export function checkAgreement({ figures }: Answer, text: string): Fault[] {
  const said = changesIn(text);
  return figures.flatMap((figure): Fault[] => {
    if (!isSaid(figure, text))
      return [{ field: '文字', expected: `写出 ${sayFigure(figure)}（${figure.label}）`, got: '文字里没有' }];
    const { change } = figure;
    if (!change) return [];
    const percent = new Fraction(String(change.value));
    const same = said.filter((one) => one.percent.equals(percent));
    if (same.length === 0 || same.some(({ direction }) => direction === change.direction)) return [];
    const [right, wrong] = change.direction === 'up' ? ['上升', '下降'] : ['下降', '上升'];
    return [{ field: '文字', expected: `${right} ${change.value}%（${figure.label}）`, got: `文字写的是${wrong}` }];
  });
}
