import type { HoldingBack } from '../../core/ledger/imports.js';
import { CAP, CAP_PLANNED, capWindows, UNCAP } from '../sql/frequency.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Skips pending deliveries whose person got enough already (`capped`, with the moment at which it would be
 * allowed again in `due_at`), and takes back those for whom it is allowed by now. In one campaign a person with
 * several keys counts each of them, also those that are pending before it.
 *
 * @returns how many are capped now.
 */
export function applyFrequencyLimit(db: LedgerDatabase, campaignId: number, held: HoldingBack): number {
  const { workspace, limit } = held;
  return db
    .transaction(() => {
      db.prepare(UNCAP).run({ campaignId });
      if (limit === null) return 0;
      const { count, perMs } = limit;
      const [byGot, byPlanned] = [db.prepare(CAP), db.prepare(CAP_PLANNED)];
      let capped = 0;
      for (const window of capWindows(limit, held)) {
        const cap = { campaignId, workspace, ...window, overCount: count - 1 };
        capped += byGot.run({ ...cap, perMs }).changes + byPlanned.run(cap).changes;
      }
      return capped;
    })
    .immediate();
}
