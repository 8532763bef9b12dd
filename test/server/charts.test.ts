import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import type { ChartData } from '../../src/engine/answer-form';
import { chartAlt } from '../../src/engine/compose/charts';
import { ChartAddresses, type ChartForm } from '../../src/server/charts/chart-address';
import { Busy, ChartPictures } from '../../src/server/charts/chart-pictures';
import { chartRoutes } from '../../src/server/charts/chart-routes';
import { drawChart } from '../../src/server/charts/draw-chart';
import { pngOf } from '../../src/server/charts/draw-png';
import { linesOf } from '../../src/server/charts/wrap-label';
import { type Service, startService } from './service';

const SECRET = 'a secret of the tests, long enough';
const PUBLIC = 'https://example.gov.cn/hotline';

function chartWith(parts: Partial<Omit<ChartData, 'alt'>> = {}): ChartData {
  const chart = {
    kind: 'bar' as const,
    title: '诉求来源',
    unit: '件',
    bars: [
      { label: '电话', value: 300, text: '300 件' },
      { label: '互联网', value: 100, text: '100 件' },
    ],
    ...parts,
  };
  return { ...chart, alt: chartAlt(chart) };
}

describe('the address of a chart', () => {
  const addresses = new ChartAddresses(SECRET, PUBLIC);
  const nameOf = (chart: ChartData, form?: ChartForm) => addresses.urlOf(chart, form).split('/').at(-1) ?? '';

  it('holds the chart, whatever its kind', () => {
    for (const chart of [
      chartWith(),
      chartWith({ kind: 'share', whole: '满格为总计 400 件' }),
      chartWith({ kind: 'change', bars: [{ label: '甲', value: -1.5, text: '1.5%（↓）', isEstimate: true }] }),
    ]) {
      expect(addresses.read(nameOf(chart, 'dark.svg'))).to.deep.equal({ chart, form: 'dark.svg' });
    }
  });

  it('stands below the public address and is the same each time', () => {
    expect(addresses.urlOf(chartWith())).to.match(
      /^https:\/\/example\.gov\.cn\/hotline\/charts\/[\w-]+\.[\w-]{22}\.png$/,
    );
    expect(addresses.urlOf(chartWith())).to.equal(new ChartAddresses(SECRET, PUBLIC).urlOf(chartWith()));
  });

  it('fits into a message, even of twenty bars with long names', () => {
    const bars = Array.from({ length: 20 }, (_, i) => ({
      label: `${'甲乙丙丁戊己庚辛壬癸'[i % 10]}服务平台·诉求来源·第${i}类`,
      value: 1_234_567 * (i + 1),
      text: `${(1_234_567 * (i + 1)).toLocaleString('en')} 件`,
    }));
    expect(addresses.urlOf(chartWith({ bars })).length).to.be.below(1024);
  });

  const signed = nameOf(chartWith());
  const [data = '', signature = ''] = signed.split('.');
  for (const [what, name] of Object.entries({
    'another secret': new ChartAddresses('another', PUBLIC).urlOf(chartWith()).split('/').at(-1) ?? '',
    'another chart under the same signature': `${nameOf(chartWith({ title: '别的' })).split('.')[0]}.${signature}.png`,
    'a changed letter': `${data.startsWith('a') ? 'b' : 'a'}${data.slice(1)}.${signature}.png`,
    'no signature': `${data}.png`,
    'half a signature': `${data}.${signature.slice(0, 11)}.png`,
    'another ending': signed.replace('.png', '.html'),
    nothing: '',
    'something else': '../../etc/passwd',
  })) {
    it(`is none with ${what}`, () => {
      expect(addresses.read(name)).to.equal(undefined);
    });
  }
});

describe('a chart as a picture', () => {
  const pixels = async (chart: ChartData) => (await pngOf(drawChart(chart, 'light'))).toString('base64');

  it('starts its bars at zero: three times as much is three times as long', () => {
    const [longer, shorter] = barsIn(drawChart(chartWith(), 'light'));
    expect(longer?.from).to.equal(shorter?.from);
    expect((longer?.length ?? 0) / (shorter?.length ?? 1)).to.be.closeTo(3, 0.05);
  });

  it('measures shares against all of the whole', () => {
    const chart = chartWith({
      kind: 'share',
      unit: '%',
      bars: [{ label: '甲', value: 25, text: '25%' }],
      whole: '满格为总计',
    });
    const lengths = barsIn(drawChart(chart, 'light')).map(({ length }) => length);
    expect((lengths[0] ?? 0) / (lengths[1] ?? 1)).to.be.closeTo(4, 0.1); // the track, and the part
  });

  it('draws what fell to the other side of zero than what rose', () => {
    const bars = [
      { label: '升', value: 10, text: '10%（↑）' },
      { label: '降', value: -5, text: '5%（↓）' },
    ];
    const [up, down] = barsIn(drawChart(chartWith({ kind: 'change', unit: '%', bars }), 'light'));
    expect(up?.from).to.equal(down?.from);
    expect(up?.length).to.be.greaterThan(0);
    expect(down?.length).to.be.lessThan(0);
  });

  it('draws no bar for nothing', () => {
    const svg = drawChart(chartWith({ bars: [{ label: '甲', value: 0, text: '0 件' }] }), 'light');
    expect(barsIn(svg)).to.deep.equal([]);
  });

  it('writes every name and figure beside its bar, and all of it into its label', () => {
    const chart = chartWith();
    const svg = drawChart(chart, 'light');
    const words = wordsIn(svg);
    for (const { label, text } of chart.bars) expect(words).to.include.members([label, text]);
    expect(words).to.include('诉求来源（件）');
    expect(svg).to.include(`aria-label="${chart.alt}"`);
  });

  it('has Chinese letters in the PNG: other names make another picture', async () => {
    const named = (label: string) => chartWith({ bars: [{ label, value: 1, text: '1 件' }] });
    const [one, other, blank] = await Promise.all(['电话', '企业', '　　'].map((label) => pixels(named(label))));
    expect(one).not.to.equal(other);
    expect(one).not.to.equal(blank);
    expect(
      Buffer.from(one ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).to.equal('PNG');
  });

  const VECTORS = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    ']]></style><script>alert(1)</script>',
    "' onload='alert(1)",
    '</text><a href="javascript:alert(1)">甲</a>',
    '&lt;script&gt;&#x3c;b&#x3e;',
    '{a|<b>}',
    '<!--<svg onload=alert(1)>',
  ];
  for (const evil of VECTORS) {
    it(`shows 「${evil}」 as letters`, async () => {
      const chart = chartWith({
        kind: 'share',
        title: evil,
        unit: evil,
        whole: evil,
        bars: [{ label: evil, value: 1, text: evil }],
      });
      const svg = drawChart(chart, 'light');
      const { elements, attributes } = markupIn(svg);
      expect([...elements].sort()).to.have.members(['svg', 'rect', 'path', 'text', 'style']);
      expect([...attributes].filter((name) => /^on|href$/i.test(name))).to.deep.equal([]);
      expect(wordsIn(svg).join('').replace(/\s/g, '')).to.include(evil.replace(/\s/g, ''));
      await pngOf(svg);
    });
  }
});

describe('the wrapping of a label', () => {
  it('keeps all characters and every line within its width', () => {
    const text = '“政风热线”上线期间收到诉求总量·互联网Internet来源（含微信）';
    const { lines } = linesOf(text, 130, 13);
    expect(lines.join('')).to.equal(text);
    expect(lines.length).to.be.greaterThan(2);
    for (const line of lines) expect(linesOf(line, Number.POSITIVE_INFINITY, 13).width).to.be.below(130 + 14);
  });
});

describe('the drawing of charts', () => {
  const drawn: string[] = [];
  const slow = async (chart: ChartData) => {
    drawn.push(chart.title);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (chart.title === '坏') throw new Error('broken');
    return Buffer.from(chart.title);
  };
  const titled = (title: string) => chartWith({ title });
  beforeEach(() => void drawn.splice(0));

  it('happens once for many who ask at the same time or later', async () => {
    const pictures = new ChartPictures({ kept: 5, atOnce: 1, mostWaiting: 1 }, slow);
    await Promise.all(Array.from({ length: 50 }, () => pictures.picture(titled('甲'), 'png')));
    await pictures.picture(titled('甲'), 'png');
    expect(drawn).to.deep.equal(['甲']);
  });

  it('refuses when too many wait, and goes on afterwards', async () => {
    const pictures = new ChartPictures({ kept: 5, atOnce: 1, mostWaiting: 1 }, slow);
    const asked = ['甲', '乙', '丙'].map((title) => pictures.picture(titled(title), 'png'));
    const ended = await Promise.allSettled(asked);
    expect(ended.map(({ status }) => status)).to.deep.equal(['fulfilled', 'fulfilled', 'rejected']);
    expect(ended[2]?.status === 'rejected' && ended[2].reason).to.be.instanceOf(Busy);
    expect(String(await pictures.picture(titled('丙'), 'png'))).to.equal('丙');
  });

  it('forgets the picture not asked for longest, and what went wrong', async () => {
    const pictures = new ChartPictures({ kept: 2, atOnce: 1, mostWaiting: 9 }, slow);
    for (const title of ['甲', '乙', '甲', '丙', '甲', '乙']) await pictures.picture(titled(title), 'svg');
    expect(drawn).to.deep.equal(['甲', '乙', '丙', '乙']);
    for (let i = 0; i < 2; i++) await pictures.picture(titled('坏'), 'svg').catch(() => undefined);
    expect(drawn.filter((title) => title === '坏')).to.have.length(2);
  });
});

describe('the service', () => {
  let service: Service;
  let addresses: ChartAddresses;
  before(async () => {
    addresses = new ChartAddresses(SECRET, '');
    service = await startService({ routes: [chartRoutes({ addresses, pictures: new ChartPictures() })] });
  });
  after(() => service.stop());
  const address = (form: ChartForm) => service.url + addresses.urlOf(chartWith(), form);

  for (const [form, type] of [
    ['png', 'image/png'],
    ['svg', 'image/svg+xml'],
    ['dark.svg', 'image/svg+xml'],
  ] as const) {
    it(`serves a chart as ${form}, to be kept for ever`, async () => {
      const response = await fetch(address(form));
      expect(response.status).to.equal(200);
      expect(response.headers.get('content-type')).to.equal(type);
      expect(response.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
      expect(response.headers.get('content-security-policy')).to.match(/^default-src 'none'.*sandbox$/);
      expect((await response.arrayBuffer()).byteLength).to.be.greaterThan(1000);
      expect((await fetch(address(form), { method: 'HEAD' })).status).to.equal(200);
    });
  }

  it('has no picture for an address that it did not sign', async () => {
    const response = await fetch(address('png').replace(/charts\/../, 'charts/AA'));
    expect(response.status).to.equal(404);
    expect(response.headers.get('cache-control')).to.equal('no-store');
  });
});

/** Bars as drawn: `M14 60l332 0l0 12l-332 0Z`, in the colours of bars. */
function barsIn(svg: string): { from: number; length: number }[] {
  const shapes = svg.matchAll(/<path d="M([\d.]+) [\d.]+l(-?[\d.]+) 0l0 [-\d.]+l-?[\d.]+ 0Z"[^>]*fill="(#\w+)"/g);
  return [...shapes].map(([, from, length]) => ({ from: Number(from), length: Number(length) }));
}

function parse(svg: string): unknown {
  return new XMLParser({ ignoreAttributes: false, preserveOrder: true, trimValues: false }).parse(svg);
}

function wordsIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => decoded(text ?? ''));
}

function decoded(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

function markupIn(svg: string) {
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const walk = (nodes: Record<string, unknown>[]) => {
    for (const node of nodes) {
      for (const [name, inside] of Object.entries(node)) {
        if (name === ':@') for (const key of Object.keys(inside as object)) attributes.add(key.replace('@_', ''));
        else if (!name.startsWith('#')) {
          elements.add(name);
          walk(inside as Record<string, unknown>[]);
        }
      }
    }
  };
  walk(parse(svg) as Record<string, unknown>[]);
  return { elements, attributes };
}
