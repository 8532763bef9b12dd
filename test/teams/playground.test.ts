/** A whole conversation in Microsoft's stand-in for Teams, looked at where a person would see it. */
import { expect } from 'chai';
import type { Action, AdaptiveCard } from '../../src/channels/botframework/teams/card/elements';
import { freePort } from '../free-port';
import { faultsOf } from './card-judge';
import { isPlaygroundInstalled, Playground, type Shown } from './playground';
import { startTeamsService, type TeamsService } from './service';

const describeInPlayground = isPlaygroundInstalled
  ? describe
  : (name: string, _tests: () => void) => {
      console.log(
        'Teams playground tests are skipped: it is not there (.ci/run fetches it into out/teams-playground).',
      );
      describe.skip(name, () => it('needs the playground', () => undefined));
    };

const textOf = (shown: Shown[]) => shown.map(({ text }) => text ?? '').join('\n');

function cardOf(shown: Shown[]): { card: AdaptiveCard; message: Shown } {
  const message = shown.find(({ attachments }) => attachments?.length > 0);
  if (!message) throw new Error(`no card in ${JSON.stringify(shown)}`);
  return { card: message.attachments[0]?.content as AdaptiveCard, message };
}

/** What the stand-in would submit for the button with these words. */
function button(shown: Shown[], title: string): { message: Shown; data: unknown } {
  const { card, message } = cardOf(shown);
  const actions: Action[] = card.body.flatMap((element) => (element.type === 'ActionSet' ? element.actions : []));
  const found = actions.find((action) => action.title === title);
  if (found?.type !== 'Action.Submit')
    throw new Error(`no button ${title} among ${actions.map((action) => action.title)}`);
  return { message, data: found.data };
}

describeInPlayground("a conversation in Microsoft's Teams playground", function (this: Mocha.Suite) {
  this.timeout(120_000);
  let service: TeamsService;
  let playground: Playground;
  /** The turns build on each other, as in a chat; each is a test, so that a failure names its turn. */
  let flagship: Shown[];

  before(async () => {
    service = await startTeamsService();
    playground = await Playground.start(service.url, await freePort());
  });
  after(async () => {
    await playground?.stop();
    await service?.stop();
  });

  it('welcomes at installation, once, though it is told in two ways', async () => {
    const shown = await playground.install();
    expect(shown.filter(({ text }) => text?.includes('您好'))).to.have.length(1);
    expect(cardOf(shown).card.body.length).to.be.greaterThan(0);
  });

  it('asks back about 满意率, and takes the pressed number for the choice', async () => {
    const asked = await playground.say('满意率是多少');
    expect(textOf(asked)).to.include('您要问哪一个');
    const { message, data } = button(asked, '1');
    expect(textOf(await playground.press(message, data))).to.include('99.11%');
  });

  it('answers 2024年政风热线满意率 with figure, 同比, card, citation and vote buttons', async () => {
    flagship = await playground.say('2024年政风热线满意率');
    expect(textOf(flagship)).to.include('99.11%').and.include('同比上升 4.3%（↑）');
    const { card } = cardOf(flagship);
    expect(faultsOf(card)).to.deep.equal([]);
    expect(JSON.stringify(card))
      .to.include('99.11%')
      .and.include('〔原文〕')
      .and.include('看原表')
      .and.include('复制引用');
    const first = flagship[0];
    expect(first?.feedbackLoopEnabled).to.equal(true);
    expect(first)
      .to.have.nested.property('aiEntity.citation[0].appearance.url')
      .that.includes('/report/lianyungang-2024#');
  });

  it('follows up: 「期数呢」', async () => {
    expect(textOf(await playground.say('期数呢'))).to.include('30 期');
  });

  it('declines what the report doesn’t cover, and offers what it does', async () => {
    const shown = await playground.say('南京12345一年多少电话');
    expect(textOf(shown)).to.include('没有“南京”的数据');
    expect(cardOf(shown).card.body.length).to.be.greaterThan(0);
  });

  it('understands the button of an older card from that card', async () => {
    const { message, data } = button(flagship, '2023年是多少');
    expect(textOf(await playground.press(message, data)))
      .to.include('政风热线')
      .and.include('2023');
  });

  it('answers a mention in the group, and keeps each person’s follow-ups apart', async () => {
    expect(textOf(await playground.mention('企业诉求总量'))).to.include('49,722 件');
    expect(textOf(await playground.mentionBy('user-id-1', '政风热线期数'))).to.include('30 期');
    expect(textOf(await playground.mention('占比呢'))).to.include('3.57%');
    expect(textOf(await playground.mentionBy('user-id-1', '同比多少'))).to.include('16.67%');
  });

  it('has met no fault on the way', () => {
    expect(service.log).to.deep.equal([]);
  });
});
