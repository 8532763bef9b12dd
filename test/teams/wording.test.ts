import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadTeamsWording } from '../../src/channels/botframework/teams/wording';
import { ProblemsFound } from '../../src/problems';

describe('loadTeamsWording', () => {
  const problemsOf = (change: (written: string) => string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'teams-'));
    writeFileSync(join(folder, 'teams.yaml'), change(readFileSync('dialogs/teams.yaml', 'utf8')));
    try {
      loadTeamsWording(folder);
      return '';
    } catch (error) {
      if (!(error instanceof ProblemsFound)) throw error;
      return error.problems.map(({ place, found }) => `${place}：${found}`).join('\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('tells every fault at once: too long, a placeholder that isn’t filled, an address, what is unknown', () => {
    const told = problemsOf((written) =>
      written
        .replace('name: 年报问答', `name: ${'字'.repeat(31)}`)
        .replace('quote: "{内容}', 'quote: "{内蓉}')
        .replace('privacyUrl: ""', 'privacyUrl: http://example.org')
        .replace('seeTable: 看原表', 'seeTables: 看原表'),
    );
    expect(told).to.include('app / name').and.include('31 个字');
    expect(told).to.include('card / quote').and.include('{内容}');
    expect(told).to.include('app / privacyUrl').and.include('https://');
    expect(told).to.include('card / seeTable').and.include('seeTables');
  });

  it('says so when the file isn’t there', () => {
    expect(() => loadTeamsWording('/nowhere')).to.throw(ProblemsFound);
  });
});
