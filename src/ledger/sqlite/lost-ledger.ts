import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LostLedger, WatchedFile } from '../../core/ledger/locks.js';
import { detailIn } from '../../core/problem.js';
import { fileIdentity } from '../../files/file-identity.js';
import { backupLedger } from './backup.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Keeps what a ledger holds that no longer lies at its path: in the place to which it was moved, where that is known, else
 * in a new file beside the old path, or in `otherFolder` where that folder is gone, too. Everything must be written.
 */
export async function keepLostLedger(
  db: LedgerDatabase,
  watch: WatchedFile,
  otherFolder: string,
): Promise<LostLedger> {
  const moved = watch.whereNow();
  const whole = moveLogIn(db);
  const place = moved === null ? null : fileIdentity(moved);
  if (whole && place !== null) return { kind: 'moved', file: place };
  let detail = 'unknown';
  for (const folder of [dirname(watch.identity.path), otherFolder]) {
    const saved = await backupLedger(db, freeName(folder, basename(watch.identity.path)));
    const file = saved.ok ? fileIdentity(saved.value.file) : null;
    if (file !== null) return { kind: 'saved', file };
    const [problem] = saved.ok ? [] : saved.problems;
    if (problem !== undefined) detail = detailIn(problem);
  }
  return { kind: 'lost', detail };
}

/**
 * The log stays at the old path and would belong to no ledger, or to a wrong one that is put there: it is emptied into
 * the ledger's file. SQLite itself leaves a file alone that has moved.
 */
function moveLogIn(db: LedgerDatabase): boolean {
  try {
    const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
    return done?.busy === 0;
  } catch {
    return false;
  }
}

function freeName(folder: string, name: string): string {
  for (let number = 1; ; number += 1) {
    const file = join(folder, `${name}.saved${number === 1 ? '' : `-${number}`}.db`);
    if (!existsSync(file)) return file;
  }
}
