import type { Activity } from 'botbuilder';
import { expect } from 'chai';
import type { Action, Element } from '../../src/channels/botframework/teams/card/elements';
import { cardIn } from './asking';
import {
  type Connector,
  fromTeams,
  postActivity,
  repliesTo,
  startConnector,
  startTeamsService,
  type TeamsService,
} from './service';

const GROUP = { id: '19:group', conversationType: 'groupChat', isGroup: true, tenantId: 'tenant' };
const MENTION = { type: 'mention', text: '<at>年报问答</at>', mentioned: { id: '28:bot', name: '年报问答' } };

function buttonsIn(message: Partial<Activity> | undefined): Action[] {
  const all: Element[] = (message && cardIn(message)?.body) ?? [];
  return all.flatMap((element) => (element.type === 'ActionSet' ? element.actions : []));
}

/** What Teams sends when the button is pressed. */
function pressed(message: Partial<Activity> | undefined, title: string): Record<string, unknown> {
  const button = buttonsIn(message).find((action) => action.title === title);
  if (button?.type !== 'Action.Submit') throw new Error(`no button ${title}`);
  const { msteams, ...value } = button.data;
  return { text: msteams.text, value };
}

describe('a conversation in Teams', () => {
  let service: TeamsService;
  before(async () => {
    service = await startTeamsService();
  });
  after(() => service.stop());

  const say = async (text: string, more: Record<string, unknown> = {}) =>
    (await repliesTo(service.url, { text, ...more }))[0];

  it('answers with a card and goes on from it', async () => {
    expect((await say('企业诉求总量'))?.text).to.include('49,722 件');
    const followUp = await say('那群众呢');
    expect(followUp?.text).to.include('1,344,025 件');
    expect(followUp?.attachments?.[0]?.contentType).to.equal('application/vnd.microsoft.card.adaptive');
  });

  it('takes the pressed number of a question back for the choice', async () => {
    const conversation = { id: 'a:choice', conversationType: 'personal' };
    const question = await say('满意率是多少', { conversation });
    const [reply] = await repliesTo(service.url, { ...pressed(question, '1'), conversation });
    expect(reply?.text).to.include('99.11%');
  });

  it('understands an older card’s button from that card, though others were asked since', async () => {
    const conversation = { id: 'a:older', conversationType: 'personal' };
    const older = await say('政风热线期数', { conversation });
    await say('平均等待时长', { conversation });
    const [reply] = await repliesTo(service.url, { ...pressed(older, '2023年是多少'), conversation });
    expect(reply?.text).to.include('期数');
  });

  it('understands a button of somebody else’s card in a group, and mixes no one’s follow-ups', async () => {
    const wang = { from: { id: '29:wang' }, conversation: GROUP, entities: [MENTION] };
    const li = { from: { id: '29:li' }, conversation: GROUP, entities: [MENTION] };
    const card = await say('<at>年报问答</at> 政风热线期数', wang);
    await say('<at>年报问答</at>&nbsp;企业诉求总量', li);
    expect((await say('<at>年报问答</at> 占比呢', li))?.text).to.include('3.57%');
    const [reply] = await repliesTo(service.url, {
      ...pressed(card, '2023年是多少'),
      from: { id: '29:zhao' },
      conversation: GROUP,
    });
    expect(reply?.text).to.include('期数').and.include('2023');
    expect((await say('<at>年报问答</at> 同比多少', wang))?.text)
      .to.include('期数')
      .and.include('16.67%');
  });

  it('takes no card of another conversation', async () => {
    const card = await say('政风热线期数', { conversation: { id: 'a:one', conversationType: 'personal' } });
    const conversation = { id: 'a:two', conversationType: 'personal' };
    const [reply] = await repliesTo(service.url, { ...pressed(card, '2023年是多少'), conversation });
    expect(reply?.text).not.to.include('期数');
  });

  it('reads a button without its card, or with one of a wrong form, as if it were typed', async () => {
    for (const card of [undefined, 7, 'x'.repeat(500), { constructor: 1 }]) {
      const [reply] = await repliesTo(service.url, { text: 'x', value: { say: '政风热线期数', card } });
      expect(reply?.text, String(card)).to.include('30 期');
    }
  });

  for (const [command, shown] of Object.entries({ 帮助: '年度报告', 概览: '主要数据', 数据来源: '年度报告' })) {
    it(`answers the command ${command}`, async () => {
      const conversation = { id: `a:${command}`, conversationType: 'personal' };
      const reply = await say(command, { conversation });
      expect(reply?.text).to.include(shown);
      expect(buttonsIn(reply).length).to.be.greaterThan(0);
    });
  }

  it('names the reports with their pages as the source, and after a figure where that one stands', async () => {
    const conversation = { id: 'a:source', conversationType: 'personal' };
    const reply = await say('数据来源', { conversation });
    expect(JSON.stringify(reply && cardIn(reply))).to.include('https://hotline.example.gov.cn/report/lianyungang-2024');
    await say('政风热线期数', { conversation });
    expect((await say('数据来源', { conversation }))?.text).to.include('特色热线公共服务');
  });
});

describe('the welcome in Teams', () => {
  let service: TeamsService;
  before(async () => {
    service = await startTeamsService();
  });
  after(() => service.stop());
  const joined = (members: string[], conversation: object) =>
    repliesTo(service.url, { type: 'conversationUpdate', membersAdded: members.map((id) => ({ id })), conversation });

  it('is said once at installation, however Teams tells it', async () => {
    const conversation = { id: 'a:new', conversationType: 'personal' };
    const first = await repliesTo(service.url, { type: 'installationUpdate', action: 'add', conversation });
    expect(first[0]?.text).to.include('您好');
    expect(buttonsIn(first[0]).length).to.be.greaterThan(1);
    expect(await joined(['29:wang', '28:bot'], conversation)).to.deep.equal([]);
  });

  it('is said when the bot comes into a group, not when a person does', async () => {
    expect(await joined(['29:li'], GROUP)).to.deep.equal([]);
    expect(await joined(['28:bot'], GROUP)).to.have.length(1);
    expect(await joined(['29:zhao'], GROUP)).to.deep.equal([]);
  });

  it('is not said again when the app is updated or removed', async () => {
    const conversation = { id: 'a:update', conversationType: 'personal' };
    for (const action of ['add-upgrade', 'remove', 'remove-upgrade', 7]) {
      expect(await repliesTo(service.url, { type: 'installationUpdate', action, conversation })).to.deep.equal([]);
    }
  });
});

describe('messages to the connector of Teams', () => {
  let service: TeamsService;
  let connector: Connector;
  before(async () => {
    [service, connector] = await Promise.all([startTeamsService(), startConnector()]);
  });
  after(async () => {
    await service.stop();
    connector.stop();
  });
  const post = (text: string) => {
    return postActivity(service.url, fromTeams({ text, deliveryMode: 'normal', serviceUrl: connector.url }));
  };

  it('carry card, summary, vote buttons and whole citations', async () => {
    expect((await post('2024年政风热线满意率')).status).to.equal(200);
    const activity = connector.sent.at(-1)?.activity;
    expect(activity?.summary).to.include('99.11%');
    expect(activity?.channelData).to.have.nested.property('feedbackLoop.type', 'default');
    expect(activity?.channelData).to.have.nested.property('answer.kind', 'answer');
    expect(activity?.channelData).not.to.have.any.keys('reply', 'card');
    expect(activity?.entities?.[0]).to.have.nested.property('citation[0].appearance.name').that.includes('满意率');
    expect(activity?.entities?.[0]).to.have.property('@context', 'https://schema.org');
  });

  it('go out as the whole reply in words when the card is refused', async () => {
    for (const status of [400, 413]) {
      connector.refuseCards(status);
      expect((await post('概括一下政风热线')).status).to.equal(200);
      const activity = connector.sent.at(-1)?.activity;
      expect(activity).to.include({ textFormat: 'plain' });
      expect(activity?.text)
        .to.include('期数')
        .and.include('30 期')
        .and.include('https://hotline.example.gov.cn/report/');
      expect(activity).not.to.have.property('attachments');
    }
    connector.refuseCards(undefined);
    expect(service.log.map(({ msg }) => msg)).to.deep.equal([
      'card not taken, sent as text',
      'card not taken, sent as text',
    ]);
  });
});
