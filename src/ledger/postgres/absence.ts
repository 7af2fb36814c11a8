import type { AbsenceProof, Recorded } from '../../core/reconcile-ports.js';
import { POSTGRES } from '../sql/dialect.js';
import { SCAN_PROOF } from '../sql/evidence.js';
import type { Sql } from './database.js';
import { type AttemptOf, addEvidence, backToPending } from './evidence.js';
import { valuesSent } from './sends.js';

/** Stores the evidence of absence: what was read, when, and until when a late execution was waited for. */
export async function recordAbsence(
  sql: Sql,
  scanId: number,
  proofs: readonly AbsenceProof[],
  recorded: Recorded,
): Promise<void> {
  const scan = await sql.row<Readonly<Record<string, number | null>>>(SCAN_PROOF, { scanId });
  const values = await valuesSent(
    sql,
    proofs.map(({ attempt }) => attempt.deliveryId),
  );
  const evidence = proofs.map(({ attempt, settledAt }) => ({
    deliveryId: attempt.deliveryId,
    attemptId: attempt.attemptId,
    detail: {
      scanId,
      ...scan,
      settledAt,
      passedMs: attempt.passedMs,
      values: values.get(attempt.deliveryId) ?? null,
    },
  }));
  await addEvidence(sql, 'absent', evidence, recorded);
}

const PROVEN = `
  SELECT d.id AS "deliveryId", a.id AS "attemptId" FROM deliveries d
  JOIN attempts a ON a.delivery_id = d.id AND a.live = 1
  WHERE d.campaign_id = @campaignId AND d.status = 'uncertain' AND EXISTS (
    SELECT 1 FROM evidence e WHERE e.attempt_id = a.id AND e.kind = 'absent'
      AND CAST(${POSTGRES.member('e.detail', 'scanId')} AS bigint) = @scanId)
  ORDER BY d.id FOR UPDATE OF d`;

/** Deliveries of the campaign that this scan proved absent go back to `pending`, due at once. Returns how many. */
export async function requeueAbsent(sql: Sql, campaignId: number, scanId: number): Promise<number> {
  const proven = await sql.rows<AttemptOf>(PROVEN, { campaignId, scanId });
  if (proven.length > 0) await backToPending(sql, proven, 'absent');
  return proven.length;
}
