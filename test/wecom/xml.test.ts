import { expect } from 'chai';
import { CallbackCrypto } from '../../src/channels/wecom/wire/callback-crypto';
import { MAX_XML_CHARS, readXml, textOf } from '../../src/channels/wecom/wire/read-xml';
import { cdata, passiveReply } from '../../src/channels/wecom/wire/write-xml';

describe('readXml', () => {
  it('keeps an id that is larger than any exact number', () => {
    expect(readXml('<xml><MsgId>4561255354251345929</MsgId></xml>')).to.deep.equal({ MsgId: '4561255354251345929' });
  });

  it('takes CDATA as it is, and puts the entities of plain text back', () => {
    const read = readXml('<xml><A><![CDATA[1&amp;2<3]]></A>\n<B>1&amp;2&lt;3</B><C>&#65;&x;</C></xml>');
    expect(read).to.deep.equal({ A: '1&amp;2<3', B: '1&2<3', C: '&#65;&x;' });
  });

  it('reads lists of options', () => {
    const read = readXml('<xml><S><I><Q>1</Q></I><I><Q>2</Q></I></S></xml>');
    expect(read).to.deep.equal({ S: { I: [{ Q: '1' }, { Q: '2' }] } });
  });

  for (const [name, text] of [
    ['nothing', ''],
    ['no XML', 'hello'],
    ['another root', '<html></html>'],
    ['an unclosed element', '<xml><A></xml>'],
    ['a document type', '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><A>&a;</A></xml>'],
    ['a document type in small letters', '<!doctype xml><xml></xml>'],
    ['ten thousand elements in each other', `<xml>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</xml>`],
    ['a name that would reach the prototype', '<xml><__proto__>1</__proto__></xml>'],
    ['too much', `<xml><A>${'a'.repeat(MAX_XML_CHARS)}</A></xml>`],
  ] as const) {
    it(`does not read ${name}`, () => expect(readXml(text)).to.equal(undefined));
  }

  it('finds no text in a name that every object has', () => {
    expect(textOf({}, 'constructor')).to.equal(undefined);
  });
});

describe('cdata', () => {
  it('comes back as it went in, whatever stands in it', () => {
    for (const text of ['您好', ']]>', 'a]]]]>b<![CDATA[c', '&amp;<a href="x">', '😀']) {
      expect(readXml(`<xml><A>${cdata(text)}</A></xml>`), text).to.deep.equal({ A: text });
    }
  });

  it('drops what XML has no way to write', () => {
    expect(cdata('a\u0000b\u001bc\ufffe\n')).to.equal('<![CDATA[abc\n]]>');
    expect(readXml(`<xml><A>${cdata('a\ud83d')}</A></xml>`)).to.deep.equal({ A: 'a\ufffd' });
  });
});

describe('passiveReply', () => {
  it('is opened by the platform as a text message from the corp to the person', () => {
    const crypto = new CallbackCrypto('token', 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', 'ww1');
    const outer = readXml(passiveReply({ to: 'lisi', from: 'ww1', content: '您好 ]]> 吗' }, crypto, 1_700_000_000_500));
    const part = (name: string) => textOf(outer ?? {}, name) ?? '';
    const opened = crypto.open({
      signature: part('MsgSignature'),
      timestamp: part('TimeStamp'),
      nonce: part('Nonce'),
      encrypt: part('Encrypt'),
    });
    expect(readXml(opened.message)).to.deep.equal({
      ToUserName: 'lisi',
      FromUserName: 'ww1',
      CreateTime: '1700000000',
      MsgType: 'text',
      Content: '您好 ]]> 吗',
    });
  });
});
