/**
 * Answers of entries from Markdown to HTML. Raw HTML in them is shown as text, pictures as their words (pages load
 * nothing from elsewhere), and links lead to http(s) addresses and pages of this site only.
 */
import MarkdownIt, { type Token } from 'markdown-it';
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

function wordsOf({ type, content }: Token): string {
  if (type === 'text' || type === 'code_inline') return content;
  return type.endsWith('break') ? ' ' : '';
}

/** The beginning of an answer in plain words, for lists. */
export function excerpt(text: string, length: number): string {
  const words = markdown
    .parse(text, {})
    .filter(({ children }) => children)
    .map(({ children }) => children?.map(wordsOf).join(''))
    // Paragraphs, and the items of a list.
    .join(' ')
    .trim();
  const characters = [...words];
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : words;
}
