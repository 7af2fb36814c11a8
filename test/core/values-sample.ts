import type { Variable } from '../../src/core/recipient.js';
import { type ListedValues, namedPart } from '../../src/core/sent-values.js';

/** Variables of a body, named `1`, `2`, … */
export function valued(...values: readonly string[]): readonly Variable[] {
  return values.map((value, index) => ({ variable: String(index + 1), value }));
}

export const ana = valued('Ana', 'S/ 10');
export const ben = valued('Ben', 'S/ 20');

/** What a record of Plazbot tells that was sent with these. */
export function listedOf(body: readonly Variable[], header: readonly Variable[] = []): ListedValues {
  return { body: namedPart(body), header: namedPart(header) };
}
