import { expect } from 'chai';
import { addressOf, TrustedProxies } from '../../../src/server/limits/client-address';

const client = (proxies: string[], remoteAddress: string, forwarded?: string) =>
  addressOf(new TrustedProxies(proxies))({
    socket: { remoteAddress } as never,
    headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
  });

describe('addressOf', () => {
  it('believes no header of a stranger', () => {
    expect(client([], '203.0.113.9', '198.51.100.1')).to.equal('203.0.113.9');
    expect(client(['10.0.0.0/8'], '203.0.113.9', '198.51.100.1')).to.equal('203.0.113.9');
  });

  it('takes what a proxy of ours says, and of several hops the first from the right that isn’t ours', () => {
    expect(client(['10.0.0.1'], '10.0.0.1', '198.51.100.1')).to.equal('198.51.100.1');
    expect(client(['10.0.0.0/8'], '::ffff:10.0.0.1', '192.0.2.77, 198.51.100.1, 10.0.0.2')).to.equal('198.51.100.1');
  });

  it('counts the proxy itself where it says nothing that could be an address', () => {
    for (const forwarded of [undefined, '', 'unknown', 'x, y', '1.2.3.4:80']) {
      expect(client(['10.0.0.1'], '10.0.0.1', forwarded)).to.equal('10.0.0.1');
    }
  });

  it('takes an IPv6 network of a household for one client', () => {
    expect(client([], '2001:db8:1:2:3:4:5:6')).to.equal('2001:db8:1:2::/64');
    expect(client([], '2001:DB8:1:2::ffff')).to.equal('2001:db8:1:2::/64');
    expect(client([], '2001:db8::1')).to.equal(client([], '2001:db8:0:0:1::2'));
    expect(client([], '2001:db8::1')).not.to.equal(client([], '2001:db8:0:1::1'));
  });
});
