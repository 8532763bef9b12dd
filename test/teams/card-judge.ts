/** Judges a card with Microsoft's own renderer: whether it parses without a remark and every element is as it should be. */
import type { AdaptiveCard as OurCard } from '../../src/channels/botframework/teams/card/elements';

/** Its entry is for browsers; the bundle runs in node too. */
const renderer: typeof import('adaptivecards') = require('adaptivecards/dist/adaptivecards.js');
const { AdaptiveCard, SerializationContext, Versions } = renderer;

/** What Teams takes of a bot's message, in bytes. */
export const TEAMS_LIMIT_BYTES = 28 * 1024;
/** More of one set may be hidden. */
const MOST_BUTTONS = 5;
/** Of version 1.5 or older, and rendered by Teams on desktop and phone. */
const TEAMS_ELEMENTS = new Set([
  'RichTextBlock',
  'TextBlock',
  'Container',
  'Table',
  'Image',
  'Input.Text',
  'ActionSet',
]);

export function faultsOf(card: OurCard): string[] {
  const faults: string[] = [];
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(JSON.parse(JSON.stringify(card)), context);
  for (let at = 0; at < context.eventCount; at += 1) faults.push(context.getEventAt(at).message);
  faults.push(...parsed.validateProperties().validationEvents.map(({ message }) => message));
  if (parsed.getItemCount() !== card.body.length) faults.push('an element was dropped');
  if (!card.fallbackText) faults.push('no fallback text');
  for (const element of card.body) {
    if (!TEAMS_ELEMENTS.has(element.type)) faults.push(`${element.type} is none that we know Teams to render`);
    if (element.type === 'ActionSet' && element.actions.length > MOST_BUTTONS) faults.push('too many buttons in a set');
  }
  return faults;
}
