/**
 * Makes dist/fonts/chart.ttf, the Chinese letters that charts are drawn with as PNG (src/server/charts), of the font that
 * comes as a package. The renderer reads neither woff nor woff2, and draws blank labels without a word where it has no
 * letters. Run by `npm run build`; does nothing when the file is there already for this version of the package.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PACKAGE = '@fontsource/noto-sans-sc';
const FILE = 'files/noto-sans-sc-chinese-simplified-400-normal.woff';
const OUT = 'dist/fonts';

const require = createRequire(import.meta.url);
const description = require.resolve(`${PACKAGE}/package.json`);
const { version } = JSON.parse(readFileSync(description, 'utf8'));
const font = join(OUT, 'chart.ttf');
const stamp = join(OUT, 'chart.version');

if (!existsSync(font) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== version) {
  const { convert } = require('fontverter');
  mkdirSync(OUT, { recursive: true });
  // Renamed into place: a second build at the same time never reads half a font.
  const half = `${font}.${process.pid}`;
  writeFileSync(half, await convert(readFileSync(join(dirname(description), FILE)), 'sfnt'));
  renameSync(half, font);
  writeFileSync(stamp, version);
}
