import type { ListProvider } from '../../core/conversation.js';
import { failed, ok, type Result, shortened } from '../../core/problem.js';

/** Where each provider lives unless told otherwise, and the environment variable that tells otherwise. */
export const PROVIDER_BASE_URLS = {
  plazbot: { url: 'https://api.plazbot.com', variable: 'PLAZBOT_BASE_URL' },
  platica: { url: 'https://api.platica.mx', variable: 'PLATICA_BASE_URL' },
  chatbotx: { url: 'https://app.chatbotx.io/api', variable: 'CHATBOTX_BASE_URL' },
} as const satisfies Record<ListProvider, { readonly url: string; readonly variable: string }>;

/** The hosts that stand for this machine: plain `http:` is accepted for these alone. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/**
 * Reads a base URL: `https:`, or `http:` for loopback addresses, because a credential travels with every request.
 * A path is kept (`https://app.chatbotx.io/api`); a user, a query or a fragment is refused.
 */
export function readBaseUrl(text: string, provider: ListProvider): Result<URL> {
  const params = { provider, url: shortened(withoutUser(text)) };
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const plain =
    url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url === null || !plain || !/^https?:$/u.test(url.protocol)) {
    return failed({ code: 'list.base-url.wrong', params });
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    return failed({ code: 'list.base-url.plain-http', params });
  }
  return ok(url);
}

/** A user and password in a URL are credentials: they are never repeated. */
function withoutUser(text: string): string {
  return text.replace(/\/\/[^/@]*@/u, '//…@');
}

/** Path and query of a request below a base URL. Every value is percent-encoded once. */
export function pathBelow(
  baseUrl: URL,
  path: string,
  query: readonly (readonly [name: string, value: string])[],
): string {
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return `${baseUrl.pathname.replace(/\/+$/u, '')}${path}${search}`;
}
