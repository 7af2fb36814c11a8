import { randomUUID } from 'node:crypto';
import type { CopySource, LedgerMove } from '../../core/ledger/ledger-copy.js';
import { failed, type Result } from '../../core/problem.js';
import { storedIdentity } from '../sql/identity.js';
import { rowsIn } from './copy-rows.js';
import { guarded } from './ledger-problem.js';
import { retire } from './moved.js';
import { type LedgerDatabase, openLedger } from './open-ledger.js';
import { takeSteps } from './store.js';

/** Works with a ledger that nobody else can write to meanwhile; what reads it goes on. */
export async function withSqliteSource<T>(
  { from, to, again }: LedgerMove,
  work: (source: CopySource) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = openLedger(from, { mode: 'existing' });
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    await guarded(from, () => db.exec('BEGIN IMMEDIATE'));
    const { id, movedTo } = takeSteps(db, storedIdentity());
    if (movedTo !== null && movedTo !== to && !again) {
      return failed({ code: 'ledger.moved', params: { file: from, to: movedTo } });
    }
    return await work(sourceIn(db, { from, to, again }, movedTo === null ? id : null, id));
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    db.close();
  }
}

/** @param unmoved the identity; null: the ledger moved away already, and refuses changes */
function sourceIn(
  db: LedgerDatabase,
  { from, to, again }: LedgerMove,
  unmoved: string | null,
  id: string,
): CopySource {
  return {
    ...rowsIn(db, from),
    id: again && unmoved === null ? randomUUID() : id,
    isClosed: unmoved === null,
    underWay: () =>
      guarded(from, () =>
        Number(db.prepare('SELECT count(*) FROM runs WHERE ended_at IS NULL').pluck().get()),
      ),
    retire: () =>
      guarded(from, () => {
        if (unmoved !== null) retire(db, unmoved, to);
        db.exec('COMMIT');
      }),
  };
}
