import { type ListOptions, type OptionValue, parameterOf } from '../../core/conversation-options.js';
import { failed, ok, type Result } from '../../core/problem.js';

/** The query but for the offset, and the offset to start at. */
export interface PlaticaQuery {
  readonly filters: readonly (readonly [name: string, value: string])[];
  readonly offset: number;
}

const PLAIN_PARAMETERS = ['limit', 'channel-id', 'sort-by', 'sort-direction', 'tags'] as const;

/** Builds the query out of checked options. Problems: dates that do not go together. */
export function platicaQuery(options: ListOptions): Result<PlaticaQuery> {
  const dates = dateFilter(options);
  if (!dates.ok) return dates;
  const plain = PLAIN_PARAMETERS.flatMap((name) => {
    const value = options.get(name);
    return value === undefined ? [] : [[parameterOf(name), plainText(value)] as const];
  });
  const filters = dates.value === null ? plain : [...plain, ['dateFilter', dates.value] as const];
  return ok({ filters, offset: Number(options.get('offset') ?? 0) });
}

/** Lists travel as one value, separated by commas. */
function plainText(value: OptionValue): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** The JSON that Platica takes: one day, or a range with both ends. Null: no filter. */
function dateFilter(options: ListOptions): Result<string | null> {
  const date = options.get('date');
  const from = options.get('date-from');
  const to = options.get('date-to');
  if (from === undefined && to === undefined) {
    return ok(date === undefined ? null : JSON.stringify({ type: 'specific', date }));
  }
  if (date !== undefined) return failed({ code: 'list.option.dates-both' });
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? '--date-from' : '--date-to';
    return failed({ code: 'list.option.dates-pair', params: { missing } });
  }
  if (String(from) > String(to)) {
    return failed({ code: 'list.option.dates-order', params: { from: String(from), to: String(to) } });
  }
  return ok(JSON.stringify({ type: 'range', startDate: from, endDate: to }));
}
