/** A chart reaches the person as an image behind the answer; where that can't be, as a link, and never both. */
import { expect } from 'chai';
import { type Ask, withChartUrls } from '../../src/bot/ask';
import { answer } from '../../src/engine/answer';
import type { ChartData } from '../../src/engine/answer-form';
import { ChartPictures } from '../../src/server/charts/chart-pictures';
import { served } from '../engine/asking';
import { openPassive } from './stand-in-client';
import type { Fault, SentMessage } from './stand-in-platform';
import { hastyClock, type Options, startWeCom, WECOM_WORDING, type WeComService } from './wecom-service';

const CHART_URL = 'https://bot.example.gov.cn/charts/x.y.png';
const COMPARISON = '企业和群众诉求哪个多';
const UPLOAD = 'media/upload';

describe('a chart in 企业微信', () => {
  const pictures = new ChartPictures();
  let service: WeComService | undefined;
  let drawn: ChartData[];
  const ask: Ask = withChartUrls(
    (question, focus, today) => answer(question, focus, served(), today),
    () => CHART_URL,
  );
  const start = async (options: Options = {}) => {
    drawn = [];
    const drawChart = (chart: ChartData) => {
      drawn.push(chart);
      return pictures.picture(chart, 'png');
    };
    service = await startWeCom({ ask, drawChart, ...options });
    return service;
  };
  afterEach(async () => {
    expect(service?.platform.problems).to.deep.equal([]);
    await service?.stop();
  });

  const say = async ({ client, quiet }: WeComService, person: string, ...questions: string[]) => {
    for (const question of questions) {
      await client.deliver(client.text(person, question));
      await quiet();
    }
  };
  const kinds = (sent: SentMessage[]) => sent.map(({ msgtype }) => msgtype);
  const links = (sent: SentMessage[]) =>
    sent.filter(({ text, markdown, template_card: card }) =>
      [text?.content, markdown?.content, card && JSON.stringify(card)].some((words) => words?.includes(CHART_URL)),
    );

  it('comes as an image behind the answer, uploaded in the documented form', async () => {
    const running = await start();
    await say(running, 'lisi', COMPARISON);
    const sent = running.platform.seenBy('lisi');
    expect(kinds(sent)).to.deep.equal(['text', 'image']);
    expect(links(sent)).to.deep.equal([]);
    const png = running.platform.media.get(sent[1]?.image?.media_id ?? '');
    expect(png?.length).to.be.greaterThan(5000);
  });

  it('comes behind a card as well', async () => {
    const running = await start();
    await say(running, 'lisi', '企业诉求占多少');
    expect(kinds(running.platform.seenBy('lisi'))).to.deep.equal(['template_card', 'image']);
  });

  it('doesn’t come with an answer that has none', async () => {
    const running = await start();
    await say(running, 'lisi', '平均等待时长', '满意率是多少', '你好');
    expect(kinds(running.platform.seenBy('lisi'))).to.not.include('image');
    expect(running.platform.calls).to.not.include(UPLOAD);
  });

  it('is uploaded once for all who ask, until the platform forgets it', async () => {
    let now = Date.now();
    const running = await start({ clock: { ...hastyClock(), now: () => now } });
    for (const person of ['a', 'b', 'c']) await say(running, person, COMPARISON);
    expect(running.platform.calls.filter((call) => call === UPLOAD)).to.have.length(1);
    expect(running.platform.sent.filter(({ msgtype }) => msgtype === 'image')).to.have.length(3);
    now += 3 * 24 * 60 * 60 * 1000;
    await say(running, 'd', COMPARISON);
    expect(running.platform.calls.filter((call) => call === UPLOAD)).to.have.length(2);
  });

  const passing: [string, Fault][] = [
    ['a void token (42001)', { errcode: 42001 }],
    ['a busy platform (-1)', { errcode: -1 }],
    ['a 502', { status: 502 }],
    ['a connection cut', { connection: 'reset' }],
  ];
  for (const [name, fault] of passing) {
    it(`gets through ${name} at the upload`, async () => {
      const running = await start();
      running.platform.faults[UPLOAD] = [fault];
      await say(running, 'lisi', COMPARISON);
      expect(kinds(running.platform.seenBy('lisi'))).to.deep.equal(['text', 'image']);
    });
  }

  const lasting: [string, Fault[]][] = [
    ['the frequency limit (45009)', [{ errcode: 45009 }]],
    ['no permission (48002)', [{ errcode: 48002 }]],
    ['two 500s', [{ status: 500 }, { status: 500 }]],
    ['two connections cut', [{ connection: 'reset' }, { connection: 'reset' }]],
  ];
  for (const [name, faults] of lasting) {
    it(`is a link after ${name} at the upload, and the next question is answered`, async () => {
      const running = await start();
      running.platform.faults[UPLOAD] = [...faults];
      await say(running, 'lisi', COMPARISON, '平均等待时长');
      const sent = running.platform.seenBy('lisi');
      expect(kinds(sent)).to.deep.equal(['text', 'text', 'template_card']);
      expect(links(sent)).to.deep.equal([sent[1]]);
      expect(sent[1]?.text?.content).to.equal(`<a href="${CHART_URL}">${WECOM_WORDING.seeChart}</a>`);
      expect(running.log.some((line) => line['msg'] === 'wecom: not sent' && line['call'] === UPLOAD)).to.equal(true);
    });
  }

  it('is a link when the platform has forgotten the image before its time', async () => {
    const running = await start();
    await say(running, 'lisi', COMPARISON);
    running.platform.media.clear();
    await say(running, 'lisi', COMPARISON);
    const sent = running.platform.seenBy('lisi');
    expect(kinds(sent)).to.deep.equal(['text', 'image', 'text', 'text']);
    expect(links(sent)).to.deep.equal([sent[3]]);
    await say(running, 'lisi', COMPARISON); // and is uploaded anew
    expect(kinds(running.platform.seenBy('lisi')).slice(4)).to.deep.equal(['text', 'image']);
  });

  it('is a link when it can’t be drawn, and the fault is logged without words of the question', async () => {
    const running = await start({ drawChart: () => Promise.reject(new Error('企业')) });
    await say(running, 'lisi', COMPARISON);
    const sent = running.platform.seenBy('lisi');
    expect(links(sent)).to.deep.equal([sent[1]]);
    const logged = running.log.filter((line) => line['msg'] === 'wecom: no chart');
    expect(logged).to.have.length(1);
    expect(JSON.stringify(logged)).not.to.include('企业');
  });

  it('is a link in the text where answers go into the response', async () => {
    const running = await start({ app: { secret: undefined } });
    const { text } = await running.client.deliver(running.client.text('lisi', COMPARISON));
    expect(openPassive(text).content).to.include(CHART_URL);
    expect(drawn).to.deep.equal([]);
  });

  it('is a link of Markdown where Markdown was chosen and no image can be had', async () => {
    const running = await start({ app: { form: 'markdown' } });
    running.platform.faults[UPLOAD] = [{ errcode: 48002 }];
    await say(running, 'lisi', COMPARISON);
    expect(links(running.platform.seenBy('lisi')).map(({ markdown }) => markdown?.content)).to.deep.equal([
      `[${WECOM_WORDING.seeChart}](${CHART_URL})`,
    ]);
  });
});
