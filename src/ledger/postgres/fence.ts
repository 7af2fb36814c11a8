import { setTimeout as wait } from 'node:timers/promises';
import type { Database, Sql } from './database.js';
import type { LeaseTerms } from './lease.js';

/** Whose dead runs are looked for. */
export interface RecoveryAsked {
  readonly campaignId: number;
  /** The run that is going on here; null: none. */
  readonly runId: number | null;
  readonly at: number;
}

/** How often a lease may be found renewed before that is called a fault: whoever renews it has lost the campaign's lock. */
const MOST_LOOKS = 20;

/**
 * Takes over what the other runs of a campaign left: each is fenced once its lease and the margin are over by the database's
 * clock, and what it had in flight becomes `uncertain`, never `pending`. Waits for that. The campaign's lock must be held.
 *
 * @returns how many deliveries became uncertain.
 */
export async function takeOverDeadRuns(
  db: Database,
  asked: RecoveryAsked,
  terms: LeaseTerms,
): Promise<number> {
  let count = 0;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const looked = await db.transaction((sql) => fenceThose(sql, asked, terms));
    count += looked.uncertain;
    if (looked.waitMs === null) return count;
    await wait(Math.ceil(looked.waitMs) + 1);
  }
  throw new Error('a run goes on whose campaign is locked by another');
}

interface OtherRun {
  readonly id: number;
  /** Until its lease and the margin are over; 0 or less: they are. */
  readonly leftMs: number;
}

async function fenceThose(
  sql: Sql,
  { campaignId, runId, at }: RecoveryAsked,
  { marginMs }: LeaseTerms,
): Promise<{ readonly uncertain: number; readonly waitMs: number | null }> {
  const others = await sql.rows<OtherRun>(OTHER_RUNS, { campaignId, runId, marginMs });
  let uncertain = 0;
  for (const { id } of others.filter(({ leftMs }) => leftMs <= 0)) {
    uncertain += await sql.run(LEAVE_UNCERTAIN, { runId: id, at });
    await sql.run(FENCE, { runId: id, at });
  }
  const waits = others.map(({ leftMs }) => leftMs).filter((leftMs) => leftMs > 0);
  return { uncertain, waitMs: waits.length === 0 ? null : Math.max(...waits) };
}

/** Locked, so that neither a claim nor a renewal of theirs comes between the look and the fence. */
const OTHER_RUNS = `
  SELECT id, CASE WHEN lease_until = '-infinity' THEN 0 ELSE
    extract(epoch FROM lease_until - clock_timestamp()) * 1000 + CAST(@marginMs AS double precision) END AS "leftMs"
  FROM runs WHERE campaign_id = @campaignId AND ended_at IS NULL AND id IS DISTINCT FROM CAST(@runId AS bigint)
  ORDER BY id FOR UPDATE`;

const LEAVE_UNCERTAIN = `
  WITH ended AS (
    UPDATE attempts SET outcome = 'uncertain', ended_at = CAST(@at AS bigint)
    WHERE id > (SELECT after_attempt_id FROM runs WHERE id = @runId) AND run_id = @runId AND outcome = 'in-flight'
    RETURNING delivery_id)
  UPDATE deliveries SET status = 'uncertain', reason = 'run-died', attempts = attempts + 1 FROM ended
  WHERE deliveries.id = ended.delivery_id AND deliveries.status = 'sending'`;

const FENCE = `
  UPDATE runs SET ended_at = CAST(@at AS bigint), ending = 'died', fenced_at = clock_timestamp() WHERE id = @runId`;
