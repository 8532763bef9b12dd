import { expect } from 'chai';
import { type Heard, readWatermark } from '../../src/channels/webchat/conversation-store';
import { MemoryConversationStore, STORE_LIMITS } from '../../src/channels/webchat/memory-store';

const saying = (text: string) => ({ type: 'message', text });

describe('MemoryConversationStore', () => {
  let time = 1_000_000;
  const store = (limits = {}) => new MemoryConversationStore({ ...STORE_LIMITS, ...limits }, () => time);
  const texts = async (from: MemoryConversationStore, id: string, watermark = 0) =>
    (await from.after(id, watermark)).activities.map(({ json }) => JSON.parse(json).text);

  it('gives what came after a watermark, in order, and the next watermark', async () => {
    const kept = store();
    for (const text of ['a', 'b', 'c']) await kept.append('one', saying(text));
    const all = await kept.after('one', 0);
    expect(all.activities).to.have.length(3);
    expect(await texts(kept, 'one', all.activities[0]?.number)).to.deep.equal(['b', 'c']);
    expect(await kept.after('one', all.watermark)).to.deep.equal({ activities: [], watermark: all.watermark });
  });

  it('keeps the last activities of a conversation, within limits of age, count and bytes in all', async () => {
    const small = store({ activitiesEach: 2, conversations: 2, idleMs: 1000 });
    for (const text of ['a', 'b', 'c']) await small.append('one', saying(text));
    expect(await texts(small, 'one')).to.deep.equal(['b', 'c']);
    await small.append('two', saying('d'));
    await small.append('three', saying('e'));
    expect(await texts(small, 'one')).to.deep.equal([]);
    time += 2000;
    expect(await small.open('four', {})).to.have.property('isNew', true);
    expect(small.size).to.include({ conversations: 1, bytes: 0 });

    const light = store({ bytesInAll: 1000 });
    for (let place = 0; place < 50; place += 1) await light.append(`c${place}`, saying('x'.repeat(100)));
    expect(light.size.bytes).to.be.within(500, 1000);
  });

  it('goes on above the old numbers when a dropped conversation is opened again', async () => {
    const kept = store({ conversations: 1 });
    const id = await kept.append('one', saying('a'));
    const { watermark } = await kept.after('one', 0);
    await kept.open('two', {});
    time += 5;
    await kept.append('one', saying('b'));
    expect(await texts(kept, 'one', watermark)).to.deep.equal(['b']);
    const again = (await kept.after('one', 0)).activities[0]?.id ?? '';
    expect(again > id).to.equal(true);
  });

  it('keeps a message of one name once, and forgets the name with the message', async () => {
    const kept = store({ activitiesEach: 2 });
    const first = await kept.say('one', saying('a'), 'k');
    expect(await kept.say('one', saying('a'), 'k')).to.deep.equal({ ...first, hold: undefined });
    await kept.append('one', saying('b'));
    await kept.append('one', saying('c'));
    expect(await kept.say('one', saying('a'), 'k')).not.to.have.property('id', first.is === 'taken' && first.id);
  });

  it('tells listeners of what is new, changed or passing, until they stop', async () => {
    const kept = store();
    const heard: Heard[] = [];
    const stop = await kept.listen('one', (one) => heard.push(one));
    const id = await kept.append('one', saying('a'));
    await kept.replace('one', { ...saying('b'), id });
    await kept.pass('one', { type: 'typing' });
    await kept.append('two', saying('elsewhere'));
    stop();
    await kept.append('one', saying('c'));
    expect(heard.map(({ is }) => is)).to.deep.equal(['new', 'changed', 'passing']);
    const [first, second] = heard.map((one) => (one.is === 'passing' ? {} : JSON.parse(one.activity.json)));
    expect(second).to.deep.equal({ ...first, text: 'b' });
    expect(await texts(kept, 'one')).to.deep.equal(['b', 'c']);
    expect(kept.size.listeners).to.equal(0);
  });

  it('is not touched by what is done to an activity afterwards', async () => {
    const kept = store();
    const activity = saying('a');
    await kept.append('one', activity);
    activity.text = 'b';
    expect(await texts(kept, 'one')).to.deep.equal(['a']);
  });
});

describe('readWatermark', () => {
  it('takes all it never gave for the beginning', () => {
    for (const text of [undefined, null, '', '-', '-1', '1e3', '1.5', 'x', '9'.repeat(16)]) {
      expect(readWatermark(text), String(text)).to.equal(0);
    }
    expect(readWatermark('17')).to.equal(17);
  });
});
