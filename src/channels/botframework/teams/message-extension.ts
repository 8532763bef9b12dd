/**
 * The search in Teams' compose box: what is typed goes to the figures (figure-answers.ts), each comes back as a line of the
 * list and, behind it, the card that choosing it puts into the message. No second call is needed for that.
 *
 * The form of request and response is Teams' own (`composeExtension/query`).
 */
import { z } from 'zod';
import type { Reply } from '../../../engine/answer-form';
import { CARD_TYPE } from './card/elements';
import { type CardParts, replyCard } from './card/reply-card';
import type { FigureAnswers } from './search/figure-answers';
import type { TeamsWording } from './wording';

/** One command, and one parameter, named in the manifest. */
export const SEARCH_COMMAND = 'searchFigures';
export const SEARCH_PARAMETER = 'words';
/** What fits on a screen; Teams asks for up to 25 at once. */
const MOST_RESULTS = 10;
const LONGEST_SEARCH = 100;

const Query = z.object({
  commandId: z.literal(SEARCH_COMMAND),
  parameters: z
    .array(z.object({ name: z.string().max(100), value: z.unknown() }).passthrough())
    .max(10)
    .default([]),
  queryOptions: z
    .object({ skip: z.number().int().min(0).max(1000).default(0), count: z.number().int().min(1).max(100).optional() })
    .default({}),
});

export interface SearchParts {
  answers: FigureAnswers;
  card: CardParts;
  wording: TeamsWording['search'];
}

/** Undefined: not a query of ours. */
export function searchFigures(value: unknown, parts: SearchParts): object | undefined {
  const read = Query.safeParse(value);
  if (!read.success) return undefined;
  const { parameters, queryOptions } = read.data;
  const { skip, count = MOST_RESULTS } = queryOptions;
  const most = Math.min(count, MOST_RESULTS);
  const typed = parameters.find(({ name }) => name === SEARCH_PARAMETER)?.value;
  // When the box is opened Teams sends a parameter `initialRun` and no words.
  const words = typeof typed === 'string' ? typed.slice(0, LONGEST_SEARCH) : '';
  const replies = parts.answers.find(words, skip + most).slice(skip);
  if (replies.length === 0 && skip === 0) {
    return { composeExtension: { type: 'message', text: parts.wording.nothing } };
  }
  return {
    composeExtension: {
      type: 'result',
      attachmentLayout: 'list',
      attachments: replies.map((reply) => ({
        contentType: CARD_TYPE,
        content: replyCard(reply, parts.card, { hasBot: false }),
        preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: lineOf(reply) },
      })),
    },
  };
}

/** 「“某热线”满意率」, 「12.34%　同比上升 5.6%（↑）」 and where it stands. */
function lineOf({ headline, sentences, answer }: Reply): { title: string; text: string } {
  const figure = headline && [headline.figure, headline.change].filter(Boolean).join('　');
  const [place] = answer.provenance;
  return {
    title: headline?.label ?? sentences[0] ?? '',
    text: html([figure, place && `${place.section} › ${place.table}`].filter(Boolean).join('<br>')),
  };
}

/** The list reads a text as HTML; only the break is meant as such. */
function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('&lt;br&gt;', '<br>');
}
