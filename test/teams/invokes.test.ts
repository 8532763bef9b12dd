import { expect } from 'chai';
import type { AdaptiveCard } from '../../src/channels/botframework/teams/card/elements';
import { faultsOf } from './card-judge';
import { fromTeams, postActivity, repliesTo, startConnector, startTeamsService, type TeamsService } from './service';

interface Found {
  composeExtension: {
    type: string;
    text?: string;
    attachments?: {
      content: AdaptiveCard;
      preview: { contentType: string; content: { title: string; text: string } };
    }[];
  };
}

/** An invoke is answered in the response; nothing goes to the connector. */
const WITH_RESPONSE = { deliveryMode: undefined, serviceUrl: 'http://127.0.0.1:9/' };

describe('the search in the compose box', () => {
  let service: TeamsService;
  before(async () => {
    service = await startTeamsService();
  });
  after(() => service.stop());

  const invoke = (value: unknown, name = 'composeExtension/query') => {
    return postActivity(service.url, fromTeams({ type: 'invoke', name, value, ...WITH_RESPONSE }));
  };
  const search = async (words: string, queryOptions = {}): Promise<Found['composeExtension']> => {
    const parameters = [{ name: 'words', value: words }];
    const response = await invoke({ commandId: 'searchFigures', parameters, queryOptions });
    expect(response.status).to.equal(200);
    return ((await response.json()) as Found).composeExtension;
  };
  const titles = async (words: string, queryOptions = {}) => {
    return (await search(words, queryOptions)).attachments?.map(({ preview }) => preview.content.title) ?? [];
  };

  it('lists what the words begin, each with its 同比 and its card', async () => {
    const { type, attachments } = await search('政风 满意');
    expect(type).to.equal('result');
    expect(attachments?.[0]?.preview.contentType).to.equal('application/vnd.microsoft.card.thumbnail');
    expect(attachments?.[0]?.preview.content).to.deep.equal({
      title: '“政风热线”群众诉求办理满意率',
      text: '99.11%　同比上升 4.3%（↑）<br>二、特色热线公共服务 › “政风热线”管理运行',
    });
    const card = attachments?.[0]?.content;
    expect(card && faultsOf(card)).to.deep.equal([]);
    expect(JSON.stringify(card)).to.include('群众诉求办理满意率为 99.11%').and.not.include('Action.Submit');
  });

  for (const [words, expected] of Object.entries({
    '政风 满': '“政风热线”群众诉求办理满意率',
    政风满意: '“政风热线”群众诉求办理满意率',
    接通: '话务服务·30秒人工接通率',
    电话: '总计·诉求来源·电话',
    话务员: '服务团队·市本级平台·民声接听员',
  })) {
    it(`finds ${expected} with 「${words}」`, async () => {
      expect((await titles(words))[0]).to.equal(expected);
    });
  }

  it('lists every one that a word could mean: the four 满意率', async () => {
    expect(await titles('满意率')).to.have.length.at.least(4);
  });

  it('answers what already is a question, computed as in a chat', async () => {
    const { attachments } = await search('企业诉求占多少');
    expect(attachments?.[0]?.preview.content.text).to.include('3.57%');
  });

  it('shows the headline figures before anything is typed', async () => {
    const parameters = [{ name: 'initialRun', value: 'true' }];
    const found = (await (await invoke({ commandId: 'searchFigures', parameters })).json()) as Found;
    expect(found.composeExtension.attachments?.[0]?.preview.content.title).to.include('诉求总量');
  });

  it('gives further results when Teams scrolls, none twice', async () => {
    const first = await titles('诉求', { skip: 0, count: 5 });
    const next = await titles('诉求', { skip: 5, count: 5 });
    expect(first).to.have.length(5);
    expect(next).to.have.length(5);
    expect(new Set([...first, ...next]).size).to.equal(10);
    expect(await titles('诉求', { skip: 900, count: 5 })).to.deep.equal([]);
  });

  it('says so where nothing fits, and invents nothing for another city', async () => {
    for (const words of ['xyz', '南京', '<b>x</b>', '天气预报']) {
      expect(await search(words), words).to.deep.equal({
        type: 'message',
        text: '报告里没有找到相符的数据，换几个词试试。',
      });
    }
  });

  const malformed: Record<string, unknown> = {
    'no value': undefined,
    'a text': 'x',
    'another command': { commandId: 'other', parameters: [] },
    'parameters that are none': { commandId: 'searchFigures', parameters: 'x' },
    'a parameter without a name': { commandId: 'searchFigures', parameters: [{ value: 'x' }] },
    'a negative skip': { commandId: 'searchFigures', parameters: [], queryOptions: { skip: -1 } },
    'too many parameters': { commandId: 'searchFigures', parameters: Array(99).fill({ name: 'words', value: 'x' }) },
  };
  for (const [name, value] of Object.entries(malformed)) {
    it(`refuses ${name} with 400 and an error in fixed words`, async () => {
      const response = await invoke(value);
      expect(response.status).to.equal(400);
      expect(await response.json()).to.have.nested.property('error.code', 'BadRequest');
    });
  }

  it('takes a parameter that is no text for none', async () => {
    const parameters = [{ name: 'words', value: { a: 1 } }];
    expect((await invoke({ commandId: 'searchFigures', parameters })).status).to.equal(200);
  });

  it('refuses what it doesn’t know with 501, and lives', async () => {
    for (const name of ['composeExtension/submitAction', 'composeExtension/queryLink', 'task/fetch', 'x']) {
      expect((await invoke({}, name)).status, name).to.equal(501);
    }
    expect(await titles('政风 满意')).to.have.length.at.least(1);
    expect(service.log).to.deep.equal([]);
  });
});

describe('a vote on an answer in Teams', () => {
  const running: { stop: () => unknown }[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
  });
  const started = async <Running extends { stop: () => unknown }>(starting: Promise<Running>): Promise<Running> => {
    const one = await starting;
    running.push(one);
    return one;
  };

  const vote = (actionValue: unknown, more: Record<string, unknown> = {}) =>
    fromTeams({
      type: 'invoke',
      name: 'message/submitAction',
      value: { actionName: 'feedback', actionValue },
      ...WITH_RESPONSE,
      ...more,
    });

  it('is handed on with its words and the question that was answered', async () => {
    const [service, connector] = await Promise.all([started(startTeamsService()), started(startConnector())]);
    await postActivity(
      service.url,
      fromTeams({ text: '政风热线期数', deliveryMode: 'normal', serviceUrl: connector.url }),
    );
    const feedback = JSON.stringify({ feedbackText: ' 很快 ' });
    const response = await postActivity(service.url, vote({ reaction: 'like', feedback }, { replyToId: 'sent-1' }));
    expect(response.status).to.equal(200);
    expect(await response.json()).to.deep.equal({});
    await postActivity(service.url, vote({ reaction: 'dislike', feedback: '{broken' }, { replyToId: 'unknown' }));
    expect(service.votes).to.deep.equal([
      { channel: 'msteams', vote: 'up', comment: '很快', replyId: 'sent-1', question: '政风热线期数' },
      { channel: 'msteams', vote: 'down', comment: undefined, replyId: 'unknown', question: undefined },
    ]);
  });

  it('of a wrong form is refused with 400', async () => {
    const service = await started(startTeamsService());
    for (const value of [undefined, 'like', { reaction: 'love' }, { reaction: 7 }]) {
      expect((await postActivity(service.url, vote(value))).status).to.equal(400);
    }
    expect(service.votes).to.deep.equal([]);
  });

  it('that can’t be kept is a fault of ours: 500, logged, and the next message is answered', async () => {
    const service = await started(
      startTeamsService({
        onFeedback: () => {
          throw new Error('disk');
        },
      }),
    );
    const response = await postActivity(service.url, vote({ reaction: 'like' }));
    expect(response.status).to.equal(500);
    expect(await response.json()).to.have.nested.property('error.code', 'InternalError');
    expect(service.log.map(({ msg }) => msg)).to.deep.equal(['turn failed']);
    expect((await repliesTo(service.url, { text: '政风热线期数' }))[0]?.text).to.include('30 期');
  });
});
