import { campaignPath } from '../campaign/paths.js';

/** Which of the rows that cannot be sent are shown. */
export interface WrongFilter {
  /** null: whatever is wrong with them. */
  readonly reason: string | null;
  /** Where the page before ended; null: the first page. */
  readonly after: string | null;
}

/** What an address asks for. */
export function wrongFilter(query: URLSearchParams): WrongFilter {
  return { reason: query.get('reason') || null, after: query.get('after') || null };
}

/** The address of some of the rows. */
export function wrongPath(key: string, { reason, after }: WrongFilter, part = ''): string {
  const query = new URLSearchParams();
  if (reason !== null) query.set('reason', reason);
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return `${campaignPath(key, 'wrong')}${part}${text === '' ? '' : `?${text}`}`;
}
