/**
 * Computes a formula as it is shown to people, from its text alone: 「（1,280,274 ＋ 60,560）÷ 1,344,025」.
 *
 * A calculator of our own, so that what the engine says it did is checked by something that isn't the engine. A percent
 * sign behind a number is dropped where the number stands alone and divides by 100 within 1＋7.62%.
 */
export function computeFormula(shown: string): number {
  const tokens = [
    ...shown
      .normalize('NFKC')
      .replace(/[,\s]/g, '')
      .matchAll(/\d+(?:\.\d+)?%?|[-+−×÷()]/gu),
  ].map(([t]) => t);
  let at = 0;
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-' || tokens[at] === '−') {
      const sign = tokens[at++] === '+' ? 1 : -1;
      const isShare = tokens[at]?.endsWith('%') && value === 1;
      value += (sign * product()) / (isShare ? 100 : 1);
    }
    return value;
  };
  const product = (): number => {
    let value = term();
    while (tokens[at] === '×' || tokens[at] === '÷') {
      if (tokens[at++] === '×') value *= term();
      else value /= term();
    }
    return value;
  };
  const term = (): number => {
    const token = tokens[at++];
    if (token === '-' || token === '−') return -term();
    if (token === '(') {
      const inside = sum();
      at += 1;
      return inside;
    }
    return Number(token?.replace('%', ''));
  };
  const value = sum();
  return at === tokens.length ? value : Number.NaN;
}

/** The numbers that a formula starts from. */
export function numbersOf(shown: string): string[] {
  return [
    ...shown
      .normalize('NFKC')
      .replace(/,/g, '')
      .matchAll(/\d+(?:\.\d+)?/g),
  ].map(([number]) => number);
}
