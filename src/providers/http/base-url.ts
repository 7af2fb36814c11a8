import { checkedBaseUrl } from '../../core/checked-url.js';
import { ok, type Result } from '../../core/problem.js';

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
