import type { LedgerDatabase } from './open-ledger.js';

/** Whether a person is on the workspace's own do-not-contact list at a moment. */
export function isSuppressed(db: LedgerDatabase, workspace: string, person: string, at: number): boolean {
  const found = db.prepare(
    `SELECT 1 FROM suppressions WHERE workspace = ? AND person = ? AND campaign_id = 0
       AND (expires_at IS NULL OR expires_at > ?)`,
  );
  return found.get(workspace, person, at) !== undefined;
}
