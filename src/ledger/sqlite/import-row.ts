/**
 * One person of a file, as the ledger keeps it: request parts are JSON text, so that a send needs no second parse.
 * `rest` is null for a row that has none of it, as nearly all rows: each value that crosses to another thread and
 * into SQLite costs a tenth of a microsecond and more.
 */
export type RecipientRow = readonly [
  line: number,
  person: string,
  phone: string,
  country: string,
  body: string,
  cells: string,
  rest: RestOfRow | null,
];

/** What few rows have: null stands for a key of '', no header variables, no attachment and nothing repaired. */
export type RestOfRow = readonly [
  key: string,
  header: string,
  attachment: string | null,
  repaired: string | null,
];

/** The rest of a row that has none of it. */
export const NO_REST: RestOfRow = ['', '[]', null, null];

/** One row that cannot be sent. */
export type RejectedRow = readonly [
  line: number,
  row: number | null,
  phone: string,
  reason: string,
  column: string,
  value: string,
  cells: string,
];

/** Some rows of a file, in order within each kind. */
export interface ImportBatch {
  readonly recipients: readonly RecipientRow[];
  readonly rejected: readonly RejectedRow[];
}
