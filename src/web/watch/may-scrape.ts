import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../http/client-address.js';

/** Who asks for the metrics. */
export interface Scraper {
  /** Address of the other end of the connection. */
  readonly peer: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The server stands behind a proxy: nobody comes as herself. */
  readonly behindProxy: boolean;
}

/**
 * Whether somebody may read the metrics: a program of this machine, or whoever has the token. A proxy on this machine
 * stands for others: through it the token is needed.
 *
 * @param token null: there is none
 */
export function mayScrape({ peer, headers, behindProxy }: Scraper, token: string | null): boolean {
  const [, given] = /^Bearer ([\x21-\x7e]+)$/iu.exec(headers.authorization ?? '') ?? [];
  if (token !== null && given !== undefined) return isSame(given, token);
  return !behindProxy && isLoopback(peer) && !Object.keys(headers).some(isOfProxy);
}

function isSame(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** Headers by which proxies tell of themselves or of whom they stand for. */
function isOfProxy(name: string): boolean {
  return /^(?:forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|true-client-ip|cf-.*|x-original-.*)$/u.test(
    name,
  );
}
