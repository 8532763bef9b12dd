/**
 * HTML as a tagged template in which everything put in is escaped, unless it is HTML made by the same tag.
 *
 * html`<p>${'<b>'}</p>` is <p>&lt;b&gt;</p>. Lists are put in one after the other; undefined, null and false are nothing.
 * Attributes must be quoted: html`<a href="${url}">`, and an address from outside has to be checked before.
 */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

export type Content = Html | string | number | undefined | null | false | readonly Content[];

export function html(strings: TemplateStringsArray, ...contents: Content[]): Html {
  return new Html(strings.reduce((before, after, place) => before + rendered(contents[place - 1]) + after));
}

/** For what another library has made safe (markdown.ts) and for nothing else. */
export function trustedHtml(text: string): Html {
  return new Html(text);
}

export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

function rendered(content: Content): string {
  if (content === undefined || content === null || content === false) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content));
  return content.map(rendered).join('');
}
