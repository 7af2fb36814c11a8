import type { LedgerDatabase } from './open-ledger.js';

/** Digits by which a phone is found in a cell, however much of its country code was typed. */
const TELLING_DIGITS = 8;
const PAGE_ROWS = 1_000;

interface RejectedRow {
  readonly id: number;
  readonly phone: string;
  readonly cells: string;
}

const ERASE = "UPDATE rejections SET phone = '', value = '', cells = '[]' WHERE id = ?";

/**
 * Erases the rejected rows in which a cell holds the number of one of these people, in whatever form it was typed.
 * Returns how many. Somebody else's row with the same last eight digits goes with them: it stands in the file still.
 */
export function forgetRejectedRows(db: LedgerDatabase, people: readonly string[]): number {
  const ends = people.map((person) => person.slice(-TELLING_DIGITS));
  const page = db.prepare(
    `SELECT id, phone, cells FROM rejections WHERE id > ? ORDER BY id LIMIT ${PAGE_ROWS}`,
  );
  const erase = db.prepare(ERASE);
  let erased = 0;
  let after = 0;
  for (;;) {
    const rows = page.all(after) as RejectedRow[];
    const last = rows.at(-1);
    if (last === undefined) return erased;
    after = last.id;
    for (const row of rows) if (holdsAny(row, ends)) erased += erase.run(row.id).changes;
  }
}

function holdsAny({ phone, cells }: RejectedRow, ends: readonly string[]): boolean {
  const numbers = [phone, ...(JSON.parse(cells) as string[])].map((cell) => cell.replace(/\D/gu, ''));
  return ends.some((end) => numbers.some((number) => number.includes(end)));
}

/** Erases rejected and repeated rows of campaigns whose file was last read before `before`. Returns how many. */
export function forgetOldRows(db: LedgerDatabase, before: number): number {
  const old =
    'campaign_id IN (SELECT campaign_id FROM imports GROUP BY campaign_id HAVING max(imported_at) < ?)';
  const rejected = db.prepare(
    `UPDATE rejections SET phone = '', value = '', cells = '[]' WHERE cells <> '[]' AND ${old}`,
  );
  const repeated = db.prepare(
    `UPDATE duplicates SET phone = '', cells = '[]' WHERE cells <> '[]' AND ${old}`,
  );
  return rejected.run(before).changes + repeated.run(before).changes;
}
