import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Whether the other end of a connection is on this machine. */
export function isLoopback(peer = ''): boolean {
  return peer === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/u.test(peer);
}

/**
 * Whose request it is. What a proxy wrote last in `X-Forwarded-For` is believed of the proxy alone, which is on this machine
 * or at `proxy.address`: everybody else can write there what they like.
 */
export function clientAddress(
  {
    socket,
    headers,
  }: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } },
  proxy: { readonly address: string | null } | null,
): string {
  const peer = plainAddress(socket.remoteAddress ?? '');
  if (proxy === null || !(isLoopback(peer) || peer === proxy.address)) return peer;
  const last = plainAddress(
    [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '',
  );
  return isIP(last) === 0 ? peer : last;
}

/** A socket for both kinds of addresses tells those of the older kind within one of the newer. */
function plainAddress(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.)/u, '');
}
