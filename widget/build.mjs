/**
 * Bundles what runs in browsers into dist/widget: loader.js (the button), panel.js and panel.css (the chat). Run by
 * `npm run build`; takes a tenth of a second. The server compresses and serves the files (src/server/widget).
 */
import { build } from 'esbuild';

const shared = {
  bundle: true,
  minify: true,
  format: 'iife',
  // Phones of 2020: what Chinese in-app browsers of today are built on.
  target: ['chrome80', 'safari13.1', 'firefox78'],
  // Safari before 14.1 fails in rare forms of it that don't occur here.
  supported: { destructuring: true },
  charset: 'utf8',
  legalComments: 'none',
  outdir: 'dist/widget',
};

await Promise.all([
  build({ ...shared, entryPoints: { loader: 'widget/loader.ts' } }),
  build({
    ...shared,
    entryPoints: { panel: 'widget/panel/main.tsx' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
  }),
  build({ ...shared, entryPoints: { panel: 'widget/panel/panel.css' } }),
]);
