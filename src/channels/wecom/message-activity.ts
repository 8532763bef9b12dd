/**
 * A message of the platform's as a Bot Framework activity on the channel `wecom`. A person and an app make a conversation;
 * coming in is a conversationUpdate, a press is a message that says what was pressed.
 *
 * Undefined: nothing the bot has to know of (somebody left, a position was sent in the background).
 */
import type { Activity, Attachment } from 'botbuilder';
import { ActivityTypes } from 'botbuilder';
import { sayOfKey } from './form/button-key';
import type { IncomingMessage } from './wire/incoming-message';

export const CHANNEL = 'wecom';

export function messageActivity(message: IncomingMessage): Partial<Activity> | undefined {
  const content = contentOf(message);
  if (!content) return undefined;
  const { corpId, userId, agentId, groupId, createdAt, id } = message;
  return {
    id,
    channelId: CHANNEL,
    timestamp: createdAt,
    locale: 'zh-CN',
    serviceUrl: 'wecom:',
    from: { id: userId, name: '', role: 'user' },
    recipient: { id: agentId || corpId, name: '', role: 'bot' },
    conversation: {
      id: `wecom-${agentId}-${groupId ?? userId}`,
      isGroup: groupId !== undefined,
      conversationType: groupId === undefined ? 'personal' : 'groupChat',
      name: '',
      tenantId: corpId,
    },
    ...content,
  };
}

function contentOf(message: IncomingMessage): Partial<Activity> | undefined {
  switch (message.kind) {
    case 'text':
      return { type: ActivityTypes.Message, text: message.text, textFormat: 'plain' };
    case 'press': {
      const say = sayOfKey(message.pressed);
      return { type: ActivityTypes.Message, text: say, textFormat: 'plain', value: { say } };
    }
    case 'enter':
      return { type: ActivityTypes.ConversationUpdate, membersAdded: [{ id: message.userId, name: '' }] };
    case 'file':
      return { type: ActivityTypes.Message, text: '', attachments: [attachment(message)] };
    case 'nothing':
      return undefined;
  }
}

function attachment({ type, mediaId, url, name }: Extract<IncomingMessage, { kind: 'file' }>): Attachment {
  return {
    contentType: `application/vnd.wecom.${type}`,
    ...(url && { contentUrl: url }),
    ...(name && { name }),
    content: { mediaId },
  };
}
