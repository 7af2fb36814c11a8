import type { Rejection } from '../../core/recipient.js';
import type { CheckedRows } from './checked-rows.js';
import type { RowFate } from './row-index.js';

/** Which rejected rows are asked for. */
export interface RejectedAsked {
  /** null: whichever. */
  readonly reason: string | null;
  /** `next` of the page before; null: the first. */
  readonly after: string | null;
  readonly most: number;
}

/** Some of them, and what becomes of all rows of the file. */
export interface RejectedPage {
  /** The file's own columns. */
  readonly columns: readonly string[];
  readonly rows: readonly Rejection[];
  /** For the next page; null: there is none. */
  readonly next: string | null;
  /** What becomes of the rows, and of how many: the sum is `total`. */
  readonly fates: Readonly<Record<RowFate, number>>;
  /** Rows of the file. */
  readonly total: number;
  /** Rejected rows by reason. */
  readonly byReason: Readonly<Record<string, number>>;
}

const REJECTED = 'rejected.';

/** The rows that cannot be sent, page by page in the order of the file. */
export function rejectedRows({ shelf, columns }: CheckedRows, asked: RejectedAsked): RejectedPage {
  const { index } = shelf;
  const from = /^\d{1,9}$/u.test(asked.after ?? '') ? Number(asked.after) : 0;
  const { rows, next } = index.rejected(asked.reason, from, asked.most);
  const fates = index.sums();
  const reasons = Object.entries(fates).filter(([fate]) => fate.startsWith(REJECTED));
  return {
    columns,
    rows: rows.flatMap((row) => {
      const verdict = shelf.verdictAt(row);
      return verdict.kind === 'rejection' ? [verdict.rejection] : [];
    }),
    next: next === null ? null : String(next),
    fates,
    total: index.count,
    byReason: Object.fromEntries(reasons.map(([fate, count]) => [fate.slice(REJECTED.length), count])),
  };
}
