import { failed, ok, type Result } from './problem.js';
import { isLoopback, isPublicHost } from './public-host.js';

/**
 * An address that may be called, as it was written: https, or plain http to this machine (loopback) alone.
 * User names, passwords and fragments are refused. Problems never repeat the address: it may hold a credential.
 */
export function checkedUrl(text: string): Result<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return failed({ code: 'url.invalid' });
  }
  if (url.username !== '' || url.password !== '') return failed({ code: 'url.credentials' });
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return failed({ code: 'url.plain-http', params: { host: url.hostname } });
  }
  if (url.hash !== '') return failed({ code: 'url.invalid' });
  return ok(text);
}

/**
 * The address of a file that the provider and WhatsApp fetch: https on the open internet. This machine (loopback) is
 * possible, too, for the sandbox.
 */
export function checkedFileUrl(text: string): Result<string> {
  const checked = checkedUrl(text);
  if (!checked.ok) return checked;
  const { hostname } = new URL(text);
  return isLoopback(hostname) || isPublicHost(hostname)
    ? checked
    : failed({ code: 'url.private', params: { host: hostname } });
}

/**
 * The same for the address of an API, in one spelling: what tells senders apart is made of it. Without the slash at its
 * end: paths are put behind it, so nothing may follow its own.
 */
export function checkedBaseUrl(text: string): Result<string> {
  const checked = checkedUrl(text);
  if (!checked.ok) return checked;
  const { origin, pathname } = new URL(text);
  if (text.includes('?')) return failed({ code: 'url.query' });
  return ok(`${origin}${pathname.replace(/\/+$/, '')}`);
}

const ALLOWED = /^[\x21-\x7e]*$/u;

/** A checked address as a program can fetch it: spaces and letters such as ñ are encoded, as browsers do by themselves. */
export function fetchedUrl(text: string): string {
  return ALLOWED.test(text) ? text : new URL(text).href;
}
