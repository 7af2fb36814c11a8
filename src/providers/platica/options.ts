import type { ListOptionSpec, ListOptions, OptionValue } from '../../core/conversation-options.js';
import { failed, ok, type Result } from '../../core/problem.js';

/** The documented parameters of Platica's list. `dateFilter` is built from the three date options. */
export const platicaOptions: readonly ListOptionSpec[] = [
  {
    name: 'limit',
    type: 'integer',
    role: 'page-size',
    least: 1,
    description: 'list.describe.platica.limit',
    parameter: 'limit',
  },
  {
    name: 'offset',
    type: 'integer',
    role: 'start',
    description: 'list.describe.platica.offset',
    parameter: 'offset',
  },
  {
    name: 'channel-id',
    type: 'text',
    role: 'channel',
    description: 'list.describe.platica.channel-id',
    parameter: 'channelId',
  },
  {
    name: 'sort-by',
    type: 'choice',
    role: 'order',
    choices: ['lastUpdate', 'creationDate'],
    // Offset paging drifts over a list that changes at its head; new conversations come last in this order.
    default: 'creationDate',
    description: 'list.describe.platica.sort-by',
    parameter: 'sortBy',
  },
  {
    name: 'sort-direction',
    type: 'choice',
    role: 'order',
    choices: ['asc', 'desc'],
    default: 'asc',
    description: 'list.describe.platica.sort-direction',
    parameter: 'sortDirection',
  },
  {
    name: 'tags',
    type: 'list',
    role: 'tags',
    description: 'list.describe.platica.tags',
    parameter: 'tags',
  },
  {
    name: 'date',
    type: 'date',
    role: 'filter',
    description: 'list.describe.platica.date',
    parameter: 'dateFilter',
  },
  {
    name: 'date-from',
    type: 'date',
    role: 'filter',
    description: 'list.describe.platica.date-from',
    parameter: 'dateFilter',
  },
  {
    name: 'date-to',
    type: 'date',
    role: 'filter',
    description: 'list.describe.platica.date-to',
    parameter: 'dateFilter',
  },
];

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
    const parameter = platicaOptions.find((spec) => spec.name === name)?.parameter ?? name;
    return value === undefined ? [] : [[parameter, plainText(value)] as const];
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
