/**
 * What is worth a picture beside the words: amounts that can be compared, shares of one whole, several 同比, and a figure
 * beside that of the year before. Data only; drawn by the server (src/server/charts), and every number of it goes through
 * the outgoing check as the text does.
 *
 *     { kind: 'share', title: '2024年占总计·诉求总量的比例', bars: [{ label: '企业诉求·诉求总量', value: 3.5, text: '3.5%' }], … }
 *
 * Not here: pictures of figures that can't be compared (other units, a rate whose 同比 has two readings): there are none.
 */
import type { ChartData } from '../answer-form';
import { isExact, middle } from '../compute/expression';
import type { Computed, Stated } from '../compute/result';
import { beforeOf } from '../compute/year-before';
import type { Spot } from '../vocabulary/spots';
import type { Draft } from './draft';
import type { Speaking } from './speaking';
import { amountText, changeOf, nameAmong, nameOf, roughText, sharedName, statedText } from './words-for';

const FEWEST = 2;
const MOST = 20;

type Bar = ChartData['bars'][number];
type Drawn = Pick<Draft, 'chart' | 'drawn'>;

/** The picture in words, for whoever doesn't see it. */
export function chartAlt({ title, bars, whole }: Pick<ChartData, 'title' | 'bars' | 'whole'>): string {
  const said = bars.map(({ label, text }) => `${label} ${text}`).join('；');
  return [title, [said, whole].filter(Boolean).join('；')].filter(Boolean).join('：');
}

/** Amounts of one unit, each a bar from zero. */
export function chartOf(stated: readonly Stated[], speaking: Speaking): Drawn {
  const spots = stated.map((s) => s.spot);
  const unit = stated[0]?.computed?.unit ?? '';
  const bars = stated.flatMap(({ spot, computed }): Bar[] =>
    computed?.unit === unit ? [barOf(nameAmong(spot, spots), computed)] : [],
  );
  // A bar for some of them would be read as all of them; less than nothing has no length.
  if (bars.length < stated.length || bars.some(({ value }) => value < 0)) return {};
  return drawn('bar', titleOf(spots, speaking), unit, bars);
}

/** Parts as shares of the same whole: a full bar is the whole. */
export function shareChart(
  shares: readonly { part: Stated; whole: Stated; share: Computed }[],
  { wording, year }: Speaking,
): Drawn {
  const [first] = shares;
  if (!first) return {};
  const ofOne = shares.filter(({ whole }) => whole.spot === first.whole.spot);
  const spots = ofOne.map(({ part }) => part.spot);
  // 市本级's part of 市本级 and 全市's of 全市 don't fit one bar.
  if (!shares.every(({ part }) => spots.includes(part.spot))) return {};
  const bars = ofOne.map(({ part, share }) =>
    barOf(spots.length > 1 ? nameAmong(part.spot, spots) : nameOf(part.spot), share),
  );
  if (bars.some(({ value }) => value < 0 || value > 100)) return {};
  const whole = { 年: String(year), 整体: nameOf(first.whole.spot), 整体数值: statedText(first.whole, wording) };
  return drawn('share', wording.say('图占比', whole), '%', bars, wording.say('图整体', whole));
}

/** Several 同比, to the right what rose and to the left what fell. What has none printed is in the table only. */
export function changeChart(stated: readonly Stated[], speaking: Speaking): Drawn {
  const changed = stated.filter(({ spot }) => changeOf(spot));
  const spots = changed.map(({ spot }) => spot);
  const bars = spots.flatMap((spot): Bar[] => {
    const change = changeOf(spot);
    if (!change) return [];
    const isUp = change.direction === 'up';
    const value = (isUp ? change.percent : change.percent.neg()).valueOf();
    return [{ label: nameAmong(spot, spots), value, text: `${change.digits}%（${isUp ? '↑' : '↓'}）` }];
  });
  return drawn('change', speaking.wording.say('图同比', { 名称: titleOf(spots, speaking) }), '%', bars);
}

/** A figure beside that of the year before, which is an estimate and drawn as one. */
export function yearsChart({ spot, computed }: Stated, { wording, year, comparedWith }: Speaking): Drawn {
  const before = beforeOf(spot);
  if (!computed || computed.isPercent || !before || !('expression' in before)) return {};
  const bars = [
    { ...barOf(wording.say('图上年', { 上年: String(comparedWith) }), before), isEstimate: true },
    barOf(wording.say('图今年', { 年: String(year) }), computed),
  ];
  if (bars.some(({ value }) => value < 0)) return {};
  return { ...drawn('bar', nameOf(spot), computed.unit, bars), drawn: [before] };
}

function drawn(kind: ChartData['kind'], title: string, unit: string, bars: Bar[], whole?: string): Drawn {
  if (bars.length < (kind === 'share' ? 1 : FEWEST) || bars.length > MOST) return {};
  const chart = { kind, title, unit, bars, ...(whole && { whole }) };
  return { chart: { ...chart, alt: chartAlt(chart) } };
}

function barOf(label: string, figure: Computed): Bar {
  if (isExact(figure.value)) return { label, value: figure.value.low.valueOf(), text: amountText(figure) };
  const text = `约 ${roughText(figure.value, figure)}`;
  return { label, value: middle(figure.value).valueOf(), text, isEstimate: true };
}

/** What the bars are of, as far as all of them share it. */
function titleOf(spots: readonly Spot[], { wording, year }: Speaking): string {
  return wording.say('图题', { 年: String(year), 名称: sharedName(spots) });
}
