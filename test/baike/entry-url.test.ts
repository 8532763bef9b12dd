import { expect } from 'chai';
import { entryUrl } from '../../src/baike/entry-url';

describe('entryUrl', () => {
  const entry = { id: 'shuang-hao', title: '“双号”互转 $&' };

  it('leads to this service', () => {
    expect(entryUrl(entry, {})).to.equal('/baike/shuang-hao');
    expect(entryUrl(entry, { publicUrl: 'https://example.org/' })).to.equal('https://example.org/baike/shuang-hao');
  });

  it('leads to the official site by its template', () => {
    expect(
      entryUrl(entry, { publicUrl: 'https://example.org', template: 'https://bk.example/{id}?q={title}' }),
    ).to.equal('https://bk.example/shuang-hao?q=%E2%80%9C%E5%8F%8C%E5%8F%B7%E2%80%9D%E4%BA%92%E8%BD%AC%20%24%26');
  });
});
