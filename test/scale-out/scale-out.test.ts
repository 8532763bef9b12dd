/**
 * Several processes on one Redis, as they are run in earnest: people whose every request may reach another process get each
 * answer, in order, once, also when a process is killed, when Redis is stopped, and when a process is told to end.
 */
import { setTimeout as later } from 'node:timers/promises';
import { expect } from 'chai';
import { dayInChina } from '../../src/bot/ask';
import { answer, type Focus } from '../../src/engine/answer';
import { loadKnowledge } from '../../src/engine/knowledge';
import { hasRedis, type RedisServer, startRedis } from '../state/redis-server';
import { Person } from './person';
import { Service } from './processes';

const PUBLIC_URL = 'https://bot.example.gov.cn';
const PEOPLE = 200;
const SCRIPTS = [
  ['诉求总量是多少', '其中企业呢', '占比多少', '那群众呢', '2023年是多少'],
  ['满意率是多少', '第二个', '那第一个呢', '同比怎么样', '企业诉求占多少'],
  ['互联网诉求为什么增加了', '电话呢', '占多少', '哪个降了', '概括一下政风热线'],
  ['发布了多少条民生热点', '去年呢', '群众诉求总量', '企业呢', '两个加起来'],
];

/** What one process with nothing to share answers. */
function expected(): string[][] {
  const knowledge = loadKnowledge({ data: 'data', dialogs: 'dialogs' }, { publicUrl: PUBLIC_URL });
  return SCRIPTS.map((questions) => {
    let focus: Focus | undefined;
    return questions.map((question) => {
      const turn = answer(question, focus, knowledge, dayInChina());
      focus = turn.focus;
      return turn.reply.text;
    });
  });
}

(hasRedis ? describe : describe.skip)('processes that share a Redis', function () {
  this.timeout(180_000);
  let redis: RedisServer;
  let services: Service[] = [];
  let right: string[][];
  let people: Person[] = [];

  before(async () => {
    right = expected();
    redis = await startRedis();
    const env = { STATE_URL: redis.url, PUBLIC_URL, RATE_LIMIT_PER_MINUTE: '0' };
    services = await Promise.all([Service.onFreePort(env), Service.onFreePort(env)]);
    await Promise.all(services.map((service) => service.start()));
  });
  afterEach(() => {
    for (const person of people) person.leave();
  });
  after(async () => {
    await Promise.all(services.map((service) => service.signal('SIGKILL')));
    await redis.end();
  });

  let requests = 0;
  const nextUrl = () => services[requests++ % services.length]?.url ?? '';
  const answered = () => people.reduce((sum, person) => sum + person.answers().length, 0);

  async function converse(person: Person, questions: string[], isHasty: boolean): Promise<void> {
    await person.open();
    await person.untilAnswered(1); // the greeting
    for (const [turn, question] of questions.entries()) {
      await person.say(question);
      // A hasty person writes the third message before the second is answered.
      if (!(isHasty && turn === 1)) await person.untilAnswered(turn + 2);
      await later(100 * Math.random());
    }
  }

  /** All conversations at once, and in the middle what happens to them. */
  async function allConverse(meanwhile: () => Promise<void> = async () => undefined, count = PEOPLE): Promise<void> {
    people = Array.from({ length: count }, () => new Person(nextUrl));
    const began = performance.now();
    const talking = people.map((person, place) =>
      converse(person, SCRIPTS[place % SCRIPTS.length] ?? [], place % 5 === 0),
    );
    const disturbing = (async () => {
      while (answered() < count * 2) await later(10);
      await meanwhile();
    })();
    await Promise.all([...talking, disturbing]);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const again = people.reduce((sum, person) => sum + person.triedAgain, 0);
    console.log(
      `    ${count} conversations, ${answered()} answers in ${seconds} s; told to try again or cut off: ${again}`,
    );
  }

  async function expectAllRight(): Promise<void> {
    for (const [place, person] of people.entries()) {
      const texts = right[place % SCRIPTS.length] ?? [];
      const questions = SCRIPTS[place % SCRIPTS.length] ?? [];
      expect(
        person
          .answers()
          .slice(1)
          // The words of the whole reply: the text beside a card leaves out what the card has.
          .map(({ channelData }) => channelData?.reply?.text),
      ).to.deep.equal(texts);
      const said = person.heard.filter(({ from }) => from.role === 'user').map(({ text }) => text);
      expect(said).to.deep.equal(questions);
      for (const { url } of services) {
        const log = await person.log(url);
        expect(log.map(({ id }) => id)).to.deep.equal(person.heard.map(({ id }) => id));
        expect(log).to.have.length(1 + 2 * questions.length);
        expect([...log].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1))).to.deep.equal(log);
      }
    }
  }

  it('answer each message once and in order, wherever it goes and wherever its answer is awaited', async () => {
    await allConverse();
    await expectAllRight();
  });

  it('lose nothing when one of them is killed in the middle and started again', async () => {
    await allConverse(async () => {
      await services[0]?.signal('SIGKILL');
      await services[0]?.start();
    });
    await expectAllRight();
  });

  it('lose nothing while Redis is away for five seconds, say so, and come back by themselves', async () => {
    await allConverse(async () => {
      await redis.stop();
      const stopped = Date.now();
      await Promise.all(services.map((service) => service.until(503)));
      const health = await Promise.all(services.map(async ({ url }) => (await fetch(`${url}/healthz`)).status));
      expect(health).to.deep.equal([200, 200]);
      await later(5000 - (Date.now() - stopped));
      await redis.start();
      await Promise.all(services.map((service) => service.until(200)));
    });
    await expectAllRight();
  });

  it('finish what they accepted when they are told to end', async () => {
    await allConverse(async () => {
      expect(await services[1]?.signal('SIGTERM')).to.equal(0);
      await services[1]?.start();
    }, 60);
    await expectAllRight();
  });
});
