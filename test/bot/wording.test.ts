import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { dayInChina } from '../../src/bot/ask';
import { loadBotWording } from '../../src/bot/wording';
import { ProblemsFound } from '../../src/problems';

describe('loadBotWording', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wording-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function problemsOf(yaml: string | undefined) {
    if (yaml !== undefined) writeFileSync(join(folder, 'bot.yaml'), yaml);
    try {
      loadBotWording(folder);
    } catch (error) {
      if (error instanceof ProblemsFound) return error.problems.map(({ place, found }) => `${place}=${found}`);
      throw error;
    }
    return [];
  }

  it('reads the wording of this project', () => {
    expect(loadBotWording('dialogs').welcome).to.include('您');
  });

  it('tells every fault at once', () => {
    expect(problemsOf('welcome: " "\nsuggestions: 好\nextra: 1\napology: 抱歉')).to.have.members([
      'welcome=空的',
      'suggestions=别的内容',
      'notText=没有写',
      'dataSource=没有写',
      'extra=“extra”',
    ]);
  });

  for (const [name, yaml] of [
    ['missing', undefined],
    ['empty', ''],
    ['no YAML', 'welcome: "'],
    ['a list', '- 好'],
  ] as const) {
    it(`tells of a file that is ${name}`, () => {
      expect(problemsOf(yaml)).to.have.length.greaterThan(0);
    });
  }
});

describe('dayInChina', () => {
  it('is the next day already when it is evening in Greenwich', () => {
    expect(dayInChina(new Date('2025-12-31T16:00:00Z'))).to.equal('2026-01-01');
    expect(dayInChina(new Date('2025-12-31T15:59:59Z'))).to.equal('2025-12-31');
  });
});
