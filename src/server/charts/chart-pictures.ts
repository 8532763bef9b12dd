/**
 * Draws charts at bounded cost: what was drawn is kept for a while, what is being drawn is drawn once, two at a time, and
 * when too many wait the next is refused (Busy) instead of making all wait longer.
 */
import type { ChartData } from '../../engine/answer-form';
import { CHART_FORMS, type ChartForm } from './chart-address';
import { drawChart } from './draw-chart';
import { pngOf } from './draw-png';

const KEPT = 200;
const AT_ONCE = 2;
const MOST_WAITING = 40;

export class Busy extends Error {
  readonly code = 'BUSY';
}

export interface Bounds {
  kept: number;
  atOnce: number;
  mostWaiting: number;
}

export class ChartPictures {
  /** Oldest use first. */
  private readonly kept = new Map<string, Promise<Buffer>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(
    private readonly bounds: Bounds = { kept: KEPT, atOnce: AT_ONCE, mostWaiting: MOST_WAITING },
    private readonly draw = drawn,
  ) {}

  /** Throws Busy. */
  picture(chart: ChartData, form: ChartForm): Promise<Buffer> {
    const key = `${CHART_FORMS.indexOf(form)} ${JSON.stringify(chart)}`;
    const known = this.kept.get(key);
    const picture = known ?? this.drawInTurn(chart, form);
    this.kept.delete(key);
    this.kept.set(key, picture);
    if (!known) picture.catch(() => this.kept.delete(key));
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.bounds.kept && oldest !== undefined) this.kept.delete(oldest);
    return picture;
  }

  private async drawInTurn(chart: ChartData, form: ChartForm): Promise<Buffer> {
    if (this.running < this.bounds.atOnce) this.running += 1;
    else {
      if (this.waiting.length >= this.bounds.mostWaiting) throw new Busy('BUSY');
      await new Promise<void>((go) => this.waiting.push(go)); // Whoever is done hands on its place.
    }
    try {
      return await this.draw(chart, form);
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

async function drawn(chart: ChartData, form: ChartForm): Promise<Buffer> {
  const svg = drawChart(chart, form === 'dark.svg' ? 'dark' : 'light');
  return form === 'png' ? pngOf(svg) : Buffer.from(svg);
}
