import type { FrequencyLimit } from '../../core/ledger/imports.js';
import { CAP, CAP_PLANNED, UNCAP } from '../sql/frequency.js';
import type { Sql } from './database.js';

/** Skips whoever of a campaign got enough already, and takes back those for whom it is allowed by now. */
export async function applyFrequencyLimit(
  sql: Sql,
  campaignId: number,
  workspace: string,
  limit: FrequencyLimit | null,
  at: number,
): Promise<void> {
  await sql.run(UNCAP, { campaignId });
  if (limit === null) return;
  const { count, perMs } = limit;
  const cap = { campaignId, workspace, since: at - perMs, overCount: count - 1 };
  await sql.run(CAP, { ...cap, perMs });
  await sql.run(CAP_PLANNED, cap);
}
