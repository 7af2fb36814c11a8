import type { ForgottenWithRows } from '../../core/ledger/people.js';
import { SQLITE } from '../sql/dialect.js';
import { NOBODY, sumOf } from '../sql/forgotten.js';
import { forgetOldRows, forgetRejectedRows } from '../sql/rejected-rows.js';
import { forgetPeople } from './forget.js';
import { sqliteCode } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { pagesOf, peopleLastSeenBefore, testedLastBefore } from './retention.js';
import { takeTogether } from './store.js';

/** Erases one person, and the rejected rows that hold the number. */
export function forgetPhone(db: LedgerDatabase, person: string, at: number): ForgottenWithRows {
  const forgotten = forgetPeople(db, [person], at);
  if (forgotten.open.length > 0) return { ...forgotten, rows: 0 };
  return { ...forgotten, rows: takeTogether(db, () => forgetRejectedRows(SQLITE, [person])) };
}

/** Erases everybody whose last campaign is older than `before`, some at a time, and the rows of old files. */
export function forgetOlder(db: LedgerDatabase, before: number, at: number): ForgottenWithRows {
  let total = NOBODY;
  for (const page of [peopleLastSeenBefore, testedLastBefore]) {
    for (const people of pagesOf((after) => page(db, before, after))) {
      total = sumOf(total, forgetPeople(db, people, at, before));
    }
  }
  return { ...total, rows: takeTogether(db, () => forgetOldRows(before)) };
}

/**
 * Overwrites what erased rows left in the ledger's file and its log. False: a run or another program has the ledger
 * open, and pieces may be left until the next time.
 */
export function eraseLeftovers(db: LedgerDatabase): boolean {
  try {
    db.exec('VACUUM');
    const [log] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return log?.busy === 0;
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}
