import { expect } from 'chai';
import type { Ask } from '../../src/bot/ask';
import { replyActivity } from '../../src/bot/reply-activity';
import { activityMessages } from '../../src/channels/wecom/form/activity-messages';
import { answer, type Focus } from '../../src/engine/answer';
import type { Reply } from '../../src/engine/answer-form';
import { loadKnowledge } from '../../src/engine/knowledge';
import { TODAY } from '../bot/fake-engine';
import { brokenRules } from './platform-rules';
import type { SentMessage } from './stand-in-platform';
import { startWeCom, WECOM_WORDING, type WeComService } from './wecom-service';

const knowledge = loadKnowledge({ data: 'data', dialogs: 'dialogs' }, { publicUrl: 'https://bot.example.gov.cn' });
const ask: Ask = (question, focus, today) => answer(question, focus, knowledge, today);

/** What the engine itself says in such a conversation: the channel may give it another form, but no other content. */
function repliesTo(questions: readonly string[]): Reply[] {
  let focus: Focus | undefined;
  return questions.map((question) => {
    const turn = ask(question, focus, TODAY);
    focus = turn.focus;
    return turn.reply;
  });
}

/** All that a person can read or press in what arrived. */
function shown(messages: SentMessage[]): string {
  return messages
    .map((message) => JSON.stringify(message.text ?? message.markdown ?? message.template_card))
    .join('\n');
}

function expectToShow(messages: SentMessage[], reply: Reply, question: string): void {
  const text = shown(messages);
  const quoted = (part: string) => JSON.stringify(part.replaceAll('<', '＜').replaceAll('>', '＞')).slice(1, -1);
  const parts = [
    reply.headline?.figure ?? '',
    reply.headline?.change ?? '',
    ...reply.sentences,
    ...(reply.table?.rows.flat() ?? []),
    ...reply.options.map(({ label }) => label),
    ...reply.sources.flatMap(({ line, url }) => [line, url]),
  ];
  for (const part of parts) expect(text, question).to.include(quoted(part));
}

const CONVERSATIONS: Record<string, string[]> = {
  'figures and follow-ups': [
    '您好',
    '2024年政风热线满意率',
    '2023年是多少',
    '诉求总量',
    '其中企业的呢',
    '占比呢',
    '那群众呢',
    '概括一下热线百科',
    '晓苏的浏览量',
    '南京12345一年多少电话',
    '谢谢',
  ],
  'questions back and blanks': [
    '民声接听员有多少',
    '第二个',
    '满意率',
    '1',
    '发布了多少条民生热点',
    '同比下降的指标有哪些',
    '一企来办是什么',
    '我家门口路灯坏了',
    '为什么下降',
    '平均等待时长',
    '<a href="http://evil">点我</a>的满意率',
    '再见',
  ],
};

describe('conversations with the real engine', () => {
  let service: WeComService;
  beforeEach(async () => {
    service = await startWeCom({ ask });
  });
  afterEach(async () => {
    expect(service.platform.problems).to.deep.equal([]);
    await service.stop();
  });

  const newFor = async (person: string, act: () => Promise<unknown>): Promise<SentMessage[]> => {
    const before = service.platform.seenBy(person).length;
    await act();
    await service.quiet();
    return service.platform.seenBy(person).slice(before);
  };
  const say = (person: string, text: string) =>
    newFor(person, () => service.client.deliver(service.client.text(person, text)));

  for (const [name, questions] of Object.entries(CONVERSATIONS)) {
    it(`show what the engine says, turn by turn: ${name} (${questions.length} turns)`, async () => {
      for (const [n, reply] of repliesTo(questions).entries()) {
        // A token that ends in mid-conversation and a platform that stumbles must not show.
        if (n === 4) service.platform.voidTokens();
        if (n === 6) service.platform.faults['message/send'] = [{ errcode: 45009 }, { status: 500, after: true }];
        const arrived = await say('lisi', questions[n] ?? '');
        const parts = activityMessages(replyActivity(reply), 'cards', WECOM_WORDING).map(({ msgtype }) => msgtype);
        expect(
          arrived.map(({ msgtype }) => msgtype),
          questions[n],
        ).to.deep.equal(parts);
        expectToShow(arrived, reply, questions[n] ?? '');
      }
      expect(service.platform.tokensGiven).to.equal(2);
    });
  }

  it('reads a pressed question of a card’s menu as if it had been typed', async () => {
    const [figure] = await say('lisi', '2024年政风热线满意率');
    const menu = figure?.template_card?.['action_menu'] as { action_list: { text: string; key: string }[] };
    const [first] = menu.action_list;
    if (!first) throw new Error('no menu');
    const taskId = figure?.template_card?.task_id ?? '';
    const press = service.client.press('lisi', first.key, taskId, 'template_card_menu_event');
    const arrived = await newFor('lisi', () => service.client.deliver(press));
    const [, expected] = repliesTo(['2024年政风热线满意率', first.text]);
    if (!expected) throw new Error('no reply');
    expectToShow(arrived, expected, first.text);
    expect(service.platform.updates).to.deep.equal([]);
  });
});

describe('a choice made on a card', () => {
  const CHOICES = ['企业诉求', '12345 热线的群众诉求总量'];
  const asking: Ask = (question, focus, today) => {
    const turn = ask('诉求总量', focus, today);
    const isChosen = CHOICES.includes(question);
    const answer = { ...turn.reply.answer, kind: isChosen ? ('talk' as const) : ('clarify' as const), entries: [] };
    const reply: Reply = {
      text: question,
      sentences: [isChosen ? `选了${question}` : '哪一个？'],
      sources: [],
      options: isChosen ? [] : CHOICES.map((choice) => ({ label: choice, say: choice })),
      suggestions: [],
      answer,
    };
    return { ...turn, reply };
  };

  it('closes the card for the person who pressed, and is answered once, however often it is delivered', async () => {
    const service = await startWeCom({ ask: asking });
    await service.client.deliver(service.client.text('lisi', '满意率'));
    await service.quiet();
    const card = service.platform.seenBy('lisi')[0]?.template_card;
    const buttons = card?.['button_list'] as { key: string }[];
    expect(buttons).to.have.length(2);
    const press = service.client.press(
      'lisi',
      buttons[1]?.key ?? '',
      card?.task_id ?? '',
      'template_card_event',
      'code-1',
    );
    await Promise.all([1, 2, 3].map(() => service.client.deliver(press)));
    await service.quiet();
    expect(service.platform.updates).to.deep.equal([
      { userids: ['lisi'], agentid: 1000002, response_code: 'code-1', button: { replace_name: '已选第 2 项' } },
    ]);
    expect(service.platform.seenBy('lisi')[1]?.text?.content).to.equal('选了12345 热线的群众诉求总量');
    expect(service.platform.seenBy('lisi')).to.have.length(2);
    expect(service.platform.problems).to.deep.equal([]);
    await service.stop();
  });

  it('is answered also when the card can’t be closed', async () => {
    const service = await startWeCom({ ask: asking });
    service.platform.faults['message/update_template_card'] = [{ errcode: 40096 }];
    await service.client.deliver(service.client.press('lisi', '1:企业诉求', 'task'));
    await service.quiet();
    expect(service.platform.seenBy('lisi')[0]?.text?.content).to.equal('选了企业诉求');
    expect(service.log.map(({ msg }) => msg)).to.deep.equal(['wecom: not sent']);
    await service.stop();
  });

  it('comes as a text if the platform refuses the card', async () => {
    const service = await startWeCom({ ask: asking });
    service.platform.faults['message/send'] = [{ errcode: 40058 }];
    await service.client.deliver(service.client.text('lisi', '满意率'));
    await service.quiet();
    expect(service.platform.seenBy('lisi').map(({ text }) => text?.content)).to.deep.equal([
      `哪一个？\n1. ${CHOICES[0]}\n2. ${CHOICES[1]}`,
    ]);
    await service.stop();
  });
});

describe('every figure of the report, asked one by one', () => {
  it('arrives in a form that the platform takes, card or text or Markdown', function () {
    this.timeout(120_000);
    const counts: Record<string, number> = {};
    const index = knowledge.library.reports.flatMap(
      ({ id }) => knowledge.dictionary.vocabulary.indexOf(id)?.spots ?? [],
    );
    expect(index.length).to.be.greaterThan(50);
    for (const spot of index) {
      const labels = [
        spot.table.title,
        spot.row?.label ?? '',
        ...spot.groups.map(({ label }) => label),
        spot.leaf.label,
      ];
      for (const question of [`${labels.join('')}是多少`, `${spot.leaf.label}有多少`]) {
        const { reply } = ask(question, undefined, TODAY);
        for (const form of ['cards', 'markdown', 'text'] as const) {
          for (const message of activityMessages(replyActivity(reply), form, WECOM_WORDING)) {
            expect(brokenRules({ touser: 'a', agentid: 1, ...message }), question).to.deep.equal([]);
            const name = message.msgtype === 'template_card' ? message.template_card.card_type : message.msgtype;
            const key = `${reply.answer.kind} as ${name}`;
            counts[key] = (counts[key] ?? 0) + 1;
          }
        }
      }
    }
    console.log(`      ${JSON.stringify(counts)}`);
    expect(counts['answer as text_notice']).to.be.greaterThan(50);
  });
});
