import type { FrequencyLimit } from '../../core/ledger/imports.js';
import { CAP, CAP_PLANNED, UNCAP } from '../sql/frequency.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Skips pending deliveries whose person got enough already (`capped`, with the moment at which it would be
 * allowed again in `due_at`), and takes back those for whom it is allowed by now. In one campaign a person with
 * several keys counts each of them, also those that are pending before it.
 *
 * @returns how many are capped now.
 */
export function applyFrequencyLimit(
  db: LedgerDatabase,
  campaignId: number,
  workspace: string,
  limit: FrequencyLimit | null,
  at: number,
): number {
  return db
    .transaction(() => {
      db.prepare(UNCAP).run({ campaignId });
      if (limit === null) return 0;
      const { count, perMs } = limit;
      const cap = { campaignId, workspace, since: at - perMs, overCount: count - 1 };
      const got = db.prepare(CAP).run({ ...cap, perMs }).changes;
      return got + db.prepare(CAP_PLANNED).run(cap).changes;
    })
    .immediate();
}
