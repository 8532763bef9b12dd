import { ActivityHandler } from 'botbuilder';
import { expect } from 'chai';
import { replyActivity, talkActivity } from '../../src/bot/reply-activity';
import { loadTeamsWording } from '../../src/channels/botframework/teams/wording';
import { withCards } from '../../src/channels/webchat/card-message';
import type { Heard } from '../../src/channels/webchat/conversation-store';
import { DirectLine } from '../../src/channels/webchat/direct-line';
import { MemoryConversationStore } from '../../src/channels/webchat/memory-store';
import { WebChatAdapter } from '../../src/channels/webchat/web-chat-adapter';
import type { Reply } from '../../src/engine/answer-form';
import { recordingLogger, WORDING } from '../bot/fake-engine';
import { saying, until } from './chat-service';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a turn of Direct Line', () => {
  function talking(answer: (text: string) => Promise<string>) {
    const bot = new ActivityHandler();
    bot.onMessage(async (context, next) => {
      const reply = await answer(context.activity.text);
      await context.sendActivity(reply);
      await next();
    });
    const store = new MemoryConversationStore();
    const { logger, lines } = recordingLogger();
    const direct = new DirectLine({ bot, botName: '年报', apology: WORDING.apology, store, logger });
    const heard: Heard[] = [];
    void store.listen('c', (one) => heard.push(one));
    const texts = async () => (await store.after('c', 0)).activities.map(({ json }) => JSON.parse(json).text);
    return { direct, store, heard, texts, lines };
  }

  it('is answered at once, and follows behind', async () => {
    const { direct, texts } = talking(async (text) => {
      await pause(50);
      return `re ${text}`;
    });
    expect(await direct.say('c', 'dl_1', saying('a'))).to.have.property('is', 'taken');
    expect(await texts()).to.deep.equal(['a']);
    await direct.settled();
    expect(await texts()).to.deep.equal(['a', 're a']);
  });

  it('waits for the one before it in its conversation, and for no other', async () => {
    const { direct, store, texts } = talking(async (text) => {
      await pause(text === 'slow' ? 100 : 0);
      return `re ${text}`;
    });
    await direct.say('c', 'dl_1', saying('slow'));
    await direct.say('c', 'dl_1', saying('quick'));
    await direct.say('other', 'dl_2', saying('quick'));
    await until(() => store.size.conversations === 2, 'both');
    await direct.settled();
    expect(await texts()).to.deep.equal(['slow', 'quick', 're slow', 're quick']);
    expect((await store.after('other', 0)).activities).to.have.length(2);
  });

  it('shows that it is typing when it takes long, and keeps nothing of that', async () => {
    const { direct, heard, texts } = talking(async () => {
      await pause(600);
      return 'done';
    });
    await direct.say('c', 'dl_1', saying('a'));
    await direct.settled();
    expect(heard.map(({ is }) => is)).to.deep.equal(['new', 'passing', 'new']);
    expect(await texts()).to.deep.equal(['a', 'done']);
  });

  it('apologises for a fault without telling it, and the next one works', async () => {
    const { direct, texts, lines } = talking(async (text) => {
      if (text === 'a') throw new Error('secret');
      return 're';
    });
    await direct.say('c', 'dl_1', saying('a'));
    await direct.say('c', 'dl_1', saying('b'));
    await direct.settled();
    expect(await texts()).to.deep.equal(['a', 'b', WORDING.apology, 're']);
    expect(JSON.stringify(lines)).to.include('turn failed').and.not.include('secret');
  });

  it('is refused when twenty wait already', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { direct } = talking(async () => {
      await gate;
      return 're';
    });
    const said = [];
    for (let turn = 0; turn < 22; turn += 1) said.push(await direct.say('c', 'dl_1', saying(String(turn))));
    expect(said.map(({ is }) => is).filter((is) => is === 'too many')).to.have.length(2);
    go();
    await direct.settled();
    expect(await direct.say('c', 'dl_1', saying('again'))).to.have.property('is', 'taken');
  });
});

describe('WebChatAdapter', () => {
  const reference = { conversation: { id: 'c' }, user: { id: 'dl_1' }, bot: { id: 'bot' }, channelId: 'directline' };
  const kept = async (store: MemoryConversationStore) =>
    (await store.after('c', 0)).activities.map(({ json }) => JSON.parse(json));

  it('says something unasked, naming no message that the client could wait for', async () => {
    const store = new MemoryConversationStore();
    const adapter = new WebChatAdapter(store);
    await adapter.continueConversation({ ...reference, activityId: 'unknown' } as never, async (context) => {
      await context.sendActivities([{ type: 'trace' }, { type: 'message', text: 'a' }]);
    });
    const [only, ...rest] = await kept(store);
    expect(rest).to.deep.equal([]);
    expect(only).to.deep.include({ type: 'message', text: 'a' });
    expect(only).not.to.have.any.keys('replyToId', 'serviceUrl');
  });

  it('changes what it said, in its place and at its time', async () => {
    const store = new MemoryConversationStore();
    const adapter = new WebChatAdapter(store);
    await adapter.continueConversation(reference as never, async (context) => {
      const said = await context.sendActivity('a');
      await context.updateActivity({ id: said?.id, type: 'message', text: 'b' });
      await context.sendActivity('c');
    });
    expect((await kept(store)).map(({ text }) => text)).to.deep.equal(['b', 'c']);
  });
});

describe('withCards', () => {
  const parts = {
    wording: loadTeamsWording('dialogs').card,
    reportTitles: new Map([['a', '某年报']]),
  };
  const reply: Reply = {
    text: '全文',
    headline: { figure: '99.11%', label: '满意率' },
    sentences: ['满意率为 99.11%。'],
    sources: [{ line: '出处：二、甲 › 满意率', url: 'https://bot.example.gov.cn/report/a#b' }],
    options: [],
    suggestions: ['2023年是多少'],
    chart: {
      kind: 'bar',
      title: '甲',
      unit: '件',
      bars: [{ label: '乙', value: 1, text: '1 件' }],
      alt: '甲：乙 1 件',
    },
    chartUrl: 'https://bot.example.gov.cn/charts/x.png',
    answer: {
      kind: 'answer',
      grade: '原文',
      figures: [{ cell: 'a/b/c', label: '满意率', value: 99.11, unit: '%', change: null, formula: null }],
      options: [],
      entries: [],
      provenance: [],
    },
  };

  it('lays a figure out as a card, keeps the chips, and keeps all the words for our own widget', () => {
    const said = withCards(parts)(replyActivity(reply));
    expect(said.text).to.equal('满意率为 99.11%。');
    expect(said.suggestedActions?.actions.map(({ value }) => value)).to.deep.equal(['2023年是多少']);
    expect(said.channelData.reply.text).to.equal('全文');
    const [card, ...others] = said.attachments ?? [];
    expect(others).to.deep.equal([]);
    expect(card?.contentType).to.equal('application/vnd.microsoft.card.adaptive');
    const written = JSON.stringify(card?.content);
    for (const part of ['99.11%', '出处：二、甲 › 满意率', 'charts/x.png', '甲：乙 1 件'])
      expect(written).to.include(part);
    expect(written).not.to.include('Action.Submit'); // that would speak to Teams
  });

  it('draws one that is handed to many once, and one that may still change each time', () => {
    const laidOut = withCards(parts);
    const cardOf = (one: Reply) => laidOut(replyActivity(one)).attachments?.[0]?.content;
    const kept = Object.freeze({ ...reply });
    expect(cardOf(kept)).to.equal(cardOf(kept));
    expect(cardOf(reply)).not.to.equal(cardOf(reply));
    expect(cardOf({ ...kept, sources: [] })).not.to.deep.equal(cardOf(kept));
  });

  it('leaves a decline, a question back and the bot’s own words as they are', () => {
    const declined = { ...reply, answer: { ...reply.answer, kind: 'decline' as const } };
    const talk = { ...reply, answer: { ...reply.answer, figures: [] } };
    for (const activity of [replyActivity(declined), replyActivity(talk), talkActivity('您好', ['甲'])])
      expect(withCards(parts)(activity)).to.equal(activity);
  });
});
