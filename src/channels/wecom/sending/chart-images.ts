/**
 * Charts as images of the platform: drawn, uploaded, and known by a media_id that lives three days, so that the chart of a
 * question that many ask is uploaded once.
 *
 * The person has the answer already when this begins; a chart is worth a try and a second one, not minutes of waiting.
 */
import type { ChartData } from '../../../engine/answer-form';
import type { Clock } from './clock';
import type { MessageSender } from './message-sender';

/** Four hours less than the platform keeps it. */
const KEPT_MS = (72 - 4) * 60 * 60 * 1000;
const MOST = 500;

export type DrawChart = (chart: ChartData) => Promise<Buffer>;

export class ChartImages {
  private readonly known = new Map<string, { mediaId: Promise<string>; until: number }>();

  constructor(
    private readonly sender: Pick<MessageSender, 'upload'>,
    private readonly draw: DrawChart,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Throws NotSent, or what went wrong in the drawing. */
  mediaIdOf(chart: ChartData, about: string): Promise<string> {
    const key = JSON.stringify(chart);
    const known = this.known.get(key);
    if (known && this.clock.now() < known.until) return known.mediaId;
    const mediaId = this.draw(chart).then((png) => this.sender.upload(png, about));
    this.known.delete(key);
    this.known.set(key, { mediaId, until: this.clock.now() + KEPT_MS });
    mediaId.catch(() => this.known.delete(key));
    const [oldest] = this.known.keys();
    if (this.known.size > MOST && oldest !== undefined) this.known.delete(oldest);
    return mediaId;
  }

  /** The platform wouldn't send it: the next time it is uploaded anew. */
  forget(chart: ChartData): void {
    this.known.delete(JSON.stringify(chart));
  }
}
