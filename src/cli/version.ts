import { readFileSync } from 'node:fs';

/** The version of this plazcast, as its package says it. */
export function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version: unknown }).version);
}
