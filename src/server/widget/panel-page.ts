/**
 * The page inside the frame: a head, and the settings of the panel as an attribute; the panel draws the rest. Its policy
 * lets it load its own script and style, speak to this service, and stand in the pages of the sites that are named.
 */
import { html } from '../pages/html';

export interface PanelSettings {
  title: string;
  welcome: string;
  examples: readonly string[];
}

export function panelPage(settings: PanelSettings, version: string): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${settings.title}</title>
<link rel="stylesheet" href="assets/panel.css?v=${version}">
<script src="assets/panel.js?v=${version}" defer></script>
</head>
<body>
<main id="app" data-settings="${JSON.stringify(settings)}"></main>
<noscript><p>对话要用 JavaScript。不用它也可以看<a href="." target="_blank" rel="noopener">报告的原表和百科</a>。</p></noscript>
</body>
</html>
`.text;
}

/**
 * `host` is the Host of the request: Safari before 15.4 doesn't take 'self' for the WebSocket of the same host. A host of
 * odd characters is left out, so that nothing can be smuggled into the policy.
 */
export function panelPolicy(origins: readonly string[], host: string): string {
  const sockets = /^[\w.-]+(:\d+)?$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...origins].join(' ')}`,
  ].join('; ');
}
