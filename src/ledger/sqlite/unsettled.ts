import type { LeftReason, UncertainAttempt } from '../../core/absence.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Keeps why deliveries stay uncertain. */
export function noteLeft(
  db: LedgerDatabase,
  scanId: number,
  left: readonly { readonly attempt: UncertainAttempt; readonly reasons: readonly LeftReason[] }[],
  at: number,
): void {
  const note = db.prepare('INSERT OR REPLACE INTO unsettled VALUES (?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (const { attempt, reasons } of left) {
      note.run(attempt.deliveryId, attempt.attemptId, scanId, JSON.stringify(reasons), at);
    }
  }).immediate();
}
