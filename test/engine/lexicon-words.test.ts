/** Words of the lexicon that are written once for many, and what is said where such a word can't be read. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadLexicon } from '../../src/engine/lexicon/lexicon';
import { spellings } from '../../src/engine/lexicon/spellings';
import { ProblemsFound } from '../../src/problems';

describe('a word of the lexicon', () => {
  it('stands for itself', () => {
    expect(spellings('来电')).to.deep.equal(['来电']);
    expect(spellings('县(市、区)')).to.deep.equal(['县(市、区)']);
  });

  it('stands for each of its choices, also for none', () => {
    expect(spellings('(转/派)给(/各)部门')).to.deep.equal(['转给部门', '转给各部门', '派给部门', '派给各部门']);
  });

  it('with a bracket that never closes is told with its file and the word', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lexicon-'));
    try {
      cpSync('data/lexicon', folder, { recursive: true });
      const file = join(folder, 'synonyms.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('\n群众:\n  [', '\n群众:\n  [(转/派给部门, '));
      const problems = problemsOf(() => loadLexicon(folder));
      expect(problems).to.have.length(1);
      expect(problems[0]?.file).to.equal(file);
      expect(problems[0]?.found).to.include('(转/派给部门').and.to.include('圆括号');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function problemsOf(load: () => unknown): { file: string; found: string }[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ProblemsFound) return [...error.problems];
    throw error;
  }
  return [];
}
