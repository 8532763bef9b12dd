import { type ConversationReference, TurnContext } from 'botbuilder';
import { expect } from 'chai';
import pino from 'pino';
import { IN_RESPONSE } from '../../src/channels/wecom/form/activity-messages';
import type { OutgoingMessage } from '../../src/channels/wecom/form/outgoing-message';
import { messageActivity } from '../../src/channels/wecom/message-activity';
import type { MessageSender } from '../../src/channels/wecom/sending/message-sender';
import { WeComAdapter } from '../../src/channels/wecom/wecom-adapter';
import { readMessage } from '../../src/channels/wecom/wire/incoming-message';
import { WORDING } from '../bot/fake-engine';
import { hastyClock, WECOM_WORDING } from './wecom-service';

const HEAD = { ToUserName: 'ww1', FromUserName: 'lisi', CreateTime: '1700000000', AgentID: '7' };
const read = (xml: Record<string, string>) => {
  const message = readMessage({ ...HEAD, ...xml });
  if (!message) throw new Error('not read');
  return message;
};

describe('messageActivity', () => {
  it('names the channel, the person, the app and the conversation of the two', () => {
    const activity = messageActivity(read({ MsgType: 'text', Content: '您好', MsgId: '9007199254740993' }));
    expect(activity).to.deep.include({
      type: 'message',
      id: '9007199254740993',
      channelId: 'wecom',
      text: '您好',
      locale: 'zh-CN',
      timestamp: new Date(1_700_000_000_000),
    });
    expect(activity?.from?.id).to.equal('lisi');
    expect(activity?.recipient?.id).to.equal('7');
    expect(activity?.conversation).to.deep.include({ id: 'wecom-7-lisi', isGroup: false, tenantId: 'ww1' });
  });

  it('makes a group one conversation, whoever speaks in it', () => {
    const said = (userId: string) => {
      const message = read({ MsgType: 'text', Content: '您好', MsgId: '1', FromUserName: userId });
      return messageActivity({ ...message, groupId: 'g1' })?.conversation;
    };
    expect(said('lisi')).to.deep.include({ id: 'wecom-7-g1', isGroup: true, conversationType: 'groupChat' });
    expect(said('wangwu')).to.deep.equal(said('lisi'));
  });

  it('hands on what isn’t text as an attachment', () => {
    const activity = messageActivity(read({ MsgType: 'image', MediaId: 'm', PicUrl: 'http://p/1', MsgId: '1' }));
    expect(activity?.attachments).to.deep.equal([
      { contentType: 'application/vnd.wecom.image', contentUrl: 'http://p/1', content: { mediaId: 'm' } },
    ]);
  });

  it('tells two events of one person in the same second apart, and a delivery from its repetition not', () => {
    const event = (EventKey: string) => read({ MsgType: 'event', Event: 'click', EventKey }).key;
    expect(event('甲')).to.equal(event('甲')).and.not.equal(event('乙'));
  });

  it('puts no name of a person into the id of an event: ids go to the log', () => {
    expect(read({ MsgType: 'event', Event: 'enter_agent' }).id).to.match(/^event-[0-9a-f]{16}$/);
  });
});

describe('WeComAdapter', () => {
  const sent: { to: string; message: OutgoingMessage }[] = [];
  const recalled: string[] = [];
  const sender = {
    send: async (to: string, message: OutgoingMessage) => {
      sent.push({ to, message });
      return `id-${sent.length}`;
    },
    recall: async (id: string) => void recalled.push(id),
    closeCard: async () => {},
  } as unknown as MessageSender;
  const adapterWith = (given: MessageSender | undefined) =>
    new WeComAdapter({
      sender: given,
      form: 'cards',
      inResponse: IN_RESPONSE.app,
      wording: WECOM_WORDING,
      apology: WORDING.apology,
      logger: pino({ level: 'silent' }),
      clock: hastyClock(),
    });
  beforeEach(() => {
    sent.length = 0;
  });

  it('speaks up unasked in a conversation it has a reference of, and takes a message back', async () => {
    const adapter = adapterWith(sender);
    let reference: Partial<ConversationReference> = {};
    await adapter.take(read({ MsgType: 'text', Content: '您好', MsgId: '1' }), async (context) => {
      reference = TurnContext.getConversationReference(context.activity);
    });
    await adapter.continueConversation(reference, async (context) => {
      const response = await context.sendActivity('报告更新了。');
      expect(response?.id).to.equal('id-1');
      await context.deleteActivity('id-1');
    });
    expect(sent).to.deep.equal([{ to: 'lisi', message: { msgtype: 'text', text: { content: '报告更新了。' } } }]);
    expect(recalled).to.deep.equal(['id-1']);
  });

  it('sends long texts in parts, in order', async () => {
    const lines = Array.from({ length: 150 }, (_, n) => `第 ${n} 行，一些字。`);
    await adapterWith(sender).take(read({ MsgType: 'text', Content: '您好', MsgId: '2' }), async (context) => {
      await context.sendActivity(lines.join('\n'));
    });
    const texts = sent.map(({ message }) => (message.msgtype === 'text' ? message.text.content : ''));
    expect(texts.length).to.be.greaterThan(1);
    expect(texts.join('\n')).to.equal(lines.join('\n'));
  });

  it('lets typing and traces go', async () => {
    await adapterWith(sender).take(read({ MsgType: 'text', Content: '您好', MsgId: '3' }), async (context) => {
      await context.sendActivities([{ type: 'typing' }, { type: 'trace' }]);
    });
    expect(sent).to.deep.equal([]);
  });

  it('says what it can’t do: change a message, or speak up without a secret', async () => {
    const codes: string[] = [];
    const keep = (error: Error & { code?: string }) => void codes.push(error.code ?? '');
    await adapterWith(sender).updateActivity().catch(keep);
    await adapterWith(undefined)
      .deleteActivity({} as TurnContext, { activityId: 'x' })
      .catch(keep);
    expect(codes).to.deep.equal(['NOT_SUPPORTED', 'NOT_SUPPORTED']);
  });
});
