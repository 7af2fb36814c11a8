import {
  ERASE_OLD_DUPLICATES,
  ERASE_OLD_REJECTIONS,
  ERASED_REJECTION,
  holderOf,
  REJECTED_PAGE,
  type StoredRejected,
} from '../sql/rejected-rows.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Erases the rejected rows in which a cell holds the number of one of these people, in whatever form it was typed.
 * Returns how many. Somebody else's row with the same last eight digits goes with them: it stands in the file still.
 */
export function forgetRejectedRows(db: LedgerDatabase, people: readonly string[]): number {
  const isTheirs = holderOf(people);
  const page = db.prepare(REJECTED_PAGE);
  const erase = db.prepare(`UPDATE rejections SET ${ERASED_REJECTION} WHERE id = ?`);
  let erased = 0;
  let after = 0;
  for (;;) {
    const rows = page.all({ after }) as StoredRejected[];
    const last = rows.at(-1);
    if (last === undefined) return erased;
    after = last.id;
    for (const row of rows) if (isTheirs(row)) erased += erase.run(row.id).changes;
  }
}

/** Erases rejected and repeated rows of campaigns whose file was last read before `before`. Returns how many. */
export function forgetOldRows(db: LedgerDatabase, before: number): number {
  const rejected = db.prepare(ERASE_OLD_REJECTIONS).run({ before });
  return rejected.changes + db.prepare(ERASE_OLD_DUPLICATES).run({ before }).changes;
}
