import { expect } from 'chai';
import { BoundedStorage } from '../../src/bot/bounded-storage';

const wide = { maxItems: 100, maxAgeMs: 1000 };

describe('BoundedStorage', () => {
  it('gives back a copy of what was written, with an eTag', async () => {
    const storage = new BoundedStorage(wide);
    const written = { list: [1, 2] };
    await storage.write({ a: written });
    written.list.push(3);
    const read = (await storage.read(['a', 'b'])) as Record<string, { list: number[]; eTag: string }>;
    expect(Object.keys(read)).to.deep.equal(['a']);
    expect(read['a']?.list).to.deep.equal([1, 2]);
    expect(read['a']?.eTag).to.be.a('string').that.is.not.empty;
  });

  it('refuses a write over what someone else has written since, and leaves the other keys of it unwritten', async () => {
    const storage = new BoundedStorage(wide);
    await storage.write({ a: { value: 1 } });
    const { a } = await storage.read(['a']);
    await storage.write({ a: { value: 2, eTag: a.eTag } });
    const late = await storage.write({ b: { value: 9 }, a: { value: 3, eTag: a.eTag } }).catch((error) => error);
    expect(late.code).to.equal('STORAGE_CONFLICT');
    const now = await storage.read(['a', 'b']);
    expect(now['a'].value).to.equal(2);
    expect(now['b']).to.equal(undefined);
  });

  it('refuses a write with an eTag over what is gone', async () => {
    const storage = new BoundedStorage(wide);
    const error = await storage.write({ a: { eTag: '1' } }).catch((caught) => caught);
    expect(error.code).to.equal('STORAGE_CONFLICT');
  });

  it('writes with "*" whatever is there', async () => {
    const storage = new BoundedStorage(wide);
    await storage.write({ a: { value: 1 } });
    await storage.write({ a: { value: 2, eTag: '*' } });
    expect((await storage.read(['a']))['a'].value).to.equal(2);
  });

  it('drops the item untouched for longest when there are too many', async () => {
    const storage = new BoundedStorage({ maxItems: 2, maxAgeMs: 1000 });
    await storage.write({ a: {} });
    await storage.write({ b: {} });
    await storage.read(['a']);
    await storage.write({ c: {} });
    expect(Object.keys(await storage.read(['a', 'b', 'c']))).to.deep.equal(['a', 'c']);
  });

  it('drops what was untouched for too long', async () => {
    let now = 0;
    const storage = new BoundedStorage(wide, () => now);
    await storage.write({ a: {} });
    now = 999;
    await storage.write({ b: {} });
    now = 1000;
    expect(Object.keys(await storage.read(['a', 'b']))).to.deep.equal(['b']);
    expect(storage.size).to.equal(1);
  });

  it('keeps keys that are names of an object’s own', async () => {
    const storage = new BoundedStorage(wide);
    expect(await storage.read(['__proto__', 'constructor'])).to.deep.equal({});
    await storage.delete(['toString']);
  });
});
