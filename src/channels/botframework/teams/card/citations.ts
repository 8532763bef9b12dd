/**
 * Citations as Teams shows them: 「[1]」 in the text of a message, and for each number an entity with the place in the
 * report and its address, which Teams opens as a small window.
 *
 * The limits are Teams' own: a message with a longer name or abstract is refused whole.
 */
import type { Entity } from 'botbuilder';
import type { Reply } from '../../../../engine/answer-form';
import { isWebAddress } from './elements';

const MOST = 20;
const NAME_LETTERS = 80;
const ABSTRACT_LETTERS = 160;
const KEYWORD_LETTERS = 28;

export function citationsOf({ sources, headline, answer }: Reply): Entity[] {
  if (sources.length === 0) return [];
  const abstract = headline ? [headline.label, headline.figure, headline.change].filter(Boolean).join(' ') : '';
  const citation = sources.slice(0, MOST).map(({ line, url }, index) => ({
    '@type': 'Claim',
    position: index + 1,
    appearance: {
      '@type': 'DigitalDocument',
      name: shortened(line, NAME_LETTERS),
      abstract: shortened(abstract || line, ABSTRACT_LETTERS),
      ...(isWebAddress(url) && { url }),
      ...(answer.grade && { keywords: [answer.grade.slice(0, KEYWORD_LETTERS)] }),
    },
  }));
  return [
    { type: 'https://schema.org/Message', '@type': 'Message', '@context': 'https://schema.org', '@id': '', citation },
  ];
}

/** 「 [1][2]」 */
export function citationMarks({ sources }: Reply): string {
  const marks = sources.slice(0, MOST).map((_, index) => `[${index + 1}]`);
  return marks.length > 0 ? ` ${marks.join('')}` : '';
}

/** The end tells places apart, the beginning is the report's own parts. */
function shortened(text: string, most: number): string {
  return text.length <= most ? text : `…${text.slice(1 - most)}`;
}
