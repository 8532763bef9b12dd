/**
 * The sample conversations of test/cases, each through the bot as a channel would have it.
 *
 * A conversation is right when every reply of it is. Misled is the worst: not right, yet figures were stated with no word
 * of doubt. The text that is judged is what a person sees, the titles of buttons included.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { BoundedStorage } from '../../src/bot/bounded-storage';
import { InProcessAdapter } from '../../src/bot/in-process-adapter';
import { ReportBot } from '../../src/bot/report-bot';
import { loadBotWording } from '../../src/bot/wording';
import { type CaseTurn, judge, misled } from '../cases/judge.mjs';
import { ask, served, TODAY } from './asking';

/** What is promised of all, and of the core below. */
const SHARE_RIGHT = 0.98;
/** The core of the product: plain figures, their 同比, questions back, small talk. */
const CORE = new Set(['lookup', 'yoy', 'ambiguous', 'smalltalk']);
const CORE_SHARE_RIGHT = 0.95;

interface Case {
  id: string;
  class: string;
  turns: CaseTurn[];
}

interface Outcome {
  id: string;
  class: string;
  isRight: boolean;
  isMisled: boolean;
  faults: string[];
}

const cases = readdirSync('test/cases')
  .filter((name) => name.endsWith('.json'))
  .flatMap((name): Case[] => JSON.parse(readFileSync(`test/cases/${name}`, 'utf8')));

describe('the sample conversations', () => {
  let outcomes: Outcome[] = [];

  before(async function () {
    this.timeout(60_000);
    const bot = new ReportBot({
      ask: (question, focus) => ask(question, served(), focus),
      storage: new BoundedStorage(),
      wording: loadBotWording('dialogs'),
      today: () => TODAY,
    });
    const adapter = new InProcessAdapter(bot, 'test');
    outcomes = [];
    for (const one of cases) outcomes.push(await outcomeOf(one, adapter));
    print(outcomes);
  });

  it('are all there', () => {
    expect(cases).to.have.length.greaterThan(100);
    expect(new Set(cases.map(({ id }) => id))).to.have.property('size', cases.length);
  });

  it('mislead nobody', () => {
    expect(ids(outcomes.filter(({ isMisled }) => isMisled))).to.equal('');
  });

  it(`are right in ${SHARE_RIGHT * 100} of 100 cases at least`, () => {
    const wrong = outcomes.filter(({ isRight }) => !isRight);
    expect(shareRight(outcomes), ids(wrong)).to.be.at.least(SHARE_RIGHT);
  });

  it(`are right in ${CORE_SHARE_RIGHT * 100} of 100 cases of the core at least`, () => {
    const core = outcomes.filter((one) => CORE.has(one.class));
    const wrong = core.filter(({ isRight }) => !isRight);
    expect(shareRight(core), ids(wrong)).to.be.at.least(CORE_SHARE_RIGHT);
  });
});

async function outcomeOf({ id, class: name, turns }: Case, adapter: InProcessAdapter): Promise<Outcome> {
  const faults: string[] = [];
  let isMisled = false;
  for (const turn of turns) {
    const sent = await adapter.say(turn.say, id);
    const seen = sent
      .flatMap(({ text, suggestedActions }) => [text, ...(suggestedActions?.actions ?? []).map(({ title }) => title)])
      .join('\n');
    const verdict = judge(turn, seen);
    if (verdict.ok) continue;
    isMisled ||= misled(turn, verdict, seen);
    const lacks = verdict.missing.map((group) => [group].flat().slice(0, 3).join('|')).join(' & ');
    const faulty = [lacks && `lacks ${lacks}`, verdict.forbidden.length > 0 && `has ${verdict.forbidden.join(' ')}`];
    faults.push(`「${turn.say}」(${turn.kind}) ${faulty.filter(Boolean).join(', ')}: ${seen.replace(/\s+/g, ' ')}`);
  }
  return { id, class: name, isRight: faults.length === 0, isMisled, faults };
}

function shareRight(outcomes: Outcome[]): number {
  return outcomes.filter(({ isRight }) => isRight).length / outcomes.length;
}

function ids(outcomes: Outcome[]): string {
  return outcomes.map(({ id }) => id).join(' ');
}

function told(outcomes: Outcome[]): string {
  return outcomes.map(({ id, class: name, faults }) => `${id} (${name}): ${faults.join(' / ')}`).join('\n');
}

function print(outcomes: Outcome[]): void {
  const classes = [...new Set(outcomes.map((one) => one.class))].sort();
  const line = (label: string, some: Outcome[]) => {
    const right = some.filter(({ isRight }) => isRight).length;
    console.log(`    ${label.padEnd(14)} ${String(right).padStart(3)} of ${String(some.length).padStart(3)}`);
  };
  console.log('');
  for (const name of classes)
    line(
      name,
      outcomes.filter((one) => one.class === name),
    );
  line('all', outcomes);
  console.log(`    misled ${outcomes.filter(({ isMisled }) => isMisled).length}`);
  const wrong = outcomes.filter(({ isRight }) => !isRight);
  if (wrong.length > 0) console.log(`    not right:\n${told(wrong).replace(/^/gm, '      ')}`);
}
