/**
 * Cuts a text into parts of at most so many bytes: at the end of a line if possible, else of a sentence, else between two
 * characters. Nothing but the line break or space at a cut is lost.
 */
import { byteLength } from './limits';

export function splitText(text: string, maxBytes: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const piece of piecesOf(text, maxBytes)) {
    if (part !== '' && byteLength(part + piece) > maxBytes) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '');
}

/** The first part, with a remark behind it if there is more. */
export function cutText(text: string, maxBytes: number, remark: string): string {
  if (byteLength(text) <= maxBytes) return text;
  const [first = ''] = splitText(text, maxBytes - byteLength(`\n${remark}`));
  return `${first}\n${remark}`;
}

/** Lines with their line breaks; a line that is too long in sentences; a sentence that is too long in runs of characters. */
function piecesOf(text: string, maxBytes: number): string[] {
  return text
    .split(/(?<=\n)/)
    .flatMap((line) => (byteLength(line) <= maxBytes ? [line] : line.split(/(?<=[。！？；])/)))
    .flatMap((sentence) => (byteLength(sentence) <= maxBytes ? [sentence] : runsOf(sentence, maxBytes)));
}

function runsOf(sentence: string, maxBytes: number): string[] {
  const runs: string[] = [];
  let run = '';
  for (const { segment } of CHARACTERS.segment(sentence)) {
    // A pile of accents can be one character and yet be longer than a message.
    for (const unit of byteLength(segment) <= maxBytes ? [segment] : [...segment]) {
      if (byteLength(run + unit) > maxBytes) {
        runs.push(run);
        run = '';
      }
      run += unit;
    }
  }
  return [...runs, run];
}

const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });
