import type * as z from 'zod';
import type { ListProvider } from '../../core/conversation.js';
import type { Problem } from '../../core/problem.js';
import type { PageFailure } from './paged-list.js';

/** Whose page a value is, for a message. */
export interface WirePlace {
  readonly provider: ListProvider;
  readonly page: number;
}

/** A value in the documented shape, or what is wrong with it. */
export type Checked<T> = { readonly kind: 'checked'; readonly value: T } | PageFailure;

/** Checks what is needed of a page; a field that is missing is named, with its page. Records are read liberally. */
export function checked<T>(schema: z.ZodType<T>, value: unknown, place: WirePlace): Checked<T> {
  const read = schema.safeParse(value);
  return read.success
    ? { kind: 'checked', value: read.data }
    : { kind: 'failed', cause: 'answer', problem: fieldProblem(read.error, value, place) };
}

function fieldProblem(error: z.ZodError, value: unknown, place: WirePlace): Problem {
  const issue = error.issues[0];
  const path = issue?.path ?? [];
  const field = path.length === 0 ? '-' : path.map(String).join('.');
  const params = { provider: place.provider, page: place.page, field };
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
