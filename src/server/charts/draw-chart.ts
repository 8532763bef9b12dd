/**
 * A chart as SVG, drawn by ECharts without a browser. One form for every screen, narrow enough for a phone: above each bar
 * its name to the left and its figure to the right, the bar below in its whole width, all bars from zero.
 *
 *     电话                          1,234 件
 *     ████████████████████████████████████
 *     互联网                          56 件
 *     ██
 *
 * Labels are text to ECharts and are escaped by it; nothing of a chart becomes markup.
 */
import type * as ECharts from 'echarts';
import type { ChartData } from '../../engine/answer-form';
import { linesOf } from './wrap-label';

export type Theme = 'light' | 'dark';

const WIDTH = 360;
const MARGIN = 14;
const FONT = 'Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif';
const LABEL = { size: 13, line: 17 };
const TITLE = { size: 14, line: 20 };
const BAR = 12;
const GAP = 12;

const COLOURS = {
  light: { paper: '#ffffff', ink: '#1b1f24', faint: '#4d5661', bar: '#0a4f9c', other: '#b45309', track: '#e3e8ee' },
  dark: { paper: '#1f262e', ink: '#e9edf2', faint: '#b3bcc7', bar: '#8fc1ff', other: '#ffb366', track: '#3d4854' },
} as const;

export function drawChart(chart: ChartData, theme: Theme): string {
  // Loaded when the first chart is drawn: it takes a fifth of a second, and whoever starts the service shouldn't wait for it.
  const echarts: typeof ECharts = require('echarts');
  const { option, height } = optionOf(chart, theme);
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    drawing.setOption(option);
    return drawing.renderToSVGString().replace('<svg ', `<svg role="img" aria-label="${attribute(chart.alt)}" `);
  } finally {
    drawing.dispose();
  }
}

function optionOf(
  { kind, title, unit, whole, bars }: ChartData,
  theme: Theme,
): { option: ECharts.EChartsOption; height: number } {
  const colour = COLOURS[theme];
  const inside = WIDTH - 2 * MARGIN;
  const head = linesOf(unit && unit !== '%' ? `${title}（${unit}）` : title, inside, TITLE.size);
  const foot = linesOf(whole ?? '', inside, LABEL.size);
  // The figure keeps its line; the name takes what is left, in as many lines as it needs.
  const names = bars.map(({ label, text }) => {
    const figure = linesOf(text, Number.POSITIVE_INFINITY, LABEL.size);
    return linesOf(label, inside - figure.width - GAP, LABEL.size).lines;
  });
  const rows = Math.max(...names.map((lines) => lines.length));
  const above = rows * LABEL.line + 3 + BAR / 2;
  const band = above + BAR / 2 + GAP;
  const top = MARGIN + (title ? head.lines.length * TITLE.line + 4 : 0);
  const bottom = MARGIN + (whole ? foot.lines.length * LABEL.line : 0);
  const height = top + bars.length * band - (whole ? 0 : GAP) + bottom;

  const text = { fontFamily: FONT, fontSize: LABEL.size, lineHeight: LABEL.line, color: colour.ink };
  // Where the line of zero runs through a name, the name is to be read.
  const side = (data: string[], position: 'left' | 'right'): ECharts.YAXisComponentOption => ({
    type: 'category',
    position,
    inverse: true,
    data,
    axisTick: { show: false },
    axisLine: { show: kind === 'change' && position === 'left', onZero: true, lineStyle: { color: colour.faint } },
    axisLabel: {
      ...text,
      textBorderColor: colour.paper,
      textBorderWidth: 4,
      inside: true,
      interval: 0,
      margin: 0,
      align: position,
      verticalAlign: 'bottom',
      padding: [0, 0, BAR / 2 + 3, 0],
    },
  });
  const values = bars.map(({ value }) => value);
  const option: ECharts.EChartsOption = {
    animation: false,
    backgroundColor: colour.paper,
    title: [
      { text: head.lines.join('\n'), left: MARGIN, top: MARGIN - 4, padding: 0, textStyle: titleStyle(colour.ink) },
      ...(whole
        ? [
            {
              text: foot.lines.join('\n'),
              left: MARGIN,
              bottom: MARGIN - 4,
              padding: 0,
              textStyle: { ...text, color: colour.faint, fontWeight: 'normal' as const },
            },
          ]
        : []),
    ],
    // ECharts puts a bar into the middle of its band; ours stands below the middle, under its name.
    grid: { left: MARGIN, right: MARGIN, top: top + above - band / 2, height: bars.length * band },
    xAxis: {
      show: false,
      type: 'value',
      // From zero, so that twice as much is twice as long; shares against all of the whole.
      min: Math.min(0, ...values),
      max: kind === 'share' ? 100 : Math.max(0, ...values) || 1,
    },
    yAxis: [
      side(
        names.map((lines) => lines.join('\n')),
        'left',
      ),
      side(
        bars.map((bar) => bar.text),
        'right',
      ),
    ],
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: BAR,
        barMinHeight: 1,
        showBackground: kind === 'share',
        backgroundStyle: { color: colour.track },
        data: bars.map(({ value, isEstimate }) => ({
          value,
          itemStyle: {
            // The thinnest bar is still one; nothing is none.
            color: value === 0 ? 'none' : value < 0 ? colour.other : isEstimate ? colour.track : colour.bar,
            ...(isEstimate && { borderColor: colour.bar, borderWidth: 1, borderType: 'dashed' as const }),
          },
        })),
      },
    ],
  };
  return { option, height };
}

function titleStyle(color: string) {
  return { fontFamily: FONT, fontSize: TITLE.size, lineHeight: TITLE.line, fontWeight: 'bold' as const, color };
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
