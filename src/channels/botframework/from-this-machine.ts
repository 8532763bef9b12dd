/**
 * Who may post without a Bot Framework registration: programs on this machine (the Emulator, curl), and nobody through a
 * reverse proxy beside the service, which makes strangers look local.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Any header by which a proxy says that the request is someone else's. */
const FORWARDING =
  /^(x-forwarded-.*|x-original-.*|forwarded|via|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip|fastly-client-ip)$/;

export function isFromThisMachine({ socket, headers }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  const address = socket.remoteAddress ?? '';
  return (
    LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') &&
    !Object.keys(headers).some((name) => FORWARDING.test(name))
  );
}

/** Where replies may go then: without a registration it is the sender who names the address. */
export function isOnThisMachine(serviceUrl: string | undefined): boolean {
  if (!serviceUrl || !URL.canParse(serviceUrl)) return false;
  const { hostname, protocol } = new URL(serviceUrl);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return /^[\d.]+$/.test(hostname) && LOOPBACK.check(hostname, 'ipv4');
}
