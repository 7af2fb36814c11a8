import * as z from 'zod';

/** What a request to Platica's list asks for. */
export interface PlaticaListQuery {
  readonly limit: number;
  readonly offset: number;
  readonly channelId: string | null;
  readonly sortBy: 'lastUpdate' | 'creationDate';
  readonly descending: boolean;
  /** A conversation carries all of them. */
  readonly tags: readonly string[];
  /** First and last day of creation, in UTC, as `2024-01-31`; null: any. */
  readonly days: { readonly first: string; readonly last: string } | null;
}

const day = z.iso.date();
const dateFilter = z.union([
  z.strictObject({ type: z.literal('specific'), date: day }),
  z.strictObject({ type: z.literal('range'), startDate: day, endDate: day }),
]);

/** Reads the query of Platica's list; or the name of the parameter that is wrong. */
export function readPlaticaQuery(query: URLSearchParams): PlaticaListQuery | { readonly wrong: string } {
  const limit = wholeNumber(query.get('limit'), 50);
  if (limit === null || limit === 0) return { wrong: 'limit' };
  const offset = wholeNumber(query.get('offset'), 0);
  if (offset === null) return { wrong: 'offset' };
  const sortBy = query.get('sortBy') ?? 'lastUpdate';
  if (sortBy !== 'lastUpdate' && sortBy !== 'creationDate') return { wrong: 'sortBy' };
  const direction = query.get('sortDirection') ?? 'desc';
  if (direction !== 'asc' && direction !== 'desc') return { wrong: 'sortDirection' };
  const days = readDays(query.get('dateFilter'));
  if (days === undefined) return { wrong: 'dateFilter' };
  const tags = [...query.getAll('tags'), ...query.getAll('tags[]')].flatMap((value) => value.split(','));
  return {
    limit,
    offset,
    channelId: query.get('channelId'),
    sortBy,
    descending: direction === 'desc',
    tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== ''),
    days,
  };
}

function wholeNumber(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise;
  return /^\d{1,9}$/u.test(text) ? Number(text) : null;
}

/** `undefined`: it cannot be read. */
function readDays(text: string | null): PlaticaListQuery['days'] | undefined {
  if (text === null) return null;
  const parsed = dateFilter.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const filter = parsed.data;
  return filter.type === 'specific'
    ? { first: filter.date, last: filter.date }
    : { first: filter.startDate, last: filter.endDate };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
