/**
 * Whether an activity says that someone is here who wasn't, and wants to be told what this is.
 *
 * In a chat of one person that is the person. Teams tells it differently: the bot is what arrives, at its installation, and
 * in a team or group chat people come and go later, which is no reason to speak up again.
 */
import type { Activity } from 'botbuilder';

export function isArrival(activity: Activity): boolean {
  const { membersAdded, recipient, channelId, type, action } = activity;
  if (type === 'installationUpdate') return action === 'add'; // an update of the app is "add-upgrade"
  const arrived = membersAdded ?? [];
  if (channelId === 'msteams') return arrived.some(({ id }) => id === recipient?.id);
  return arrived.some(({ id }) => id !== recipient?.id);
}
