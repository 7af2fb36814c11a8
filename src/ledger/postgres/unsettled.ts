import type { LeftReason, UncertainAttempt } from '../../core/absence.js';
import { chunksOf } from '../sql/chunks.js';
import { jsonText } from './copy-text.js';
import type { Sql } from './database.js';

const NOTE = `
  INSERT INTO unsettled (delivery_id, attempt_id, scan_id, reasons, noted_at)
  SELECT n.delivery_id, n.attempt_id, CAST(@scanId AS bigint), n.reasons, CAST(@at AS bigint)
  FROM unnest(@deliveryIds::bigint[], @attemptIds::bigint[], @reasons::text[]) AS n (delivery_id, attempt_id, reasons)
  ON CONFLICT (delivery_id) DO UPDATE SET attempt_id = excluded.attempt_id, scan_id = excluded.scan_id,
    reasons = excluded.reasons, noted_at = excluded.noted_at`;

/** Keeps why deliveries stay uncertain. */
export async function noteLeft(
  sql: Sql,
  scanId: number,
  left: readonly { readonly attempt: UncertainAttempt; readonly reasons: readonly LeftReason[] }[],
  at: number,
): Promise<void> {
  for (const some of chunksOf(left)) {
    await sql.run(NOTE, {
      scanId,
      at,
      deliveryIds: some.map(({ attempt }) => attempt.deliveryId),
      attemptIds: some.map(({ attempt }) => attempt.attemptId),
      reasons: some.map(({ reasons }) => jsonText(reasons)),
    });
  }
}
