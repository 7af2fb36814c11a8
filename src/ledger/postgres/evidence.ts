import type { Recorded } from '../../core/reconcile-ports.js';
import { POSTGRES } from '../sql/dialect.js';
import { type EvidenceKind, newerContentsSql } from '../sql/evidence.js';
import { jsonText } from './copy-text.js';
import type { Sql } from './database.js';

/** An attempt of a delivery. */
export interface AttemptOf {
  readonly deliveryId: number;
  readonly attemptId: number;
}

/** A piece of evidence about an attempt. */
export interface NewEvidence extends AttemptOf {
  readonly detail: Readonly<Record<string, unknown>>;
}

const ADD = `
  INSERT INTO evidence (delivery_id, attempt_id, kind, detail, recorded_by, recorded_at)
  SELECT e.delivery_id, e.attempt_id, @kind, e.detail, @by, CAST(@at AS bigint)
  FROM unnest(@deliveryIds::bigint[], @attemptIds::bigint[], @details::text[]) AS e (delivery_id, attempt_id, detail)`;

/** Stores evidence; inside a transaction of the caller. */
export async function addEvidence(
  sql: Sql,
  kind: EvidenceKind,
  about: readonly NewEvidence[],
  { by, at }: Recorded,
): Promise<void> {
  if (about.length === 0) return;
  await sql.run(ADD, { ...idsOf(about), kind, by, at, details: about.map(({ detail }) => jsonText(detail)) });
}

/** Attempts of deliveries as lists of a statement. */
function idsOf(about: readonly AttemptOf[]) {
  return {
    deliveryIds: about.map(({ deliveryId }) => deliveryId),
    attemptIds: about.map(({ attemptId }) => attemptId),
  };
}

const END_ABSENT =
  "UPDATE attempts SET outcome = 'absent', live = NULL WHERE id = ANY (@attemptIds::bigint[])";
const BACK = `
  UPDATE deliveries SET status = 'pending', reason = @reason, due_at = 0
  WHERE id = ANY (@deliveryIds::bigint[]) AND status = 'uncertain'`;

const NEWER_CONTENTS = newerContentsSql(POSTGRES, 'deliveryIds');

/** Attempts end as absent and their deliveries wait to be sent again. The ledger refuses it without evidence. */
export async function backToPending(sql: Sql, about: readonly AttemptOf[], reason: string): Promise<void> {
  const { deliveryIds, attemptIds } = idsOf(about);
  await sql.run(END_ABSENT, { attemptIds });
  await sql.run(BACK, { deliveryIds, reason });
  await sql.run(NEWER_CONTENTS, { deliveryIds });
  await settled(sql, deliveryIds);
}

const END_ACCEPTED = `
  UPDATE attempts SET outcome = 'accepted' WHERE id = ANY (@attemptIds::bigint[]) AND outcome = 'uncertain'`;

/** Uncertain attempts end as accepted. */
export async function attemptsAccepted(sql: Sql, attemptIds: readonly number[]): Promise<void> {
  await sql.run(END_ACCEPTED, { attemptIds });
}

/** Why these deliveries were uncertain is no longer of interest. */
export async function settled(sql: Sql, deliveryIds: readonly number[]): Promise<void> {
  await sql.run('DELETE FROM unsettled WHERE delivery_id = ANY (@deliveryIds::bigint[])', { deliveryIds });
}

/** What a delivery is, of those that a transaction is about to change. */
export interface LockedDelivery {
  readonly id: number;
  readonly status: string;
  readonly reason: string | null;
  readonly confirmation: string | null;
}

const LOCK = `
  SELECT id, status, reason, confirmation FROM deliveries WHERE id = ANY (@ids::bigint[]) ORDER BY id FOR UPDATE`;

/** Nobody else changes these deliveries until the end of the transaction. Locked in the order of their ids. */
export async function lockDeliveries(
  sql: Sql,
  ids: readonly number[],
): Promise<ReadonlyMap<number, LockedDelivery>> {
  const rows = await sql.rows<LockedDelivery>(LOCK, { ids });
  return new Map(rows.map((row) => [row.id, row]));
}
