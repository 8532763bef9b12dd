import { readdirSync, readFileSync } from 'node:fs';
import type { Activity } from 'botbuilder';
import { expect } from 'chai';
import { talkActivity } from '../../src/bot/reply-activity';
import { byteLength, type Element } from '../../src/channels/botframework/teams/card/elements';
import { replyCard } from '../../src/channels/botframework/teams/card/reply-card';
import { asPlainText, teamsMessage } from '../../src/channels/botframework/teams/reply-message';
import { answer, type Focus } from '../../src/engine/answer';
import type { Reply } from '../../src/engine/answer-form';
import { cardIn, cardParts, KINDS, knowledge, messageFor, replyTo, TODAY } from './asking';
import { faultsOf, TEAMS_LIMIT_BYTES } from './card-judge';

const text = (elements: readonly Element[]) => JSON.stringify(elements);
const buttonsOf = (elements: readonly Element[]) =>
  elements.flatMap((element) => (element.type === 'ActionSet' ? element.actions : []));
const quoteOf = (elements: readonly Element[]) =>
  elements.flatMap((element) => (element.type === 'Input.Text' ? element.value : []))[0];

describe('every card', () => {
  /** All turns of the sample conversations, each with the one before. */
  const replies: Reply[] = [];
  before(() => {
    for (const name of readdirSync('test/cases').filter((file) => file.endsWith('.json'))) {
      const cases: { turns: { say: string }[] }[] = JSON.parse(readFileSync(`test/cases/${name}`, 'utf8'));
      for (const { turns } of cases) {
        let focus: Focus | undefined;
        for (const { say } of turns) {
          const turn = answer(say, focus, knowledge(), TODAY);
          focus = turn.focus;
          replies.push(turn.reply);
        }
      }
    }
    for (const said of Object.values(KINDS)) replies.push(replyTo(...said));
  });

  it('is valid by the renderer of Microsoft and within what Teams takes, for every turn of the sample conversations', () => {
    const parts = cardParts();
    const faults: string[] = [];
    let cards = 0;
    for (const withoutAddress of replies) {
      const reply = { ...withoutAddress, chartUrl: 'https://hotline.example.gov.cn/chart/1.png' };
      const message = messageFor(reply, parts);
      const card = cardIn(message);
      const bytes = byteLength(message);
      if (bytes > TEAMS_LIMIT_BYTES) faults.push(`${reply.text.slice(0, 40)}: ${bytes} bytes`);
      if (!message.summary || !message.text) faults.push(`${reply.text.slice(0, 40)}: no text or summary`);
      for (const one of [card, replyCard(reply, parts, { hasBot: false })]) {
        if (!one) continue;
        cards += 1;
        if (one.body.length > 0) faults.push(...faultsOf(one).map((fault) => `${reply.text.slice(0, 40)}: ${fault}`));
      }
    }
    expect(cards).to.be.greaterThan(200);
    expect(faults).to.deep.equal([]);
  });

  it('states every figure of the reply: in its words, its table, or the message above', () => {
    const missing = replies.flatMap((reply) => {
      const message = messageFor(reply);
      const shown = `${message.text} ${JSON.stringify(message.attachments)}`;
      return [reply.headline?.figure, reply.headline?.change, ...reply.sentences, ...(reply.table?.rows.flat() ?? [])]
        .filter((part): part is string => part !== undefined)
        .filter((part) => !shown.includes(JSON.stringify(part).slice(1, -1)) && !message.text?.includes(part))
        .map((part) => `${part} of ${reply.text.slice(0, 40)}`);
    });
    expect(missing).to.deep.equal([]);
  });
});

describe('the card of an answer', () => {
  const body = (...said: string[]) => replyCard(replyTo(...said), cardParts(), { card: 'card-1' }).body;

  it('shows the figure large with its 同比, the sentence, and the place as a link', () => {
    const elements = body('2024年政风热线满意率');
    expect(elements[1]).to.deep.include({ type: 'RichTextBlock' });
    expect(text(elements)).to.include('"text":"99.11%","size":"extraLarge"').and.include('同比上升 4.3%（↑）');
    expect(text(elements)).to.include('群众诉求办理满意率为 99.11%').and.include('〔原文〕');
    expect(text(elements)).to.include(
      'https://hotline.example.gov.cn/report/lianyungang-2024#zhengfeng/all/satisfaction',
    );
  });

  it('calls a computed figure what it is, not what it was computed from', () => {
    const labelOf = (...said: string[]) => replyTo(...said).headline?.label;
    expect(labelOf('企业诉求占多少')).to.equal('企业诉求·诉求总量占比');
    expect(labelOf('2023年诉求总量是多少')).to.equal('2023年总计·诉求总量');
    expect(labelOf('平均每天多少诉求')).to.equal('总计·诉求总量（平均）');
    expect(labelOf('除了电话和互联网还有多少诉求')).to.match(/（除去.*电话.*互联网）$/);
  });

  it('gives a figure of a table the room that it needs, and says 同比 once, over its column', () => {
    const table = body('概览').find((element) => element.type === 'Table');
    const [name = 0, figure = 0] = table?.columns.map(({ width }) => width) ?? [];
    expect(figure / name).to.be.greaterThan(0.8);
    expect(text(table ? [table] : []).match(/同比/g)).to.have.length(1);
  });

  it('offers one line to copy: figure, 同比, report and place', () => {
    expect(quoteOf(body('2024年政风热线满意率'))).to.equal(
      '2024年“政风热线”群众诉求办理满意率为 99.11%，同比上升 4.3%（↑）（连云港 12345 热线 2024 年度工作情况发布，' +
        '二、特色热线公共服务 › “政风热线”管理运行 › 群众诉求办理满意率）',
    );
    expect(quoteOf(body('企业诉求占多少')))
      .to.include('3.57%')
      .and.include('49,722 ÷ 1,393,747')
      .and.not.include('\n');
    expect(quoteOf(body('概括一下政风热线'))).to.include('期数 30 期 同比下降 16.67%（↓）；');
  });

  it('offers no line to copy where nothing is stated', () => {
    for (const said of ['满意率是多少', '南京12345一年多少电话', '帮助'])
      expect(quoteOf(body(said)), said).to.equal(undefined);
  });

  it('has buttons that show in the chat what is asked, and say which card they belong to', () => {
    const submit = buttonsOf(body('2024年政风热线满意率')).find(({ title }) => title === '2023年是多少');
    expect(submit).to.deep.include({
      type: 'Action.Submit',
      associatedInputs: 'none',
      data: {
        say: '2023年是多少',
        card: 'card-1',
        msteams: { type: 'messageBack', displayText: '2023年是多少', text: '2023年是多少' },
      },
    });
  });

  it('puts long choices into rows that can be pressed, with their numbers on the buttons', () => {
    const elements = body('满意率是多少');
    const rows = elements.filter((element) => element.type === 'Container');
    expect(rows).to.have.length(4);
    expect(rows[0]).to.have.nested.property('selectAction.data.say', '“政风热线”群众诉求办理满意率');
    expect(buttonsOf(elements).map(({ title }) => title)).to.deep.equal(['1', '2', '3', '4']);
  });

  it('puts a choice that was offered on no second button', () => {
    const said = buttonsOf(body('帮助')).flatMap((action) => (action.type === 'Action.Submit' ? action.data.say : []));
    expect(said.length).to.be.greaterThan(3);
    expect(new Set(said).size).to.equal(said.length);
  });

  it('shows the chart where there is an address of one', () => {
    const reply = replyTo('各渠道诉求排名');
    const withChart = replyCard({ ...reply, chartUrl: 'https://x.example/1.png' }, cardParts());
    const image = withChart.body.find((element) => element.type === 'Image');
    expect(image).to.have.property('altText').that.includes('电话 1,329,398 件');
    expect(body('各渠道诉求排名').some((element) => element.type === 'Image')).to.equal(false);
  });

  it('puts no more buttons side by side than a phone has room for', () => {
    const sets = body('帮助').filter((element) => element.type === 'ActionSet');
    expect(sets.length).to.be.greaterThan(2);
    for (const { actions } of sets) {
      expect(actions.map(({ title }) => title.length + 2).reduce((a, b) => a + b)).to.be.at.most(
        actions.length > 1 ? 21 : 99,
      );
    }
  });

  it('leaves decimals in a table as they are', () => {
    expect(text(body('概括一下政风热线'))).to.include('"99.11%"');
  });

  it('has no button to the bot when a person puts it into a message', () => {
    const elements = replyCard(replyTo('2024年政风热线满意率'), cardParts(), { hasBot: false }).body;
    expect(buttonsOf(elements).map(({ type }) => type)).to.deep.equal(['Action.OpenUrl', 'Action.ToggleVisibility']);
  });

  it('cuts a table that is too long for Teams, says so, and keeps its whole rows', () => {
    const reply = replyTo('概括一下政风热线');
    const rows = Array.from({ length: 300 }, (_, n) => [`很长的项目名称第${n}行`, `${n} 件`, '同比上升 1%（↑）']);
    const long = { ...reply, table: { head: ['项目', '数据', '同比'], rows } };
    const message = messageFor({ ...long, text: rows.map((row) => `· ${row.join('　')}`).join('\n') });
    const card = cardIn(message);
    expect(byteLength(message))
      .to.be.lessThan(TEAMS_LIMIT_BYTES)
      .and.greaterThan(TEAMS_LIMIT_BYTES / 2);
    expect(card && faultsOf(card)).to.deep.equal([]);
    expect(text(card?.body ?? []))
      .to.include('没有全部列出')
      .and.include('第0行');
    expect(card?.fallbackText).to.include('没有全部列出').and.include('第0行').and.not.include('第299行');
  });

  it('lets nothing that a person typed become a link or a list', () => {
    const typed = '[免费](https://evil.example)的诉求总量';
    const message = messageFor(replyTo(typed));
    expect(message.textFormat).to.equal('plain');
    expect(text(cardIn(message)?.body ?? []))
      .not.to.match(/"TextBlock"[^}]*evil/)
      .and.not.include('"url":"https://evil');
  });
});

describe('the message around the card', () => {
  it('says the figure in a line with citations, which name the place and its address', () => {
    const message = messageFor(replyTo('2024年政风热线满意率'));
    expect(message.text).to.equal('2024年“政风热线”群众诉求办理满意率为 99.11%，同比上升 4.3%（↑）。 [1]');
    expect(message.summary).to.equal('2024年“政风热线”群众诉求办理满意率为 99.11%，同比上升 4.3%（↑）。');
    expect(message.suggestedActions).to.equal(undefined);
    expect(message.channelData.answer.kind).to.equal('answer');
    expect(message.channelData.feedbackLoop).to.deep.equal({ type: 'default' });
    const [entity] = message.entities ?? [];
    expect(entity).to.deep.include({ type: 'https://schema.org/Message', '@type': 'Message' });
    expect(entity).to.have.nested.property('citation[0].appearance.url').that.includes('/report/lianyungang-2024#');
  });

  it('keeps citations within the lengths that Teams takes', () => {
    for (const said of Object.values(KINDS)) {
      const citations: { position: number; appearance: { name: string; abstract: string } }[] =
        messageFor(replyTo(...said)).entities?.[0]?.['citation'] ?? [];
      for (const { position, appearance } of citations) {
        expect(position).to.be.at.most(20);
        expect(appearance.name).to.have.length.within(1, 80);
        expect(appearance.abstract).to.have.length.within(1, 160);
      }
    }
  });

  it('says nothing twice: the sentence of the message isn’t on the card', () => {
    const elements = cardIn(messageFor(replyTo('2024年政风热线满意率')))?.body ?? [];
    expect(text(elements))
      .to.include('报告未注明 4.3% 是百分点还是相对变化')
      .and.not.include('办理满意率为 99.11%，同比上升 4.3%（↑）。"');
  });

  it('leaves a reply without figures in its text, once', () => {
    const message = messageFor(replyTo('满意率是多少'));
    expect(message.text).to.include('您要问哪一个');
    expect(text(cardIn(message)?.body ?? [])).not.to.include('您要问哪一个');
    expect(message.entities).to.equal(undefined);
  });

  it('puts the questions of the welcome on buttons', () => {
    const welcome = teamsMessage(talkActivity('您好', ['诉求总量是多少']), cardParts());
    expect(welcome).to.deep.include({ text: '您好', summary: '您好' });
    expect(buttonsOf(cardIn(welcome)?.body ?? []).map(({ title }) => title)).to.deep.equal(['诉求总量是多少']);
  });

  it('leaves activities of other kinds alone', () => {
    const typing: Partial<Activity> = { type: 'typing' };
    expect(teamsMessage(typing, cardParts())).to.equal(typing);
  });

  it('turns into the whole reply in words when a card is refused', () => {
    const reply = replyTo('各渠道诉求排名');
    const plain = asPlainText(messageFor(reply));
    expect(plain).to.deep.include({ text: reply.text, textFormat: 'plain' });
    expect(plain).not.to.have.any.keys('attachments', 'entities');
  });
});
