/**
 * Answers of entries from Markdown to HTML. Raw HTML in them is shown as text, pictures as their words (pages load
 * nothing from elsewhere), and links lead to http(s) addresses and pages of this site only.
 */
import MarkdownIt from 'markdown-it';
import { type Html, trustedHtml } from './html';

const markdown = new MarkdownIt({ html: false, linkify: false }).disable('image');
markdown.validateLink = (address) => /^(https?:\/\/|\/(?![/\\])|#)/i.test(address.trim());
// The page's own headings are h1 and h2.
markdown.core.ruler.push('lower_headings', (state) => {
  for (const token of state.tokens) {
    if (token.type.startsWith('heading_')) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
  }
});

export function markdownHtml(text: string): Html {
  return trustedHtml(markdown.render(text));
}

/** The beginning of an answer in plain words, for lists. */
export function excerpt(text: string, length: number): string {
  const words = markdown
    .parse(text, {})
    .flatMap((token) => token.children ?? [])
    .map((token) =>
      token.type === 'text' || token.type === 'code_inline' ? token.content : token.type.endsWith('break') ? ' ' : '',
    )
    .join('')
    .trim();
  const characters = [...words];
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : words;
}
