/** Ways of asking for what has to be computed, in the order in which they are tried. */
import { rest } from './leaving-out';
import { mean } from './means';
import type { Rule } from './rule';
import { share } from './shares';
import { equalSum, sum } from './sums';
import { compareWith, difference, times } from './two-sides';

export const ARITHMETIC: readonly Rule[] = [rest, times, equalSum, difference, share, mean, sum, compareWith];
