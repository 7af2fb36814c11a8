import { checkedBaseUrl } from '../../core/checked-url.js';
import type { ListProvider } from '../../core/conversation.js';
import { ok, type Result } from '../../core/problem.js';

/** Where each provider lives unless told otherwise, and the environment variable that tells otherwise. */
export const PROVIDER_BASE_URLS = {
  plazbot: { url: 'https://api.plazbot.com', variable: 'PLAZBOT_BASE_URL' },
  platica: { url: 'https://api.platica.mx', variable: 'PLATICA_BASE_URL' },
  chatbotx: { url: 'https://app.chatbotx.io/api', variable: 'CHATBOTX_BASE_URL' },
} as const satisfies Record<ListProvider, { readonly url: string; readonly variable: string }>;

/** Reads the base URL of a provider, by the rules that hold for every address a credential travels to. */
export function readBaseUrl(text: string): Result<URL> {
  const checked = checkedBaseUrl(text.trim());
  return checked.ok ? ok(new URL(checked.value)) : checked;
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
