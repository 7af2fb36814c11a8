import type { Language } from '../locales/index.js';
import { cookieOf } from './http/sessions.js';

/** Remembers the language that a reader chose; shared by all servers of this machine, and no secret. */
const COOKIE = 'plazcast_language';

/**
 * The language of a page: what the address asks for, what was chosen before, what the browser prefers.
 *
 * @param usual where none of these says
 */
export function languageOf(
  asked: string | null,
  { cookie, 'accept-language': accepted }: AskedHeaders,
  usual: Language,
): Language {
  return known(asked) ?? known(cookieOf(cookie, COOKIE)) ?? preferred(accepted ?? '') ?? usual;
}

type AskedHeaders = { readonly cookie?: string | undefined; readonly 'accept-language'?: string | undefined };

/** The cookie that keeps a choice, or null where the address holds none. */
export function languageCookie(asked: string | null): string | null {
  const language = known(asked);
  return language === null
    ? null
    : `${COOKIE}=${language}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict`;
}

function known(text: string | null): Language | null {
  return text === 'es' || text === 'en' ? text : null;
}

/** The first of the two in `es-PE,es;q=0.9,en;q=0.8`, by weight. */
function preferred(accepted: string): Language | null {
  const wanted = accepted.split(',').flatMap((each) => {
    const [tag = '', ...rest] = each.split(';').map((word) => word.trim().toLowerCase());
    const language = known(tag.split('-')[0] ?? '');
    const weight = Number(rest.find((word) => word.startsWith('q='))?.slice(2) ?? 1);
    return language === null || !(weight > 0) ? [] : [{ language, weight }];
  });
  return wanted.toSorted((a, b) => b.weight - a.weight)[0]?.language ?? null;
}
