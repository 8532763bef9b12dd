/** Entries of the encyclopedia in answers: questions that an entry asks itself, and what has expired. */
import { expect } from 'chai';
import type { Entry } from '../../src/baike/entry';
import { EntryLibrary } from '../../src/baike/entry-library';
import { ask, served } from './asking';

const entry = (parts: Partial<Entry>): Entry => ({
  id: 'some',
  title: '外地户口能办居住证吗',
  asks: ['居住证外地户口给办吗'],
  answer: '可以。**满半年**即可申请。',
  kind: '问答',
  level: '全市',
  department: '某局',
  source: '某文件',
  ...parts,
});
const knowing = (...entries: Entry[]) => ({
  ...served(),
  entries: new EntryLibrary([...served().entries.entries, ...entries]),
  links: { publicUrl: 'http://localhost:3978', template: 'https://www.example.gov.cn/baike?id={id}' },
});

describe('a question that an entry asks', () => {
  for (const question of ['外地户口能办居住证吗', '外地户口，能办居住证吗？', '居住证外地户口给办吗']) {
    it(`is answered by the entry: 「${question}」`, () => {
      const { reply } = ask(question, knowing(entry({})));
      expect(reply.answer.kind).to.equal('answer');
      expect(reply.sentences[0]).to.equal('外地户口能办居住证吗：可以。满半年即可申请。');
      expect(reply.answer.entries).to.deep.equal([
        { title: '外地户口能办居住证吗', url: 'https://www.example.gov.cn/baike?id=some' },
      ]);
    });
  }

  it('gets the beginning of a long answer, in whole sentences, numbers and all', () => {
    const answer = Array.from({ length: 40 }, (_, i) => `第${i + 1}步，交材料${i + 10}份。`).join('');
    const { reply, fault } = ask('外地户口能办居住证吗', knowing(entry({ answer })));
    expect(fault).to.equal(undefined);
    expect(reply.sentences[0]).to.match(/第1步，交材料10份。.*份。……$/);
    expect(reply.sentences[0]?.length).to.be.below(190);
  });

  it('is declined as before once the entry has expired', () => {
    const { reply } = ask('外地户口能办居住证吗', knowing(entry({ validTo: '2024-12-31' })));
    expect(reply.answer.kind).to.equal('decline');
    expect(reply.answer.entries).to.deep.equal([]);
  });

  it('doesn’t take a figure’s place: what the report answers, the report answers', () => {
    const { reply } = ask('诉求总量是多少', knowing(entry({ title: '诉求总量是多少', asks: [] })));
    expect(reply.headline?.figure).to.equal('1,393,747 件');
  });

  it('shows markup of an entry as text', () => {
    const { reply } = ask('外地户口能办居住证吗', knowing(entry({ answer: '<img src=x onerror=alert(1)>' })));
    expect(reply.sentences[0]).to.include('<img src=x onerror=alert(1)>'); // channels draw text, never markup
  });
});
