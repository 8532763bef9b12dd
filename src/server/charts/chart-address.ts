/**
 * The address of a chart holds the chart itself and our signature under it, so that any instance can draw it at any time,
 * with nothing kept, and nobody can have other words drawn in our name:
 *
 *     /charts/<data, deflated>.<signature>.png      also .svg and .dark.svg
 *
 * A few hundred characters for twenty bars. It never changes its meaning and may be cached for ever.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { ChartData } from '../../engine/answer-form';
import { chartAlt } from '../../engine/compose/charts';

export const CHART_FORMS = ['png', 'svg', 'dark.svg'] as const;
export type ChartForm = (typeof CHART_FORMS)[number];

/** As it stands in the address: no names of fields, and nothing that follows from the rest. */
const Packed = z.tuple([
  z.enum(['bar', 'share', 'change']),
  z.string(),
  z.string(),
  z.string(),
  z.array(z.tuple([z.string(), z.number(), z.string(), z.union([z.literal(0), z.literal(1)])])),
]);

const NAME = /^([\w-]{1,8000})\.([\w-]{22})\.(png|svg|dark\.svg)$/;
const SIGNATURE_BYTES = 16;
const MOST_BYTES = 32_768;

export class ChartAddresses {
  private readonly key: Buffer;

  /** The secret is that of the web chat: what signs pictures is derived from it and signs nothing else. */
  constructor(
    secret: string,
    private readonly publicUrl: string,
  ) {
    this.key = createHmac('sha256', secret).update('charts').digest();
  }

  urlOf(chart: ChartData, form: ChartForm = 'png'): string {
    const { kind, title, unit, whole = '', bars } = chart;
    const packed: z.infer<typeof Packed> = [
      kind,
      title,
      unit,
      whole,
      bars.map(({ label, value, text, isEstimate }) => [label, value, text, isEstimate ? 1 : 0]),
    ];
    const data = deflateRawSync(JSON.stringify(packed), { level: 9 }).toString('base64url');
    return `${this.publicUrl}/charts/${data}.${this.signature(data).toString('base64url')}.${form}`;
  }

  /** What the last part of an address stands for; undefined if it isn't one that this secret signed. */
  read(name: string): { chart: ChartData; form: ChartForm } | undefined {
    const [, data, signature, form] = NAME.exec(name) ?? [];
    if (data === undefined || signature === undefined || form === undefined) return undefined;
    if (!timingSafeEqual(this.signature(data), Buffer.from(signature, 'base64url'))) return undefined;
    const json = inflateRawSync(Buffer.from(data, 'base64url'), { maxOutputLength: MOST_BYTES }).toString();
    const [kind, title, unit, whole, packedBars] = Packed.parse(JSON.parse(json));
    const bars = packedBars.map(([label, value, text, isEstimate]) => ({
      label,
      value,
      text,
      ...(isEstimate && { isEstimate: true }),
    }));
    const chart = { kind, title, unit, bars, ...(whole && { whole }) };
    return { chart: { ...chart, alt: chartAlt(chart) }, form: form as ChartForm };
  }

  private signature(data: string): Buffer {
    return createHmac('sha256', this.key).update(data).digest().subarray(0, SIGNATURE_BYTES);
  }
}
