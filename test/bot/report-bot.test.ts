import type { Activity, Storage } from 'botbuilder';
import { expect } from 'chai';
import type { Ask } from '../../src/bot/ask';
import { BoundedStorage, StorageConflict } from '../../src/bot/bounded-storage';
import { InProcessAdapter } from '../../src/bot/in-process-adapter';
import { ReportBot } from '../../src/bot/report-bot';
import { turnFailed } from '../../src/bot/turn-failed';
import { fakeAsk, recordingLogger, TODAY, WORDING } from './fake-engine';

function conversation(ask: Ask = fakeAsk, storage: Storage = new BoundedStorage()) {
  const { logger, lines } = recordingLogger();
  const adapter = new InProcessAdapter(new ReportBot({ ask, storage, wording: WORDING, today: () => TODAY }), 'test');
  adapter.onTurnError = turnFailed(logger, WORDING.apology);
  const texts = async (sent: Promise<Partial<Activity>[]>) => (await sent).map(({ text }) => text);
  return { adapter, lines, texts };
}

describe('ReportBot', () => {
  it('passes what was said with the day to the engine and replies in plain text with the structured answer', async () => {
    const [reply] = await conversation().adapter.say('甲是多少', 'c');
    expect(reply).to.deep.include({
      type: 'message',
      text: `1. 甲是多少 @${TODAY}`,
      textFormat: 'plain',
      locale: 'zh-CN',
    });
    expect(reply?.channelData.answer.kind).to.equal('talk');
    expect(reply?.suggestedActions?.actions).to.deep.equal([{ type: 'imBack', title: '再问一个', value: '再问一个' }]);
  });

  it('offers the choices of a clarification as buttons that show the label and send what to say', async () => {
    const [reply] = await conversation().adapter.say('哪个', 'c');
    expect(reply?.suggestedActions?.actions).to.deep.equal([{ type: 'imBack', title: '1. 甲', value: '1' }]);
    expect(reply?.inputHint).to.equal('expectingInput');
  });

  it('remembers the focus from turn to turn', async () => {
    const { adapter, texts } = conversation();
    await adapter.say('甲', 'c');
    expect(await texts(adapter.say('乙', 'c'))).to.deep.equal([`2. 乙 @${TODAY}`]);
  });

  it('never shares a focus between two persons of a group, nor between two conversations', async () => {
    const { adapter, texts } = conversation();
    await adapter.say('甲', 'group', 'Wang');
    expect(await texts(adapter.say('乙', 'group', 'Li'))).to.deep.equal([`1. 乙 @${TODAY}`]);
    expect(await texts(adapter.say('乙', 'another', 'Wang'))).to.deep.equal([`1. 乙 @${TODAY}`]);
  });

  it('takes no id for two: a slash or a quote in it leads to no other conversation', async () => {
    const { adapter, texts } = conversation();
    await adapter.say('甲', 'a', 'b","c');
    expect(await texts(adapter.say('乙', 'a","b', 'c'))).to.deep.equal([`1. 乙 @${TODAY}`]);
  });

  it('answers the turns of one conversation in the order they came', async () => {
    const slow = new BoundedStorage();
    const read = slow.read.bind(slow);
    slow.read = async (keys) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return read(keys);
    };
    const { adapter, texts } = conversation(fakeAsk, slow);
    const replies = await Promise.all(['甲', '乙', '丙'].map((text) => texts(adapter.say(text, 'c'))));
    expect(replies.flat()).to.deep.equal([`1. 甲 @${TODAY}`, `2. 乙 @${TODAY}`, `3. 丙 @${TODAY}`]);
  });

  it('strips its own mention, and no other', async () => {
    const mention = (id: string, text: string) => ({ type: 'mention', mentioned: { id }, text });
    const entities = [mention('bot', '<at>年报</at>'), mention('Li', '<at>李</at>')];
    const sent = conversation();
    const activity = { type: 'message', text: '<at>年报</at>&nbsp;<at>李</at> 甲', entities };
    expect(await sent.texts(sent.adapter.take(activity, 'c'))).to.deep.equal([`1. <at>李</at> 甲 @${TODAY}`]);
  });

  it('survives entities and values of a wrong form', async () => {
    const { adapter, texts, lines } = conversation();
    const entities = [
      { type: 'mention' },
      { type: 'mention', mentioned: 'bot' },
      { type: 'mention', mentioned: { id: 'bot' }, text: 7 },
    ];
    expect(await texts(adapter.take({ type: 'message', text: '甲', entities, value: [] }, 'c'))).to.deep.equal([
      `1. 甲 @${TODAY}`,
    ]);
    expect(await texts(adapter.take({ type: 'message', text: '乙', value: { say: 7 } }, 'c'))).to.deep.equal([
      `2. 乙 @${TODAY}`,
    ]);
    expect(lines).to.be.empty;
  });

  it('takes a pressed card button for what was said', async () => {
    const { adapter, texts } = conversation();
    expect(await texts(adapter.take({ type: 'message', value: { say: '甲' } }, 'c'))).to.deep.equal([
      `1. 甲 @${TODAY}`,
    ]);
  });

  it('says that it reads only text when a picture comes without words', async () => {
    const { adapter, texts } = conversation();
    const attachments = [{ contentType: 'image/png', contentUrl: 'https://example.org/a.png' }];
    expect(await texts(adapter.take({ type: 'message', attachments }, 'c'))).to.deep.equal([WORDING.notText]);
    expect(await texts(adapter.take({ type: 'message', text: '甲', attachments }, 'c'))).to.deep.equal([
      `1. 甲 @${TODAY}`,
    ]);
  });

  it('passes an empty message on: what to say then is the engine’s', async () => {
    const { adapter, texts } = conversation();
    const attachments = [{ contentType: 'text/html', content: '<p></p>' }];
    expect(await texts(adapter.take({ type: 'message', text: ' ', attachments }, 'c'))).to.deep.equal([
      `1.  @${TODAY}`,
    ]);
  });

  it('welcomes once a conversation, and not the bot itself', async () => {
    const { adapter, texts } = conversation();
    const botAdded = { type: 'conversationUpdate', membersAdded: [{ id: 'bot', name: '' }] };
    expect(await texts(adapter.take(botAdded, 'c'))).to.deep.equal([]);
    expect(await texts(adapter.join('c'))).to.deep.equal([WORDING.welcome]);
    expect(await texts(adapter.join('c'))).to.deep.equal([]);
    expect(await texts(adapter.join('another'))).to.deep.equal([WORDING.welcome]);
  });

  it('apologises once for a fault, keeps what it remembered, and the next turn works', async () => {
    const { adapter, texts } = conversation();
    await adapter.say('甲', 'c');
    expect(await texts(adapter.say('崩溃', 'c'))).to.deep.equal([WORDING.apology]);
    expect(await texts(adapter.say('乙', 'c'))).to.deep.equal([`2. 乙 @${TODAY}`]);
  });

  it('logs a fault with the id of the turn and where it happened, without the words or the name of the person', async () => {
    const { adapter, lines } = conversation();
    await adapter.say('崩溃，我叫王小明', 'c', 'person-4711');
    expect(lines).to.have.length(1);
    expect(lines[0]?.['turn']).to.match(/^[\da-f-]{36}$/);
    const logged = JSON.stringify(lines);
    expect(logged).to.include('fake-engine');
    expect(logged).not.to.match(/崩溃|王小明|4711/);
  });

  it('does a turn again when another process wrote meanwhile', async () => {
    const storage = new BoundedStorage();
    let interruptions = 2;
    const ask: Ask = (...asked) => {
      if (interruptions > 0 && asked[1]) {
        interruptions -= 1;
        const write = storage.write.bind(storage);
        storage.write = async () => {
          storage.write = write;
          throw new StorageConflict('test');
        };
      }
      return fakeAsk(...asked);
    };
    const { adapter, texts, lines } = conversation(ask, storage);
    await adapter.say('甲', 'c');
    expect(await texts(adapter.say('乙', 'c'))).to.deep.equal([`2. 乙 @${TODAY}`]);
    expect(interruptions).to.equal(0);
    expect(lines).to.be.empty;
  });

  it('remembers nothing of a reply that could not be sent', async () => {
    const { adapter, texts, lines } = conversation();
    await adapter.say('甲', 'c');
    // Without expectReplies the reply goes through sendActivities, which fails in this adapter.
    expect(await texts(adapter.take({ type: 'message', text: '丢了', deliveryMode: 'normal' }, 'c'))).to.deep.equal([]);
    expect(await texts(adapter.say('乙', 'c'))).to.deep.equal([`2. 乙 @${TODAY}`]);
    expect(lines.map(({ msg }) => msg)).to.deep.equal(['turn failed', 'apology not sent']);
  });

  it('ignores what it does not know', async () => {
    const { adapter, lines } = conversation();
    for (const type of [
      'typing',
      'event',
      'messageReaction',
      'endOfConversation',
      'installationUpdate',
      'nonsense',
      'constructor',
    ]) {
      expect(await adapter.take({ type }, 'c'), type).to.deep.equal([]);
    }
    expect(lines).to.be.empty;
  });
});
