/**
 * An SVG as PNG, for the channels that show no SVG. Drawn off the main thread, with the one font that npm run build has
 * made: fonts of the machine would make pictures differ from machine to machine, and without Chinese letters the renderer
 * leaves labels blank and says nothing.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderAsync } from '@resvg/resvg-js';
import { ProblemsFound } from '../../problems';

/** Beside the compiled server; from the sources it is the same place. */
const FONT = resolve(__dirname, '../../../dist/fonts/chart.ttf');
const FAMILY = 'Noto Sans SC';
/** Points a pixel: sharp on a phone. */
const ZOOM = 2;

/** To be asked at start-up; throws ProblemsFound. */
export function assertFont(font = FONT): void {
  if (existsSync(font)) return;
  const file = 'dist/fonts/chart.ttf';
  throw new ProblemsFound([{ file, place: '', expected: '画图用的中文字体（npm run build）', found: '打不开的文件' }]);
}

export async function pngOf(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { fontFiles: [FONT], loadSystemFonts: false, defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
  });
  return image.asPng();
}
