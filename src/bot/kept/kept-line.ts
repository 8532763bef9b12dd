/**
 * A line that is kept: a question that was declined or asked back, or a vote on a reply. Who asked, in which conversation
 * and at what hour isn't kept.
 */
import { z } from 'zod';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

export const KeptLine = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('miss'),
    day,
    channel: z.string(),
    kind: z.enum(['decline', 'clarify']),
    question: z.string(),
  }),
  z.object({
    what: z.literal('vote'),
    day,
    channel: z.string(),
    vote: z.enum(['up', 'down']),
    /** Of the last vote on a reply the others are replaced. */
    replyId: z.string().optional(),
    question: z.string().optional(),
    comment: z.string().optional(),
  }),
]);
export type KeptLine = z.infer<typeof KeptLine>;
export type Miss = Extract<KeptLine, { what: 'miss' }>;
export type Vote = Extract<KeptLine, { what: 'vote' }>;
