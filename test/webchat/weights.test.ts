import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { panelPage } from '../../src/server/widget/panel-page';
import { readBundles } from '../../src/server/widget/widget-routes';
import { get, siteOf } from '../pages/site';

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

describe('what a phone has to load, compressed', () => {
  const bundles = readBundles();
  const page = Buffer.from(panelPage({ title: '某网站', welcome: '您好', examples: ['甲', '乙'] }, 'v'));
  const report = Buffer.from(get(siteOf(), '/report/lianyungang-2024').body);
  const panel = [bundles['panel.js'].plain, bundles['panel.css'].plain, page];
  const weights: [name: string, parts: Buffer[], limitKb: number][] = [
    ['the button', [bundles['loader.js'].plain], 5],
    ['the panel', panel, 100],
    ['the report', [report], 60],
  ];
  for (const [name, parts, limitKb] of weights) {
    const gzip = parts.reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0);
    const brotli = parts.reduce((sum, part) => sum + brotliCompressSync(part).length, 0);
    it(`${name}: gzip ${kilobytes(gzip)}, brotli ${kilobytes(brotli)}, at most ${limitKb} KB`, () => {
      expect(gzip).to.be.at.most(limitKb * 1024);
      console.log(`    ${name}: gzip ${kilobytes(gzip)}, brotli ${kilobytes(brotli)} (limit ${limitKb} KB)`);
    });
  }
});
