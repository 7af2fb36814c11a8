import type { z } from 'zod';
import { BOUNDS } from '../../core/bounds.js';
import type { ListProvider } from '../../core/conversation.js';
import type { Problem } from '../../core/problem.js';
import type { PageFailure } from './paged-list.js';

/** Where a value stands, for a message: the page, and the record in it (from 1) or 0 for the page itself. */
export interface WirePlace {
  readonly provider: ListProvider;
  readonly page: number;
  readonly record: number;
}

/** A value in the documented shape, or what is wrong with it. */
export type Checked<T> = { readonly kind: 'checked'; readonly value: T } | PageFailure;

/**
 * Checks something that came over the wire. Fields that the schema does not know are kept when it is a loose
 * object; a documented field that is missing is named, with its page.
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown, place: WirePlace): Checked<T> {
  const read = schema.safeParse(value);
  return read.success
    ? { kind: 'checked', value: read.data }
    : { kind: 'failed', cause: 'answer', problem: fieldProblem(read.error, value, place) };
}

/** Checks every record of a page; the first that is not as documented stops it. */
export function checkedRecords<T>(
  schema: z.ZodType<T>,
  values: readonly unknown[],
  place: Omit<WirePlace, 'record'>,
): Checked<readonly T[]> {
  const most = BOUNDS.listPageRecords.value;
  if (values.length > most) {
    const params = { provider: place.provider, page: place.page, count: values.length, most };
    return { kind: 'failed', cause: 'answer', problem: { code: 'list.too-many-records', params } };
  }
  const records: T[] = [];
  for (const [index, value] of values.entries()) {
    const record = checked(schema, value, { ...place, record: index + 1 });
    if (record.kind === 'failed') return record;
    records.push(record.value);
  }
  return { kind: 'checked', value: records };
}

function fieldProblem(error: z.ZodError, value: unknown, place: WirePlace): Problem {
  const issue = error.issues[0];
  const path = issue?.path ?? [];
  const field = path.length === 0 ? '-' : path.map(String).join('.');
  const params = { provider: place.provider, page: place.page, record: place.record, field };
  if (path.length === 0) return { code: 'list.shape', params };
  return isMissing(value, path)
    ? { code: 'list.field.missing', params }
    : { code: 'list.field.wrong', params: { ...params, found: typeAt(value, path) } };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  return at(value, path) === undefined;
}

function typeAt(value: unknown, path: readonly PropertyKey[]): string {
  const found = at(value, path);
  if (found === null) return 'null';
  if (found === '') return '""';
  return Array.isArray(found) ? 'array' : typeof found;
}
