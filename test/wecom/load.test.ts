import { expect } from 'chai';
import type { Ask } from '../../src/bot/ask';
import { answer } from '../../src/engine/answer';
import { loadKnowledge } from '../../src/engine/knowledge';
import { startWeCom } from './wecom-service';

const PEOPLE = 50;
const QUESTIONS = ['诉求总量', '平均等待时长', '晓苏的浏览量', '2024年政风热线满意率'];

describe('two hundred messages at once from fifty people', () => {
  it('are all answered once, each to its own person, with the answer to its own question', async function () {
    this.timeout(60_000);
    const knowledge = loadKnowledge({ data: 'data', dialogs: 'dialogs' }, { publicUrl: 'https://bot.example.gov.cn' });
    const ask: Ask = (question, focus, today) => answer(question, focus, knowledge, today);
    // The person is named in every answer, so that one that went astray would show.
    const naming: Ask = (question, focus, today) => {
      const [person = '', asked = ''] = question.split('：');
      const turn = ask(asked, focus, today);
      const { reply } = turn;
      return { ...turn, reply: { ...reply, sentences: [`${person}：${asked}`, ...reply.sentences] } };
    };
    const service = await startWeCom({ ask: naming });
    // Some deliveries are repeated and some calls fail, as on a real day.
    service.platform.faults['message/send'] = [
      { errcode: 45033 },
      { status: 502, after: true },
      { connection: 'reset' },
    ];
    const people = Array.from({ length: PEOPLE }, (_, n) => `person${n}`);
    const deliveries = people.flatMap((person) =>
      QUESTIONS.map((question) => ({
        id: `${person}：${question}`,
        delivery: service.client.text(person, `${person}：${question}`),
      })),
    );
    const start = performance.now();
    const acknowledged: number[] = [];
    await Promise.all(
      deliveries.map(async ({ delivery }, n) => {
        const { status } = await service.client.deliver(delivery);
        acknowledged.push(performance.now() - start);
        expect(status).to.equal(200);
        if (n % 5 === 0) await service.client.deliver(delivery);
      }),
    );
    await service.quiet();
    const whole = performance.now() - start;

    expect(service.platform.problems).to.deep.equal([]);
    expect(service.platform.sent).to.have.length(PEOPLE * QUESTIONS.length);
    for (const person of people) {
      const said = service.platform.seenBy(person).map((message) => JSON.stringify(message));
      for (const question of QUESTIONS) {
        expect(
          said.filter((text) => text.includes(`${person}：${question}`)),
          `${person} ${question}`,
        ).to.have.length(1);
      }
    }
    const answered = percentile95(service.platform.sent.map(({ arrivedAt }) => arrivedAt - start));
    console.log(
      `      p95: acknowledged ${percentile95(acknowledged).toFixed(0)} ms, answered ${answered.toFixed(0)} ms; all done ${whole.toFixed(0)} ms`,
    );
    await service.stop();
  });
});

function percentile95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}
