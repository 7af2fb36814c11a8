import type { HoldingBack } from '../../core/ledger/imports.js';
import { CAP, CAP_PLANNED, capWindows, UNCAP } from '../sql/frequency.js';
import type { Sql } from './database.js';

/** Skips whoever of a campaign got enough already, and takes back those for whom it is allowed by now. */
export async function applyFrequencyLimit(sql: Sql, campaignId: number, held: HoldingBack): Promise<void> {
  const { workspace, limit } = held;
  await sql.run(UNCAP, { campaignId });
  if (limit === null) return;
  const { count, perMs } = limit;
  for (const window of capWindows(limit, held)) {
    const cap = { campaignId, workspace, ...window, overCount: count - 1 };
    await sql.run(CAP, { ...cap, perMs });
    await sql.run(CAP_PLANNED, cap);
  }
}
