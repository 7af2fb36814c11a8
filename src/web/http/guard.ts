import type { IncomingMessage } from 'node:http';
import type { PlainCode } from '../../locales/index.js';
import type { Front } from './reach.js';

/** Why a request is turned away before anybody looks at what it asks for. */
export interface Refusal {
  readonly status: number;
  readonly code: PlainCode;
}

const LONGEST_TARGET = 4_096;
const SAFE = new Set(['GET', 'HEAD']);

/**
 * Judges a request by what stands around it. A name that was turned to this machine (DNS rebinding), and a form or
 * script of another page, even one of another port here, come no further. null: it may be looked at.
 */
export function refusalOf(
  { method = '', url = '', headers, rawHeaders }: GuardedRequest,
  front: Front,
): Refusal | null {
  const host = headers.host ?? '';
  if (!front.isOwnHost(host) || timesNamed('host', rawHeaders) !== 1)
    return { status: 421, code: 'web.refused.host' };
  if (url.length > LONGEST_TARGET) return { status: 414, code: 'web.refused.request' };
  // The whole address in the request's first line is for proxies, and would be another word for the host.
  if (!url.startsWith('/') || url.startsWith('//')) return { status: 400, code: 'web.refused.request' };
  if (SAFE.has(method)) return null;
  if (method !== 'POST') return { status: 405, code: 'web.refused.request' };
  return isOwnForm(headers, `${front.scheme}://${host}`) ? null : { status: 403, code: 'web.refused.origin' };
}

type GuardedRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>;

/** Browsers name where a form stands; those that do not say at least how far away it is. Who says neither is no browser. */
function isOwnForm(headers: GuardedRequest['headers'], asked: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = headers;
  return origin === undefined
    ? site === 'same-origin'
    : URL.canParse(asked) && origin === new URL(asked).origin;
}

function timesNamed(name: string, rawHeaders: readonly string[]): number {
  return rawHeaders.filter((word, index) => index % 2 === 0 && word.toLowerCase() === name).length;
}
