/** The sentences of dialogs/replies.yaml: faults are told with their line, and variants are always the same for the same. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadWording } from '../../src/engine/compose/wording';

describe('the sentences of the replies', () => {
  let folder = '';
  const original = readFileSync('dialogs/replies.yaml', 'utf8');
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'replies-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const load = (text: string) => {
    const file = join(folder, 'replies.yaml');
    writeFileSync(file, text);
    return loadWording(file);
  };

  it('tell an unknown placeholder with its line, and a sentence that is missing', () => {
    const line = original.split('\n').findIndex((one) => one.startsWith('占比:')) + 1;
    const wrong = original.replace(/^占比:.*$/m, '占比: "{总体}的 {结果}"').replace(/^单位不同:.*\n/m, '');
    expect(() => load(wrong))
      .to.throw(`占比（第 ${line} 行）：应为占位符只用`)
      .with.property('message')
      .that.includes('单位不同：应为有这一句');
  });

  it('may have variants, chosen by what is put into them', () => {
    const wording = load(
      original.replace(/^多个数据:.*$/m, '多个数据:\n  - "{年}年{范围}："\n  - "{范围}（{年}年）："'),
    );
    const said = ['甲', '乙', '丙', '丁'].map((范围) => wording.say('多个数据', { 年: '2024', 范围 }));
    expect(said).to.deep.equal(['甲', '乙', '丙', '丁'].map((范围) => wording.say('多个数据', { 年: '2024', 范围 })));
    expect(new Set(said.map((one) => one.startsWith('2024'))).size).to.equal(2);
  });

  it('check every variant', () => {
    expect(() => load(original.replace(/^多个数据:.*$/m, '多个数据:\n  - "{年}年："\n  - "{地方}："'))).to.throw(
      '{地方}',
    );
  });
});
