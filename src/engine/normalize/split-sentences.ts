/**
 * Several questions in one message: each sentence is answered in turn, as if asked one after the other, so
 * that 「…多少对？同比增长了多少？」 works like two messages.
 */
const END = /[。?!;？！；\n]+/u;
/** More would be a pasted text, not questions. */
const AT_MOST = 6;

export function splitSentences(text: string): string[] {
  return text
    .split(END)
    .map((s) => s.trim().replace(/^[,、:.\s]+|[,、:.\s]+$/gu, ''))
    .filter((s) => /[\p{L}\p{N}]/u.test(s))
    .slice(0, AT_MOST);
}
