import {
  ERASE_OLD_DUPLICATES,
  ERASE_OLD_REJECTIONS,
  ERASED_REJECTION,
  holderOf,
  REJECTED_PAGE,
  type StoredRejected,
} from '../sql/rejected-rows.js';
import type { Sql } from './database.js';

const ERASE = `UPDATE rejections SET ${ERASED_REJECTION} WHERE id = ANY(@ids::bigint[])`;

/** Erases the rejected rows in which a cell holds the number of one of these people. Returns how many. */
export async function forgetRejectedRows(sql: Sql, people: readonly string[]): Promise<number> {
  const isTheirs = holderOf(people);
  let erased = 0;
  let after = 0;
  for (;;) {
    const rows = await sql.rows<StoredRejected>(REJECTED_PAGE, { after });
    const last = rows.at(-1);
    if (last === undefined) return erased;
    after = last.id;
    const ids = rows.filter(isTheirs).map(({ id }) => id);
    if (ids.length > 0) erased += await sql.run(ERASE, { ids });
  }
}

/** Erases rejected and repeated rows of campaigns whose file was last read before `before`. Returns how many. */
export async function forgetOldRows(sql: Sql, before: number): Promise<number> {
  const rejected = await sql.run(ERASE_OLD_REJECTIONS, { before });
  return rejected + (await sql.run(ERASE_OLD_DUPLICATES, { before }));
}
