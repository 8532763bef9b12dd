import { expect } from 'chai';
import { refusalBody } from '../../src/server/refusal';
import { WORDING } from '../bot/fake-engine';
import { openPassive } from './stand-in-client';
import type { Fault } from './stand-in-platform';
import { hastyClock, patientClock, startWeCom, type WeComService } from './wecom-service';

const SEND = 'message/send';

describe('sending the answer', () => {
  let service: WeComService;
  beforeEach(async () => {
    service = await startWeCom();
  });
  afterEach(async () => {
    expect(service.platform.problems).to.deep.equal([]);
    await service.stop();
  });

  const ask = async (person: string, question: string) => {
    await service.client.deliver(service.client.text(person, question));
    await service.quiet();
  };
  const answers = (person: string) =>
    service.platform.seenBy(person).map(({ text }) => text?.content.split('\n')[0] ?? '');
  const logged = (msg: string) => service.log.filter((line) => line['msg'] === msg);

  it('fetches one token for a hundred people at once', async () => {
    const deliveries = Array.from({ length: 100 }, (_, n) => service.client.text(`p${n}`, '甲'));
    await Promise.all(deliveries.map((delivery) => service.client.deliver(delivery)));
    await service.quiet();
    expect(service.platform.tokensGiven).to.equal(1);
    expect(service.platform.sent).to.have.length(100);
  });

  it('goes on with a new token when the old one ends in mid-conversation', async () => {
    for (const [n, question] of ['甲', '乙', '丙', '丁', '戊'].entries()) {
      if (n === 2) service.platform.voidTokens();
      if (n === 4) service.platform.faults[SEND] = [{ errcode: 42001 }];
      await ask('lisi', question);
    }
    expect(answers('lisi').map((text) => text.slice(0, 4))).to.deep.equal([
      '1. 甲',
      '2. 乙',
      '3. 丙',
      '4. 丁',
      '5. 戊',
    ]);
    expect(service.platform.tokensGiven).to.equal(3);
  });

  it('fetches only one new token when many find theirs void', async () => {
    await ask('lisi', '甲');
    service.platform.voidTokens();
    await Promise.all(Array.from({ length: 40 }, (_, n) => service.client.deliver(service.client.text(`p${n}`, '甲'))));
    await service.quiet();
    expect(service.platform.tokensGiven).to.equal(2);
    expect(service.platform.sent).to.have.length(41);
  });

  const passing: [string, Fault[]][] = [
    ['the frequency limit (45009)', [{ errcode: 45009 }, { errcode: 45009 }]],
    ['a busy platform (-1)', [{ errcode: -1 }, { errcode: -1 }, { errcode: -1 }]],
    ['too many at once (45033)', [{ errcode: 45033 }]],
    ['a 500 before it was done', [{ status: 500 }]],
    [
      'a 502 after it was done',
      [
        { status: 502, after: true },
        { status: 502, after: true },
      ],
    ],
    ['a connection cut before it was done', [{ connection: 'reset' }]],
    ['a connection cut after it was done', [{ connection: 'reset', after: true }]],
    [
      'one fault after the other',
      [{ status: 503, after: true }, { errcode: 42001 }, { errcode: 45009 }, { connection: 'reset' }],
    ],
  ];
  for (const [name, faults] of passing) {
    it(`gets the answer through ${name}, once`, async () => {
      service.platform.faults[SEND] = [...faults];
      await ask('lisi', '甲');
      expect(answers('lisi')).to.have.length(1);
      expect(logged('wecom: not sent')).to.deep.equal([]);
    });
  }

  it('gets the answer through a platform that does it and never says so, once', async function () {
    this.timeout(30_000);
    service.platform.faults[SEND] = [{ connection: 'silent', after: true }];
    await ask('lisi', '甲');
    expect(answers('lisi')).to.have.length(1);
    expect(logged('wecom: failed in passing, trying again')[0]).to.include({ code: 'timeout', call: SEND, tries: 1 });
  });

  it('gets the answer through a token that can’t be fetched at first', async () => {
    service.platform.faults['gettoken'] = [{ status: 500 }, { connection: 'reset' }, { errcode: -1 }];
    await ask('lisi', '甲');
    expect(answers('lisi')).to.have.length(1);
  });

  it('gives up after a bounded number of tries, says so with the message id, and answers the next message', async () => {
    service.platform.faults[SEND] = Array.from({ length: 8 }, () => ({ status: 500 }));
    const delivery = service.client.text('lisi', '秘密');
    await service.client.deliver(delivery);
    await service.quiet();
    expect(service.platform.calls.filter((path) => path === SEND)).to.have.length(8);
    const [line] = logged('wecom: not sent');
    expect(line).to.include({ code: 'http 500', tries: 8, isOutcomeOpen: true });
    expect(line?.['message']).to.match(/^\d{19}$/);
    expect(JSON.stringify(service.log)).not.to.match(/秘密|lisi|token-|app-secret/);
    await ask('lisi', '甲');
    // The lost reply is forgotten: this is the first turn the person sees.
    expect(answers('lisi')).to.have.length(1);
    expect(answers('lisi')[0]).to.match(/^1\. 甲/);
  });

  for (const errcode of [60020, 81013, 48002, 40058, 45002]) {
    it(`tries no second time after ${errcode}, and tells the operator`, async () => {
      service.platform.faults[SEND] = [{ errcode }];
      await ask('lisi', '甲');
      expect(service.platform.calls.filter((path) => path === SEND)).to.have.length(1);
      expect(logged('wecom: not sent')[0]).to.include({ code: errcode, tries: 1 });
    });
  }

  it('asks for no token again at once when the secret is wrong', async () => {
    service.platform.secret = 'changed';
    for (let n = 0; n < 5; n += 1) await ask('lisi', '甲');
    expect(service.platform.calls).to.deep.equal(['gettoken']);
    expect(logged('wecom: not sent')).to.have.length(5);
    expect(logged('wecom: not sent')[0]).to.include({ code: 40001 });
  });

  it('apologises when a turn fails', async () => {
    await ask('lisi', '崩溃');
    expect(answers('lisi')).to.deep.equal([WORDING.apology]);
  });

  it('says the same twice to a person who has it coming twice', async () => {
    for (let n = 0; n < 2; n += 1) await service.client.deliver(service.client.file('lisi', 'image', ''));
    await service.quiet();
    expect(answers('lisi')).to.deep.equal([WORDING.notText, WORDING.notText]);
  });

  it('holds answers back at the thirtieth in a minute to one person, since the platform would drop them unsaid', async () => {
    const waits: number[] = [];
    await service.stop();
    const clock = hastyClock();
    const wait = (ms: number) => {
      waits.push(ms);
      return clock.wait(ms);
    };
    service = await startWeCom({ clock: { ...clock, wait } });
    for (let n = 0; n < 32; n += 1) await service.client.deliver(service.client.text('lisi', `问${n}`));
    await service.quiet();
    expect(answers('lisi')).to.have.length(32);
    expect(waits.filter((ms) => ms > 50_000 && ms <= 60_000)).to.have.length.at.least(2);
  });
});

describe('without a secret', () => {
  const real = patientClock();
  let service: WeComService;
  beforeEach(async () => {
    service = await startWeCom({ app: { secret: undefined, agentId: undefined, corpId: undefined }, clock: real });
  });
  afterEach(() => service.stop());

  it('answers in the response, sealed, to the person and from the corp', async () => {
    const answer = await service.client.deliver(service.client.text('lisi', '甲'));
    const opened = openPassive(answer.text);
    expect(opened).to.deep.include({ to: 'lisi', from: 'ww1436e0e65a779aee', type: 'text' });
    expect(opened.content)
      .to.match(/^1\. 甲/)
      .and.include('再问一个');
    expect(service.platform.calls).to.deep.equal([]);
  });

  it('answers in one of three deliveries', async () => {
    const delivery = service.client.text('lisi', '甲');
    const answers = await Promise.all([1, 2, 3].map(() => service.client.deliver(delivery)));
    answers.push(await service.client.deliver(delivery));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    expect(answers.filter(({ text }) => text !== '')).to.have.length(1);
    expect(service.turns).to.deep.equal(['甲']);
  });

  it('gives an answer that comes late to the next delivery', async () => {
    await service.stop();
    let wait: (ms: number) => Promise<void> = () => Promise.resolve(); // the time is up at once
    service = await startWeCom({ app: { secret: undefined }, clock: { ...real, wait: (ms) => wait(ms) } });
    const delivery = service.client.text('lisi', '甲');
    const late = await service.client.deliver(delivery);
    expect(late).to.deep.equal({ status: 503, text: JSON.stringify(refusalBody(503)) });
    wait = real.wait;
    expect(openPassive((await service.client.deliver(delivery)).text).content).to.match(/^1\. 甲/);
    expect((await service.client.deliver(delivery)).text).to.equal('');
    expect(service.turns).to.deep.equal(['甲']);
  });

  it('welcomes, and apologises for a fault', async () => {
    const welcome = await service.client.deliver(service.client.event('lisi', 'enter_agent'));
    expect(openPassive(welcome.text).content).to.include(WORDING.welcome);
    const fault = await service.client.deliver(service.client.text('lisi', '崩溃'));
    expect(openPassive(fault.text).content).to.equal(WORDING.apology);
  });

  it('keeps an answer within the bytes of one message', async () => {
    const answer = await service.client.deliver(service.client.text('lisi', '长'.repeat(1500)));
    const { content } = openPassive(answer.text);
    expect(Buffer.byteLength(content)).to.be.within(1900, 2048);
    expect(content).to.match(/其余请看原表。$/);
  });
});
