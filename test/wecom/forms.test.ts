import { expect } from 'chai';
import { replyActivity, talkActivity } from '../../src/bot/reply-activity';
import { activityMessages, type Form, MOST_PARTS, onlyText } from '../../src/channels/wecom/form/activity-messages';
import { keyOf, sayOfKey } from '../../src/channels/wecom/form/button-key';
import { chosenText } from '../../src/channels/wecom/form/choice-card';
import type { ButtonCard, OutgoingMessage, TextNotice } from '../../src/channels/wecom/form/outgoing-message';
import type { Reply } from '../../src/engine/answer-form';
import { brokenRules } from './platform-rules';
import { WECOM_WORDING } from './wecom-service';

const URL_OF_CELL = 'https://bot.example.gov.cn/report/a#b/c/d';
const FIGURE: Reply = {
  text: '全文',
  headline: { figure: '99.11%', change: '同比上升 4.3%（↑）', label: '“甲”满意率' },
  sentences: ['甲的满意率为 99.11%。', '报告未注明。'],
  sources: [{ line: '出处：二、甲 › 满意率 〔原文〕', url: URL_OF_CELL }],
  options: [],
  suggestions: ['2023年是多少', '概括一下甲', '甲是什么', '还有一个'],
  answer: {
    kind: 'answer',
    grade: '原文',
    figures: [],
    options: [],
    entries: [{ title: '甲', url: 'https://bot.example.gov.cn/baike/a' }],
    provenance: [],
  },
};
const CHOICE: Reply = {
  text: '哪一个',
  sentences: ['报告里有两个“满意率”，您要问哪一个？'],
  sources: [],
  options: [
    { label: '“甲”群众诉求办理满意率', say: '甲的群众诉求办理满意率' },
    { label: '乙办理满意率', say: '乙办理满意率' },
  ],
  suggestions: [],
  answer: { kind: 'clarify', grade: null, figures: [], options: [], entries: [], provenance: [] },
};

function messages(reply: Reply, form: Form = 'cards'): OutgoingMessage[] {
  const made = activityMessages(replyActivity(reply), form, WECOM_WORDING);
  for (const message of made) expect(brokenRules({ touser: 'lisi', agentid: 1, ...message })).to.deep.equal([]);
  return made;
}
function cardOf(reply: Reply): TextNotice | ButtonCard | undefined {
  const [message] = messages(reply);
  return message?.msgtype === 'template_card' ? message.template_card : undefined;
}
const textOf = (reply: Reply, form: Form = 'cards') =>
  messages(reply, form)
    .map((m) => (m.msgtype === 'text' ? m.text.content : m.msgtype === 'markdown' ? m.markdown.content : 'card'))
    .join('\n');

describe('the card of one figure', () => {
  it('shows the figure large, its 同比, where it stands, the page, the entry, and three next questions', () => {
    expect(cardOf(FIGURE)).to.deep.include({
      card_type: 'text_notice',
      main_title: { title: '“甲”满意率' },
      emphasis_content: { title: '99.11%', desc: '同比上升 4.3%（↑）' },
      quote_area: { type: 1, url: URL_OF_CELL, quote_text: '出处：二、甲 › 满意率 〔原文〕' },
      sub_title_text: '甲的满意率为 99.11%。报告未注明。',
      jump_list: [
        { type: 1, title: WECOM_WORDING.seeTable, url: URL_OF_CELL },
        { type: 1, title: '甲', url: 'https://bot.example.gov.cn/baike/a' },
      ],
      card_action: { type: 1, url: URL_OF_CELL },
      action_menu: {
        desc: WECOM_WORDING.askNextMenu,
        action_list: [
          { text: '2023年是多少', key: '1:2023年是多少' },
          { text: '概括一下甲', key: '2:概括一下甲' },
          { text: '甲是什么', key: '3:甲是什么' },
        ],
      },
    });
  });

  it('has another task_id each time', () => {
    const ids = Array.from({ length: 100 }, () => cardOf(FIGURE)?.task_id);
    expect(new Set(ids).size).to.equal(100);
  });

  for (const [name, change] of [
    ['the figure is too long', { headline: { figure: '一'.repeat(15), label: '甲' } }],
    ['the label is too long', { headline: { figure: '1', label: '一'.repeat(37) } }],
    ['its 同比 is too long', { headline: { figure: '1', label: '甲', change: '一'.repeat(23) } }],
    ['the sentences are too long', { sentences: ['一'.repeat(161)] }],
    ['there is a table', { table: { head: ['甲'], rows: [['1']] } }],
    ['there is no source', { sources: [] }],
    ['there are more sources than jumps', { sources: Array(4).fill(FIGURE.sources[0]) }],
    ['the address is none', { sources: [{ line: '出处', url: 'javascript:alert(1)' }] }],
  ] as const) {
    it(`becomes a text if ${name}, with nothing lost`, () => {
      const reply = { ...FIGURE, ...change } as Reply;
      expect(cardOf(reply)).to.equal(undefined);
      const text = textOf(reply);
      for (const said of [reply.headline?.figure ?? '', ...reply.sentences, ...reply.suggestions])
        expect(text).to.include(said);
    });
  }
});

describe('the card of a choice', () => {
  it('numbers long choices in rows, with the numbers on the buttons', () => {
    expect(cardOf(CHOICE)).to.deep.include({
      card_type: 'button_interaction',
      main_title: { title: '报告里有两个“满意率”，您要问哪一个？' },
      horizontal_content_list: [
        { keyname: '1', value: '“甲”群众诉求办理满意率' },
        { keyname: '2', value: '乙办理满意率' },
      ],
      button_list: [
        { text: '1', style: 1, key: '1:甲的群众诉求办理满意率' },
        { text: '2', style: 1, key: '2:乙办理满意率' },
      ],
    });
  });

  it('puts short choices on the buttons themselves', () => {
    const card = cardOf({
      ...CHOICE,
      options: [
        { label: '群众诉求', say: '群众' },
        { label: '企业诉求', say: '企业' },
      ],
    });
    expect(card).to.deep.include({ horizontal_content_list: [] });
    expect((card as ButtonCard).button_list.map(({ text }) => text)).to.deep.equal(['群众诉求', '企业诉求']);
  });

  it('puts a long question below a short title', () => {
    const card = cardOf({ ...CHOICE, sentences: ['一'.repeat(40)] });
    expect(card).to.deep.include({ main_title: { title: WECOM_WORDING.choose }, sub_title_text: '一'.repeat(40) });
  });

  const many = (count: number, length: number) =>
    Array.from({ length: count }, (_, n) => ({ label: `${n}${'一'.repeat(length - 1)}`, say: `${n}` }));
  for (const [name, change, isCard] of [
    ['six choices of thirty characters', { options: many(6, 30) }, true],
    ['seven choices', { options: many(7, 5) }, false],
    ['a choice of 31 characters', { options: many(2, 31) }, false],
    ['a choice that says more than a key holds', { options: [{ label: '甲', say: '一'.repeat(400) }] }, false],
    ['a question of 161 characters', { sentences: ['一'.repeat(161)] }, false],
  ] as const) {
    it(`is ${isCard ? '' : 'not '}made for ${name}`, () => {
      const reply = { ...CHOICE, ...change } as Reply;
      expect(cardOf(reply) !== undefined).to.equal(isCard);
      if (!isCard) for (const { label } of reply.options) expect(textOf(reply)).to.include(label);
    });
  }

  it('says on the closed card what was chosen', () => {
    expect(chosenText('2:企业', WECOM_WORDING)).to.equal('已选“企业”');
    expect(chosenText('2:甲的群众诉求办理满意率和更多', WECOM_WORDING)).to.equal('已选第 2 项');
  });
});

describe('keys of buttons', () => {
  it('give back what pressing says, and let a menu’s own question through', () => {
    expect(sayOfKey(keyOf(3, '2:1 是多少') ?? '')).to.equal('2:1 是多少');
    expect(sayOfKey('诉求总量是多少')).to.equal('诉求总量是多少');
    expect(keyOf(1, '一'.repeat(341))).to.equal(undefined);
  });
});

describe('the text form', () => {
  const LIST: Reply = {
    ...FIGURE,
    headline: undefined,
    table: {
      head: ['项目', '数据'],
      rows: [
        ['期数', '30 期'],
        ['人数', '197 人'],
      ],
    },
  };

  it('writes links as links, and no card for people who read in 微信', () => {
    const text = textOf(FIGURE, 'text');
    expect(text.split('\n')[0]).to.equal('99.11%　同比上升 4.3%（↑）');
    expect(text).to.include(`<a href="${URL_OF_CELL}">${WECOM_WORDING.seeTable}</a>`);
  });

  it('writes the platform’s Markdown where it was asked for', () => {
    const text = textOf(LIST, 'markdown');
    expect(text).to.include(`> [${WECOM_WORDING.seeTable}](${URL_OF_CELL})`).and.include('· 期数　30 期');
    expect(text).not.to.match(/<a |\|/);
  });

  it('lets nothing that was said become markup', () => {
    const evil = '报告里没有“<a href="http://evil">点我</a> [点我](http://evil) **粗**”的数据。';
    const reply = { ...LIST, table: undefined, sentences: [evil], sources: [] };
    expect(textOf(reply)).not.to.include('<a href="http://evil"');
    expect(textOf(reply, 'markdown')).not.to.match(/\]\(http:\/\/evil|\*\*/);
  });

  it('sends a long table in parts, each whole lines, none too long, and says so when there is more', () => {
    const rows = Array.from({ length: 400 }, (_, n) => [`第 ${n} 行的名称`, `${n} 件`]);
    const made = messages({ ...LIST, table: { head: [], rows } });
    expect(made).to.have.length(MOST_PARTS);
    const text = textOf({ ...LIST, table: { head: [], rows } });
    expect(text).to.include(WECOM_WORDING.tooLong).and.include(`<a href="${URL_OF_CELL}">`);
    expect(textOf({ ...LIST, table: { head: [], rows: rows.slice(0, 150) } }))
      .to.include('还有一个')
      .and.not.include(WECOM_WORDING.tooLong);
  });

  it('fits a whole turn into one message for the response', () => {
    const rows = Array.from({ length: 400 }, (_, n) => [`第 ${n} 行`, `${n} 件`]);
    const text = onlyText([replyActivity({ ...LIST, table: { head: [], rows } })], WECOM_WORDING);
    expect(Buffer.byteLength(text)).to.be.within(1800, 2048);
    expect(text).to.include(`<a href="${URL_OF_CELL}">`);
  });

  it('lists the questions that the bot’s own words suggest', () => {
    const made = activityMessages(talkActivity('您好。', ['甲是多少']), 'markdown', WECOM_WORDING);
    expect(made).to.deep.equal([
      { msgtype: 'text', text: { content: `您好。\n${WECOM_WORDING.askNext}\n· 甲是多少` } },
    ]);
  });
});
