import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadWeComWording } from '../../src/channels/wecom/wording';
import { ProblemsFound } from '../../src/problems';

describe('loadWeComWording', () => {
  it('tells every fault at once: what is missing, too long, or unknown', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wecom-'));
    writeFileSync(join(folder, 'wecom.yaml'), `cardSource: ${'字'.repeat(21)}\nseeTable: 看\nnew: 1\n`);
    try {
      loadWeComWording(folder);
      expect.fail('nothing was found');
    } catch (error) {
      if (!(error instanceof ProblemsFound)) throw error;
      const places = error.problems.map(({ place }) => place);
      expect(places).to.include.members(['cardSource', 'askNext', 'choose', 'tooLong']);
      expect(JSON.stringify(error.problems)).to.include('new');
    }
    rmSync(folder, { recursive: true });
  });
});
