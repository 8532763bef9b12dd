/**
 * An activity as it comes over the wire, checked where it enters: what the bot and the SDK rely on has its right form, the
 * rest passes unread. Texts and ids are limited here, so that no key or log grows with what a stranger sends.
 */
import type { Activity } from 'botbuilder';
import { z } from 'zod';

const id = z.string().max(1000);
const account = z.object({ id }).passthrough();
const moment = z.coerce.date().optional().catch(undefined);

const IncomingActivity = z
  .object({
    type: z.string().min(1).max(100),
    id: id.nullish(),
    channelId: z.string().max(100),
    serviceUrl: z.string().max(2000).nullish(),
    conversation: account,
    from: account,
    recipient: account.nullish(),
    text: z.string().nullish(),
    locale: z.string().max(100).nullish(),
    deliveryMode: z.string().max(100).nullish(),
    entities: z.array(z.object({ type: z.string().nullish() }).passthrough()).nullish(),
    attachments: z.array(z.object({}).passthrough()).nullish(),
    membersAdded: z.array(account).nullish(),
    membersRemoved: z.array(account).nullish(),
    timestamp: moment,
    localTimestamp: moment,
    expiration: moment,
  })
  .passthrough();

/** Undefined: not an activity. */
export function readActivity(body: unknown): Activity | undefined {
  const read = IncomingActivity.safeParse(body);
  // The SDK's type promises more than any channel sends; what is used of it has been checked above.
  return read.success ? (read.data as unknown as Activity) : undefined;
}
