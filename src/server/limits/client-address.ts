/**
 * Whose request it is, for counting. The address of the connection; behind a proxy of ours (TRUSTED_PROXIES), the address
 * that this proxy says it got the request from. A header from anybody else is not believed: each request would come from
 * a new client.
 *
 * An IPv6 network of a household or a phone is a /64, so that counts as one client.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';

export type Request = Pick<IncomingMessage, 'headers' | 'socket'>;
export type AddressOf = (req: Request) => string;

export class TrustedProxies {
  private readonly list = new BlockList();

  /** Addresses and networks, as 127.0.0.1 or 10.0.0.0/8. */
  constructor(proxies: readonly string[]) {
    for (const proxy of proxies) {
      const [address = '', bits] = proxy.split('/');
      const family = isIPv4(address) ? 'ipv4' : 'ipv6';
      if (bits === undefined) this.list.addAddress(address, family);
      else this.list.addSubnet(address, Number(bits), family);
    }
  }

  has(address: string): boolean {
    return isIP(address) !== 0 && this.list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
}

export function addressOf(trusted: TrustedProxies): AddressOf {
  return ({ headers, socket }) => {
    let address = plain(socket.remoteAddress ?? '');
    const forwarded = headers['x-forwarded-for'];
    // Each proxy adds on the right whom it got the request from; the first from the right that isn't ours is the client.
    const hops = forwarded === undefined ? [] : String(forwarded).split(',');
    while (hops.length > 0 && trusted.has(address)) {
      const before = plain(hops.pop()?.trim() ?? '');
      if (isIP(before) === 0) break; // Nothing there, or nothing to believe.
      address = before;
    }
    return isIPv4(address) ? address : network(address);
  };
}

/** ::ffff:192.0.2.1 is 192.0.2.1. */
export function plain(address: string): string {
  const [, ipv4] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return ipv4 ?? address;
}

/** The first four groups of eight: 2001:db8::1 is in 2001:db8:0:0::/64. */
function network(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const last = tail === '' ? [] : tail.split(':');
    while (groups.length + last.length < 8) groups.push('0');
    groups.push(...last);
  }
  const first = groups.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
  return `${first.join(':')}::/64`;
}
